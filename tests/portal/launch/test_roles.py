"""An unprepared PostgreSQL, given by one DATABASE_URL, gets the two roles the portal needs."""

import os
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest

from portal.launch import database, embedded, environment

pytestmark = pytest.mark.slow


@pytest.fixture
def superuser_url(data_folder, monkeypatch):
    """A server without any preparation, as apt or a cloud provider installs it."""
    server = embedded.Postgres(data_folder, throwaway=True)
    monkeypatch.delenv("DATABASE_OWNER_URL")
    monkeypatch.setenv("PORTAL_ENV", "development")
    with embedded.started([server], data_folder):
        yield server.url


def attributes(url):
    with closing(database.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole,"
            " pg_get_userbyid(datdba) = rolname FROM pg_roles, pg_database"
            " WHERE rolname = current_user AND datname = current_database()"
        )
        return cursor.fetchone()


def test_a_superuser_login_creates_an_owner_and_an_application_role(
    superuser_url, data_folder, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", superuser_url)
    for _ in range(2):  # the second start finds them
        logins = environment.given_logins(data_folder)
        owner = attributes(logins["DATABASE_OWNER_URL"])
        app = attributes(logins["DATABASE_URL"])
        assert owner == ("lindungdesa_owner", False, False, True, False, True)
        assert app == ("lindungdesa_app", False, False, False, False, False)
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        database.connect(logins["DATABASE_URL"]).cursor().execute("CREATE TABLE mine (id int)")


@pytest.mark.every
def test_tests_do_not_touch_the_roles_of_a_portal_on_the_same_server(
    superuser_url, data_folder, monkeypatch
):
    monkeypatch.setenv("DATABASE_URL", superuser_url)
    portal = environment.given_logins(data_folder)
    monkeypatch.setenv("PORTAL_ENV", "test")
    tests = environment.given_logins(data_folder / "test")
    assert attributes(tests["DATABASE_URL"])[0] == "lindungdesa_app_test"
    assert attributes(portal["DATABASE_URL"])[0] == "lindungdesa_app"
    assert attributes(portal["DATABASE_OWNER_URL"])[5], "the portal's owner lost its database"


@pytest.mark.every
def test_excess_rights_of_a_role_are_removed(superuser_url, data_folder, monkeypatch):
    with closing(database.connect(superuser_url)) as admin, admin.cursor() as cursor:
        cursor.execute("CREATE ROLE lindungdesa_app LOGIN SUPERUSER BYPASSRLS")
    monkeypatch.setenv("DATABASE_URL", superuser_url)
    app = attributes(environment.given_logins(data_folder)["DATABASE_URL"])
    assert app == ("lindungdesa_app", False, False, False, False, False)


@pytest.mark.every
def test_an_owner_without_the_right_to_make_roles_is_told_what_to_do(
    superuser_url, data_folder, monkeypatch
):
    with closing(database.connect(superuser_url)) as admin, admin.cursor() as cursor:
        cursor.execute("CREATE ROLE landlord LOGIN PASSWORD 'x'")
        cursor.execute("CREATE DATABASE house OWNER landlord")
    socket = embedded.Postgres(data_folder, throwaway=True).socket_folder
    monkeypatch.setenv("DATABASE_URL", f"postgres://landlord:x@/house?host={socket}")
    with pytest.raises(environment.Unusable, match="CREATE ROLE lindungdesa_app"):
        environment.given_logins(data_folder)


def test_two_given_logins_are_used_unchanged(monkeypatch):
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://owner@db/portal")
    assert environment.given_logins(Path(os.devnull)) == {}
