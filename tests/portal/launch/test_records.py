"""The application's own login can neither switch off nor rewrite what is recorded about its users.

Everything here is SQL typed in that login, in the widest scope.
"""

import pytest
from django.contrib.admin.models import ADDITION, LogEntry
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from portal.launch import database
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db

SWITCHES = {
    "a setting": """
        SELECT set_config('pgtrigger.ignore', (
            SELECT array_agg(tgname)::text FROM pg_trigger WHERE tgname LIKE 'pgtrigger%'), true)
    """,
    "another table in the way": """
        CREATE TEMPORARY TABLE villages_officeevent (LIKE public.villages_officeevent)
        ON COMMIT DROP
    """,
    "another function in the way": """
        CREATE FUNCTION pg_temp._pgh_attach_context() RETURNS uuid LANGUAGE plpgsql
        AS $$ BEGIN RAISE 'no history'; END $$
    """,
}


def execute(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.mark.parametrize("switch", SWITCHES)
def test_history_is_written_whatever_a_session_does(switch):
    office = people.office("kartika")
    with scope.whole_country("tests"):
        recorded = "SELECT count(*) FROM public.villages_officeevent"
        ((before,),) = execute(recorded)
        execute(SWITCHES[switch])
        execute(f"UPDATE villages_office SET starts_on = '2020-02-02' WHERE id = {office.pk}")
        assert execute(recorded) == [(before + 1,)]


def test_every_history_is_written_whatever_a_session_does():
    """Also those of rooms that are built later: no function of theirs reads a session's choice."""
    functions = execute(
        "SELECT proname, proconfig FROM pg_proc WHERE starts_with(proname, 'pgtrigger_')"
    )
    assert len(functions) > 30
    for name, settings in functions:
        assert settings == ["search_path=public, pg_temp"], name
    execute("SET LOCAL pgtrigger.ignore = '{a}'")
    assert execute("SELECT _pgtrigger_should_ignore('a')") == [(False,)]


def test_every_trigger_of_ours_that_looks_something_up_finds_our_tables():
    """Also with a temporary table of the same name before it."""
    reading = execute(
        "SELECT proname, proconfig FROM pg_proc WHERE pronamespace = 'public'::regnamespace"
        " AND prorettype = 'trigger'::regtype AND prosrc ~ '(enrollment|villages)_'"
    )
    assert {name for name, settings in reading if not settings} == set()


@pytest.fixture
def records():
    """A log-in, a log-out, a failure and a change in the settings, as the portal records them."""
    user = people.office("rini").user
    user.set_password("kata sandi rini")
    with scope.whole_country("tests"):
        user.save()
        LogEntry.objects.create(user=user, object_repr="X", action_flag=ADDITION)
    for password in ("salah", "kata sandi rini"):
        form = {"username": user.username, "password": password}
        (client := Client()).post(reverse("login"), form)
    client.post(reverse("logout"))


def test_the_portal_records_log_ins_and_log_outs(records):
    with scope.whole_country("tests"):
        kinds = execute("SELECT kind FROM villages_accountrecord ORDER BY id")
    assert kinds == [("masuk",), ("keluar",)]
    assert execute("SELECT count(*) FROM django_admin_log") == [(1,)]


@pytest.mark.parametrize("table", database.ADDED_TO)
def test_a_record_can_be_neither_changed_nor_deleted(table, records):
    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = 0", f"TRUNCATE {table}"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            execute(statement)
