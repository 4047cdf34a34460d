"""The progress of a long job and its remaining time, computed only from its row."""

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.imports.reading import staging
from enrollment.workers.rechecks import actions as rechecks
from enrollment.workers.rechecks.models import Recheck
from tests import people
from villages import scope

PEOPLE = 300
pytestmark = pytest.mark.django_db


def write_list(path):
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Warga")
    sheet.append(["NIK", "Nama", "Tanggal Lahir", "JK"])
    for number in range(PEOPLE):
        sheet.append([people.nik(number), f"WARGA {number}", "01-01-1980", "L"])
    book.save(path)
    return path


def hand_in(path):
    office = people.office("kartika")
    with scope.enter(office), Path(path).open("rb") as file:
        return actions.receive(by=office, file=file, filename=path.name)


def current(job):
    with scope.whole_country("test"):
        return type(job).objects.get(pk=job.pk)


def keep(job, **values):
    with scope.whole_country("test"):
        type(job).objects.filter(pk=job.pk).update(**values)


def test_the_total_is_known_from_the_first_batch_on(monkeypatch, tmp_path):
    monkeypatch.setattr(staging, "BATCH", 100)
    seen, stage = [], staging.stage

    def watched(job, batch):
        stage(job, batch)
        seen.append((job.cursor, job.total, job.percent))

    reading = actions.Phase(staging.batches, watched, staging.finish)
    monkeypatch.setitem(actions._PHASES, Import.Phase.READ, reading)
    job = hand_in(write_list(tmp_path / "daftar.xlsx"))
    assert (job.total, job.percent) == (None, None)
    actions.advance(job.pk)
    about = PEOPLE + 1  # the heading is a row too
    assert seen == [(100, about, 33), (200, about, 66), (300, about, 99)]
    assert current(job).total == PEOPLE


def test_each_phase_is_timed_from_its_start_by_a_worker(tmp_path):
    job = hand_in(write_list(tmp_path / "daftar.xlsx"))
    assert job.started_at is None
    handed_in = timezone.now()
    actions.advance(job.pk)
    read = current(job)
    assert handed_in < read.started_at < timezone.now()
    with scope.enter(people.office("kartika")):
        actions.take(by=people.office("kartika"), job=read)
    assert current(job).started_at is None
    actions.advance(job.pk)
    assert current(job).started_at > read.started_at


def test_a_second_attempt_keeps_the_start_time(monkeypatch, tmp_path):
    def dies(job, batch):
        raise ZeroDivisionError

    monkeypatch.setitem(
        actions._PHASES, Import.Phase.READ, actions.Phase(staging.batches, dies, staging.finish)
    )
    job = hand_in(write_list(tmp_path / "daftar.xlsx"))
    began = []
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            actions.advance(job.pk)
        began.append(current(job).started_at)
    assert began[0] == began[1]


def at_work(job, seconds, **values):
    """As after `seconds` of work: 40,000 of 160,000 rows are done."""
    now = timezone.now()
    started = {"started_at": now - timedelta(seconds=seconds), "touched_at": now}
    keep(job, state="running", cursor=40_000, total=160_000, **started, **values)


@pytest.mark.parametrize("phase", [Import.Phase.READ, Import.Phase.TAKE])
def test_the_page_of_a_list_says_how_long(as_person, tmp_path, phase):
    client = as_person("kartika")
    job = hand_in(write_list(tmp_path / "daftar.xlsx"))
    address = reverse("import_detail", args=[job.pk])
    for seconds, said in ((1, False), (60, True)):
        at_work(job, seconds, phase=phase, people=160_000)
        for headers in ({}, {"HX-Request": "true"}):
            shown = client.get(address, headers=headers).content.decode()
            assert "40.000 dari" in shown
            assert "160.000" in shown
            assert ("Sekitar 3 menit lagi." in shown) == said


def test_the_page_of_a_recheck_says_how_long(as_person):
    client = as_person("vera")
    office = people.office("vera")
    with scope.enter(office):
        job = rechecks.start(by=office, area=people.TRENGGALEK)
    at_work(Recheck(pk=job.pk), 60)
    shown = client.get(reverse("recheck_progress", args=[job.pk])).content.decode()
    assert "Sekitar 3 menit lagi." in shown
