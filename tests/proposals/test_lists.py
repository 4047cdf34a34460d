"""What a village and an agency do with their lists."""

from datetime import date

import pytest

from enrollment.coverage.models import Membership
from enrollment.programmes.models import Quota
from enrollment.proposals import actions, candidates, decisions
from enrollment.proposals.models import Entry, Step
from enrollment.routes.rules import Going, Via
from enrollment.workers.models import Occupation, Worker, WorkerSource
from tests import people
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def against(subsidy, worker, who="kartika"):
    """The codes of the findings of one person."""
    with scope.enter(people.office(who)):
        found = candidates.examine(subsidy, Worker.objects.filter(pk=worker.pk))
    return [finding.code for finding in found[worker.pk].against]


def handed_in(submitted, waiting, left):
    """A Submission of a village without a district on its way: all of them go to the Dinas."""
    return actions.Submission(submitted, waiting, left, Going(Via.DIRECT, 0, submitted))


def submit(proposal, who="kartika", **given):
    office = people.office(who)
    with scope.enter(office):
        return actions.submit(proposal, by=office, **given)


class TestFacts:
    """Every fact that another room knows about a person reaches the rules."""

    def test_a_person_with_complete_data_has_no_findings(self):
        assert against(making.programme(), people.worker(1)) == []

    def test_gaps_count_and_warnings_do_not(self):
        worker = people.worker(1, findings=["rt.missing", "nik.sex_mismatch"])
        assert against(making.programme(), worker) == ["data.incomplete"]

    def test_a_person_whose_registration_has_ended(self):
        worker = people.worker(1, ended_on=date(2025, 5, 1), ended_reason="died")
        assert against(making.programme(), worker) == ["worker.ended"]

    def test_age_on_the_first_day_of_cover(self):
        subsidy = making.programme()
        assert against(subsidy, people.worker(1, birth_date=date(1961, 1, 1))) == ["age.over_limit"]
        assert against(subsidy, people.worker(2, birth_date=date(1961, 1, 2))) == []

    def test_an_active_membership(self):
        worker = people.worker(1)
        with scope.whole_country("tests"):
            Membership.objects.create(worker=worker, area=worker.area, active_from=date(2024, 1, 1))
        assert against(making.programme(), worker) == ["membership.active"]

    def test_a_month_that_another_fund_pays(self):
        worker = people.worker(1)
        people.cover(worker, date(2026, 12, 1), date(2027, 1, 1), paid_by="CSR")
        assert against(making.programme(), worker) == ["coverage.double"]
        later = making.programme(name="Tahun depan", year=2027, first_month=date(2027, 1, 1))
        assert against(later, worker) == []

    def test_an_approval_in_another_programme_counts_before_its_decree(self):
        proposal = making.approved(making.programme(), 1)
        worker = making.entries(proposal)[0].worker
        other = making.programme(name="Program lain")
        assert against(other, worker) == ["coverage.double"]
        making.act("amir", "return", proposal, reason="Salah program")
        assert against(other, worker) == []

    def test_a_trader_is_not_taken_on_the_tobacco_fund(self):
        tobacco = Occupation.objects.filter(pk__in=["tobacco_farmer", "tobacco_labourer"])
        subsidy = making.programme(fund_id="dbhcht", occupations=tobacco)
        assert against(subsidy, people.worker(1, occupation_id="tobacco_farmer")) == []
        trader = people.worker(2, occupation_id="trader")
        with scope.enter(people.office("kartika")):
            found = candidates.examine(subsidy, Worker.objects.filter(pk=trader.pk))
        (found,) = found[trader.pk].against
        assert found.code == "occupation.not_covered"
        assert "Buruh tani tembakau, Petani tembakau" in found.message

    def test_registry_and_consent(self):
        subsidy = making.programme(required_registry="DTSEN", consent_required=True)
        worker = people.worker(1)
        assert against(subsidy, worker) == ["registry.required", "consent.missing"]
        with scope.whole_country("tests"):
            WorkerSource.objects.create(worker=worker, area=worker.area, registry="DTSEN")
            Worker.objects.filter(pk=worker.pk).update(consent_on=date(2026, 1, 1))
        assert against(subsidy, worker) == []


class TestPicking:
    def test_a_second_pick_adds_nobody_and_writes_no_step(self):
        subsidy = making.programme()
        proposal = making.draft(subsidy, 3)
        kartika = people.office("kartika")
        with scope.enter(kartika):
            assert actions.pick(proposal, Worker.objects.all(), by=kartika) == 0
            steps = Step.objects.values_list("from_state", "to_state", "role")
            assert list(steps) == [("", "draft", "kepala_desa")] * 3

    def test_only_eligible_people_are_found_to_be_added(self):
        subsidy = making.programme()
        proposal = making.draft(subsidy, 0)
        people.worker(1)
        people.worker(2, findings=["rt.missing"])
        kartika = people.office("kartika")
        with scope.enter(kartika):
            able = candidates.eligible(subsidy, Worker.objects.visible_to(kartika))
            assert actions.pick(proposal, Worker.objects.filter(pk__in=able), by=kartika) == 1

    def test_somebody_on_an_agencys_list_is_not_taken_twice(self):
        subsidy = making.programme()
        theirs = making.draft(subsidy, 1, by="tani")
        proposal = making.draft(subsidy, 0)
        kartika = people.office("kartika")
        with scope.enter(kartika):
            assert actions.pick(proposal, Worker.objects.all(), by=kartika) == 0
        assert making.states(theirs) == {"draft": 1}

    def test_a_village_cannot_list_a_neighbours_people(self):
        proposal = making.draft(making.programme(), 0)
        stranger = people.worker(1, people.BOGORAN)
        kartika = people.office("kartika")
        with scope.enter(kartika):
            rows = Worker.objects.filter(pk=stranger.pk)
            assert actions.pick(proposal, rows, by=kartika) == 0
        assert making.states(proposal) == {}

    def test_a_closed_programme_takes_no_lists(self):
        subsidy = making.programme(opened=False)
        with pytest.raises(Refusal, match="tidak sedang dibuka"):
            making.draft(subsidy, 1)

    def test_only_drafts_are_taken_off(self):
        proposal = making.submitted(making.programme(), 2)
        making.draft(proposal.programme, 1, first=10)
        (draft,) = [row for row in making.entries(proposal) if row.state == "draft"]
        kartika = people.office("kartika")
        with scope.enter(kartika):
            everybody = Entry.objects.all()
            done = decisions.decide("remove", proposal.programme, everybody, by=kartika)
            assert done == decisions.Decision(1, rows=(draft.pk,))
        assert making.states(proposal) == {"submitted": 2}


class TestHandingIn:
    def test_people_with_findings_stay_on_the_list(self):
        proposal = making.draft(making.programme(), 2)
        making.draft(proposal.programme, 1, first=10, findings=["mother_name.missing"])
        assert submit(proposal) == handed_in(submitted=2, waiting=0, left=1)
        assert making.states(proposal) == {"draft": 1, "submitted": 2}
        assert making.fresh(proposal).submitted_at

    def test_refused_when_nobody_is_ready(self):
        proposal = making.draft(making.programme(), 1, findings=["rt.missing"])
        with pytest.raises(Refusal, match="Lengkapi data"):
            submit(proposal)
        assert making.fresh(proposal).submitted_at is None

    def test_a_second_click_finds_nothing(self):
        proposal = making.submitted(making.programme(), 2)
        with pytest.raises(Refusal):
            submit(proposal)
        with scope.whole_country("tests"):
            assert Step.objects.filter(to_state="submitted").count() == 2

    def test_the_hundred_and_first_of_a_nagari_waits_with_a_number(self):
        """Sijunjung: 62 nagari, a quota of 100 each, 100 × 12 × 16,800 = Rp20,160,000."""
        lalan = "13.03.04.2001"
        people.NAMES["wali"] = (people.Role.VILLAGE_HEAD, lalan)
        people.NAMES["admin_sijunjung"] = (people.Role.REGENCY_ADMIN, people.SIJUNJUNG)
        subsidy = making.programme(by="admin_sijunjung", people_paid=6_200, village_quota=100)
        with scope.whole_country("tests"):
            quotas = Quota.objects.filter(programme=subsidy)
            assert sum(quotas.values_list("people", flat=True)) == 62 * 100 == 6_200
        assert 100 * subsidy.cost_a_person == 20_160_000
        proposal = making.draft(subsidy, 102, by="wali", area=lalan)
        assert submit(proposal, "wali") == handed_in(submitted=100, waiting=2, left=0)
        waiting = [row.rank for row in making.entries(proposal) if row.state == "waiting"]
        assert waiting == [1, 2]

    def test_places_of_one_village_do_not_count_for_another(self):
        subsidy = making.programme(village_quota=2)
        making.submitted(subsidy, 2)
        proposal = making.submitted(subsidy, 2, by="bagus", first=10, area=people.BOGORAN)
        assert making.states(proposal) == {"submitted": 2}

    def test_an_agencys_people_take_places_of_their_village(self):
        subsidy = making.programme(village_quota=2)
        making.submitted(subsidy, 1)
        proposal = making.draft(subsidy, 2, by="tani", first=10)
        assert submit(proposal, "tani") == handed_in(submitted=1, waiting=1, left=0)


def test_a_village_sees_its_people_on_an_agencys_list_but_proposes_only_its_own():
    subsidy = making.programme()
    making.submitted(subsidy, 1, by="tani")
    making.submitted(subsidy, 1, first=10)
    kartika = people.office("kartika")
    with scope.enter(kartika):
        seen = Entry.objects.visible_to(kartika)
        assert (seen.count(), seen.proposed_by(kartika).count()) == (2, 1)
    tani = people.office("tani")
    with scope.enter(tani):
        assert Entry.objects.visible_to(tani).count() == Entry.objects.count() == 1
