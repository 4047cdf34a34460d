"""A village has one head at a time: the migration ends the earlier of two overlapping offices."""

import pytest

from tests import databases

pytestmark = [pytest.mark.usefixtures("django_db_setup"), pytest.mark.slow, pytest.mark.every]
BEFORE = "0009_history_that_grows"
VILLAGE, OTHER = "35.03.07.2007", "35.03.07.2001"
HEAD = """
INSERT INTO villages_office (public_id, user_id, role, area_id, starts_on, ends_on)
SELECT gen_random_uuid(), id, %s, %s, %s, %s FROM villages_user WHERE username = 'kepala'
"""
HELD = "SELECT starts_on::text, ends_on::text FROM villages_office WHERE area_id = %s ORDER BY 1, 2"


@pytest.fixture
def before(database_name):
    name = f"{database_name}_heads"
    databases.clone(name)
    migrate(name, BEFORE)
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute("SET portal.low = ''; SET portal.high = '~'; SET portal.agency = ''")
        cursor.execute(
            "INSERT INTO villages_user (username, password, first_name, last_name, email,"
            " is_superuser, is_staff, is_active, date_joined)"
            " VALUES ('kepala', '', '', '', '', false, false, true, now())"
        )
        yield name, cursor
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)


def migrate(name, *target):
    result = databases.manage(name, "migrate", "--verbosity=0", "villages", *target)
    assert result.returncode == 0, result.stderr


def test_the_earlier_office_ends_the_day_before(before):
    name, cursor = before
    for area, starts, ends in (
        (VILLAGE, "2020-01-01", None),
        (VILLAGE, "2024-06-01", None),
        (VILLAGE, "2024-06-01", None),
        (VILLAGE, "2018-01-01", "2019-12-31"),
        (OTHER, "2024-01-01", None),
    ):
        cursor.execute(HEAD, ["kepala_desa", area, starts, ends])
    for _ in range(2):
        cursor.execute(HEAD, ["operator_desa", OTHER, "2024-01-01", None])
    cursor.connection.commit()
    migrate(name)
    cursor.execute("SET portal.low = ''; SET portal.high = '~'; SET portal.agency = ''")
    cursor.execute(HELD, [VILLAGE])
    assert cursor.fetchall() == [
        ("2018-01-01", "2019-12-31"),
        ("2020-01-01", "2024-05-31"),
        ("2024-06-01", "2024-06-01"),
        ("2024-06-02", None),
    ]
    cursor.execute(HELD, [OTHER])
    assert cursor.fetchall() == [("2024-01-01", None)] * 3, "nobody else's office changes"
    cursor.execute(
        "SELECT count(*) FROM villages_officeevent WHERE pgh_label = 'update' AND area_id = %s",
        [VILLAGE],
    )
    assert cursor.fetchone() == (3,), "the history tells it"
