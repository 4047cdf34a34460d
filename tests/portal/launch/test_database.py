"""What the application's role may do in the database, asked of the database itself."""

import os
import subprocess
import sys

import pytest
from django.db import ProgrammingError, connection, transaction

from portal.launch import database
from tests import databases
from tests.selection import short

pytestmark = pytest.mark.slow

HISTORY = "villages_userevent"


@pytest.mark.django_db
class TestApplicationRole:
    def test_is_neither_superuser_nor_owner_nor_exempt_from_row_security(self):
        assert database.privileges(connection) == []
        database.refuse_privileged_login()

    @pytest.mark.parametrize("statement", ["UPDATE {} SET pgh_label = ''", "DELETE FROM {}"])
    def test_cannot_rewrite_history(self, statement):
        refused(statement.format(HISTORY))

    def test_cannot_truncate_tables(self):
        for table in (HISTORY, "villages_area", "enrollment_worker"):
            refused(f"TRUNCATE {table} CASCADE")

    def test_every_history_table_is_protected(self):
        """Also those of rooms that are built later."""
        with connection.cursor() as cursor:
            cursor.execute(database.HISTORY_TABLES)
            tables = [row[0] for row in cursor.fetchall()]
            assert HISTORY in tables
            for table in tables:
                rights = {right: has(cursor, table, right) for right in RIGHTS}
                assert rights == {
                    "SELECT": True,
                    "INSERT": True,
                    "UPDATE": False,
                    "DELETE": False,
                    "TRUNCATE": False,
                }, table

    def test_cannot_put_our_triggers_on_a_table_of_its_own(self):
        """Those that keep the counts act as the owner, whatever rows and types such a table has."""
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE mine (id int)")
            cursor.execute(
                "CREATE FUNCTION pg_temp.own() RETURNS trigger LANGUAGE plpgsql "
                "AS 'BEGIN RETURN NULL; END'"
            )
            cursor.execute(ON_MINE.format("pg_temp.own"))  # otherwise nothing would be refused
            cursor.execute(OUR_TRIGGERS)
            functions = [name for (name,) in cursor.fetchall()]
        assert {"count_people", "count_entries", "mark_gone_of_people"} <= {*functions}
        for name in functions:
            refused(ON_MINE.format(name))

    def test_cannot_make_or_change_tables(self):
        refused("CREATE TABLE mine (id int)")
        refused("ALTER TABLE enrollment_worker DISABLE ROW LEVEL SECURITY")
        refused("DELETE FROM django_migrations")


ON_MINE = "CREATE TRIGGER own AFTER INSERT ON mine FOR EACH STATEMENT EXECUTE FUNCTION {}()"
OUR_TRIGGERS = """
SELECT proname FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND prorettype = 'trigger'::regtype
"""
RIGHTS = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE")


def has(cursor, table, right):
    cursor.execute("SELECT has_table_privilege(%s, %s)", [table, right])
    return cursor.fetchone()[0]


def refused(statement):
    with (
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def python(login, *arguments, name):
    """Run Python as a portal that was given this login."""
    url = databases.at(os.environ[login], name)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=databases.BASE,
        env=os.environ | {"DATABASE_URL": url},
        capture_output=True,
        text=True,
        timeout=60,
    )


WEB = ["-c", "import portal.wsgi"]
WORKER = ["-m", "celery", "--app=portal", "worker", "--pool=solo"]
CHECK = ["manage.py", "check", "--database=default"]


@pytest.mark.parametrize("command", short([WEB, WORKER, CHECK]), ids=["web", "worker", "check"])
def test_the_owners_login_is_refused(command, django_db_setup, database_name):
    result = python("DATABASE_OWNER_URL", *command, name=database_name)
    assert result.returncode
    assert "The login in DATABASE_URL is an owner of the tables." in result.stderr


@pytest.mark.parametrize("command", short([WEB, CHECK]), ids=["web", "check"])
def test_the_applications_login_is_accepted(command, django_db_setup, database_name):
    result = python("DATABASE_URL", *command, name=database_name)
    assert result.returncode == 0, result.stderr
