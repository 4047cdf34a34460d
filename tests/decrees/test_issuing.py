"""Issuing as a job: it freezes exactly the previewed list, or leaves the draft as it was."""

import time
from contextlib import contextmanager, suppress
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from enrollment.coverage.models import Cover
from enrollment.decrees import actions, issuing
from enrollment.decrees.models import DecreeAnnex, DecreeIssue
from enrollment.decrees.rules import snapshot_sha256
from enrollment.jobs import actions as jobs
from enrollment.proposals import decisions
from enrollment.proposals.models import Entry
from enrollment.workers.models import Worker
from tests import databases, people
from tests.decrees import drafts
from tests.imports.test_jobs import kill_the_child, swept
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def turns_of_two(monkeypatch):
    monkeypatch.setattr(issuing, "ROWS_A_TURN", 2)


def fresh(row):
    with scope.whole_country("tests"):
        return type(row).objects.get(pk=row.pk)


def rows(decree):
    with scope.whole_country("tests"):
        return list(decree.entries.order_by("position").values_list("nik", "name"))


def covered():
    with scope.whole_country("tests"):
        return Cover.objects.count()


@pytest.fixture
def draft(turns_of_two):
    subsidy = drafts.programme()
    drafts.approve(subsidy, *(people.worker(number) for number in range(5)))
    return drafts.draft(subsidy)


class TestWhatWasPreviewedIsFrozen:
    def test_everybody_is_protected_once_and_the_list_is_sealed_as_it_was(self, draft):
        before = rows(draft)
        drafts.begin(draft)
        drafts.go_on(draft)
        issued = fresh(draft)
        assert (issued.state, issued.people, covered()) == ("issued", 5, 5)
        assert rows(draft) == before
        with scope.whole_country("tests"):
            ordered = issued.entries.order_by("position")
            assert issued.sha256 == snapshot_sha256(ordered, issued.header)
            assert issued.issued_by == people.office("rini")
            assert {annex.version for annex in issued.annexes.all()} == {"full", "masked"}

    def test_people_approved_meanwhile_wait_for_the_next_decree(self, draft):
        job = drafts.begin(draft)
        drafts.approve(draft.programme, people.worker(10))
        issuing.advance(job.pk)
        assert (fresh(draft).people, covered()) == (5, 5)

    def test_approvals_cannot_be_taken_back_meanwhile(self, draft):
        drafts.begin(draft)
        amir = people.office("amir")
        with pytest.raises(Refusal, match="sudah masuk keputusan"), scope.enter(amir):
            everybody = Entry.objects.filter(programme=draft.programme)
            decisions.decide("return", draft.programme, everybody, by=amir, reason="x")
        drafts.go_on(draft)
        assert fresh(draft).is_issued

    def test_data_changed_after_protection_does_not_change_the_decree(self, draft, monkeypatch):
        job = drafts.begin(draft)

        def then_one_is_renamed(job, size):
            protect(job, size)
            with scope.whole_country("tests"):
                Worker.objects.filter(nik=rows(draft)[0][0]).update(name="Nama Baru")

        protect = issuing._protect
        monkeypatch.setattr(issuing, "_protect", then_one_is_renamed)
        issuing.advance(job.pk)
        assert fresh(draft).is_issued
        assert "Nama Baru" not in dict(rows(draft)).values()

    @pytest.mark.parametrize(
        "attack",
        [
            "UPDATE enrollment_decreeentry SET name = 'PALSU'",
            "DELETE FROM enrollment_decreeentry",
            "UPDATE enrollment_decree SET number = 'palsu'",
            "UPDATE enrollment_decree SET header = '{}'",
            "UPDATE enrollment_decree SET people = 4",
            "UPDATE enrollment_decree SET number = '', state = 'issued', sha256 = 'x',"
            " issued_by_id = drafted_by_id",
            "DELETE FROM enrollment_decree",
        ],
    )
    def test_the_database_refuses_to_change_it_meanwhile(self, draft, attack):
        drafts.begin(draft)
        with (
            pytest.raises(IntegrityError, match=r"issued decree|fk_|foreign key|is_whole"),
            scope.whole_country("tests"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attack)
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_a_second_attempt_at_the_same_time_is_refused(self, draft):
        drafts.begin(draft)
        with pytest.raises(Refusal, match="sedang diterbitkan"):
            drafts.begin(draft)
        with (
            pytest.raises(IntegrityError, match="decree_issued_once_at_a_time"),
            scope.whole_country("tests"),
            transaction.atomic(),
        ):
            DecreeIssue.objects.create(
                decree=draft, office=people.office("rini"), area_id=people.TRENGGALEK
            )


class TestHalfwayItIsADraftAgain:
    """Four people are protected in two turns; then something prevents the fifth."""

    @pytest.fixture
    def before_the_third_turn(self, monkeypatch):
        def do(action):
            def with_something_between(job):
                for size in batches(job):
                    if job.cursor == 4:
                        with scope.whole_country("tests"):
                            action()
                    yield size

            batches = issuing._batches
            monkeypatch.setattr(issuing, "_batches", with_something_between)

        return do

    def refused(self, draft, sentence):
        before = rows(draft)
        job = drafts.begin(draft)
        issuing.advance(job.pk)
        job = fresh(job)
        assert job.state == "refused" and sentence in job.message
        decree = fresh(draft)
        assert (decree.state, decree.sha256, covered()) == ("draft", "", 0)
        assert rows(draft) == before
        return decree

    def test_when_somebodys_data_changes(self, draft, before_the_third_turn):
        last = rows(draft)[4][0]
        before_the_third_turn(lambda: Worker.objects.filter(nik=last).update(name="Siti Baru"))
        decree = self.refused(draft, "Segarkan daftarnya")
        rini = people.office("rini")
        with scope.enter(rini):
            actions.refresh(decree, by=rini)
        assert drafts.issue(decree).people == 5
        assert covered() == 5

    def test_when_somebody_has_died(self, draft, before_the_third_turn):
        last = rows(draft)[4][0]
        ended = {"ended_on": date(2026, 3, 1), "ended_reason": "died"}
        before_the_third_turn(lambda: Worker.objects.filter(nik=last).update(**ended))
        self.refused(draft, "Segarkan daftarnya")

    def test_when_another_fund_pays_and_only_its_own_covers_go(self, draft, before_the_third_turn):
        with scope.whole_country("tests"):
            last = Worker.objects.get(nik=rows(draft)[4][0])
        people.cover(last, date(2020, 1, 1), date(2020, 2, 1), paid_by="Dulu")
        before_the_third_turn(
            lambda: people.cover(last, date(2026, 6, 1), date(2026, 7, 1), paid_by="Lain")
        )
        job = drafts.begin(draft)
        issuing.advance(job.pk)
        assert "baru saja dilindungi keputusan lain" in fresh(job).message
        assert fresh(draft).is_draft
        with scope.whole_country("tests"):
            paid = Cover.objects.values_list("source__name", flat=True)
            assert sorted(paid) == ["Dulu", "Lain"]

    def test_when_the_job_is_given_up(self, draft, before_the_third_turn):
        def die():
            raise SystemExit

        before_the_third_turn(die)
        job = drafts.begin(draft)
        for _ in range(jobs.MOST_ATTEMPTS + 2):
            with suppress(SystemExit):
                issuing.advance(job.pk)
        assert fresh(job).state == "refused"
        assert (fresh(draft).state, covered()) == ("draft", 0)


PEOPLE = 2200


@pytest.mark.django_db(transaction=True)
class TestAKilledWorker:
    @pytest.fixture
    def crowd(self, queue_worker):
        subsidy = making.programme(people_paid=PEOPLE)
        making.crowd(subsidy, PEOPLE, "approved")
        return drafts.draft(subsidy)

    def wait(self, job, until, seconds=90, pause=0.1):
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            now = fresh(job)
            if until(now):
                return now
            time.sleep(pause)
        raise AssertionError(f"still {now.state} at {now.cursor} of {now.total}")

    def in_the_middle(self, job):
        return 0 < job.cursor < PEOPLE

    @contextmanager
    def somebody_holds_the_last(self, draft):
        """Lock the last person, so that the job waits in the middle of its work."""
        with scope.whole_country("tests"):
            last = draft.entries.latest("position").entry.worker_id
        with databases.owner(connection.settings_dict["NAME"]) as owner, owner.cursor() as cursor:
            scope_of_all = {"low": "", "high": "~", "agency": ""}
            cursor.execute("BEGIN")
            for name, value in scope_of_all.items():
                cursor.execute("SELECT set_config(%s, %s, true)", [f"portal.{name}", value])
            cursor.execute("SELECT FROM enrollment_worker WHERE id = %s FOR UPDATE", [last])
            assert cursor.rowcount == 1
            yield
            cursor.execute("ROLLBACK")

    def issued_once(self, job, draft):
        assert self.wait(job, swept(lambda job: not job.busy)).state == "done"
        issued = fresh(draft)
        assert (issued.state, issued.people, covered()) == ("issued", PEOPLE, PEOPLE)
        with scope.whole_country("tests"):
            assert Cover.objects.values("worker").distinct().count() == PEOPLE
            assert DecreeAnnex.objects.count() == 2
            rows = issued.entries.order_by("position")
            assert issued.sha256 == snapshot_sha256(rows.iterator(), issued.header)
            events = Cover.events.rel.related_model.objects
            assert events.count() == PEOPLE
            assert set(events.values_list("pgh_context__job", flat=True)) == {str(job.pk)}

    def test_child(self, queue_worker, crowd, monkeypatch):
        monkeypatch.setattr(jobs, "IDLE", timedelta(seconds=1))
        with self.somebody_holds_the_last(crowd):
            job = drafts.begin(crowd)
            self.wait(job, self.in_the_middle, pause=0.02)
            kill_the_child(queue_worker)
        assert self.in_the_middle(fresh(job))
        self.issued_once(job, crowd)

    @pytest.mark.every  # as a worker that reads (tests/imports/test_jobs)
    def test_whole(self, queue_worker, crowd):
        with self.somebody_holds_the_last(crowd):
            job = drafts.begin(crowd)
            self.wait(job, self.in_the_middle, pause=0.02)
            queue_worker.kill()
        assert self.in_the_middle(fresh(job))
        queue_worker.start()
        self.issued_once(job, crowd)
