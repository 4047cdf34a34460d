"""Pages of a list of 20,000 drafts, each beside the same page of a list of 25.

Autovacuum is off. First nothing renews the planner's statistics, as in the minute after a bulk
load; then the portal renews them itself, as it does after each, and the pages are called again.
"""

import logging
import sys
import time
from datetime import date
from pathlib import Path
from unittest import mock

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil

from bench import ground  # first, before anything of Django's

from django.db import connection  # isort: skip
from django.core.management import call_command
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enrollment.jobs import planning
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import actions
from enrollment.workers.models import Worker
from tests import databases
from villages import scope
from villages.models import Agency, Role

NAME = "bench_lists"
FEW, MANY = 25, 20_000
PAGES = {"list": "/usulan/{}/", "last page": "/usulan/{}/?page=9999", "pick": "/usulan/{}/pilih/"}
_PEOPLE = """
INSERT INTO enrollment_worker (area_id, agency_id, nik, name, birth_date, sex, address, rt,
    occupation_text, mother_name)
SELECT v.code, %(agency)s, lpad((%(first)s + n)::text, 16, '3'), 'ORANG ' || n, '1980-01-01', 'L',
    'Jl. Uji', '001', 'Petani', 'IBU'
FROM generate_series(1, %(people)s) n
JOIN (SELECT code, row_number() OVER (ORDER BY code) AS at, count(*) OVER () AS of
      FROM villages_area WHERE level = 4 AND code >= %(area)s AND code < %(area)s || '/') v
    ON v.at = 1 + n %% v.of
"""


def main(many=MANY):
    logging.disable(logging.INFO)
    call_command("collectstatic", interactive=False, verbosity=0)
    ground.clone(NAME)
    ground.use(NAME)
    try:
        _compare(int(many))
    finally:
        ground.drop(NAME)


def _compare(many):
    _without_autovacuum()
    programme = _programme()
    lists = {people: _list(people, programme) for people in (FEW, many)}
    print(f"{many:,} drafts beside {FEW}; load {psutil.getloadavg()[0]:.1f}")
    print(f"{'':34}{'short':>10}{'long':>10}{'ratio':>8}{'queries':>14}")
    _measure("no statistics", lists)
    planning.refresh(planning.MANY)
    _measure("statistics renewed", lists)


def _without_autovacuum():
    with databases.owner(NAME) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace ="
                       " 'public'::regnamespace")  # fmt: skip
        for (table,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" SET (autovacuum_enabled = false)')


def _programme():
    with scope.whole_country("bench"):
        return PremiumSubsidy.objects.create(
            regency_id=ground.BOJONEGORO, name="Pekerja rentan", year=2026, fund_id="apbd",
            components=["JKK", "JKM"], first_month=date(2026, 1, 1), months=12,
            prices={"": [16_800] * 12},
            ceiling=10**12, state="open",
        )  # fmt: skip


def _list(people, programme):
    """An agency with that many people, all of them on its list but one in ten. Returns office and
    list."""
    with scope.whole_country("bench"):
        agency = Agency.objects.create(regency_id=ground.BOJONEGORO, name=f"OPD {people}")
    by = ground.office(role=Role.AGENCY, agency=agency)
    values = {"agency": agency.pk, "people": people, "first": people * 10, "area": "35.22"}
    with scope.enter(by), connection.cursor() as cursor:
        cursor.execute(_PEOPLE, values)
    with scope.enter(by):
        proposal = actions.start(programme, by=by)
        ids = Worker.objects.values_list("pk", flat=True).order_by("pk")[people // 10 :]
        with mock.patch.object(planning, "refresh"):
            actions.pick(proposal, Worker.objects.filter(pk__in=ids), by=by)
    return by, proposal


def _measure(when, lists):
    for page, address in PAGES.items():
        (short, few), (long, many) = (
            _call(by, address.format(proposal.pk)) for by, proposal in lists.values()
        )
        words = f"{page}, {when}"
        print(f"{words:34}{short:8.0f} ms{long:7.0f} ms{long / short:8.1f}{few:>6} and{many:4}")


def _call(by, url):
    """The shortest of three calls, in milliseconds, and the queries of one."""
    client = Client()
    client.force_login(by.user, backend="villages.backends.OfficeHolderBackend")
    times = []
    for _ in range(3):
        with CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            answer = client.get(url, headers={"host": "localhost"})
            times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code != 200:
            raise SystemExit(f"{url} answered {answer.status_code}")
        if times[-1] > 5_000:
            break
    return min(times), len(queries)


if __name__ == "__main__":
    main(*sys.argv[1:])
