"""The lists of a wave begin as those of the one that it continues."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from enrollment.jobs.models import Job
from enrollment.programmes import actions as programmes
from enrollment.proposals import actions as proposals
from enrollment.proposals.models import Entry, Proposal
from enrollment.renewals import actions, renewing
from enrollment.renewals.models import Continuation, RenewalCheck
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from tests.renewals import making as renewals
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
SENDEN, BOGORAN = people.SENDEN, people.BOGORAN


def names(programme, state="draft"):
    with scope.whole_country("tests"):
        rows = Entry.objects.filter(programme=programme.pk, state=state)
        return sorted(rows.values_list("worker__name", flat=True))


def end(worker, reason="died"):
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=worker.pk).update(ended_on=date(2026, 11, 1), ended_reason=reason)


def worker_of(proposal, number=0):
    return making.entries(proposal)[number].worker


class TestALink:
    def test_joins_a_wave_to_the_one_before(self):
        old, new = renewals.last_year(), renewals.next_year()
        renewals.link(new, old)
        with scope.whole_country("tests"):
            assert making.fresh(new).continuation.previous == old
            assert making.fresh(old).successor.programme == new

    def test_months_must_be_over_before(self):
        old = renewals.last_year()
        new = making.programme(name="Sama", first_month=date(2026, 12, 1), months=1)
        with pytest.raises(Refusal, match="belum habis"):
            renewals.link(new, old)
        with pytest.raises(Refusal, match="belum habis"):
            renewals.link(old, old)

    def test_no_circle(self):
        old, new = renewals.last_year(), renewals.next_year()
        renewals.link(new, old)
        with pytest.raises(Refusal, match="belum habis"):
            renewals.link(old, new)

    def test_a_wave_has_one_successor_and_continues_one(self):
        old, new = renewals.last_year(), renewals.next_year()
        renewals.link(new, old)
        with pytest.raises(Refusal, match="sudah dilanjutkan"):
            renewals.link(renewals.next_year(name="Lain"), old)
        with pytest.raises(Refusal, match="sudah melanjutkan"):
            renewals.link(new, renewals.last_year(name="Lain"))

    def test_of_another_regency_is_refused_by_the_database(self):
        old, new = renewals.last_year(by="boni"), renewals.next_year()
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match="follows upon"),
            transaction.atomic(),
        ):
            Continuation.objects.create(programme=new, previous=old, regency_id=new.regency_id)

    def test_is_never_changed(self):
        old, new = renewals.last_year(), renewals.next_year()
        other = renewals.last_year(name="Lain")
        renewals.link(new, old)
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match="never changed"),
            transaction.atomic(),
        ):
            Continuation.objects.update(previous=other)

    @pytest.mark.parametrize("which", ["old", "new"])
    def test_months_that_would_break_it_are_refused(self, which):
        old = renewals.last_year(first_month=date(2026, 1, 1), months=6)
        new = making.programme(name="Lanjut", first_month=date(2026, 7, 1), months=6)
        renewals.link(new, old)
        changed = making.fresh(old if which == "old" else new)
        changed.first_month, changed.months = date(2026, 4, 1), 6
        rini = people.office("rini")
        with scope.enter(rini), pytest.raises(Refusal, match="dilanjutkan"):
            programmes.change(changed, occupations=[], by=rini)

    def test_a_village_may_not(self):
        old, new = renewals.last_year(), renewals.next_year()
        kartika = people.office("kartika")
        with scope.enter(kartika), pytest.raises(PermissionDenied):
            actions.link(new, old, by=kartika)
        with (
            scope.enter(kartika),
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
        ):
            Continuation.objects.create(programme=new, previous=old, regency_id=new.regency_id)


class TestTheJob:
    def test_begins_every_list_with_who_may_be_proposed_again(self):
        old = renewals.last_year()
        making.approved(old, 3)
        making.approved(old, 2, by="bagus", area=BOGORAN, first=10)
        new = renewals.linked(old)
        job = renewals.begin(new)
        assert (job.state, job.added, job.left, job.kept) == (Job.State.DONE, 5, 0, 0)
        assert names(new) == sorted(f"Pekerja {n}" for n in (0, 1, 2, 10, 11))
        with scope.whole_country("tests"):
            lists = Proposal.objects.filter(programme=new)
            assert {one.area_id: one.entries.count() for one in lists} == {SENDEN: 3, BOGORAN: 2}
            entry = Entry.objects.filter(programme=new).first()
            step = entry.steps.get()
        assert (step.role, step.reason) == ("admin_kabupaten", f"Dilanjutkan dari {old}.")
        assert renewals.reasons(new) == {}

    def test_puts_an_agencys_people_on_its_own_list(self):
        old = renewals.last_year()
        making.approved(old, 2, by="tani", first=20)
        new = renewals.linked(old)
        assert renewals.begin(new).added == 2
        with scope.whole_country("tests"):
            assert Proposal.objects.get(programme=new).agency == people.office("tani").agency

    def test_only_who_was_approved(self):
        old = renewals.last_year()
        making.verified(old, 2)
        making.approved(old, 1, by="bagus", area=BOGORAN, first=10)
        new = renewals.linked(old)
        assert renewals.begin(new).added == 1
        assert names(new) == ["Pekerja 10"]

    def test_drops_nobody_silently(self):
        old = renewals.last_year()
        proposal = making.approved(old, 6)
        moved = making.approved(old, 1, by="bagus", area=BOGORAN, first=10)
        new = renewals.linked(old, minimum_age=40)
        died, incomplete, old_enough, covered, *_ = [e.worker for e in making.entries(proposal)]
        end(died)
        people.cover(covered, date(2027, 3, 1), date(2027, 5, 1))
        with scope.whole_country("tests"):
            Worker.objects.filter(pk=incomplete.pk).update(findings=["rt.missing"])
            Worker.objects.filter(pk=worker_of(moved).pk).update(area=SENDEN)
        job = renewals.begin(new)
        assert (job.added, job.left) == (3, 4)
        assert renewals.reasons(new) == {
            died.name: "pergi", worker_of(moved).name: "pergi",
            incomplete.name: "data", covered.name: "syarat",
        }  # fmt: skip
        assert renewals.checks(new)[covered.name][1] == ["coverage.double"]
        assert old_enough.name in names(new)

    def test_judges_anew_whether_they_are_new_or_go_on(self):
        """Of two who are 65, only whose cover goes on may be proposed."""
        old = renewals.last_year(months=9)
        proposal = making.approved(old, 2, birth_date=date(1961, 6, 1))
        first, second = [entry.worker for entry in making.entries(proposal)]
        renewals.paid_until(first, date(2026, 12, 1), 3)
        new = renewals.linked(old)
        assert renewals.begin(new).added == 1
        assert names(new) == [first.name]
        assert renewals.checks(new)[second.name] == ("syarat", ["age.over_limit"])

    def test_a_list_that_was_begun_keeps_what_it_has(self):
        old = renewals.last_year()
        proposal = making.approved(old, 2)
        making.approved(old, 1, by="bagus", area=BOGORAN, first=10)
        new = renewals.linked(old)
        making.draft(new, 1, first=50)
        job = renewals.begin(new)
        assert (job.added, job.kept) == (1, 2)
        assert names(new) == ["Pekerja 10", "Pekerja 50"]
        missing = {entry.worker.name: "belum" for entry in making.entries(proposal)}
        assert renewals.reasons(new) == missing

    def test_run_twice_adds_nobody_twice_and_looks_again(self):
        old = renewals.last_year()
        proposal = making.approved(old, 2)
        new = renewals.linked(old)
        covered = people.cover(worker_of(proposal), date(2027, 3, 1), date(2027, 5, 1))
        assert renewals.begin(new).added == 1
        with scope.whole_country("tests"):
            covered.delete()
        again = renewals.begin(new)
        assert (again.added, again.kept) == (0, 2)
        assert renewals.reasons(new) == {worker_of(proposal).name: "belum"}
        assert len(names(new)) == 1

    def test_long_lists_go_on_in_the_next_batch(self, monkeypatch):
        monkeypatch.setattr(renewing, "BATCH", 3)
        old = renewals.last_year()
        making.approved(old, 7)
        making.approved(old, 2, by="bagus", area=BOGORAN, first=10)
        new = renewals.linked(old)
        job = renewals.begin(new)
        assert (job.cursor, job.total, job.added, job.kept) == (9, 9, 9, 0)
        assert len(names(new)) == 9

    def test_after_a_refusal_it_goes_on_from_there(self, monkeypatch):
        monkeypatch.setattr(renewing, "BATCH", 3)
        old = renewals.last_year()
        making.approved(old, 7)
        new = renewals.linked(old)
        job = renewals.start(new)
        work, rini = renewing._work, people.office("rini")

        def close_after_the_first(job, size):
            work(job, size)
            programmes.close(new, by=rini)

        with monkeypatch.context() as patch:
            patch.setattr(renewing, "_work", close_after_the_first)
            renewing.proceed(job.pk)
        stopped = making.fresh(job)
        assert (stopped.state, stopped.cursor) == (Job.State.REFUSED, 3)
        assert "Buka programnya" in stopped.message
        with scope.enter(rini):
            programmes.open_for_lists(making.fresh(new), by=rini)
        assert renewals.begin(new).added == 4
        assert len(names(new)) == 7

    def test_needs_a_link_and_an_open_wave(self):
        old, new = renewals.last_year(), renewals.next_year(opened=False)
        with pytest.raises(Refusal, match="belum ditetapkan sebagai lanjutan"):
            renewals.start(new)
        renewals.link(new, old)
        with pytest.raises(Refusal, match="Buka programnya"):
            renewals.start(new)

    def test_one_at_a_time(self):
        old = renewals.last_year()
        making.approved(old, 1)
        new = renewals.linked(old)
        renewals.start(new)
        with pytest.raises(Refusal, match="Tunggu sampai selesai"):
            renewals.start(new)
        rini = people.office("rini")
        with scope.enter(rini), pytest.raises(Refusal, match="Tunggu sampai selesai"):
            actions.unlink(new, by=rini)

    def test_unlinking_forgets_the_checks_and_keeps_the_drafts(self):
        old = renewals.last_year()
        making.approved(old, 2)
        new = renewals.linked(old)
        renewals.begin(new)
        rini = people.office("rini")
        with scope.enter(rini):
            actions.unlink(new, by=rini)
        with scope.whole_country("tests"):
            assert not RenewalCheck.objects.exists() and not Continuation.objects.exists()
        assert len(names(new)) == 2

    def test_unlinking_reads_no_check_first(self):
        """There may be a whole regency of them."""
        old = renewals.last_year()
        making.approved(old, 3)
        new = renewals.linked(old)
        renewals.begin(new)
        rini, table = people.office("rini"), '"enrollment_renewalcheck"'
        with scope.enter(rini), CaptureQueriesContext(connection) as asked:
            actions.unlink(new, by=rini)
        about = [query["sql"] for query in asked if table in query["sql"]]
        assert len(about) == 1 and f"DELETE FROM {table}" in about[0]


class TestAProposerTakesItsPeopleOver:
    def test_those_who_fit_and_are_not_on_it(self):
        old = renewals.last_year()
        proposal = making.approved(old, 3)
        making.approved(old, 1, by="bagus", area=BOGORAN, first=10)
        new = renewals.linked(old)
        with scope.whole_country("tests"):
            Worker.objects.filter(pk=worker_of(proposal).pk).update(findings=["rt.missing"])
        making.draft(new, 1, first=50)
        assert renewals.take(new) == 2
        assert names(new) == ["Pekerja 1", "Pekerja 2", "Pekerja 50"]
        assert renewals.reasons(new) == {"Pekerja 0": "data"}
        assert renewals.take(new) == 0
        with scope.whole_country("tests"):
            Worker.objects.filter(pk=worker_of(proposal).pk).update(findings=[])
        assert renewals.take(new) == 1
        assert renewals.reasons(new) == {}

    def test_whoever_was_taken_off_comes_back_only_so(self):
        old = renewals.last_year()
        making.approved(old, 2)
        new = renewals.linked(old)
        renewals.begin(new)
        with scope.whole_country("tests"):
            proposal = Proposal.objects.get(programme=new)
        making.act("kartika", "remove", proposal, pks=[making.entries(proposal)[0].pk])
        assert renewals.begin(new).added == 0
        assert list(renewals.reasons(new).values()) == ["belum"]
        assert renewals.take(new) == 1

    def test_an_agency_takes_its_own(self):
        old = renewals.last_year()
        making.approved(old, 2, by="tani", first=20)
        making.approved(old, 1)
        new = renewals.linked(old)
        assert renewals.take(new, by="tani") == 2
        assert names(new) == ["Pekerja 20", "Pekerja 21"]

    def test_without_a_last_list(self):
        new = renewals.linked(renewals.last_year())
        with pytest.raises(Refusal, match="tidak mempunyai daftar"):
            renewals.take(new)

    def test_a_list_too_long_to_wait_for(self, monkeypatch):
        monkeypatch.setattr(renewing, "MOST_AT_ONCE", 1)
        old = renewals.last_year()
        making.approved(old, 2)
        with pytest.raises(Refusal, match="Minta Dinas"):
            renewals.take(renewals.linked(old))


def test_who_was_rejected_on_the_new_list_is_told_apart():
    old = renewals.last_year()
    making.approved(old, 2)
    new = renewals.linked(old)
    renewals.begin(new)
    with scope.whole_country("tests"):
        proposal = Proposal.objects.get(programme=new)
    kartika = people.office("kartika")
    with scope.enter(kartika):
        proposals.submit(proposal, by=kartika)
    first = making.entries(proposal)[0]
    making.act("vera", "reject", proposal, pks=[first.pk], reason="Sudah bekerja di pabrik")
    assert renewals.reasons(new) == {first.worker.name: "ditolak"}


def test_nobody_sees_the_checks_of_another_village():
    old = renewals.last_year()
    making.approved(old, 1)
    making.approved(old, 1, by="bagus", area=BOGORAN, first=10)
    making.approved(old, 1, by="tani", first=20)
    renewals.begin(renewals.linked(old))
    seen = {}
    for name in ("rini", "kartika", "bagus", "tani", "boni"):
        with scope.enter(people.office(name)):
            seen[name] = RenewalCheck.objects.count()
    # A village also sees its people on agencies' lists, as it sees their entries.
    assert seen == {"rini": 3, "kartika": 2, "bagus": 1, "tani": 1, "boni": 0}
