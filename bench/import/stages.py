r"""How long each part of an import takes: read, check, stage, compare, take.

    PORTAL_DATA=var/bench bin/python -m portal.launch.environment \
        bench/import/stages.py FILE.xlsx [ROWS]

Runs in this process, on a copy of the registry that `bench/import/run` made for a list of so many
rows. Besides wall time it prints the processor time of this process, of its readers and of its
PostgreSQL backend, which says more on a busy machine.
"""

import resource
import sys
import time
from collections import Counter
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import people
import psutil
from registry import registry

from bench import ground
from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.imports.reading.checking import Checker
from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import read
from villages import scope

CHILDREN = resource.RUSAGE_CHILDREN
statements = Counter()
COLUMNS = ("wall", "python", "reader", "postgres")


def moment():
    """Clock readings in seconds: wall, this process, its children, the PostgreSQL backend."""
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, CHILDREN))
    backend = psutil.Process(backend_pid()).cpu_times()
    seconds = (own.ru_utime + own.ru_stime, children.ru_utime + children.ru_stime)
    return (time.perf_counter(), *seconds, backend.user + backend.system)


@cache
def backend_pid():
    with ground.connection.cursor() as cursor:
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


def alone(path):
    """Measure reading and checking separately."""
    with clock("read alone"):
        found = list(Reading(read(path)))
    with scope.whole_country("bench"):
        checker = Checker(ground.BOJONEGORO)
    with clock("check alone"):
        for number, person in enumerate(found, 1):
            checker.stage(number, person)


def whole(path):
    by = ground.office()
    with scope.enter(by), Path(path).open("rb") as file:
        job = actions.receive(by=by, file=file, filename=Path(path).name)
    with clock("preview: read, check, stage, compare"):
        actions.advance(job.pk)
    with scope.enter(by):
        actions.take(by=by, job=Import.objects.get(pk=job.pk))
    with clock("take"):
        actions.advance(job.pk)
    with scope.enter(by):
        job = Import.objects.get(pk=job.pk)
    print(job.people, "people", job.good, "good", job.taken, "taken", job.counts)


def main(path, rows=people.ROWS):
    ground.clone("bench_stages", registry(int(rows)))
    ground.use("bench_stages")
    print(*(f"{name:>9}" for name in COLUMNS), " seconds")
    alone(path)
    with ground.connection.execute_wrapper(timed):
        whole(path)
    print("\nPostgreSQL's processor time by statement")
    for name, seconds in statements.most_common(20):
        print(f"{seconds:9.2f}  {name}")
    ground.drop("bench_stages")


if __name__ == "__main__":
    main(*sys.argv[1:])
