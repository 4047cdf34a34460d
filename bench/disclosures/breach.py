"""The answer to "who saw this person?" among few and among many records.

The people live in all regencies of East Java; one person in ten was seen as often as the others
together, and each village is downloaded now and then. The person asked about has had three NIKs and
has moved from another regency.
"""

import logging
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import psutil

from bench import ground  # first, before anything of Django's

from django.db import connection  # isort: skip
from django.core.management import call_command
from django.test import Client

from enrollment.workers.models import Disclosure, Worker
from tests import databases
from villages import scope

NAME = "bench_disclosures"
FEW, MANY = 5_000, 5_000_000
A_PERSON = 10  # records
NIKS = "3503071501800001", "3503071501800002"
LIST = "/akses/"
_PEOPLE = """
INSERT INTO enrollment_worker (area_id, nik, name, birth_date, sex, address, rt, occupation_text,
    mother_name)
SELECT v.code, (3500000000000000 + %(first)s + n)::text, 'ORANG ' || n, '1980-01-01', 'L',
    'Jl. Uji', '001', 'Petani', 'IBU'
FROM generate_series(1, %(people)s) n
JOIN (SELECT code, row_number() OVER (ORDER BY code) AS at, count(*) OVER () AS of
      FROM villages_area WHERE level = 4 AND code >= '35' AND code < '35/') v
    ON v.at = 1 + n * 17 %% v.of
"""
_RECORDS = """
INSERT INTO enrollment_disclosure (at, kind, user_id, office_id, area_id, worker_id, subject,
    people, why, origin)
SELECT now() - random() * interval '700 days', (ARRAY['view', 'unmask', 'export'])[1 + n %% 3],
    %(user)s, %(office)s, w.area_id, CASE WHEN n %% 50 > 0 THEN w.id END,
    CASE WHEN n %% 50 > 0 THEN 'worker:' || w.public_id ELSE 'import:' || gen_random_uuid() END,
    1, '', '/pekerja/'
FROM enrollment_worker w CROSS JOIN generate_series(1, %(each)s) n
WHERE w.id > %(after)s
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
    _without_foreign_keys()
    admin = ground.office()
    worker = _somebody(admin)
    print(f"{many:,} records beside {FEW:,}; load {psutil.getloadavg()[0]:.1f}")
    print(f"{'':34}{'few':>10}{'many':>10}{'ratio':>8}")
    few = _answers(admin, worker, FEW)
    _fill(admin, many - FEW)
    for name, milliseconds in _answers(admin, worker, many).items():
        print(f"{name:34}{few[name]:7.0f} ms{milliseconds:7.0f} ms"
              f"{milliseconds / few[name]:8.1f}")  # fmt: skip


def _without_foreign_keys():
    """They would be looked up twenty million times, and the pages do not read them."""
    with databases.owner(NAME) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT conname FROM pg_constraint WHERE contype = 'f'"
                       " AND conrelid = 'enrollment_disclosure'::regclass")  # fmt: skip
        for (name,) in cursor.fetchall():
            cursor.execute(f'ALTER TABLE enrollment_disclosure DROP CONSTRAINT "{name}"')


def _somebody(admin):
    """A person of many NIKs, who has moved here from another regency and was seen there."""
    _fill(admin, FEW)
    with scope.whole_country("bench"):
        worker = Worker.objects.filter(area__code__startswith="35.03").first()
        village = Worker.objects.filter(area__code__startswith="35.22").first().area_id
        for change in ({"nik": NIKS[0]}, {"nik": NIKS[1]}, {"area_id": village}):
            Worker.objects.filter(pk=worker.pk).update(**change)
    return Worker(pk=worker.pk, public_id=worker.public_id, nik=NIKS[1])


def _fill(admin, records):
    with scope.whole_country("bench"), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) FROM enrollment_worker")
        (last,) = cursor.fetchone()
        people = records // A_PERSON
        cursor.execute(_PEOPLE, {"first": last, "people": people})
        who = {"user": admin.user_id, "office": admin.pk, "after": last, "each": A_PERSON}
        cursor.execute(_RECORDS, who)
    with databases.owner(NAME) as owner, owner.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE enrollment_disclosure, enrollment_worker,"
                       " enrollment_workerevent")  # fmt: skip


def _answers(admin, worker, records):
    """Page → the shortest of three calls, in milliseconds."""
    with scope.whole_country("bench"):
        assert Disclosure.objects.count() >= records * 9 // 10
    client = Client(headers={"host": "localhost"})
    client.force_login(admin.user, backend="villages.backends.OfficeHolderBackend")
    about = f"?orang={worker.public_id}"
    pages = {
        "a NIK is searched for": lambda: client.post(LIST, {"q": worker.nik}, follow=True),
        "who saw the person": lambda: client.get(f"{LIST}{about}"),
        "since last month": lambda: client.get(f"{LIST}{about}&sejak=2026-10-27"),
        "as a workbook": lambda: client.get(f"{LIST}unduh/{about}"),
        "everything here": lambda: client.get(LIST),
    }
    return {name: min(_milliseconds(call) for _ in range(3)) for name, call in pages.items()}


def _milliseconds(call):
    begun = time.perf_counter()
    answer = call()
    if answer.status_code != 200:
        raise SystemExit(f"answered {answer.status_code}")
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main(*sys.argv[1:])
