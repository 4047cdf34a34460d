"""No file of the data folder holds what an error of PostgreSQL quotes, and no log grows on."""

import os
import secrets
from contextlib import closing
from pathlib import Path

import psycopg2
import pytest
from django.conf import settings
from psycopg2.extensions import parse_dsn

from portal.launch import database, embedded, logfiles
from tests import databases

THE_TABLES_THEMSELVES = {"base", "pg_wal"}
TABLES = """
SELECT c.oid::regclass::text, quote_ident(key.attname), array(
    SELECT quote_ident(a.attname) FROM pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      AND a.attnum <> key.attnum AND a.atttypid IN ('text'::regtype, 'varchar'::regtype)
)
FROM pg_class c
JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
JOIN pg_attribute key ON key.attrelid = c.oid AND key.attnum = i.indkey[0]
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
"""
AS_BEFORE = """
SET log_min_messages = warning; SET log_min_error_statement = error;
SET log_error_verbosity = default
"""


@pytest.fixture
def words():
    """A NIK and a name that stand in no other file."""
    return f"35221562{secrets.randbelow(10**8):08}", f"KENARI {secrets.token_hex(8).upper()}"


@pytest.fixture
def login(django_db_setup, database_name):
    """A login's URL for the tests' own server, of which the log can be read."""
    server = embedded.Postgres(Path(settings.PORTAL_DATA), throwaway=True)
    if parse_dsn(os.environ["DATABASE_URL"])["host"] != str(server.socket_folder):
        pytest.skip("The tests were given a server, whose log file is elsewhere.")
    urls = {"application": os.environ["DATABASE_URL"], "superuser": server.url}
    return lambda name: databases.at(urls[name], database_name)


def provoke(url, words, *, settings_before=""):
    """Two errors in each table: a row without its key, and a value of the wrong type."""
    word, refused = " ".join(words), []
    with closing(database.connect(url)) as session, session.cursor() as cursor:
        if settings_before:
            cursor.execute(settings_before)
        cursor.execute(TABLES)
        for table, key, texts in cursor.fetchall():
            columns = ", ".join([key, *texts])
            values = ", ".join(["NULL", *(f"'{word}'" for _ in texts)])
            for statement in (
                f"INSERT INTO {table} ({columns}) VALUES ({values})",
                f"SELECT FROM {table} WHERE {key}::text = '{word}' AND '{word}'::int = 1",
            ):
                with pytest.raises(psycopg2.Error):
                    cursor.execute(statement)
                refused.append(table)
    return set(refused)


def found_in(data, words):
    """The files below `data` in which one of the words stands, but for the tables themselves."""
    for folder, folders, names in os.walk(data):
        folders[:] = [name for name in folders if name not in THE_TABLES_THEMSELVES]
        for path in (Path(folder, name) for name in names):
            if path.is_file() and any(word.encode() in path.read_bytes() for word in words):
                yield path


@pytest.mark.slow
def test_no_error_in_any_table_leaves_a_name_or_a_nik_in_a_file(login, words):
    tables = provoke(login("application"), words)
    assert {"enrollment_worker", "enrollment_importrow", "villages_user"} < tables
    assert list(found_in(settings.PORTAL_DATA, words)) == []


@pytest.mark.slow
def test_with_postgresqls_usual_settings_the_log_would_hold_both(login, words):
    provoke(login("superuser"), words, settings_before=AS_BEFORE)
    for word in words:
        assert [path.name for path in found_in(settings.PORTAL_DATA, [word])] == ["server.log"]


@pytest.mark.slow
def test_the_application_cannot_have_its_statements_logged(login):
    with closing(database.connect(login("application"))) as session, session.cursor() as cursor:
        for name in logfiles.POSTGRES:
            cursor.execute(f"SHOW {name}")
            assert cursor.fetchone() == (logfiles.POSTGRES[name],)
        for name in ("log_min_messages", "log_statement", "log_error_verbosity"):
            with pytest.raises(psycopg2.errors.InsufficientPrivilege):
                cursor.execute(f"SET {name} = DEFAULT")


def test_a_log_that_has_become_too_large_begins_anew(tmp_path, monkeypatch):
    """While a process appends to it: what that writes next stands in the new file."""
    monkeypatch.setattr(logfiles, "LARGEST", 10)
    logs = {folder: tmp_path / folder / "a.log" for folder in ("logs", "postgres", "valkey")}
    for path in logs.values():
        path.parent.mkdir()
        with path.open("ab", buffering=0) as file:
            file.write(b"more than ten bytes")
            logfiles.rotate(tmp_path)
            file.write(b"after it")
        assert path.read_bytes() == b"after it"
        assert path.with_name("a.log.1").read_bytes() == b"more than ten bytes"
    logfiles.rotate(tmp_path)
    assert path.read_bytes() == b"after it"
