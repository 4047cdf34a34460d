"""How long each part of an import takes: read, check, stage, compare, take.

    bin/python -m portal.environment bench/import/stages.py FILE.xlsx [AREA]

Runs in this process, on the database of PORTAL_DATA (migrated, with regions). The registry is
left with the people in it: a second run finds them all registered. Beside the time on the wall
stands the processor time of this process, of its readers and of its PostgreSQL backend, which
says more on a machine that has other work.
"""

import os
import resource
import sys
import time
import uuid
from collections import Counter
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
django.setup()

from django.db import connection  # noqa: E402

from enrollment.imports import actions  # noqa: E402
from enrollment.imports.checking import Checker  # noqa: E402
from enrollment.imports.models import Import  # noqa: E402
from enrollment.sheets.reading import Reading  # noqa: E402
from enrollment.workbooks.opening import read  # noqa: E402
from villages import scope  # noqa: E402
from villages.models import Office, Role, User  # noqa: E402

CHILDREN = resource.RUSAGE_CHILDREN
statements = Counter()
COLUMNS = ("wall", "python", "reader", "postgres")


def moment():
    """Seconds since some beginning: wall clock, this process, its children, the backend."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, CHILDREN))
    backend = psutil.Process(backend_pid()).cpu_times()
    seconds = (own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime)
    return (time.perf_counter(), *seconds, backend.user + backend.system)


@cache
def backend_pid():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return cursor.fetchone()[0]


@contextmanager
def clock(name):
    begun = moment()
    yield
    took = [f"{now - then:9.2f}" for now, then in zip(moment(), begun, strict=True)]
    print(*took, f" {name}")


def timed(execute, sql, params, many, context):
    backend = psutil.Process(backend_pid())
    begun = sum(backend.cpu_times()[:2])
    try:
        return execute(sql, params, many, context)
    finally:
        statements[" ".join(sql.split())[:90]] += sum(backend.cpu_times()[:2]) - begun


def office(area):
    with scope.whole_country("bench"):
        user = User.objects.create(username=f"bench-{uuid.uuid4().hex[:8]}")
        made = Office.objects.create(user=user, role=Role.REGENCY_ADMIN, area_id=area)
        return Office.objects.select_related("user", "area").get(pk=made.pk)


def alone(path, area):
    """Reading, and checking, each without the other."""
    with clock("read alone"):
        people = list(Reading(read(path)))
    with scope.whole_country("bench"):
        checker = Checker(area)
    with clock("check alone"):
        for number, person in enumerate(people, 1):
            checker.stage(number, person)


def whole(path, area):
    by = office(area)
    with scope.enter(by), Path(path).open("rb") as file:
        job = actions.receive(by=by, file=file, filename=Path(path).name)
    with clock("preview: read, check, stage, compare"):
        actions.advance(job.pk)
    with scope.enter(by):
        job = Import.objects.get(pk=job.pk)
        actions.take(by=by, job=job)
    with clock("take"):
        actions.advance(job.pk)
    with scope.enter(by):
        job = Import.objects.get(pk=job.pk)
    print(job.people, "people", job.good, "good", job.taken, "taken", job.counts)


def main(path, area="35.22"):
    print(*(f"{name:>9}" for name in COLUMNS), " seconds")
    alone(path, area)
    with connection.execute_wrapper(timed):
        whole(path, area)
    print("\nPostgreSQL's processor time by statement")
    for name, seconds in statements.most_common(14):
        print(f"{seconds:9.2f}  {name}")


if __name__ == "__main__":
    main(*sys.argv[1:])
