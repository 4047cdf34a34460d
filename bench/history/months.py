"""What dividing the history of people by month costs and saves, beside the same in one table.

Two databases hold the same people and ten years of the same events; in one of them the history is
divided. People are entered in both by turns, pages that read the history are called, and the oldest
month is removed: by dropping its part, and by deleting its rows.
"""

import logging
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil

from bench import ground  # first, before anything of Django's

from django.db import connection  # isort: skip
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader
from django.test import Client

from enrollment.workers.models import Worker
from tests import databases
from villages import scope

DIVIDED, WHOLE = "bench_divided", "bench_whole"
DIVIDING = ("enrollment", "0022_history_by_month")
HISTORY = apps.get_model("enrollment", "WorkerEvent")
TABLE = HISTORY._meta.db_table
PEOPLE, TIMES = 150_000, 3
MONTHS = "generate_series(date '2016-12-01', date '2026-10-01', interval '1 month')"
OLDEST = "2016-12-01+07", "2017-01-01+07"
_PEOPLE = """
INSERT INTO enrollment_worker (area_id, nik, name, birth_date, sex, address, rt, occupation_text,
    mother_name)
SELECT v.code, (3500000000000000 + %(first)s + n)::text, 'ORANG ' || n, '1980-01-01', 'L',
    'Jl. Uji', '001', 'Petani', 'IBU'
FROM generate_series(1, %(people)s) n
JOIN (SELECT code, row_number() OVER (ORDER BY code) AS at, count(*) OVER () AS of
      FROM villages_area WHERE level = 4 AND code >= '35.22' AND code < '35.22/') v
    ON v.at = 1 + n * 17 %% v.of
"""
# Each month a tenth of the people is changed; in the oldest month all of them.
_YEARS = f"""
INSERT INTO {TABLE} ({{columns}}, pgh_created_at)
SELECT {{columns}}, month + interval '9 days'
FROM {TABLE} CROSS JOIN {MONTHS} month
WHERE month = '2016-12-01' OR (id + extract(month FROM month)::int) %% 10 = 0
"""


def main(people=PEOPLE):
    logging.disable(logging.INFO)
    call_command("collectstatic", interactive=False, verbosity=0)
    try:
        _compare(int(people))
    finally:
        for name in (DIVIDED, WHOLE):
            ground.drop(name)


def _compare(people):
    _make(people)
    print(f"{people:,} people; load {psutil.getloadavg()[0]:.1f}")
    print(f"{'':42}{'one table':>12}{'by month':>12}{'ratio':>8}")
    _tell("entering as many again (s)", [_entering(people, turn) for turn in range(TIMES)])
    for name, call in {"the page of a person (ms)": _page, "search by NIK (ms)": _search}.items():
        _tell(name, [_in_both(call) for _ in range(TIMES)])
    _tell("removing the oldest month (s)", [_removing()])


def _tell(name, pairs):
    whole, divided = (statistics.median(values) for values in zip(*pairs, strict=True))
    print(f"{name:42}{whole:12.2f}{divided:12.2f}{divided / whole:8.2f}")


def _make(people):
    """Both databases, with people whose first and last events lie ten years apart."""
    for name in (DIVIDED, WHOLE):
        ground.clone(name)
    before = MigrationLoader(None).disk_migrations[DIVIDING].dependencies[0][1]
    result = databases.manage(WHOLE, "migrate", "--verbosity=0", "enrollment", before)
    if result.returncode:
        raise SystemExit(result.stderr)
    missing = f"to_regclass('{TABLE}' || to_char(month, '_YYYY_MM')) IS NULL"
    make = f"SELECT make_history_month('{TABLE}', month::date) FROM {MONTHS} month WHERE {missing}"
    with databases.owner(DIVIDED) as owner, owner.cursor() as cursor:
        cursor.execute(make)
    _in_both(lambda name: _fill(name, people))


def _fill(name, people):
    columns = [field.column for field in HISTORY._meta.concrete_fields]
    columns = ", ".join(name for name in columns if name not in ("pgh_id", "pgh_created_at"))
    with scope.whole_country("bench"), connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"first": 0, "people": people})
        cursor.execute("UPDATE enrollment_worker SET created_at = '2016-12-01'")
        cursor.execute(_YEARS.format(columns=columns), [])
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def _in_both(call):
    """What `call` returns for each database: (one table, by month)."""
    answers = []
    for name in (WHOLE, DIVIDED):
        ground.use(name)
        answers.append(call(name))
    return answers


def _entering(people, turn):
    """Seconds of one statement and its triggers, as a list is taken."""
    return _in_both(lambda name: _seconds(lambda: _enter(people, (turn + 1) * people)))


def _enter(people, first):
    with scope.whole_country("bench"), connection.cursor() as cursor:
        cursor.execute(_PEOPLE, {"first": first, "people": people})


def _page(name):
    with scope.whole_country("bench"):
        worker = Worker.objects.order_by("pk")[77]
    client = _client()
    return 1000 * min(_seconds(lambda: client.get(f"/pekerja/{worker.public_id}/")) for _ in "123")


def _search(name):
    with scope.whole_country("bench"):
        worker = Worker.objects.order_by("pk")[77]
    client, asked = _client(), {"q": worker.nik}
    return 1000 * min(_seconds(lambda: client.post("/akses/", asked, follow=True)) for _ in "123")


def _client():
    client = Client(headers={"host": "localhost"})
    client.force_login(ground.office().user, backend="villages.backends.OfficeHolderBackend")
    return client


def _removing():
    """By the portal's function, and by the statement that one table would need."""
    with databases.owner(WHOLE) as owner, owner.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY")
        delete = f"DELETE FROM {TABLE} WHERE pgh_created_at >= %s AND pgh_created_at < %s"
        deleting = _seconds(lambda: cursor.execute(delete, OLDEST))
        deleted = cursor.rowcount
    ground.use(DIVIDED)
    with scope.whole_country("bench"), connection.cursor() as cursor:
        dropping = _seconds(lambda: cursor.execute("SELECT forget_history(%s)", OLDEST[1:]))
        (dropped,) = cursor.fetchone()
    if deleted != dropped:
        raise SystemExit(f"deleted {deleted:,}, dropped {dropped:,}")
    return deleting, dropping


def _seconds(call):
    begun = time.perf_counter()
    answer = call()
    if getattr(answer, "status_code", 200) != 200:
        raise SystemExit(f"answered {answer.status_code}")
    return time.perf_counter() - begun


if __name__ == "__main__":
    main(*sys.argv[1:])
