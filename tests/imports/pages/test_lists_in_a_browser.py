"""The preview in a browser, and helpers that bring lists into each state for other tests."""

from pathlib import Path

import pytest
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.workers.models import Worker
from tests import people
from tests.pages.browser import HOME
from villages import scope

SAMPLES = Path(__file__).parents[2] / "samples"
SENDENS = SAMPLES / "02-desk-data-kop-dan-judul-gabung.xlsx"
pytestmark = pytest.mark.django_db


def handed_in(path, who="kartika", read=True, **options):
    by = people.office(who)
    with scope.enter(by), path.open("rb") as file:
        job = actions.receive(by=by, file=file, filename=path.name, **options)
    if read:
        actions.advance(job.pk)
    return current(job)


def current(job):
    with scope.whole_country("test"):
        return Import.objects.select_related("office__user").get(pk=job.pk)


def taken(job):
    with scope.enter(job.office):
        actions.take(by=job.office, job=job)
    actions.advance(job.pk)
    return current(job)


def registered(job, *areas):
    """Register the people of some good rows of `job`, one in each of `areas`."""
    with scope.whole_country("test"):
        for area, row in zip(areas, job.rows.filter(severity="clean"), strict=False):
            Worker.objects.create(
                area_id=area, nik=row.nik, name=row.name, birth_date=row.birth_date,
                address="JL. LAMA NO. 1", mother_name=row.mother_name,
            )  # fmt: skip


def preview():
    job = handed_in(SENDENS)
    registered(job, people.SENDEN, people.BOGORAN)
    return handed_in(SENDENS)


def test_the_choice_to_update_people_works_without_javascript(page_at, client, as_person):
    job = preview()
    as_person("kartika")
    page = page_at(360, client, javascript=False)
    page.goto(HOME + reverse("import_detail", args=[job.pk]))
    page.get_by_label("Perbarui menurut berkas ini").check()
    page.get_by_role("button", name="Simpan 58 orang ke daftar").click()
    assert current(job).update_existing
    assert "Menyimpan ke daftar pekerja" in page.content()
