"""Lists of a few rows, handed in and taken without the queue."""

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
