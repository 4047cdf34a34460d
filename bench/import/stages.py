"""How long each part of an import takes: read, check, stage, compare, take.

    bin/python -m portal.environment bench/import/stages.py FILE.xlsx [AREA] [--profile]

Runs in this process, on the database of PORTAL_DATA (migrated, with regions). The registry is
left with the people in it: a second run finds them all registered.
"""

import os
import sys
import time
import uuid
from collections import Counter
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
django.setup()

from django.db import connection  # noqa: E402

from enrollment.imports import actions, staging  # noqa: E402
from enrollment.imports.checking import Checker  # noqa: E402
from enrollment.imports.models import Import  # noqa: E402
from enrollment.imports.sheets import Reading  # noqa: E402
from enrollment.imports.workbooks import read  # noqa: E402
from villages import scope  # noqa: E402
from villages.models import Office, Role, User  # noqa: E402

spent, statements = Counter(), Counter()


def clock(name, begun):
    spent[name] += time.perf_counter() - begun


def timed(execute, sql, params, many, context):
    begun = time.perf_counter()
    try:
        return execute(sql, params, many, context)
    finally:
        statements[" ".join(sql.split())[:90]] += time.perf_counter() - begun


def office(area):
    with scope.whole_country("bench"):
        user = User.objects.create(username=f"bench-{uuid.uuid4().hex[:8]}")
        made = Office.objects.create(user=user, role=Role.REGENCY_ADMIN, area_id=area)
        return Office.objects.select_related("user", "area").get(pk=made.pk)


def alone(path, area):
    """Reading, and checking, each without the other."""
    begun = time.perf_counter()
    people = list(Reading(read(path)))
    clock("read alone", begun)
    with scope.whole_country("bench"):
        checker = Checker(area)
    begun = time.perf_counter()
    for number, person in enumerate(people, 1):
        checker.stage(number, person)
    clock("check alone", begun)


def whole(path, area):
    by = office(area)
    with scope.enter(by), Path(path).open("rb") as file:
        job = actions.receive(by=by, file=file, filename=Path(path).name)
    begun = time.perf_counter()
    actions.advance(job.pk)
    clock("preview (read, check, stage, compare)", begun)
    with scope.enter(by):
        job = Import.objects.get(pk=job.pk)
        print(job.state, job.message, job.people, job.good, job.counts)
        actions.take(by=by, job=job)
    begun = time.perf_counter()
    actions.advance(job.pk)
    clock("take", begun)
    with scope.enter(by):
        print("taken", Import.objects.get(pk=job.pk).taken)


def main(path, area="35.22", *_):
    wrap = {name: getattr(staging, name) for name in ("stage", "finish")}
    for name, step in wrap.items():

        def measured(job, *batch, step=step, name=name):
            begun = time.perf_counter()
            step(job, *batch)
            clock(name, begun)

        actions._STEPS[Import.Phase.READ] = tuple(
            measured if one is step else one for one in actions._STEPS[Import.Phase.READ]
        )
    alone(path, area)
    with connection.execute_wrapper(timed):
        whole(path, area)
    for name, seconds in spent.items():
        print(f"{seconds:8.2f} s  {name}")
    print()
    for name, seconds in statements.most_common(12):
        print(f"{seconds:8.2f} s  {name}")


if __name__ == "__main__":
    main(*[one for one in sys.argv[1:] if not one.startswith("--")])
