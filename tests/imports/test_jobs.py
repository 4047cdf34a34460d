"""Imports through the real queue: whatever is killed, nobody is lost and nobody saved twice."""

import random
import threading
import time
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

import openpyxl
import psutil
import pytest
import redis
from django.conf import settings
from django.db import connection

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.imports.reading import staging
from enrollment.imports.registry import taking
from enrollment.jobs import actions as jobs
from enrollment.workers.models import Worker
from portal import priority
from portal.celery import app as celery_app
from tests import people
from villages import scope

SAMPLES = Path(__file__).parents[1] / "samples"
PEOPLE, FEW = 9000, 300
BORN = date(1960, 1, 1)


def nik(number):
    """That of the person of `write_list` in this place, counted from 0."""
    return f"350307{born(number):%d%m%y}{number + 1:04d}"


def born(number):
    return BORN + timedelta(days=number)


def write_list(path, count):
    """Write a list of people of Senden without errors."""
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Warga")
    sheet.append(["NIK", "Nama", "Tanggal Lahir", "JK"])
    for number in range(count):
        sheet.append([nik(number), f"WARGA {number}", born(number), "L"])
    book.save(path)
    return path


@pytest.fixture
def long_list(tmp_path):
    return write_list(tmp_path / "panjang.xlsx", PEOPLE)


@pytest.fixture
def short_list(tmp_path, monkeypatch):
    """A list of three batches, both for reading and for taking."""
    monkeypatch.setattr(staging, "BATCH", 120)
    monkeypatch.setattr(taking, "BATCH", 120)
    return write_list(tmp_path / "pendek.xlsx", FEW)


def receive(path):
    office = people.office("kartika")
    with scope.enter(office), path.open("rb") as file:
        job = actions.receive(by=office, file=file, filename=path.name)
        jobs.enqueue(job)
    return office, job


def take(office, job):
    with scope.enter(office):
        actions.take(by=office, job=Import.objects.get(pk=job.pk))


def current(job):
    with scope.whole_country("test"):
        return Import.objects.get(pk=job.pk)


def wait(job, until, seconds=240, pause=0.1):
    """The job as soon as `until(job)` holds; the machine may be slow and busy. Asking takes
    processor time, so only for a state that is soon over the pause is shorter."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        now = current(job)
        if until(now):
            return now
        time.sleep(pause)
    raise AssertionError(f"still {now.phase} {now.state} at {now.cursor} of {now.total}")


def ready(job):
    return not job.busy


def begun(job):
    """Whether a worker has taken up the job."""
    return job.attempts or job.state == "running"


def niks():
    with scope.whole_country("test"):
        return list(Worker.objects.values_list("nik", flat=True))


@pytest.mark.django_db(transaction=True)
def test_a_list_is_read_and_taken_through_the_queue(queue_worker):
    office, job = receive(SAMPLES / "02-desk-data-kop-dan-judul-gabung.xlsx")
    job = wait(job, ready)
    assert (job.phase, job.people, job.good) == ("preview", 60, 59)
    assert job.counts == {"rt.missing": 1, "nik.format": 1, "nik.sex_mismatch": 1}
    take(office, job)
    assert wait(job, ready).taken == 59
    assert len(niks()) == 59


@pytest.mark.django_db(transaction=True)
@pytest.mark.every
def test_jobs_run_at_a_lower_priority_than_pages(queue_worker, long_list):
    """Both the worker and the PostgreSQL process that works for it."""
    seen = set()

    def ready_when_watched(job):
        seen.update(niceness_of_postgresql())
        return ready(job)

    _, job = receive(long_list)
    wait(job, ready_when_watched)
    ours = psutil.Process().nice()
    assert queue_worker.child().nice() == priority.NICE > ours
    if connection.connection.info.host.startswith("/"):  # else it may run elsewhere
        assert seen == {ours, priority.NICE}


def niceness_of_postgresql():
    """The niceness of every process that works for this database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        for (pid,) in cursor.fetchall():
            with suppress(psutil.NoSuchProcess):
                yield psutil.Process(pid).nice()


@pytest.mark.django_db(transaction=True)
def test_unreadable_files_are_refused_and_do_not_stop_the_worker(queue_worker):
    for path in sorted((SAMPLES / "hostile").iterdir()):
        _, job = receive(path)
        assert wait(job, ready).state == "refused", path.name
    assert queue_worker.is_running()


def kill_the_child(queue_worker):
    child = queue_worker.child()
    child.kill()
    psutil.wait_procs([child], timeout=5)


@pytest.mark.django_db(transaction=True)
def test_reading_and_taking_continue_after_the_child_is_killed(
    queue_worker, long_list, monkeypatch
):
    monkeypatch.setattr(jobs, "IDLE", timedelta(seconds=1))
    chance = random.Random(5)
    office, job = receive(long_list)
    wait(job, begun, pause=0.02)
    time.sleep(chance.uniform(0.0, 0.1))
    kill_the_child(queue_worker)
    assert not ready(current(job))
    job = wait(job, swept(ready))
    with scope.whole_country("test"):
        positions = list(job.rows.values_list("position", flat=True))
    assert sorted(positions) == list(range(1, PEOPLE + 1))
    assert job.good == PEOPLE

    take(office, job)
    wait(job, begun, pause=0.02)
    time.sleep(chance.uniform(0.0, 0.1))
    kill_the_child(queue_worker)
    assert not ready(current(job))
    job = wait(job, swept(ready))
    taken = niks()
    assert job.taken == len(taken) == len(set(taken)) == PEOPLE


@pytest.mark.django_db(transaction=True)
@pytest.mark.every
def test_the_next_worker_continues_after_a_worker_is_killed(queue_worker, long_list):
    _, job = receive(long_list)
    wait(job, begun, pause=0.02)
    queue_worker.kill()
    assert not ready(current(job))
    queue_worker.start()
    assert wait(job, ready).good == PEOPLE
    with scope.whole_country("test"):
        assert job.rows.count() == PEOPLE


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_message_the_broker_lost_is_enqueued_again(
    queue_worker, short_list, monkeypatch
):
    monkeypatch.setattr(jobs, "IDLE", timedelta(seconds=1))
    queue_worker.process.suspend()
    time.sleep(2)  # until the worker's pending request to the broker has expired (kombu: 1 second)
    _, job = receive(short_list)
    assert forget_everything() > 0
    queue_worker.process.resume()
    time.sleep(0.5)
    assert current(job).attempts == 0
    assert wait(job, swept(ready)).good == FEW


def forget_everything():
    """Delete all keys of this test's queue from the broker. Returns how many there were."""
    broker = redis.Redis.from_url(settings.CELERY_BROKER_URL)
    prefix = celery_app.conf.broker_transport_options["global_keyprefix"]
    return broker.delete(*broker.scan_iter(f"{prefix}*"))


def swept(until):
    """The condition, with a sweep every second, which Celery beat does in the portal."""

    last = [time.monotonic()]

    def sweep_and_check(job):
        if time.monotonic() - last[0] > 1:
            last[0] = time.monotonic()
            jobs.sweep()
        return until(job)

    return sweep_and_check


class Dies(Exception):
    pass


def die_at(monkeypatch, room, name, call):
    """Make the `call`-th call of a step fail right after it has done its work."""
    step, calls = getattr(room, name), []

    def dying(job, *batch):
        step(job, *batch)
        calls.append(1)
        if len(calls) == call:
            raise Dies

    monkeypatch.setattr(room, name, dying)
    monkeypatch.setitem(
        actions._PHASES,
        Import.Phase.READ,
        actions.Phase(staging.batches, staging.stage, staging.finish),
    )
    monkeypatch.setitem(
        actions._PHASES,
        Import.Phase.TAKE,
        actions.Phase(taking.batches, taking.take, taking.finish),
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("room", "name", "call"),
    [(staging, "stage", 2), (staging, "finish", 1), (taking, "take", 3), (taking, "finish", 1)],
)
def test_a_turn_that_fails_is_repeated_and_counts_once(monkeypatch, short_list, room, name, call):
    die_at(monkeypatch, room, name, call)
    office = people.office("kartika")
    with scope.enter(office), short_list.open("rb") as file:
        job = actions.receive(by=office, file=file, filename=short_list.name)

    def advance_twice():
        try:
            actions.advance(job.pk)
        except Dies:
            actions.advance(job.pk)

    advance_twice()
    assert current(job).good == FEW
    take(office, job)
    advance_twice()
    taken = niks()
    assert current(job).taken == len(taken) == len(set(taken)) == FEW


@pytest.mark.django_db(transaction=True)
def test_after_a_failure_niks_repeated_from_staged_rows_are_still_found(monkeypatch, short_list):
    book = openpyxl.load_workbook(short_list)
    sheet = book.active
    sheet.append([cell.value for cell in sheet[2]])
    book.save(short_list)
    die_at(monkeypatch, staging, "stage", 2)
    office = people.office("kartika")
    with scope.enter(office), short_list.open("rb") as file:
        job = actions.receive(by=office, file=file, filename=short_list.name)
    with pytest.raises(Dies):
        actions.advance(job.pk)
    assert 0 < current(job).cursor < FEW
    actions.advance(job.pk)
    assert current(job).counts["duplicate.in_file"] == 1
    with scope.whole_country("test"):
        finding = job.rows.get(position=FEW + 1).findings[-1]
    assert "baris 2" in finding.message


@pytest.mark.django_db(transaction=True)
def test_a_list_that_always_fails_is_refused_in_the_end(monkeypatch, short_list):
    def always_fail(job, batch):
        raise ZeroDivisionError

    monkeypatch.setitem(
        actions._PHASES,
        Import.Phase.READ,
        actions.Phase(staging.batches, always_fail, staging.finish),
    )
    office = people.office("kartika")
    with scope.enter(office), short_list.open("rb") as file:
        job = actions.receive(by=office, file=file, filename=short_list.name)
    for _ in range(jobs.MOST_ATTEMPTS):
        with pytest.raises(ZeroDivisionError):
            actions.advance(job.pk)
    actions.advance(job.pk)
    job = current(job)
    assert job.state == "refused"
    assert "Hubungi admin" in job.message


@pytest.mark.django_db(transaction=True)
def test_a_worker_whose_job_another_has_continued_stops_without_effect(monkeypatch, short_list):
    """For example after it lost its connection to the database, and with it the lock."""
    office = people.office("kartika")
    with scope.enter(office), short_list.open("rb") as file:
        job = actions.receive(by=office, file=file, filename=short_list.name)
    step, calls = staging.stage, []

    def interrupted(job, batch):
        step(job, batch)
        calls.append(job.cursor)

    def batches(job):
        for number, batch in enumerate(staging.batches(job)):
            if number == 1 and len(calls) == 1:
                actions.advance(job.pk)  # the other worker, from the same position
            yield batch

    monkeypatch.setitem(
        actions._PHASES, Import.Phase.READ, actions.Phase(batches, interrupted, staging.finish)
    )
    actions.advance(job.pk)
    with scope.whole_country("test"):
        assert job.rows.count() == FEW
    assert current(job).good == FEW


@pytest.mark.django_db(transaction=True)
def test_a_second_worker_does_not_take_over_from_a_running_one(monkeypatch, short_list):
    """However long the first batch takes: a slow worker is not a dead one."""
    office = people.office("kartika")
    with scope.enter(office), short_list.open("rb") as file:
        job = actions.receive(by=office, file=file, filename=short_list.name)
    seen = []

    def second_worker():
        actions.advance(job.pk)
        seen.append(current(job).cursor)
        connection.close()

    def slow_batches(job):
        thread = threading.Thread(target=second_worker)
        thread.start()
        thread.join()
        yield from staging.batches(job)

    monkeypatch.setitem(
        actions._PHASES,
        Import.Phase.READ,
        actions.Phase(slow_batches, staging.stage, staging.finish),
    )
    actions.advance(job.pk)
    assert seen == [0]
    assert current(job).good == FEW
