"""Who leaves gives a place and the money of the months after back; what was paid stays."""

import re
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from enrollment.decrees import issuing
from enrollment.decrees.rules import snapshot_sha256
from enrollment.leavings import actions, showing
from enrollment.leavings.models import Leaving, LeavingStep
from enrollment.proposals import candidates
from enrollment.proposals.models import Entry, EntryCount, Step
from enrollment.workers import actions as workers
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts, signing
from tests.leavings import stories
from tests.leavings.stories import MAY, MONTH
from tests.pages.source import on_one_line
from tests.proposals import making
from tests.proposals.making import YEAR
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_may(monkeypatch):
    stories.today_is(monkeypatch, MAY)


@pytest.fixture
def proposal():
    return stories.decreed()


def first(proposal):
    return making.entries(proposal)[0]


class TestApproving:
    def test_place_and_money_of_the_months_after_come_free(self, proposal):
        programme = proposal.programme
        before = stories.committed(programme), stories.used(programme)
        leaving = stories.left(first(proposal))
        entry = first(proposal)
        assert before == (3 * YEAR, 3)
        assert (leaving.last_month, leaving.freed) == (date(2026, 5, 1), 7 * MONTH)
        assert (entry.state, entry.cost) == ("left", 5 * MONTH)
        assert stories.committed(programme) == 3 * YEAR - 7 * MONTH
        assert stories.committed(programme) == stories.cost_of_everybody(programme)
        assert stories.used(programme) == 2

    def test_the_paid_months_end_with_that_of_the_leaving(self, proposal):
        entry = first(proposal)
        assert stories.months_of(entry) == (date(2026, 1, 1), date(2027, 1, 1))
        stories.left(entry)
        assert stories.months_of(entry) == (date(2026, 1, 1), date(2026, 6, 1))

    def test_the_decree_stays_a_frozen_copy_and_keeps_the_key(self, proposal):
        entry = first(proposal)
        with scope.whole_country("tests"):
            decree = entry.decree_rows.get().decree
        leaving = stories.left(entry)
        with scope.whole_country("tests"):
            rows = list(decree.entries.order_by("position"))
            assert [row.entry_id for row in rows].count(entry.pk) == 1
            assert snapshot_sha256(rows, decree.header) == making.fresh(decree).sha256
            assert leaving.decree_row.decree_id == decree.pk

    def test_counts_follow(self, proposal):
        stories.left(first(proposal))
        with scope.whole_country("tests"):
            counts = EntryCount.objects.filter(programme=proposal.programme).by_stage()
        assert counts == {"decreed": 2, "left": 1}

    def test_each_step_is_in_the_history(self, proposal):
        leaving = stories.left(first(proposal))
        with scope.whole_country("tests"):
            steps = LeavingStep.objects.filter(leaving=leaving).values_list("to_state", "name")
            assert list(steps) == [
                ("prepared", "Kartika"), ("filed", "Kartika"), ("approved", "Amir")
            ]  # fmt: skip
            last = Step.objects.filter(entry=leaving.entry_id).last()
        assert (last.from_state, last.to_state) == ("approved", "left")
        assert last.reason == "Keluar dari program"

    def test_months_that_were_paid_before_it_was_told_stay(self, proposal):
        leaving = stories.left(first(proposal), on=date(2026, 2, 20))
        assert leaving.last_month == date(2026, 4, 1)
        assert first(proposal).cost == 4 * MONTH

    def test_who_left_can_be_proposed_again(self, proposal):
        entry = first(proposal)
        stories.left(entry)
        with scope.whole_country("tests"):
            Entry.objects.create(
                proposal=proposal, programme=proposal.programme, worker=entry.worker,
                area_id=entry.area_id,
            )  # fmt: skip


def test_the_months_of_who_moved_out_of_sight_end_where_they_are_now(proposal):
    with scope.whole_country("tests"):
        worker = first(proposal).worker
        type(worker).objects.filter(pk=worker.pk).update(area=people.BAURENO)
    stories.left(first(proposal))
    assert stories.months_of(first(proposal)) == (date(2026, 1, 1), date(2026, 6, 1))


class TestBeforeADecree:
    def test_nothing_was_paid_so_everything_comes_free(self):
        proposal = making.approved(making.programme(), 2)
        leaving = stories.left(first(proposal))
        assert (leaving.last_month, leaving.freed) == (None, YEAR)
        assert stories.committed(proposal.programme) == YEAR
        assert first(proposal).cost == 0

    def test_who_is_in_a_draft_is_struck_from_it(self):
        proposal = making.approved(making.programme(), 2)
        draft = drafts.draft(proposal.programme)
        stories.left(first(proposal))
        assert (making.fresh(draft).people, making.fresh(draft).total) == (1, YEAR)

    def test_also_when_they_have_moved_out_of_sight(self):
        proposal = making.approved(making.programme(), 2)
        draft = drafts.draft(proposal.programme)
        with scope.whole_country("tests"):
            worker = first(proposal).worker
            type(worker).objects.filter(pk=worker.pk).update(area=people.BAURENO)
        leaving = stories.left(first(proposal))
        assert (making.fresh(draft).people, leaving.decree_row_id) == (1, None)

    def test_nobody_leaves_while_their_decree_is_being_issued(self):
        proposal = making.approved(making.programme(), 2)
        leaving = stories.filed(first(proposal))
        drafts.begin(drafts.draft(proposal.programme))
        with pytest.raises(Refusal, match="sedang diterbitkan"):
            stories.do("amir", actions.approve, leaving)
        assert first(proposal).state == "approved"


class TestGoneBeforeTheSignedListWasIssued:
    """Such a list names them as it was signed, and pays for none of their months."""

    @pytest.mark.parametrize("gone", [True, False])
    def test_everything_comes_free(self, gone):
        proposal = making.approved(making.programme(legal_basis="1 Tahun 2024"), 2)
        decree = signing.signed(signing.unnumbered(proposal.programme))
        if gone:
            ended(first(proposal))
        drafts.issue(decree)
        leaving = stories.left(first(proposal), reason="died", on=date(2026, 5, 2))
        paid = 0 if gone else 5
        assert leaving.last_month == (None if gone else date(2026, 5, 1))
        assert (leaving.freed, first(proposal).cost) == ((12 - paid) * MONTH, paid * MONTH)
        assert stories.committed(proposal.programme) == YEAR + paid * MONTH
        months = stories.months_of(first(proposal))
        assert months == (None if gone else (date(2026, 1, 1), date(2026, 6, 1)))


def reopened(entry):
    rini = people.office("rini")
    with scope.enter(rini):
        workers.reopen(by=rini, worker=Worker.objects.get(pk=entry.worker_id), reason="Keliru")


class TestComeBackAfterTheSignedListWasIssued:
    """They had been ended by mistake: the decree names them and pays nothing."""

    @pytest.fixture
    def proposal(self):
        proposal = making.approved(making.programme(legal_basis="1 Tahun 2024"), 2)
        decree = signing.signed(signing.unnumbered(proposal.programme))
        ended(first(proposal))
        drafts.issue(decree)
        reopened(first(proposal))
        return proposal

    def due_of(self, proposal):
        vera = people.office("vera")
        with scope.enter(vera):
            return list(showing.due(vera)), showing.due_people(vera)

    def test_who_has_come_back_is_still_to_leave(self, proposal, as_person):
        assert self.due_of(proposal) == ([first(proposal)], 1)
        page = as_person("vera").get("/orang-keluar/perlu/")
        assert "tidak ada bulan yang dibayar" in on_one_line(page.text)

    def test_the_village_is_offered_the_reason_that_fits_and_others_are_not(
        self, proposal, as_person
    ):
        unpaid, paid = making.entries(proposal)
        kartika, reason = as_person("kartika"), 'value="not_paid"'
        page = on_one_line(kartika.get(f"/orang-keluar/baru/{unpaid.public_id}/").text)
        assert re.search(rf"{reason}[^>]*checked", page)
        assert reason not in kartika.get(f"/orang-keluar/baru/{paid.public_id}/").text

    def test_having_left_they_are_proposed_and_paid_like_others(self, proposal):
        worker = first(proposal).worker
        leaving = stories.left(first(proposal), by="vera", reason="not_paid", on=date(2026, 5, 4))
        assert leaving.freed == YEAR
        assert self.due_of(proposal) == ([], 0)
        kartika = people.office("kartika")
        with scope.enter(kartika):
            found = candidates.examine(proposal.programme, Worker.objects.filter(pk=worker.pk))
        assert found[worker.pk].against == []

    def test_nobody_who_is_paid_leaves_so(self, proposal):
        paid = making.entries(proposal)[1]
        with pytest.raises(Refusal, match="membayar orang ini"):
            stories.prepared(paid, by="vera", reason="not_paid")

    def test_who_comes_back_while_it_is_issued_is_seen_too(self, monkeypatch):
        proposal = making.approved(making.programme(legal_basis="1 Tahun 2024"), 2)
        decree = signing.signed(signing.unnumbered(proposal.programme))
        ended(first(proposal))
        seal = issuing._seal

        def come_back_first(job):
            reopened(first(proposal))
            seal(job)

        monkeypatch.setattr(issuing, "_seal", come_back_first)
        drafts.issue(decree)
        assert self.due_of(proposal) == ([first(proposal)], 1)


class TestWhomBpjsRefuses:
    def test_594_decreed_and_37_refused_free_7_459_200(self):
        """KBB 2024 (M7): 594 × 12 × 16,800, of which 37 people's year comes free."""
        proposal = stories.decreed(594, people_paid=594)
        programme = proposal.programme
        assert stories.committed(programme) == 119_750_400
        for entry in making.entries(proposal)[:37]:
            stories.left(entry, by="vera", reason="refused", on=date(2026, 5, 4), words="")
        assert stories.committed(programme) == 112_291_200 == 119_750_400 - 7_459_200
        assert stories.used(programme) == 557
        with scope.whole_country("tests"):
            freed = Leaving.objects.values_list("freed", flat=True)
            assert sum(freed) == 7_459_200
        assert stories.months_of(first(proposal)) is None

    def test_a_village_cannot_say_so(self, proposal):
        with pytest.raises(Refusal, match="hanya dicatat Dinas"):
            stories.prepared(first(proposal), reason="refused")


class TestTheDead:
    def test_the_person_ends_on_the_same_day(self, proposal):
        stories.left(first(proposal), reason="died")
        worker = first(proposal).worker
        assert (worker.ended_on, worker.ended_reason) == (date(2026, 5, 3), "died")

    def test_an_ending_that_is_known_is_taken_over(self, proposal):
        ended(first(proposal))
        stories.left(first(proposal), reason="died", on=date(2026, 5, 2))
        assert first(proposal).state == "left"
        with scope.whole_country("tests"):
            assert not Entry.objects.approved_but_gone().exists()

    def test_two_days_of_death_are_refused(self, proposal):
        ended(first(proposal))
        with pytest.raises(Refusal, match="tercatat meninggal 2 Mei 2026"):
            stories.prepared(first(proposal), reason="died", on=date(2026, 5, 3))

    def test_an_ending_meanwhile_is_seen_at_the_decision(self, proposal):
        leaving = stories.filed(first(proposal), reason="died")
        ended(first(proposal))
        with pytest.raises(Refusal, match="tercatat meninggal 2 Mei 2026"):
            stories.do("amir", actions.approve, leaving)


def ended(entry, on=date(2026, 5, 2)):
    kartika = people.office("kartika")
    with scope.enter(kartika):
        workers.end(by=kartika, worker=entry.worker, on=on, reason="died", document="SK 1")


class TestWhoMay:
    def test_an_operator_prepares_and_the_head_sends(self, proposal):
        leaving = stories.prepared(first(proposal), by="olan")
        with pytest.raises(PermissionDenied):
            stories.do("olan", actions.file, leaving)
        stories.do("kartika", actions.file, leaving)
        assert making.fresh(leaving).state == "filed"

    def test_a_verifier_does_not_decide(self, proposal):
        leaving = stories.filed(first(proposal))
        with pytest.raises(PermissionDenied):
            stories.do("vera", actions.approve, leaving)

    def test_who_filed_it_does_not_decide(self, proposal):
        leaving = stories.filed(first(proposal), by="amir")
        with pytest.raises(Refusal, match="orang lain"):
            stories.do("amir", actions.approve, leaving)
        assert first(proposal).state == "approved"
        people.hold("ani", people.Role.APPROVER, people.TRENGGALEK)
        people.NAMES.setdefault("ani", (people.Role.APPROVER, people.TRENGGALEK))
        stories.do("ani", actions.approve, leaving)
        assert first(proposal).state == "left"

    def test_nor_after_a_change_of_office(self, proposal):
        """The head of the village has become an approver of the Dinas since."""
        leaving = stories.filed(first(proposal))
        office = people.become("kartika", people.Role.APPROVER, people.TRENGGALEK)
        with scope.enter(office), pytest.raises(Refusal, match="orang lain"):
            seen = Leaving.objects.select_related("entry__programme").get(pk=leaving.pk)
            actions.approve(seen, by=office)

    def test_only_the_side_that_made_it_takes_it_back(self, proposal):
        leaving = stories.filed(first(proposal))
        with pytest.raises(Refusal, match="pihak lain"):
            stories.do("vera", actions.take_back, leaving, reason="Keliru")
        with pytest.raises(Refusal, match="alasannya"):
            stories.do("kartika", actions.take_back, leaving, reason=" ")
        stories.do("kartika", actions.take_back, leaving, reason="Keliru orang")
        assert making.fresh(leaving).state == "withdrawn"
        stories.filed(first(proposal))  # and it can be filed again

    def test_refusing_needs_a_reason_and_changes_nothing(self, proposal):
        leaving = stories.filed(first(proposal))
        with pytest.raises(Refusal, match="alasannya"):
            stories.do("amir", actions.refuse, leaving, reason="")
        stories.do("amir", actions.refuse, leaving, reason="Masih tinggal di sini")
        assert making.fresh(leaving).state == "refused"
        assert stories.committed(proposal.programme) == 3 * YEAR

    def test_one_at_a_time_and_nothing_after_it_was_decided(self, proposal):
        leaving = stories.filed(first(proposal))
        with pytest.raises(Refusal, match="sudah dicatat"):
            stories.prepared(first(proposal), by="vera")
        stories.do("amir", actions.approve, leaving)
        with pytest.raises(Refusal, match="belum keluar"):
            stories.do("amir", actions.approve, leaving)
        with pytest.raises(Refusal, match="sudah diputuskan"):
            stories.do("kartika", actions.take_back, leaving, reason="Keliru")


class TestTheDatabase:
    """What it holds whatever SQL is sent in the application's login."""

    def refuses(self, name, change):
        with (
            scope.whole_country("tests"), pytest.raises(IntegrityError, match=name),
            transaction.atomic(),
        ):  # fmt: skip
            change()

    def test_nobody_gets_into_left_without_an_approved_leaving(self, proposal):
        rows = Entry.objects.filter(pk=first(proposal).pk)
        self.refuses("entry_leaves", lambda: rows.update(state="left"))
        stories.filed(first(proposal))
        self.refuses("entry_leaves", lambda: rows.update(state="left"))

    def test_nor_from_another_state_nor_at_once(self, proposal):
        draft = making.entries(making.draft(making.programme(name="Lain"), 1, first=50))[0]
        rows = Entry.objects.filter(pk=draft.pk)
        self.refuses("entry_leaves", lambda: rows.update(state="left"))
        made = Entry(
            proposal_id=draft.proposal_id, programme_id=draft.programme_id,
            worker=first(proposal).worker,
            area_id=draft.area_id, state="left", submitted_by=people.office("kartika").user,
            verified_by=people.office("vera").user, approved_by=people.office("amir").user,
        )  # fmt: skip
        self.refuses("entry_leaves", made.save)

    def test_nobody_comes_back_on_that_row(self, proposal):
        stories.left(first(proposal))
        rows = Entry.objects.filter(pk=first(proposal).pk)
        self.refuses("entry_leaves", lambda: rows.update(state="approved"))
        self.refuses("entry_leaves", lambda: rows.update(state="rejected", reason="x"))

    def test_what_was_approved_stays(self, proposal):
        leaving = stories.left(first(proposal))
        rows = Leaving.objects.filter(pk=leaving.pk)
        self.refuses("leaving_approved_stays", lambda: rows.update(freed=0))
        self.refuses("leaving_approved_stays", rows.delete)

    def test_a_decreed_person_still_gets_nowhere_else(self, proposal):
        rows = Entry.objects.filter(pk=first(proposal).pk)
        self.refuses(
            "entry_in_decree_stays_approved", lambda: rows.update(state="returned", reason="x")
        )
