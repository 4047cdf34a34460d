"""Offices take turns, small jobs pass large ones, and an office has only so many unfinished."""

import threading
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.db import connections
from django.urls import reverse

from enrollment.imports import actions as imports
from enrollment.imports.models import Import
from enrollment.imports.reading import staging
from enrollment.imports.registry import discarding
from enrollment.jobs import actions as jobs
from enrollment.jobs import sharing
from enrollment.jobs.rules import PATIENCE, SMALL, Waiting, due
from tests import people
from tests.limits.test_counting import set_limits
from villages import scope
from villages.refusals import Refusal

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def ago(seconds):
    return NOW - timedelta(seconds=seconds)


def first(**waiting):
    return min(waiting, key=lambda name: due(waiting[name], NOW))


def test_the_office_that_has_waited_longest_is_due():
    assert first(now=Waiting(ago(9), ago(2), 0), before=Waiting(ago(3), ago(7), 0)) == "before"
    assert first(served=Waiting(ago(9), ago(7), 0), never=Waiting(ago(1), None, 0)) == "never"


def test_small_jobs_pass_large_ones_but_not_for_ever():
    small, large = Waiting(ago(1), ago(1), SMALL), Waiting(ago(50), ago(50), SMALL + 1)
    assert first(small=small, large=large) == "small"
    starved = Waiting(NOW - PATIENCE, None, SMALL + 1)
    assert first(small=small, starved=starved) == "starved"
    crowd = Waiting(NOW - PATIENCE, None, SMALL)
    longer = Waiting(NOW - 2 * PATIENCE, NOW - 2 * PATIENCE, SMALL + 1)
    assert first(crowd=crowd, longer=longer) == "longer", "also where all wait too long"


def test_the_smallest_job_of_an_office_is_due_first():
    assert first(large=Waiting(ago(9), ago(1), 900), small=Waiting(ago(3), ago(1), 9)) == "small"


@pytest.fixture
def written(tmp_path, monkeypatch):
    """`written(count)`: a list of so many people, of which a batch is ten."""
    monkeypatch.setattr(staging, "BATCH", 10)

    def write(count):
        book = openpyxl.Workbook(write_only=True)
        sheet = book.create_sheet("Warga")
        sheet.append(["NIK", "Nama", "Tanggal Lahir", "JK"])
        for number in range(count):
            sheet.append([people.nik(number), f"WARGA {number}", "01-01-1980", "L"])
        book.save(tmp_path / f"{count}.xlsx")
        return tmp_path / f"{count}.xlsx"

    return write


def upload(name, path):
    by = people.office(name)
    with scope.enter(by), path.open("rb") as file:
        return imports.receive(by=by, file=file, filename=path.name)


def finished(job):
    with scope.whole_country("test"):
        return not Import.objects.get(pk=job.pk).busy


def turns_of_others(job, monkeypatch):
    """How many turns others have, one worker going on, until `job` is read."""
    turns, turn = [], jobs.turn

    def counted(of):
        turns.append(of.office_id)
        return turn(of)

    monkeypatch.setattr(jobs, "turn", counted)
    while not finished(job):
        jobs.go_on()
    return len([office for office in turns if office != job.office_id])


def in_the_order_of_their_messages():
    """The control: how the queue went on before, one job after the other."""
    with scope.whole_country("test"):
        return list(Import.objects.unfinished().order_by("created_at"))


@pytest.mark.django_db
@pytest.mark.parametrize("before", [False, True])
def test_ten_rows_wait_for_a_few_turns_and_not_for_twelve_lists(written, monkeypatch, before):
    """One office uploads twelve lists of five turns each, then another regency ten rows."""
    monkeypatch.setattr(sharing, "admit", lambda office: None)
    large = written(50)
    for _ in range(12):
        upload("kartika", large)
    jobs.go_on()  # the worker is in the middle of it
    ten = upload("boni", written(9))
    if before:
        monkeypatch.setattr(sharing, "in_order", in_the_order_of_their_messages)
        monkeypatch.setattr(sharing, "another_is_due", lambda job: False)
        assert turns_of_others(ten, monkeypatch) > 55
    else:
        assert turns_of_others(ten, monkeypatch) <= jobs.SLICE


@pytest.mark.django_db
def test_a_large_list_makes_room_after_a_slice_and_is_read_to_the_end(written, monkeypatch):
    """The small list comes while a worker is busy with the large one."""
    large, small, done = upload("kartika", written(100)), None, []
    stage = staging.stage

    def stage_and_upload(job, batch):
        nonlocal small
        stage(job, batch)
        done.append(job.pk)
        if small is None:
            small = upload("boni", written(9))

    phase = imports.Phase(staging.batches, stage_and_upload, staging.finish)
    monkeypatch.setitem(imports._PHASES, Import.Phase.READ, phase)
    sent = []
    monkeypatch.setattr(jobs, "_send", lambda job: sent.append(job.pk))
    jobs.go_on()
    assert (done, sent) == ([large.pk] * jobs.SLICE, [large.pk])
    jobs.go_on()
    assert finished(small) and not finished(large)
    jobs.go_on()
    assert finished(large)
    with scope.whole_country("test"):
        positions = large.rows.values_list("position", flat=True)
        assert list(positions) == list(range(1, 101))
        assert Import.objects.get(pk=large.pk).attempts == 0


@pytest.mark.django_db(transaction=True)
def test_a_job_that_another_worker_is_busy_with_is_passed_over(written):
    busy, free = upload("kartika", written(9)), upload("boni", written(9))
    taken, done = threading.Event(), threading.Event()

    def other_worker():
        with jobs._alone(busy.pk):
            taken.set()
            done.wait(timeout=30)
        connections.close_all()

    thread = threading.Thread(target=other_worker)
    thread.start()
    taken.wait(timeout=30)
    jobs.go_on()
    done.set()
    thread.join()
    assert finished(free) and not finished(busy)


@pytest.mark.django_db
def test_an_office_has_only_so_many_unfinished_lists(written, as_person):
    set_limits(jobs=2)
    client, path = as_person("kartika"), written(9)

    def send():
        with path.open("rb") as file:
            return client.post(reverse("import_new"), {"file": file})

    assert [send().status_code for _ in range(2)] == [302, 302]
    answer = send()
    assert answer.status_code == 200 and "2 pekerjaan dari jabatan Anda" in answer.text
    assert upload("olan", path)
    jobs.go_on()
    assert send().status_code == 302


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("locked", [True, False])
def test_two_uploads_at_the_same_moment_are_counted_one_after_the_other(
    written, monkeypatch, locked
):
    """Without the lock, the control, both count before either has stored its job."""
    set_limits(jobs=1)
    people.office("kartika")
    path, start, answers = written(9), threading.Barrier(2), []
    if not locked:
        monkeypatch.setattr(sharing, "LOCK", "SELECT %s")
    counted = sharing.unfinished_of

    def count_slowly(office):
        number = counted(office)
        if not locked:
            start.wait(timeout=30)
        return number

    monkeypatch.setattr(sharing, "unfinished_of", count_slowly)

    def ask():
        try:
            answers.append(upload("kartika", path))
        except Refusal:
            pass
        finally:
            connections.close_all()

    threads = [threading.Thread(target=ask) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(answers) == (1 if locked else 2)


@pytest.mark.django_db
def test_a_list_that_was_discarded_gives_back_its_rows_and_its_file(
    written, django_capture_on_commit_callbacks, monkeypatch
):
    monkeypatch.setattr(discarding, "BATCH", 40)
    job = upload("kartika", written(100))
    jobs.go_on()
    with scope.enter(job.office):
        job = Import.objects.get(pk=job.pk)
        imports.discard(by=people.office("kartika"), job=job)
        assert job.rows.count() == 100
    with django_capture_on_commit_callbacks(execute=True):
        jobs.go_on()
    with scope.whole_country("test"):
        assert not job.rows.exists()
    assert not job.file.storage.exists(job.file.name)
