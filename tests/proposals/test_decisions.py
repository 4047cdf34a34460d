"""Decisions about people on lists, and what the database itself refuses."""

import pytest
from django.db import IntegrityError, connection, transaction

from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.proposals import actions, decisions
from enrollment.proposals.models import Entry, Step
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from tests.proposals.making import YEAR, act
from tests.proposals.test_lists import submit
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def committed(proposal):
    return making.fresh(proposal.programme).committed


def used(proposal, area=people.SENDEN):
    with scope.whole_country("tests"):
        return Quota.objects.get(programme=proposal.programme_id, area=area).used


class TestTheWay:
    def test_every_step_is_recorded_with_who_and_why(self):
        proposal = making.submitted(making.programme(), 1)
        act("vera", "return", proposal, reason=" RT keliru ")
        submit(proposal, unrepaired=True)
        act("vera", "verify", proposal)
        act("amir", "approve", proposal)
        with scope.whole_country("tests"):
            steps = Step.objects.order_by("pk").values_list(
                "from_state", "to_state", "name", "role", "reason"
            )
            assert list(steps) == [
                ("", "draft", "Kartika", "kepala_desa", ""),
                ("draft", "submitted", "Kartika", "kepala_desa", ""),
                ("submitted", "returned", "Vera", "verifikator", "RT keliru"),
                ("returned", "submitted", "Kartika", "kepala_desa", ""),
                ("submitted", "verified", "Vera", "verifikator", ""),
                ("verified", "approved", "Amir", "penyetuju", ""),
            ]
        (entry,) = making.entries(proposal)
        signed = (entry.submitted_by.username, entry.verified_by.username)
        assert (*signed, entry.approved_by.username, entry.cost) == (
            "kartika",
            "vera",
            "amir",
            YEAR,
        )

    def test_each_role_decides_only_in_its_own_states(self):
        proposal = making.submitted(making.programme(), 2)
        assert act("amir", "approve", proposal).done == 0
        assert act("amir", "return", proposal, reason="x").done == 0
        act("vera", "verify", proposal)
        assert act("vera", "return", proposal, reason="x").done == 0
        assert making.states(proposal) == {"verified": 2}

    def test_people_no_longer_eligible_stay_with_the_verifier(self):
        proposal = making.submitted(making.programme(), 2)
        with scope.whole_country("tests"):
            Worker.objects.filter(name="Pekerja 0").update(findings=["rt.missing"])
        decided = act("vera", "verify", proposal)
        assert (decided.done, decided.left) == (1, 1)

    @pytest.mark.parametrize("verb", ["return", "reject"])
    def test_returning_or_rejecting_needs_a_reason(self, verb):
        proposal = making.submitted(making.programme(), 1)
        with pytest.raises(Refusal, match="Tulis alasannya"):
            act("vera", verb, proposal, reason="  ")
        assert making.states(proposal) == {"submitted": 1}

    def test_rejected_people_may_be_proposed_again(self):
        proposal = making.submitted(making.programme(), 1)
        act("vera", "reject", proposal, reason="Bukan pekerja rentan")
        kartika = people.office("kartika")
        with scope.enter(kartika):
            assert actions.pick(proposal, Worker.objects.all(), by=kartika) == 1
        assert making.states(proposal) == {"rejected": 1, "draft": 1}


class TestMoney:
    def test_above_the_ceiling_nobody_is_approved_and_the_refusal_says_how_many_fit(self):
        proposal = making.verified(making.programme(people_paid=2), 3)
        with pytest.raises(Refusal, match="2 orang selama 12 bulan atau 3 orang selama 8 bulan"):
            act("amir", "approve", proposal)
        assert making.states(proposal) == {"verified": 3}
        assert committed(proposal) == 0
        two = [row.pk for row in making.entries(proposal)[:2]]
        assert act("amir", "approve", proposal, pks=two).done == 2
        assert committed(proposal) == 2 * YEAR

    @pytest.mark.parametrize("verb", ["return", "reject"])
    def test_taking_back_an_approval_frees_money_and_place(self, verb):
        proposal = making.approved(making.programme(village_quota=5), 2)
        assert (committed(proposal), used(proposal)) == (2 * YEAR, 2)
        first = making.entries(proposal)[0].pk
        act("amir", verb, proposal, pks=[first], reason="Sudah pindah")
        assert (committed(proposal), used(proposal)) == (YEAR, 1)
        assert making.entries(proposal)[0].cost == 0

    def test_an_approval_that_a_decree_names_cannot_be_taken_back(self):
        proposal = making.approved(making.programme(), 1)
        (entry,) = making.entries(proposal)
        with scope.whole_country("tests"):
            decree = Decree.objects.create(
                regency_id=people.TRENGGALEK, programme=proposal.programme,
                drafted_by=people.office("rini"),
            )  # fmt: skip
            DecreeEntry.objects.create(
                decree=decree, entry=entry, area_id=entry.area_id, position=1, name="A",
                nik=entry.worker.nik, months=12, premium=16_800, cost=YEAR,
            )  # fmt: skip
        with pytest.raises(Refusal, match="sudah masuk keputusan"):
            act("amir", "return", proposal, reason="Terlambat")
        assert committed(proposal) == YEAR

    def test_the_database_refuses_to_overspend_by_raw_sql(self):
        subsidy = making.programme(people_paid=1)
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match="subsidy_within_ceiling"),
            transaction.atomic(),
        ):
            sql("UPDATE enrollment_premiumsubsidy SET committed = ceiling + 1 WHERE id = %s",
                subsidy.pk)  # fmt: skip


class TestPlaces:
    def test_the_verifier_gives_a_free_place_to_somebody_on_the_waiting_list(self):
        proposal = making.submitted(making.programme(village_quota=2), 3)
        first, _, third = (row.pk for row in making.entries(proposal))
        with pytest.raises(Refusal, match="menyisakan 0 tempat"):
            act("vera", "admit", proposal, pks=[third])
        act("vera", "reject", proposal, pks=[first], reason="Meninggal")
        assert act("vera", "admit", proposal, pks=[third]).done == 1
        assert used(proposal) == 2
        assert making.entries(proposal)[2].rank == 1, "kept until the next step"
        act("vera", "verify", proposal, pks=[third])
        assert making.entries(proposal)[2].rank is None

    def test_returned_people_queue_behind_those_already_waiting(self):
        proposal = making.submitted(making.programme(village_quota=1), 2)
        first, second = (row.pk for row in making.entries(proposal))
        act("vera", "return", proposal, pks=[first], reason="RT keliru")
        act("vera", "admit", proposal, pks=[second])
        assert submit(proposal, unrepaired=True).waiting == 1
        assert making.entries(proposal)[0].rank == 2

    def test_the_proposer_can_withdraw_only_returned_and_waiting_people(self):
        proposal = making.submitted(making.programme(village_quota=2), 3)
        first = making.entries(proposal)[0].pk
        act("vera", "return", proposal, pks=[first], reason="RT keliru")
        assert act("kartika", "withdraw", proposal, reason="Pindah").done == 2
        assert making.states(proposal) == {"rejected": 2, "submitted": 1}
        assert used(proposal) == 1

    def test_places_are_counted_even_without_a_limit(self):
        proposal = making.submitted(making.programme(), 3)
        assert used(proposal) == 3


class TestMakerIsNotChecker:
    """One account with two offices: the rule is about people, not about offices."""

    def decide(self, verb, office, proposal):
        with scope.enter(office):
            subsidy = PremiumSubsidy.objects.get(pk=proposal.programme_id)
            rows = Entry.objects.filter(proposal=proposal)
            return decisions.decide(verb, subsidy, rows, by=office)

    def test_the_submitter_may_not_verify(self):
        proposal = making.submitted(making.programme(), 1)
        kartika_verifies = people.become("kartika", people.Role.VERIFIER, people.TRENGGALEK)
        with pytest.raises(Refusal, match="Yang mengajukan tidak boleh memverifikasi"):
            self.decide("verify", kartika_verifies, proposal)
        assert making.states(proposal) == {"submitted": 1}

    @pytest.mark.parametrize("name", ["kartika", "vera"])
    def test_submitter_and_verifier_may_not_approve(self, name):
        proposal = making.verified(making.programme(), 1)
        office = people.become(name, people.Role.APPROVER, people.TRENGGALEK)
        with pytest.raises(Refusal, match="Persetujuan harus oleh orang lain"):
            self.decide("approve", office, proposal)
        assert committed(proposal) == 0

    @pytest.mark.parametrize(
        ("column", "who", "rule"),
        [
            ("verified_by_id", "kartika", "entry_verifier_is_not_maker"),
            ("approved_by_id", "kartika", "entry_approver_is_not_maker"),
            ("approved_by_id", "vera", "entry_approver_is_not_maker"),
        ],
    )
    def test_raw_sql_is_refused_too(self, column, who, rule):
        proposal = making.verified(making.programme(), 1)
        user = people.office(who).user_id
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match=rule),
            transaction.atomic(),
        ):
            sql(f"UPDATE enrollment_entry SET {column} = %s WHERE proposal_id = %s",
                user, proposal.pk)  # fmt: skip

    def test_approval_needs_all_signatures(self):
        proposal = making.submitted(making.programme(), 1)
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match="entry_approved_is_signed"),
            transaction.atomic(),
        ):
            sql("UPDATE enrollment_entry SET state = 'approved' WHERE proposal_id = %s",
                proposal.pk)  # fmt: skip


def sql(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_a_verifier_of_another_regency_changes_nothing():
    proposal = making.submitted(making.programme(), 1)
    vino = people.office("vino")
    with scope.enter(vino):
        done = decisions.decide("verify", proposal.programme, Entry.objects.all(), by=vino)
    assert done.done == 0
    assert making.states(proposal) == {"submitted": 1}
