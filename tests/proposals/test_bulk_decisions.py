"""A verb applied to everybody on a page: what is done, who is left out, what is reserved."""

from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.utils import timezone

from enrollment.coverage.models import Membership
from enrollment.jobs.actions import MOST_ATTEMPTS
from enrollment.programmes.models import Quota
from enrollment.proposals import bulk
from enrollment.proposals.models import Entry, Step
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from tests.proposals.making import YEAR
from villages import scope
from villages.models import Area
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def batches_of_two(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)


def begin(who, verb, proposal, *, whole_programme=True, **values):
    if not whole_programme:
        values["proposal"] = proposal
    programme = making.fresh(proposal.programme)
    return making.begin(people.office(who), verb, programme, **values)


def take(*args, **values):
    """The finished job."""
    job = begin(*args, **values)
    bulk.proceed(job.pk)
    return making.fresh(job)


def left_out(job):
    """Name → codes."""
    with scope.whole_country("tests"):
        return dict(job.left_out.values_list("entry__worker__name", "codes"))


def used(proposal, area=people.SENDEN):
    with scope.whole_country("tests"):
        return Quota.objects.get(programme=proposal.programme_id, area=area).used


def committed(proposal):
    return making.fresh(proposal.programme).committed


class TestEverybody:
    def test_are_verified_in_batches_with_one_step_for_each_person(self):
        proposal = making.submitted(making.programme(), 5)
        job = take("vera", "verify", proposal)
        assert making.states(proposal) == {"verified": 5}
        assert (job.state, job.decided, job.left, job.cursor, job.total) == ("done", 5, 0, 5, 5)
        with scope.whole_country("tests"):
            steps = Step.objects.filter(to_state="verified")
            assert set(steps.values_list("name", "role")) == {("Vera", "verifikator")}
            assert steps.count() == 5

    def test_means_one_list_or_all_lists_of_the_programme(self):
        subsidy = making.programme()
        first = making.submitted(subsidy, 2)
        other = making.submitted(subsidy, 1, by="bagus", first=10, area=people.BOGORAN)
        assert take("vera", "verify", first, whole_programme=False).decided == 2
        assert making.states(other) == {"submitted": 1}
        assert take("vera", "verify", first).decided == 1

    def test_means_nobody_once_the_village_that_was_chosen_has_gone(self):
        """Without its filter the job would take everybody of the programme."""
        proposal = making.submitted(making.programme(), 2)
        other = making.submitted(proposal.programme, 2, by="bagus", first=10, area=people.BOGORAN)
        job = begin("vera", "verify", proposal, wilayah=people.BOGORAN)
        with scope.whole_country("tests"):
            Area.objects.filter(pk=people.BOGORAN).update(current=False)
        bulk.proceed(job.pk)
        assert making.states(proposal) == {"submitted": 2}
        assert making.states(other) == {"submitted": 2}

    def test_means_only_people_found_by_the_filters(self):
        proposal = making.submitted(making.programme(), 3)
        making.submitted(proposal.programme, 1, by="bagus", first=10, area=people.BOGORAN)
        assert take("vera", "verify", proposal, q="pekerja 2").decided == 1
        assert take("vera", "verify", proposal, wilayah=people.BOGORAN).decided == 1
        assert making.states(proposal) == {"verified": 1, "submitted": 2}

    def test_excludes_people_added_after_the_page_was_shown(self):
        proposal = making.submitted(making.programme(), 2)
        seen = timezone.now()
        making.submitted(proposal.programme, 1, first=10)
        assert take("vera", "verify", proposal, seen=seen).decided == 2

    def test_a_page_time_in_the_future_counts_as_now(self):
        """A time in the future would include people who are not on the page yet."""
        proposal = making.submitted(making.programme(), 1)
        job = begin("vera", "verify", proposal, seen=timezone.now() + timedelta(days=1))
        making.submitted(proposal.programme, 1, first=10)
        bulk.proceed(job.pk)
        assert making.states(proposal) == {"verified": 1, "submitted": 1}

    def test_no_job_starts_if_there_is_nobody(self):
        proposal = making.draft(making.programme(), 1)
        assert begin("vera", "verify", proposal) is None

    def test_a_reason_is_required_as_for_one_person(self):
        proposal = making.submitted(making.programme(), 1)
        with pytest.raises(Refusal, match="Tulis alasannya"):
            begin("vera", "return", proposal, reason=" ")
        take("vera", "return", proposal, reason=" RT keliru ")
        assert making.entries(proposal)[0].reason == "RT keliru"

    def test_a_second_click_returns_the_first_job(self):
        proposal = making.submitted(making.programme(), 1)
        first = begin("vera", "verify", proposal)
        assert begin("vera", "verify", proposal) == first
        assert begin("vera", "verify", proposal, wilayah=people.SENDEN) != first
        bulk.proceed(first.pk)
        making.submitted(proposal.programme, 1, first=10)
        assert begin("vera", "verify", proposal) != first

    def test_people_decided_by_others_meanwhile_are_not_changed(self):
        proposal = making.submitted(making.programme(), 3)
        job = begin("vera", "verify", proposal)
        first = making.entries(proposal)[0].pk
        making.act("vera", "reject", proposal, pks=[first], reason="Sudah meninggal")
        bulk.proceed(job.pk)
        job = making.fresh(job)
        assert making.states(proposal) == {"rejected": 1, "verified": 2}
        assert (job.total, job.decided, job.left) == (3, 2, 0)

    def test_a_village_changes_only_its_own_list(self):
        subsidy = making.programme()
        theirs = making.draft(subsidy, 1, by="tani")
        own = making.draft(subsidy, 3, first=10)
        assert take("kartika", "remove", own).decided == 3
        assert (making.states(theirs), making.states(own)) == ({"draft": 1}, {})

    def test_history_names_the_job_and_the_office(self):
        proposal = making.submitted(making.programme(), 1)
        job = take("vera", "verify", proposal)
        with scope.whole_country("tests"):
            event = Entry.objects.get().events.latest("pgh_id")
        assert event.state == "verified"
        assert event.pgh_context["job"] == str(job.pk)
        assert event.pgh_context["office"] == people.office("vera").pk


class TestLeftOut:
    def test_people_no_longer_eligible_are_recorded_with_every_reason(self):
        proposal = making.submitted(making.programme(), 5)
        with scope.whole_country("tests"):
            Worker.objects.filter(name="Pekerja 0").update(findings=["rt.missing"])
            odd = Worker.objects.get(name="Pekerja 3")
            Worker.objects.filter(pk=odd.pk).update(birth_date=date(1930, 1, 1))
            Membership.objects.create(
                worker=odd, area_id=people.SENDEN, active_from=date(2026, 2, 1)
            )
        job = take("vera", "verify", proposal)
        assert (job.decided, job.left, job.state) == (3, 2, "done")
        assert left_out(job) == {
            "Pekerja 0": ["data.incomplete"],
            "Pekerja 3": ["age.over_limit", "membership.active"],
        }
        assert making.states(proposal) == {"verified": 3, "submitted": 2}

    def test_people_signed_earlier_by_the_same_account_are_left_out(self):
        proposal = making.submitted(making.programme(), 1)
        making.submitted(proposal.programme, 1, by="bagus", first=10, area=people.BOGORAN)
        both = people.become("kartika", people.Role.VERIFIER, people.TRENGGALEK)
        job = making.begin(both, "verify", proposal.programme)
        bulk.proceed(job.pk)
        assert left_out(job) == {"Pekerja 0": ["entry.own"]}
        assert making.states(proposal) == {"submitted": 1}
        assert making.fresh(job).decided == 1

    @pytest.mark.parametrize("name", ["kartika", "vera"])
    def test_submitter_and_verifier_cannot_approve_in_bulk(self, name):
        proposal = making.verified(making.programme(), 1)
        office = people.become(name, people.Role.APPROVER, people.TRENGGALEK)
        job = making.begin(office, "approve", proposal.programme)
        bulk.proceed(job.pk)
        assert left_out(job) == {"Pekerja 0": ["entry.own"]}
        assert (making.states(proposal), committed(proposal)) == ({"verified": 1}, 0)

    def test_people_named_by_a_decree_stay_approved_and_others_are_taken_back(self):
        proposal = making.approved(making.programme(), 2)
        drafts.draft(proposal.programme)
        making.approved(proposal.programme, 1, first=10)
        job = take("amir", "return", proposal, reason="Salah program")
        assert (job.decided, job.left) == (1, 2)
        assert left_out(job) == {name: ["entry.decreed"] for name in ("Pekerja 0", "Pekerja 1")}
        assert committed(proposal) == 2 * YEAR


class TestWhatIsReserved:
    def test_money_is_reserved_for_all_eligible_people_or_for_nobody(self):
        proposal = making.verified(making.programme(people_paid=2), 4)
        job = take("amir", "approve", proposal)
        assert job.state == "refused"
        assert "cukup untuk 2 orang selama 12 bulan atau 4 orang selama 6 bulan" in job.message
        assert "sedangkan yang dipilih 4 orang" in job.message
        assert (making.states(proposal), committed(proposal)) == ({"verified": 4}, 0)

    def test_ineligible_people_need_no_money(self):
        proposal = making.verified(making.programme(people_paid=3), 4)
        with scope.whole_country("tests"):
            Worker.objects.filter(name="Pekerja 1").update(findings=["rt.missing"])
        job = take("amir", "approve", proposal)
        assert (job.decided, job.left, job.funded) == (3, 1, 0)
        assert committed(proposal) == 3 * YEAR
        assert [entry.cost for entry in making.entries(proposal)] == [YEAR, 0, YEAR, YEAR]

    def test_money_is_reserved_before_the_first_approval_and_unused_money_is_released(
        self, monkeypatch
    ):
        proposal = making.verified(making.programme(people_paid=4), 4)
        job = begin("amir", "approve", proposal)
        seen = []

        def then_one_becomes_ineligible(job):
            decide(job)
            seen.append((job.decided, committed(proposal)))
            with scope.whole_country("tests"):
                Worker.objects.filter(name="Pekerja 3").update(findings=["rt.missing"])

        decide = bulk._decide
        monkeypatch.setattr(bulk, "_decide", then_one_becomes_ineligible)
        bulk.proceed(job.pk)
        assert seen[0] == (2, 4 * YEAR)
        assert left_out(job) == {"Pekerja 3": ["data.incomplete"]}
        assert committed(proposal) == 3 * YEAR

    def test_places_for_the_waiting_list_are_reserved_for_all_or_for_nobody(self):
        proposal = making.submitted(making.programme(village_quota=2), 5)
        first = making.entries(proposal)[0].pk
        making.act("vera", "reject", proposal, pks=[first], reason="Meninggal")
        job = take("vera", "admit", proposal)
        assert "menyisakan 1 tempat, sedangkan yang dipilih 3 orang" in job.message
        assert used(proposal) == 1
        with scope.whole_country("tests"):
            Quota.objects.filter(programme=proposal.programme).update(people=4)
        assert take("vera", "admit", proposal).decided == 3
        assert (used(proposal), making.fresh(job).places) == (4, {})
        assert making.states(proposal) == {"rejected": 1, "submitted": 4}

    def test_unused_places_are_given_back(self, monkeypatch):
        proposal = making.submitted(making.programme(village_quota=1), 4)
        making.act("vera", "reject", proposal, pks=[making.entries(proposal)[0].pk], reason="x")
        with scope.whole_country("tests"):
            Quota.objects.filter(programme=proposal.programme).update(people=3)
        job = begin("vera", "admit", proposal)

        last = making.entries(proposal)[3].pk

        def withdrawn_meanwhile(job):
            reserve(job)
            making.act("kartika", "withdraw", proposal, reason="Pindah", pks=[last])

        reserve = bulk._reserve
        monkeypatch.setattr(bulk, "_reserve", withdrawn_meanwhile)
        bulk.proceed(job.pk)
        assert making.states(proposal) == {"rejected": 2, "submitted": 2}
        assert used(proposal) == 2

    def test_a_job_that_is_given_up_releases_what_it_reserved(self, monkeypatch):
        proposal = making.verified(making.programme(people_paid=4), 4)
        job = begin("amir", "approve", proposal)

        def die_after_the_first(job):
            if job.decided:
                raise SystemExit
            decide(job)

        decide = bulk._decide
        monkeypatch.setattr(bulk, "_decide", die_after_the_first)
        for _ in range(MOST_ATTEMPTS + 2):
            with suppress(SystemExit):
                bulk.proceed(job.pk)
        job = making.fresh(job)
        assert (job.state, job.decided, job.funded) == ("refused", 2, 0)
        assert committed(proposal) == 2 * YEAR
        assert making.states(proposal) == {"approved": 2, "verified": 2}

    def test_another_worker_continues_after_one_is_killed(self, monkeypatch):
        proposal = making.verified(making.programme(people_paid=5), 5)
        job = begin("amir", "approve", proposal)

        def die(job, entries, against):
            if job.decided == 2:
                raise SystemExit
            leave_out(job, entries, against)

        leave_out = bulk._leave_out
        monkeypatch.setattr(bulk, "_leave_out", die)
        with pytest.raises(SystemExit):
            bulk.proceed(job.pk)
        assert making.states(proposal) == {"approved": 2, "verified": 3}
        assert committed(proposal) == 5 * YEAR
        monkeypatch.setattr(bulk, "_leave_out", leave_out)
        bulk.proceed(job.pk)
        assert making.states(proposal) == {"approved": 5}
        assert (committed(proposal), making.fresh(job).state) == (5 * YEAR, "done")
