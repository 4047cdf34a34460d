"""bin/manage on a database that is not prepared says so, whatever it was asked for."""

import pytest

from tests import databases

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def unprepared(django_db_setup, database_name):
    name = f"{database_name}_bare"
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield name
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)


@pytest.mark.parametrize(
    "command",
    [
        ["check_nik", str(databases.BASE / "README.md")],
        pytest.param(["load_regions"], marks=pytest.mark.every),
        pytest.param(["demo_code"], marks=pytest.mark.every),
    ],
    ids=lambda command: command[0],
)
def test_an_unprepared_database_is_named_with_what_to_run(command, unprepared):
    result = databases.manage(unprepared, *command)
    assert result.returncode == 1
    assert result.stderr.strip() == (
        "The database is not prepared for this version of the portal. "
        "Run this first: bin/manage prepare"
    )


def test_a_mistake_in_sql_on_a_prepared_database_is_shown(django_db_setup, database_name):
    script = "from django.db import connection; connection.cursor().execute('SELECT mistake')"
    result = databases.manage(database_name, "shell", "-v0", "-c", script)
    assert 'column "mistake" does not exist' in result.stderr
    assert "not prepared" not in result.stderr
