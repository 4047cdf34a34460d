"""Pages × roles in two regencies of one registry: a small one, and one as large as a regency gets.

    bench/scale/run [--few 15000] [--many 157058] [--total 400000] [--role verifier …] [--plans]

Both have a programme with 97 people of 100 on its lists, in every state, and two decrees; everybody
else of `total` lives in the other regencies. Printed for each page and role: the median of 5 calls
in both, their ratio, the number of queries, and the slowest query. `--plans` prints its plan when
it took more than a tenth of the goal.
"""

import argparse
import logging
import re
import statistics
import sys
import time
from datetime import date
from operator import itemgetter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil

from bench import ground  # first, before anything of Django's

from django.db import connection, reset_queries  # isort: skip
from django.core.management import call_command
from django.test import Client
from django.test.utils import CaptureQueriesContext

from enrollment.coverage.models import CoverSource
from enrollment.decrees.models import Decree
from enrollment.decrees.moving import move
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Proposal
from enrollment.workers.models import Worker
from tests import databases
from villages import scope
from villages.models import Agency, Area, Role

NAME = "bench_scale"
GOAL = 150
"""Milliseconds, in the median, for a regency of 309,000."""
CALLS = 5
HOPELESS = 5000
"""Milliseconds after which a page is not called again. A statement that takes longer than pages may
is ended by PostgreSQL (503); the time until then is shown."""
SHOWN = 6
"""Of the pages, the slowest at the end."""
SMALL, LARGE = "35.03", "35.22"
LISTS = "/usulan/program/{programme}"
PAGES = {
    "home": "/",
    "people": "/pekerja/",
    "people, last page": "/pekerja/?page=99999",
    "people of a name": "/pekerja/?q=sri+wahyuni",
    "people of no such name": "/pekerja/?q=zzyzx",
    "people of a source": "/pekerja/?sumber=dtsen",
    "people of no such source": "/pekerja/?sumber=zzyzx",
    "a village, sorted": "/pekerja/?wilayah={village}&urut=lahir",
    "a district, as a file": "/pekerja/?wilayah={district}&unduh=xlsx",
    "incomplete people": "/pekerja/?kelengkapan=belum",
    "person": "/pekerja/{person}/",
    "programmes": "/program/",
    "programme": "/program/{programme}/",
    "quotas": "/program/{programme}/kuota/",
    "lists": "/usulan/",
    "submissions": LISTS + "/",
    "people of a programme": LISTS + "/orang/",
    "all of a programme": LISTS + "/orang/?status=semua",
    "its last page": LISTS + "/orang/?status=semua&page=99999",
    "no such name in it": LISTS + "/orang/?status=semua&q=zzyzx",
    "a village's list": "/usulan/{proposal}/",
    "that, sorted": "/usulan/{proposal}/?status=semua&urut=pekerjaan",
    "a district, sorted": LISTS + "/orang/?status=approved&wilayah={district}&urut=nama",
    "uploads": "/impor/",
    "decrees": "/keputusan/",
    "new decree": "/keputusan/baru/",
    "draft": "/keputusan/{draft}/",
    "issued decree": "/keputusan/{issued}/",
    "duplicates": "/data-ganda/",
    "access record": "/akses/",
}
_VILLAGES = """
SELECT code, row_number() OVER (ORDER BY code) - 1 AS at FROM villages_area
WHERE level = 4 AND current AND {where}
"""
_PEOPLE = """
WITH v AS ({villages})
INSERT INTO enrollment_worker (area_id, nik, name, birth_place, birth_date, sex, address, rt, rw,
    occupation_text, mother_name, findings)
SELECT v.code, lpad((%(first)s + n)::text, 16, '3'),
    (ARRAY['SRI', 'SITI', 'AHMAD', 'NUR', 'DEWI', 'AGUS', 'EKO', 'MUHAMMAD'])[1 + n %% 8] || ' ' ||
    (ARRAY['WAHYUNI', 'AMINAH', 'SUSANTO', 'HIDAYAT', 'LESTARI', 'PRASETYO', 'RAHAYU'])[1 + n %% 7]
        || ' ' || n,
    'Kota', date '1965-01-01' + n %% 12000, 'L', 'Jl. Uji ' || n, '001', '002', 'Petani', 'IBU',
    CASE WHEN n %% 20 = 0 THEN '{{rt.missing}}'::varchar[] ELSE '{{}}' END
FROM generate_series(1, %(people)s) n JOIN v ON v.at = n %% (SELECT count(*) FROM v)
"""
_SOURCES = """
INSERT INTO enrollment_workersource (worker_id, area_id, registry, period)
SELECT id, area_id, 'DTSEN', '2026-I' FROM enrollment_worker WHERE mod(id, 3) > 0 AND {where}
"""
_PROPOSALS = """
INSERT INTO enrollment_proposal (id, programme_id, area_id, created_by_id, created_at, submitted_at)
SELECT gen_random_uuid(), %(programme)s, code, %(maker)s, now(), now() - at * interval '1 hour'
FROM ({villages}) v
"""
_ENTRIES = """
INSERT INTO enrollment_entry (proposal_id, programme_id, worker_id, area_id, state, reason, rank,
    cost, submitted_by_id, verified_by_id, approved_by_id, changed_at)
SELECT p.id, p.programme_id, w.id, w.area_id, w.state,
    CASE WHEN w.state IN ('returned', 'rejected') THEN 'Lengkapi' ELSE '' END,
    CASE WHEN w.state = 'waiting' THEN w.at END,
    CASE WHEN w.state = 'approved' THEN 201600 ELSE 0 END,
    CASE WHEN w.state <> 'draft' THEN %(submits)s END,
    CASE WHEN w.state IN ('verified', 'approved') THEN %(verifies)s END,
    CASE WHEN w.state = 'approved' THEN %(approves)s END, now()
FROM (SELECT id, area_id, at, CASE WHEN of_100 < 5 THEN 'draft' WHEN of_100 < 30 THEN 'submitted'
          WHEN of_100 < 50 THEN 'verified' WHEN of_100 < 90 THEN 'approved'
          WHEN of_100 < 93 THEN 'returned' WHEN of_100 < 95 THEN 'rejected' ELSE 'waiting' END state
      FROM (SELECT id, area_id, at, at * 37 %% 100 AS of_100
            FROM (SELECT id, area_id, row_number() OVER (PARTITION BY area_id ORDER BY id) AS at
                  FROM enrollment_worker WHERE area_id >= %(low)s AND area_id < %(high)s) numbered
           ) spread WHERE of_100 < 97) w
JOIN enrollment_proposal p ON p.area_id = w.area_id AND p.programme_id = %(programme)s
"""
_QUOTAS = """
INSERT INTO enrollment_quota (programme_id, area_id, used, queued)
SELECT programme_id, area_id,
    count(*) FILTER (WHERE state IN ('submitted', 'verified', 'approved')), 1000
FROM enrollment_entry WHERE programme_id = %(programme)s GROUP BY programme_id, area_id
"""
_COPIES = """
INSERT INTO enrollment_decreeentry (decree_id, entry_id, area_id, position, nik, kk, name,
    birth_place, birth_date, sex, address, rt, rw, village, district, occupation, months, premium,
    cost)
SELECT %(decree)s, e.id, e.area_id, row_number() OVER (ORDER BY e.area_id, w.name), w.nik, w.kk,
    w.name, w.birth_place, w.birth_date, w.sex, w.address, w.rt, w.rw, v.name, d.name,
    w.occupation_text, 12, 16800, e.cost
FROM enrollment_entry e JOIN enrollment_worker w ON w.id = e.worker_id
JOIN villages_area v ON v.code = e.area_id JOIN villages_area d ON d.code = left(e.area_id, 8)
WHERE e.programme_id = %(programme)s AND e.state = 'approved' AND e.worker_id %% 8 = ANY(%(part)s)
"""
_COVERS = """
INSERT INTO enrollment_cover (worker_id, area_id, months, source_id)
SELECT e.worker_id, e.area_id, daterange('2026-01-01', '2027-01-01'), %(source)s
FROM enrollment_decreeentry r JOIN enrollment_entry e ON e.id = r.entry_id
WHERE r.decree_id = %(decree)s
"""
_LOOKS = """
INSERT INTO enrollment_disclosure (at, kind, user_id, area_id, worker_id, subject, people, why,
    origin)
SELECT now() - id %% 60 * interval '1 day', 'view', %(submits)s, area_id, id, '', 1, '', ''
FROM enrollment_worker WHERE area_id >= %(low)s AND area_id < %(high)s AND id %% 5 = 0
"""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--few", type=int, default=15_000)
    parser.add_argument("--many", type=int, default=157_058)
    parser.add_argument("--total", type=int, default=400_000)
    parser.add_argument("--role", choices=Role.values, nargs="*", default=Role.values)
    parser.add_argument("--plans", action="store_true")
    parser.add_argument("--keep", action="store_true", help=f"leave the database {NAME}")
    asked = parser.parse_args()
    logging.disable(logging.ERROR)  # of pages that a role may not open, or that take too long
    call_command("collectstatic", interactive=False, verbosity=0)
    ground.clone(NAME)
    ground.use(NAME)
    try:
        compare(build(asked.few, asked.many, asked.total), asked.role, plans=asked.plans)
    finally:
        if not asked.keep:
            ground.drop(NAME)


def build(few, many, total):
    """The registry. Returns role → page → its address in the small and in the large regency, and
    the office that calls it there."""
    begun = time.perf_counter()
    _others(total - few - many)
    small, large = _regency(SMALL, few, 2 * 10**9), _regency(LARGE, many, 3 * 10**9)
    with databases.owner(_database()) as owner, owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("SELECT pg_size_pretty(pg_database_size(current_database()))")
        (size,) = cursor.fetchone()
    took, load = time.perf_counter() - begun, psutil.getloadavg()[0]
    people = f"{few:,} beside {many:,} of {total:,} people, {size}"
    print(f"{people}, built in {took:.0f} s; load {load:.1f}", flush=True)
    return small, large


def _database():
    return connection.settings_dict["NAME"]


def _others(people):
    """People of all other regencies, without a history, which would take most of the time."""
    elsewhere = "{} !~ '^(" + f"{SMALL}|{LARGE}" + ")'"
    villages = _VILLAGES.format(where=elsewhere.format("code"))
    statements = {
        "enrollment_worker": _PEOPLE.format(villages=villages),
        "enrollment_workersource": _SOURCES.format(where=elsewhere.format("area_id")),
    }
    with databases.owner(_database()) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.low', '', false)")
        cursor.execute("SELECT set_config('portal.high', '~', false)")
        cursor.execute("SELECT set_config('portal.agency', '', false)")
        for table, statement in statements.items():
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            cursor.execute(statement, {"people": people, "first": 10**9})
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def _regency(code, people, first):
    """People, a programme and its decrees. Returns the names in `PAGES`, and role → office."""
    villages = f"code >= '{code}' AND code < '{code}/'"
    _run(_PEOPLE.format(villages=_VILLAGES.format(where=villages)), people=people, first=first)
    _run(_SOURCES.format(where=villages.replace("code", "area_id")))
    offices = _offices(code)
    by = {role: office.user_id for role, office in offices.items()}
    with scope.whole_country("bench"):
        programme = PremiumSubsidy.objects.create(
            regency_id=code, name="Pekerja rentan", year=2026, fund_id="apbd",
            components=["JKK", "JKM"], first_month=date(2026, 1, 1), months=12,
            prices={"": [16_800] * 12},
            ceiling=10**12, state="open",
        )  # fmt: skip
    low, high = scope.bounds(code)
    values = {
        "programme": programme.pk, "maker": offices[Role.VILLAGE_HEAD].pk, "low": low, "high": high,
        "submits": by[Role.VILLAGE_HEAD], "verifies": by[Role.VERIFIER],
        "approves": by[Role.APPROVER],
    }  # fmt: skip
    for statement in (_PROPOSALS, _ENTRIES, _QUOTAS, _LOOKS):
        _run(statement.format(villages=_VILLAGES.format(where=villages)), **values)
    issued, draft = (
        _decree(programme, offices[Role.REGENCY_ADMIN], part, number)
        for number, part in (("1/2026", [0, 1, 2, 3, 4, 5]), ("", [6]))
    )
    _seal(issued, offices[Role.REGENCY_ADMIN])
    village = offices[Role.VILLAGE_HEAD].area_id
    with scope.whole_country("bench"):
        proposal = Proposal.objects.get(programme=programme, area=village)
        person = Worker.objects.filter(area=village).order_by("pk")[2]
    rows = {"programme": programme, "proposal": proposal, "issued": issued, "draft": draft}
    others = {"person": person.public_id, "village": village, "district": village[:8]}
    return {name: row.pk for name, row in rows.items()} | others, offices


def _offices(code):
    """One of each role; those of the village and of the district lie in the first of them."""
    with scope.whole_country("bench"):
        village = Area.objects.within(code).villages().filter(current=True).order_by("pk")[0]
        agency = Agency.objects.create(regency_id=code, name="Dinas Pertanian")
    places = {
        Role.VILLAGE_OPERATOR: village.pk,
        Role.VILLAGE_HEAD: village.pk,
        Role.DISTRICT: village.district_code,
    }
    return {
        role: ground.office(places.get(role, code), role, agency if role == Role.AGENCY else None)
        for role in Role
    }


def _decree(programme, by, part, number):
    with scope.whole_country("bench"):
        decree = Decree.objects.create(
            regency_id=programme.regency_id, programme=programme, number=number,
            date=date(2026, 1, 2), title="Penerima", legal_basis="Perbup", drafted_by=by,
        )  # fmt: skip
        _run(_COPIES, decree=decree.pk, programme=programme.pk, part=part)
        people = decree.entries.count()
        Decree.objects.filter(pk=decree.pk).update(people=people, total=people * 201_600)
    return decree


def _seal(decree, by):
    with scope.whole_country("bench"):
        source = CoverSource.objects.create(
            regency_id=decree.regency_id, name="Pekerja rentan", document=decree.number
        )
        _run(_COVERS, source=source.pk, decree=decree.pk)
        decree.refresh_from_db()
        decree.cover_source, decree.sha256 = source, "0" * 64
        decree.issued_by, decree.issued_at = by, decree.drafted_at
        for state in (Decree.State.ISSUING, Decree.State.ISSUED):
            move(decree, state, by=by)


def _run(statement, **values):
    with scope.whole_country("bench"), connection.cursor() as cursor:
        cursor.execute(statement, values)


def compare(regencies, roles, *, plans=False):
    print(
        f"{'role':18}{'page':24}{'small':>8}{'large':>8}{'ratio':>7}{'queries':>9}  slowest query"
    )
    took = [
        (many, page, role)
        for role in Role
        if role in roles
        for page, address in PAGES.items()
        if (many := _row(role, page, address, regencies, plans=plans))
    ]
    slowest = {page: (many, role) for many, page, role in sorted(took)}
    print(f"The slowest pages of {len(slowest)}, load {psutil.getloadavg()[0]:.1f}:")
    for page, (many, role) in sorted(slowest.items(), key=itemgetter(1))[-SHOWN:]:
        print(f"{many:8.0f} ms  {page}, {role}")


def _row(role, page, address, regencies, *, plans):
    """Print the row; returns the milliseconds in the large regency, if the role has the page."""
    (few, _, _), (many, queries, slowest) = (
        _call(offices[role], address.format(**names)) for names, offices in regencies
    )
    if few is None or many is None:
        return None
    took = float(slowest["time"]) * 1000
    (table,) = re.findall(r'FROM "?(?:enrollment_|villages_)?(\w+)', slowest["sql"])[:1] or [""]
    over = "over the goal" if many > GOAL else ""
    numbers = f"{few:8.0f}{many:8.0f}{many / few:7.1f}{queries:9}"
    print(f"{role:18}{page:24}{numbers}{took:7.0f} ms {table:16}{over}", flush=True)
    if plans and took > GOAL / 10:
        print(_plan(regencies[1][1][role], slowest["sql"]))
    return many


def _call(office, url):
    """The median in milliseconds, the queries of a call and the slowest of them; nothing where the
    role may not open the page, or has nobody to write into a file."""
    client = Client(headers={"host": "localhost"}, raise_request_exception=False)
    client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
    times = []
    for _ in range(CALLS):
        reset_queries()  # of which Django keeps the last 9000
        with CaptureQueriesContext(connection) as queries:
            begun = time.perf_counter()
            answer = client.get(url)
            times.append((time.perf_counter() - begun) * 1000)
        if answer.status_code in (302, 403, 404):
            return None, 0, None
        if times[-1] > HOPELESS or answer.status_code == 503:
            break
        if answer.status_code != 200:
            raise SystemExit(f"{url} answered {answer.status_code}")
    slowest = max(queries.captured_queries, key=lambda query: float(query["time"]))
    return statistics.median(times), len(queries), slowest


def _plan(office, statement):
    with scope.enter(office), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (ANALYZE, BUFFERS) " + statement.replace("%", "%%"), [])
        return "\n".join([statement, *(line for (line,) in cursor.fetchall()), ""])


if __name__ == "__main__":
    main()
