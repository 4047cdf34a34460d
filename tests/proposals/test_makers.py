"""Whoever has put a person on a list, repaired or declared them does not decide about them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from enrollment.proposals import actions, decisions
from enrollment.proposals.models import Entry, Proposal, Step
from enrollment.proposals.papers import actions as papers
from tests import people
from tests.proposals import making
from tests.proposals.papers import signing
from tests.renewals import making as renewals
from tests.schedules.test_actions import freeze
from villages import scope
from villages.models import Role
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def decide(verb, proposal, office):
    with scope.enter(office):
        rows = Entry.objects.filter(proposal=proposal.pk)
        return decisions.decide(verb, making.fresh(proposal.programme), rows, by=office)


@pytest.fixture
def renewed():
    """A list that rini's job has begun, handed in and verified by others."""
    old = renewals.last_year()
    making.approved(old, 2)
    new = renewals.linked(old)
    renewals.begin(new, by="rini")
    kartika = people.office("kartika")
    with scope.enter(kartika):
        proposal = Proposal.objects.select_related("programme").get(programme=new.pk)
        actions.submit(proposal, by=kartika)
    making.act("vera", "verify", proposal)
    return proposal


class TestWhoeverPutsPeopleOnLists:
    def test_does_not_approve_them_later_whatever_the_role_was(self, renewed):
        rini = people.become("rini", Role.APPROVER, people.TRENGGALEK)
        with pytest.raises(Refusal, match="harus ditandatangani orang lain"):
            decide("approve", renewed, rini)
        with pytest.raises(IntegrityError, match="proposed or checked"), scope.enter(rini):
            Entry.objects.filter(proposal=renewed).update(approved_by=rini.user_id)

    def test_is_not_in_the_way_of_others(self, renewed):
        assert making.act("amir", "approve", renewed).done == 2

    @pytest.mark.parametrize("who", ["vera", "amir", "kartika"])
    def test_is_the_admin_and_nobody_who_signs(self, who):
        old = renewals.last_year()
        new = renewals.linked(old)
        with pytest.raises(PermissionDenied):
            renewals.start(new, who)


class TestTheRecordOfSteps:
    """Who may sign follows from the steps, so no SQL of the application's login takes them away."""

    ATTACKS = (
        "DELETE FROM enrollment_step",
        "DELETE FROM enrollment_step WHERE from_state = ''",
        "UPDATE enrollment_step SET role = 'verifikator'",
        "UPDATE enrollment_step SET from_state = 'draft'",
        "UPDATE enrollment_step SET office_id = (SELECT max(office_id) FROM enrollment_step)",
        "UPDATE enrollment_step SET entry_id = (SELECT max(entry_id) FROM enrollment_step)",
    )

    @pytest.mark.parametrize("sql", ATTACKS)
    def test_is_neither_changed_nor_emptied(self, renewed, sql):
        with scope.whole_country("tests"), connection.cursor() as cursor:
            kept = set(Step.objects.values_list("pk", "entry", "office", "role", "from_state"))
            assert kept
            with pytest.raises(IntegrityError, match="A step of a list"), transaction.atomic():
                cursor.execute(sql)
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            found = set(Step.objects.values_list("pk", "entry", "office", "role", "from_state"))
        assert found == kept

    def test_goes_with_a_draft_that_is_taken_off(self):
        proposal = making.draft(making.programme(), 2)
        making.act("kartika", "remove", proposal)
        with scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            assert not Step.objects.exists()


class TestWhoeverRepairs:
    @pytest.fixture
    def returned(self):
        proposal = making.submitted(making.programme(), 1)
        making.act("vera", "return", proposal, reason="Alamat")
        return proposal

    def repair(self, proposal):
        olan = people.office("olan")
        with scope.enter(olan):
            actions.mark_repaired(making.entries(proposal)[0], by=olan)

    def hand_in(self, proposal):
        kartika = people.office("kartika")
        with scope.enter(kartika):
            actions.submit(making.fresh(proposal), by=kartika)

    def test_does_not_verify_later(self, returned):
        people.office("olan")
        self.repair(returned)
        self.hand_in(returned)
        olan = people.become("olan", Role.VERIFIER, people.TRENGGALEK)
        with pytest.raises(Refusal, match="harus ditandatangani orang lain"):
            decide("verify", returned, olan)
        assert making.act("vera", "verify", returned).done == 1

    def test_is_in_the_history_once(self, returned, as_person):
        self.repair(returned)
        self.repair(returned)
        with scope.whole_country("tests"):
            steps = Step.objects.filter(entry__proposal=returned, from_state="returned")
            assert list(steps.values_list("to_state", "name", "role")) == [
                ("returned", "Olan", "operator_desa")
            ]
        entry = making.entries(returned)[0]
        page = as_person("kartika").get(f"/usulan/orang/{entry.public_id}/")
        assert page.status_code == 200 and "Diperbaiki, siap diajukan lagi" in page.text

    def test_may_repair_while_handing_in_rests(self, returned):
        freeze("submit")
        self.repair(returned)
        assert making.entries(returned)[0].repaired_at


class TestAnotherHead:
    @pytest.fixture
    def signed(self):
        """A list whose papers Kartika has declared, and the head after her."""
        subsidy = making.programme()
        signing.ask(subsidy)
        proposal = making.draft(subsidy, 2)
        paper, _ = signing.make(proposal)
        signing.scan(paper)
        return proposal

    def successor(self):
        people.leave("kartika")
        today = timezone.localdate()
        return people.hold("kira", Role.VILLAGE_HEAD, people.SENDEN, starts_on=today)

    def read(self, proposal):
        return Proposal.objects.select_related("programme", "area").get(pk=proposal.pk)

    def test_the_head_who_declared_hands_in(self, signed):
        assert signing.hand_in(signed).submitted == 2

    def test_does_not_hand_in_with_the_papers_of_an_earlier_one(self, signed):
        kira = self.successor()
        with pytest.raises(papers.MissingPaper, match="Buat naskah baru"), scope.enter(kira):
            actions.submit(self.read(signed), by=kira)

    def test_makes_new_ones_of_the_same_people(self, signed):
        kira = self.successor()
        with scope.enter(kira):
            proposal = self.read(signed)
            rows = actions.to_hand_in(proposal, by=kira)
            paper, new = papers.make(proposal, rows, meeting=signing.Meeting(), by=kira)
            assert new and paper.about["head_name"] == "Kira"
            papers.attach(paper, [signing.file()], replace=False, by=kira)
            assert actions.submit(proposal, by=kira).submitted == 2
            assert paper.handovers.count() == 1
        with scope.enter(kira):
            old = signed.papers.get(number=1)
            assert not old.handovers.exists()
