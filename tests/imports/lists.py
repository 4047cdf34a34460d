"""Helpers: lists of a few rows, uploaded, read and taken without the queue."""

import pytest

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.workers.models import Worker
from tests import people
from villages import scope

HEADINGS = ["NIK", "Nama", "Tanggal Lahir", "Alamat", "RT", "Sumber Data", "Desil"]


def person(number, name="SITI", born="01-01-1980", address="JL. A", rt="1", source="", decile=""):
    return [people.nik(number), name, born, address, rt, source, decile]


def current(job):
    with scope.whole_country("test"):
        return Import.objects.select_related("office__user").get(pk=job.pk)


def take(job, **options):
    with scope.enter(job.office):
        actions.take(by=job.office, job=job, **options)
    actions.advance(job.pk)
    return current(job)


def outcomes(job):
    with scope.whole_country("test"):
        return list(job.rows.with_outcome(job).values_list("became", flat=True))


def registered(**lookup):
    with scope.whole_country("test"):
        return Worker.objects.filter(**lookup).select_related("occupation").get()


def register_elsewhere(number, area=people.BOGORAN, **values):
    """Somebody whom the office does not see; not as a `person` row says, unless by `values`."""
    values = {"name": "ORANG LAIN"} | values
    with scope.whole_country("test"):
        return Worker.objects.create(area_id=area, nik=people.nik(number), **values)


@pytest.fixture
def handed_in(workbook):
    """`handed_in("kartika", row, …)` uploads these rows and returns the import, read."""

    def hand_in(who, *rows, area=None):
        path = workbook({"Lembar": [HEADINGS, *rows]})
        by = people.office(who)
        with scope.enter(by), path.open("rb") as file:
            job = actions.receive(by=by, file=file, filename=path.name, area=area)
        actions.advance(job.pk)
        return current(job)

    return hand_in
