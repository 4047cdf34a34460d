"""Dividing a history by month keeps what is in it, and can be undone."""

import pytest
from django.db.migrations.loader import MigrationLoader

from tests import databases, histories, people

pytestmark = [pytest.mark.usefixtures("django_db_setup"), pytest.mark.slow, pytest.mark.every]

TABLE = "enrollment_workerevent"
DIVIDING = ("enrollment", "0022_history_by_month")
MONTHS = [histories.at(2024, 5, 31, 23), histories.at(2024, 6, 1), histories.at(2026, 1, 9)]
"""The first two lie an hour apart in Jakarta, and on the same day in UTC."""
SECURED = "relrowsecurity, relforcerowsecurity"
FACTS = {
    "events": f"SELECT event::text FROM {TABLE} event ORDER BY pgh_id",
    "policies": "SELECT policyname, cmd, qual, with_check FROM pg_policies"
    f" WHERE tablename = '{TABLE}' ORDER BY 1",
    "secured": f"SELECT {SECURED} FROM pg_class WHERE relname = '{TABLE}'",
    "checks": "SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint"
    f" WHERE conrelid = '{TABLE}'::regclass AND contype = 'c' ORDER BY 1",
    "indexes of NIKs": f"SELECT indexname FROM pg_indexes WHERE tablename = '{TABLE}'"
    " AND indexdef ~ 'nik'",
    "required": "SELECT attname FROM pg_attribute"
    f" WHERE attrelid = '{TABLE}'::regclass AND attnotnull AND attnum > 0 ORDER BY 1",
}
COLUMNS = f"""
SELECT string_agg(quote_ident(attname), ', ') FROM pg_attribute
WHERE attrelid = '{TABLE}'::regclass AND attnum > 0 AND NOT attisdropped
  AND attname NOT IN ('pgh_id', 'pgh_created_at')
"""


@pytest.fixture
def undivided(database_name):
    """`(name, cursor)`: a database as it was before, with events of several months."""
    name = f"{database_name}_moves"
    databases.clone(name)
    before = MigrationLoader(None).disk_migrations[DIVIDING].dependencies[0][1]
    migrate(name, before)
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute("SET portal.low = ''; SET portal.high = '~'; SET portal.agency = ''")
        enter(cursor, 1)
        cursor.execute(COLUMNS)
        (columns,) = cursor.fetchone()
        for when in MONTHS:
            cursor.execute(
                f"INSERT INTO {TABLE} (pgh_created_at, {columns}) SELECT %s, {columns} FROM {TABLE}"
                " ORDER BY pgh_id LIMIT 1",
                [when],
            )
        yield name, cursor
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)


def migrate(name, *target):
    result = databases.manage(name, "migrate", "--verbosity=0", "enrollment", *target)
    assert result.returncode == 0, result.stderr


def enter(cursor, number):
    """A person, whose event the trigger writes; returns its key."""
    cursor.execute(
        "INSERT INTO enrollment_worker (area_id, nik, name) VALUES (%s, %s, 'ORANG')",
        [people.SENDEN, people.nik(number)],
    )
    cursor.execute(f"SELECT max(pgh_id) FROM {TABLE}")
    return cursor.fetchone()[0]


def facts(cursor):
    found = {}
    for name, query in FACTS.items():
        cursor.execute(query)
        found[name] = cursor.fetchall()
    return found


def test_dividing_a_history_keeps_it_and_can_be_undone(undivided):
    name, cursor = undivided
    before = facts(cursor)
    assert len(before["events"]) == 1 + len(MONTHS)
    assert len(before["policies"]) == 2
    migrate(name)
    assert facts(cursor) == before
    cursor.execute(f"SELECT DISTINCT tableoid::regclass::text FROM {TABLE}")
    parts = {part for (part,) in cursor.fetchall()}
    assert {f"{TABLE}_2024_05", f"{TABLE}_2024_06", f"{TABLE}_2026_01"} < parts
    assert f"{TABLE}_others" not in parts
    keys = [enter(cursor, 2), enter(cursor, 3)]
    assert keys == [len(before["events"]) + 1, len(before["events"]) + 2]
    after = facts(cursor)
    migrate(name, MigrationLoader(None).disk_migrations[DIVIDING].dependencies[0][1])
    assert facts(cursor) == after
    assert enter(cursor, 4) == keys[-1] + 1
