"""The worker is killed while an import is being undone: everybody is removed, exactly once."""

from datetime import timedelta

import pytest

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.jobs import actions as jobs
from enrollment.workers.models import Worker
from tests import people
from tests.imports.test_jobs import (
    current,
    kill_the_child,
    niks,
    ready,
    receive,
    swept,
    take,
    wait,
    write_list,
)
from villages import scope

PEOPLE = 5000
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def taken(queue_worker, tmp_path):
    """A taken import, and one person who was registered in the village before."""
    people.worker(9998, name="LAMA")
    office, job = receive(write_list(tmp_path / "salah.xlsx", PEOPLE))
    wait(job, ready)
    take(office, job)
    assert wait(job, ready).taken == PEOPLE
    assert len(niks()) == PEOPLE + 1
    return office, job


def undo(office, job):
    with scope.enter(office):
        actions.undo(by=office, job=Import.objects.get(pk=job.pk))


def in_the_middle(job):
    return 0 < job.undone < PEOPLE


def assert_all_removed_once(job):
    job = wait(job, swept(ready))
    assert (job.phase, job.state, job.undone) == ("undone", "done", PEOPLE)
    assert niks() == [people.nik(9998)]
    with scope.whole_country("test"):
        assert not job.rows.exclude(stays="").exists()
        removals = Worker.events.rel.related_model.objects.filter(pgh_label="delete")
        removed = list(removals.values_list("nik", flat=True))
    assert len(removed) == len(set(removed)) == PEOPLE


@pytest.mark.every
def test_undoing_continues_after_the_child_is_killed(queue_worker, taken, monkeypatch):
    monkeypatch.setattr(jobs, "IDLE", timedelta(seconds=1))
    office, job = taken
    undo(office, job)
    wait(job, in_the_middle, pause=0.02)
    kill_the_child(queue_worker)
    assert in_the_middle(current(job))
    assert_all_removed_once(job)


@pytest.mark.every  # as a worker that decides (test_bulk_killed)
def test_undoing_continues_after_the_whole_worker_is_killed(queue_worker, taken):
    office, job = taken
    undo(office, job)
    wait(job, in_the_middle, pause=0.02)
    queue_worker.kill()
    assert in_the_middle(current(job))
    queue_worker.start()
    assert_all_removed_once(job)
