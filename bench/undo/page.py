"""A taken import, whose people are all on lists: its page, and undoing it, beside a small one's.

    bench/undo/run [--people 157058]

Undoing removes nine people in ten and restores one in ten. The function that counts the people on
lists is compared with its first version, which tried every pair of a row and an entry; that one is
stopped after `PATIENCE` seconds.
"""

import argparse
import logging
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil

from bench import ground  # first, before anything of Django's

from django.db import OperationalError, connection  # isort: skip
from datetime import date

from django.core.management import call_command
from django.db.models import Q
from django.test import Client
from psycopg2.extensions import TRANSACTION_STATUS_IDLE

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.programmes.models import PremiumSubsidy
from enrollment.workers.models import Worker
from tests import databases
from villages import scope

NAME = "bench_undo"
FEW, MANY = 500, 157_058
PATIENCE = 60
SQL = Path(__file__).parents[2] / "enrollment/migrations/sql"
_PEOPLE = """
INSERT INTO enrollment_worker (area_id, nik, name, birth_date, sex, address, rt, occupation_text,
    mother_name, brought_by)
SELECT v.code, (3500000000000000 + %(first)s + n)::text, 'ORANG ' || n, '1980-01-01', 'L',
    'Jl. Uji', '001', 'Petani', 'IBU', CASE WHEN n %% 10 > 0 THEN %(job)s::uuid END
FROM generate_series(1, %(people)s) n
JOIN (SELECT code, row_number() OVER (ORDER BY code) AS at, count(*) OVER () AS of
      FROM villages_area WHERE level = 4 AND code >= '35.22' AND code < '35.22/') v
    ON v.at = 1 + n * 17 %% v.of
"""
_ROWS = """
INSERT INTO enrollment_importrow (job_id, area_id, position, sheet, row, typed, codes, details,
    severity, outcome, changes, overwrite, stays, nik, kk, name, birth_place, sex, address, hamlet,
    rt, rw, occupation_text, phone, mother_name, source, source_period, position_held, village_id,
    worker_id, before)
SELECT %(job)s, '35.22', row_number() OVER (ORDER BY w.id), 'Daftar', 1, '{}', '{}', '{}', 'clean',
    '', CASE WHEN w.brought_by IS NULL THEN '{name}'::varchar[] ELSE '{}' END, true, '', w.nik, '',
    w.name, '', 'L', '', '', '', '', '', '', '', '', '', '', w.area_id,
    CASE WHEN w.brought_by IS NULL THEN w.id END,
    CASE WHEN w.brought_by IS NULL THEN jsonb_build_object('name', w.name) END
FROM enrollment_worker w WHERE w.id > %(after)s
"""
_CHANGED = """
UPDATE enrollment_worker SET name = name || ' BARU', updated_at = clock_timestamp()
WHERE id > %(after)s AND brought_by IS NULL
"""
_ENTRIES = """
INSERT INTO enrollment_entry (proposal_id, programme_id, worker_id, area_id, state, reason, cost,
    changed_at)
SELECT p.id, p.programme_id, w.id, w.area_id, 'draft', '', 0, now()
FROM enrollment_worker w JOIN enrollment_proposal p ON p.area_id = w.area_id
WHERE w.id > %(after)s AND p.programme_id = %(programme)s
"""
_LISTS = """
INSERT INTO enrollment_proposal (id, programme_id, area_id, created_at, created_by_id)
SELECT gen_random_uuid(), %(programme)s, code, now(), %(maker)s FROM villages_area
WHERE level = 4 AND code >= '35.22' AND code < '35.22/'
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=MANY)
    many = parser.parse_args().people
    logging.disable(logging.INFO)
    call_command("collectstatic", interactive=False, verbosity=0)
    ground.clone(NAME)
    ground.use(NAME)
    try:
        _compare(many)
    finally:
        ground.drop(NAME)


def _compare(many):
    admin = ground.office()
    programme = _programme(admin)
    few, whole = (_taken(admin, people, programme) for people in (FEW, many))
    print(f"{many:,} people beside {FEW:,}; load {psutil.getloadavg()[0]:.1f}")
    short, long = _page(admin, few), _page(admin, whole)
    print(f"page {short:6.0f} ms {long:6.0f} ms, {long / short:.1f} x")
    now = _counting(whole)
    _define("people_on_lists.v1.sql")
    before = _counting(whole)
    print(f"counting alone {now:.1f} s, before {before:.1f} s, {before / now:.0f} x")
    _define("people_on_lists.v2.sql")
    _compare_undoing(admin, few, whole, many)


def _compare_undoing(admin, few, whole, many):
    """Undo both; the pace must not fall with the number of people."""
    paces = []
    for job, people in ((few, FEW), (whole, many)):
        seconds, longest = _undone(admin, job)
        paces.append(people / seconds)
        print(
            f"undoing {people:,}: {seconds:.1f} s, {people / seconds:,.0f} people/s, "
            f"longest transaction {longest:.2f} s"
        )
    memory = psutil.Process().memory_info().rss / 2**20
    print(f"{paces[0] / paces[1]:.1f} x as slow a person; this process has {memory:.0f} MB")


def _undone(admin, job):
    """Seconds that the job takes, and its longest turn."""
    with scope.enter(admin):
        actions.undo(by=admin, job=job)
    turns = Turns()
    begun = time.perf_counter()
    with connection.execute_wrapper(turns):
        actions.advance(job.pk)
    seconds = time.perf_counter() - begun
    with scope.whole_country("bench"):
        job.refresh_from_db()
        changed = Q(pk__in=job.rows.values("worker"), name__endswith="BARU")
        left = Worker.objects.filter(Q(brought_by=job.pk) | changed).count()
    if (job.phase, job.state, left) != ("undone", "done", 0):
        raise SystemExit(f"not undone: {job.phase} {job.state} {job.message}, {left} are left")
    return seconds, turns.longest


class Turns:
    """The longest time from the first statement of a transaction to that of the next one."""

    def __init__(self):
        self.longest, self.begun = 0.0, time.perf_counter()

    def __call__(self, execute, sql, params, many, context):
        if connection.connection.info.transaction_status == TRANSACTION_STATUS_IDLE:
            now = time.perf_counter()
            self.longest, self.begun = max(self.longest, now - self.begun), now
        return execute(sql, params, many, context)


def _programme(admin):
    with scope.whole_country("bench"):
        programme = PremiumSubsidy.objects.create(
            regency_id=ground.BOJONEGORO, name="Pekerja rentan", year=2026, fund_id="apbd",
            components=["JKK", "JKM"], first_month=date(2026, 1, 1), months=12,
            prices={"": [16_800] * 12},
            ceiling=10**12, state="open",
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute(_LISTS, {"programme": programme.pk, "maker": admin.pk})
    return programme


def _taken(admin, people, programme):
    """An import of so many people that has been taken: nine in ten are new, one in ten was changed,
    and all are on drafts."""
    with scope.whole_country("bench"), connection.cursor() as cursor:
        job = Import.objects.create(
            office=admin, area_id="35.22", filename="daftar.xlsx", file="x", state="done",
            phase="taken", people=people, good=people, taken=people,
        )  # fmt: skip
        cursor.execute("SELECT coalesce(max(id), 0) FROM enrollment_worker")
        (last,) = cursor.fetchone()
        values = {"job": job.pk, "after": last, "programme": programme.pk}
        cursor.execute(_PEOPLE, {"first": last, "people": people, **values})
        cursor.execute(_ROWS, values)
        cursor.execute(_ENTRIES, values)
    with scope.enter(admin, job=str(job.pk)), connection.cursor() as cursor:
        cursor.execute(_CHANGED, values)
    with databases.owner(NAME) as owner, owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
    return job


def _page(admin, job):
    """Milliseconds, the shortest of three."""
    client = Client(headers={"host": "localhost"})
    client.force_login(admin.user, backend="villages.backends.OfficeHolderBackend")
    times = []
    for _ in range(3):
        begun = time.perf_counter()
        answer = client.get(f"/impor/{job.pk}/")
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"answered {answer.status_code}")
    return min(times)


def _counting(job):
    """Seconds; `PATIENCE` if it does not end."""
    begun = time.perf_counter()
    try:
        with scope.whole_country("bench"), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = '{PATIENCE}s'")
            cursor.execute("SELECT * FROM people_on_lists(%s)", [job.pk])
    except OperationalError:
        pass
    return time.perf_counter() - begun


def _define(name):
    with databases.owner(NAME) as owner, owner.cursor() as cursor:
        cursor.execute((SQL / name).read_text())


if __name__ == "__main__":
    main()
