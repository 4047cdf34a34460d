"""The worker dies during a bulk approval: everybody is still approved exactly once."""

import time
from contextlib import contextmanager
from datetime import timedelta

import pytest

from enrollment.jobs import actions as jobs
from enrollment.proposals import bulk
from enrollment.proposals.models import Entry, Step
from tests import people, waiting
from tests.imports.test_jobs import kill_the_child, swept
from tests.proposals import making
from tests.proposals.making import YEAR
from villages import scope

PEOPLE = bulk.BATCH + 100
"""Two batches: the worker dies in the second."""
pytestmark = pytest.mark.django_db(transaction=True)


def wait(job, until, seconds=90, pause=0.1):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        now = making.fresh(job)
        if until(now):
            return now
        time.sleep(pause)
    raise AssertionError(f"still {now.phase} {now.state} at {now.cursor} of {now.total}")


def ready(job):
    return not job.busy


def in_the_middle(job):
    return 0 < job.decided < PEOPLE


@contextmanager
def stopped_in_the_middle(proposal):
    """A job whose second batch waits in the block: somebody else holds the last person's row."""
    rows = proposal.entries.select_for_update().order_by("-pk")
    with waiting.undecided(rows.first) as who_waits:
        job = making.begin(people.office("amir"), "approve", proposal.programme)
        who_waits()
        assert in_the_middle(making.fresh(job))
        yield job
        assert in_the_middle(making.fresh(job))


def all_approved_once(job, proposal):
    job = wait(job, swept(ready))
    assert (job.state, job.decided, job.left, job.funded) == ("done", PEOPLE, 0, 0)
    assert making.states(proposal) == {"approved": PEOPLE}
    assert making.fresh(proposal.programme).committed == PEOPLE * YEAR
    with scope.whole_country("tests"):
        steps = Step.objects.filter(to_state="approved")
        assert steps.count() == steps.values("entry").distinct().count() == PEOPLE
        history = Entry.events.rel.related_model.objects.filter(state="approved")
        assert history.count() == PEOPLE
        assert set(history.values_list("pgh_context__job", flat=True)) == {str(job.pk)}


@pytest.fixture
def proposal(queue_worker):
    return making.crowd(making.programme(people_paid=PEOPLE), PEOPLE, "verified")


@pytest.mark.every  # as one that undoes (test_undo_killed)
def test_the_child_is_killed(queue_worker, proposal, monkeypatch):
    monkeypatch.setattr(jobs, "IDLE", timedelta(seconds=1))
    with stopped_in_the_middle(proposal) as job:
        kill_the_child(queue_worker)
    all_approved_once(job, proposal)


@pytest.mark.every
def test_the_whole_worker_is_killed(queue_worker, proposal):
    with stopped_in_the_middle(proposal) as job:
        queue_worker.kill()
    queue_worker.start()
    all_approved_once(job, proposal)
