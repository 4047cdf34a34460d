"""Criteria beyond a village's own list: families, and what other offices have approved."""

from datetime import date

import pytest

from enrollment.coverage.models import Membership
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import actions, candidates
from enrollment.proposals.models import Proposal
from enrollment.workers.models import Occupation, Worker, WorkerSource
from tests import people
from tests.proposals import making
from villages import scope

pytestmark = pytest.mark.django_db
KK = "3503070101200001"


def codes(subsidy, worker, who="kartika"):
    with scope.enter(people.office(who)):
        found = candidates.examine(subsidy, Worker.objects.filter(pk=worker.pk))
    return [finding.code for finding in found[worker.pk].against]


class TestFamily:
    """At most so many people of one family card in a programme."""

    @pytest.fixture
    def subsidy(self):
        return making.programme(family_limit=2)

    def test_the_first_are_taken_and_the_others_stay(self, subsidy):
        proposal = making.draft(subsidy, 3, kk=KK)
        done = making.act("kartika", "submit", proposal)
        assert [entry.state for entry in making.entries(proposal)] == [
            *("submitted", "submitted", "draft"),
        ]
        assert done.left == 1

    def test_lists_of_other_villages_and_agencies_count(self, subsidy):
        making.submitted(subsidy, 1, kk=KK, by="bagus", area=people.BOGORAN)
        making.submitted(subsidy, 1, kk=KK, by="tani", area=people.BOGORAN, first=5)
        sister = people.worker(9, kk=KK)
        assert codes(subsidy, sister) == ["family.limit"]
        assert codes(making.programme(name="Lain", family_limit=2), sister) == []

    def test_the_finding_names_the_number_and_nobody(self, subsidy):
        theirs = making.submitted(subsidy, 2, kk=KK, by="bagus", area=people.BOGORAN)
        sister = people.worker(9, kk=KK)
        with scope.enter(people.office("kartika")):
            found = candidates.examine(subsidy, Worker.objects.filter(pk=sister.pk))
        (one,) = found[sister.pk].against
        assert "sudah ada 2 orang" in one.message
        for entry in making.entries(theirs):
            assert entry.worker.name not in one.message

    def test_drafts_of_others_do_not_count(self, subsidy):
        making.draft(subsidy, 2, kk=KK, by="bagus", area=people.BOGORAN)
        assert codes(subsidy, people.worker(9, kk=KK)) == []

    def test_who_left_a_list_leaves_room(self, subsidy):
        proposal = making.submitted(subsidy, 2, kk=KK)
        sister = people.worker(9, kk=KK)
        assert codes(subsidy, sister) == ["family.limit"]
        first = making.entries(proposal)[0]
        making.act("vera", "reject", proposal, pks=[first.pk], reason="Menarik diri")
        assert codes(subsidy, sister) == []

    def test_those_who_come_back_together_unrepaired_are_counted_too(self):
        """They are handed in all the same, and the last ones are too many."""
        proposal = making.submitted(making.programme(family_limit=None), 3, kk=KK)
        making.act("vera", "return", proposal, reason="Alamatnya kurang")
        with scope.whole_country("tests"):
            PremiumSubsidy.objects.update(family_limit=2)
        kartika = people.office("kartika")
        with scope.enter(kartika):
            seen = Proposal.objects.select_related("programme").get(pk=proposal.pk)
            done = actions.submit(seen, by=kartika, unrepaired=True)
        assert (done.submitted, done.left) == (2, 1)
        entries = making.entries(proposal)
        assert [entry.state for entry in entries] == ["submitted", "submitted", "returned"]
        assert entries[2].repaired_at is None
        with scope.whole_country("tests"):
            history = entries[2].events.all()
            assert history.filter(state="returned").count() == 1
            assert not history.filter(repaired_at__isnull=False).exists()

    def test_a_card_that_has_changed_stops_the_last_one_alone(self, subsidy):
        proposal = making.submitted(subsidy, 3)
        with scope.whole_country("tests"):
            Worker.objects.filter(entries__proposal=proposal).update(kk=KK)
        making.act("vera", "verify", proposal)
        assert [entry.state for entry in making.entries(proposal)] == [
            *("verified", "verified", "submitted"),
        ]

    def test_a_card_without_a_number_is_no_family(self, subsidy):
        making.submitted(subsidy, 2, kk="belum ada")
        assert codes(subsidy, people.worker(9, kk="belum ada")) == []

    def test_who_does_not_see_the_person_is_told_nothing(self, subsidy):
        making.submitted(subsidy, 2, kk=KK)
        sister = people.worker(9, kk=KK)
        with scope.enter(people.office("bagus")):
            assert candidates._relatives(subsidy, [sister.pk]) == []
        with scope.enter(people.office("kartika")):
            assert candidates._relatives(subsidy, [sister.pk]) == [(sister.pk, 2)]


class TestApprovedElsewhere:
    """A month is paid once in the whole country, whoever may see the list."""

    def moved(self):
        """Somebody approved in Trenggalek who is registered in Bojonegoro by now."""
        (entry,) = making.entries(making.approved(making.programme(), 1))
        with scope.whole_country("tests"):
            Worker.objects.filter(pk=entry.worker_id).update(area=people.BAURENO)
        return entry.worker

    def test_another_regency_learns_of_the_months(self):
        worker = self.moved()
        theirs = making.programme(by="boni")
        assert codes(theirs, worker, "boni") == ["coverage.double"]

    def test_and_of_nothing_else(self):
        worker = self.moved()
        theirs = making.programme(by="boni")
        with scope.enter(people.office("boni")):
            told = candidates._asked("promised_months", theirs, [worker.pk])
        assert told == [(worker.pk, date(2026, 1, 1), date(2027, 1, 1))]
        with scope.enter(people.office("rini")):
            assert candidates._asked("promised_months", theirs, [worker.pk]) == []

    def test_an_agency_learns_of_the_villages_list(self):
        (entry,) = making.entries(making.approved(making.programme(), 1))
        with scope.whole_country("tests"):
            agency = people.office("tani").agency
            Worker.objects.filter(pk=entry.worker_id).update(agency=agency)
        other = making.programme(name="Petani")
        assert codes(other, entry.worker, "tani") == ["coverage.double"]


def test_a_membership_is_known_wherever_the_person_lives_now():
    worker = people.worker(1)
    with scope.whole_country("tests"):
        Membership.objects.create(worker=worker, area=worker.area, active_from=date(2024, 1, 1))
        Worker.objects.filter(pk=worker.pk).update(area=people.BAURENO)
    assert codes(making.programme(by="boni"), worker, "boni") == ["membership.active"]


class TestEmployers:
    def test_need_jht_as_bpu(self):
        employer = people.worker(1, occupation_id="employer")
        assert codes(making.programme(), employer) == ["jht.required"]
        whole = making.programme(name="Dengan JHT", components=["JKK", "JKM", "JHT"])
        assert codes(whole, employer) == []

    def test_are_occupations_that_the_platform_marks(self):
        with scope.whole_country("tests"):
            Occupation.objects.filter(pk="trader").update(employs=True)
        assert codes(making.programme(), people.worker(1, occupation_id="trader")) == [
            "jht.required"
        ]


class TestRegistry:
    def test_with_decile_and_period(self):
        subsidy = making.programme(required_registry="DTSEN desil 1–4, 2026-I\nP3KE")
        poor, better, old, other = (people.worker(number) for number in range(4))
        with scope.whole_country("tests"):
            for worker, registry, period, decile in [
                (poor, "DTSEN", "2026-I", 2),
                (better, "DTSEN", "2026-I", 6),
                (old, "DTSEN", "2025-II", 2),
                (other, "P3KE", "2024", None),
            ]:
                WorkerSource.objects.create(
                    worker=worker, area=worker.area, registry=registry, period=period,
                    decile=decile,
                )  # fmt: skip
        found = [codes(subsidy, worker) for worker in (poor, better, old, other)]
        assert found == [[], ["registry.required"], ["registry.required"], []]


def test_a_criterion_that_has_changed_stops_those_rows_alone():
    """Programmes may be changed while lists are on their way."""
    subsidy = making.programme()
    proposal = making.submitted(subsidy, 2)
    first = making.entries(proposal)[0]
    with scope.whole_country("tests"):
        type(subsidy).objects.filter(pk=subsidy.pk).update(required_registry="DTSEN")
        WorkerSource.objects.create(worker=first.worker, area=first.area, registry="DTSEN")
    done = making.act("vera", "verify", proposal)
    assert (done.done, done.left) == (1, 1)
    assert making.states(proposal) == {"verified": 1, "submitted": 1}
