"""The worker dies while lists are being begun: everybody is still put on a list exactly once."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from enrollment.jobs import actions as jobs
from enrollment.jobs.models import Job
from enrollment.proposals import actions as proposals
from enrollment.proposals.models import Entry, Proposal, Step
from enrollment.renewals import renewing
from enrollment.renewals.models import RenewalCheck
from tests import waiting
from tests.imports.test_jobs import kill_the_child, swept
from tests.proposals import making
from tests.proposals.test_bulk_killed import ready, wait
from tests.renewals import making as renewals
from villages import scope

PEOPLE = renewing.BATCH + 100
"""Two batches of one list: the worker dies in the second."""
FEW = 8
killed = pytest.mark.django_db(transaction=True)


@pytest.fixture
def waves(queue_worker):
    """A wave that PEOPLE of Senden received, and the one that continues it."""
    old = renewals.last_year(people_paid=PEOPLE)
    making.crowd(old, PEOPLE, "approved")
    return old, renewals.linked(old, people_paid=PEOPLE)


@contextmanager
def stopped_in_the_middle(old, new):
    """A job whose second batch waits in the block: somebody else holds the last person's row."""
    rows = Entry.objects.filter(programme=old.pk).select_for_update().order_by("-pk")
    with waiting.undecided(rows.first) as who_waits:
        job = renewals.start(new)
        who_waits()
        assert making.fresh(job).cursor == on_the_new_list(new) == renewing.BATCH
        yield job
        assert making.fresh(job).cursor == renewing.BATCH


def on_the_new_list(new):
    with scope.whole_country("tests"):
        return Entry.objects.filter(programme=new.pk).count()


def everybody_once(job, old, new, number=PEOPLE):
    """The lists, the checks, the steps and the history each have everybody once."""
    with scope.whole_country("tests"):
        entries = Entry.objects.filter(programme=new.pk)
        assert (job.state, job.added, job.left, job.kept) == ("done", number, 0, 0)
        assert Proposal.objects.filter(programme=new.pk).count() == 1
        assert entries.count() == entries.values("worker").distinct().count() == number
        assert set(entries.values_list("state", flat=True)) == {"draft"}
        former = Entry.objects.filter(programme=old.pk)
        assert set(former.values_list("worker")) == set(entries.values_list("worker"))
        assert RenewalCheck.objects.filter(programme=new.pk).count() == number
        steps = Step.objects.filter(entry__programme=new.pk)
        assert steps.count() == steps.values("entry").distinct().count() == number
        history = Entry.events.rel.related_model.objects.filter(programme=new.pk)
        assert history.count() == number


@killed
@pytest.mark.every  # as one that undoes (test_undo_killed)
def test_the_child_is_killed(queue_worker, waves, monkeypatch):
    monkeypatch.setattr(jobs, "IDLE", timedelta(seconds=1))
    with stopped_in_the_middle(*waves) as job:
        kill_the_child(queue_worker)
    everybody_once(wait(job, swept(ready)), *waves)


@killed
@pytest.mark.every
def test_the_whole_worker_is_killed(queue_worker, waves):
    with stopped_in_the_middle(*waves) as job:
        queue_worker.kill()
    queue_worker.start()
    everybody_once(wait(job, swept(ready)), *waves)


class Killed(BaseException):
    """The process ends here: no handler of the job sees it."""


def dies_once_people_are_on_the_list(monkeypatch):
    """The first batch ends after its people have been written, before its cursor is."""
    draft, died = proposals.draft, []

    def draft_and_die(*arguments, **values):
        added = draft(*arguments, **values)
        if not died:
            died.append(added)
            raise Killed
        return added

    monkeypatch.setattr(proposals, "draft", draft_and_die)


@pytest.fixture
def few():
    old = renewals.last_year()
    making.approved(old, FEW)
    return old, renewals.linked(old)


def killed_and_taken_up(new, monkeypatch):
    monkeypatch.setattr(renewing, "BATCH", 3)
    dies_once_people_are_on_the_list(monkeypatch)
    job = renewals.start(new)
    with pytest.raises(Killed):
        renewing.proceed(job.pk)
    with scope.whole_country("tests"):
        type(job).objects.filter(pk=job.pk).update(
            touched_at=making.fresh(job).touched_at - timedelta(hours=1)
        )
    renewing.proceed(job.pk)
    return making.fresh(job)


@killed
def test_people_and_cursor_are_written_together(few, monkeypatch):
    everybody_once(killed_and_taken_up(few[1], monkeypatch), *few, FEW)


@contextmanager
def in_two_transactions(job):
    """A turn that commits its people first, and then where the job stands."""
    died = None
    with scope.enter(job.office, job=str(job.pk)):
        job.state = Job.State.RUNNING
        try:
            yield job
        except Killed as killed_here:
            died = killed_here
    if died:
        raise died
    with scope.enter(job.office, job=str(job.pk)):
        job.touched_at = timezone.now()
        job.save()


@killed
def test_control_if_they_were_not_people_would_be_lost(few, monkeypatch):
    """Taken up again, the list seems to have been begun by its village: it keeps what it has, and
    those of the later batches are on no list."""
    monkeypatch.setattr(jobs, "turn", in_two_transactions)
    job = killed_and_taken_up(few[1], monkeypatch)
    assert (job.state, job.added) == ("done", 0)
    assert on_the_new_list(few[1]) == 3
