"""PostgreSQL databases for tests: one migrated template with all regions, one clone per process.

The owner creates them; the tests log in as the application's role, as the portal does.
"""

import hashlib
import os
import re
import subprocess
import sys
from contextlib import closing, suppress
from urllib.parse import urlsplit

import psutil
import psycopg2

from portal.launch import database
from tests.sources import BASE, with_imports

# The files that determine the template. While none of them changes, the last template is reused.
SCHEMA = (
    "requirements.txt",  # the other apps' migrations and the list of regions
    "portal/settings.py",
    "*/migrations/**/*.py",
    "*/migrations/**/*.sql",
    "*/migrations/**/*.json",
    "tests/databases.py",
)
COMMANDS = {
    "migrate": "portal/management/commands/migrate.py",
    "load_regions": "villages/management/commands/load_regions.py",
}
TEMPLATE_LOCK = 20_251_121


def at(url, name):
    """The same URL, for another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def owner(name=None):
    """A connection as the owner, to the database `name` or to the portal's own."""
    url = os.environ["DATABASE_OWNER_URL"]
    return closing(database.connect(at(url, name) if name else url))


def ingredients(base=BASE):
    """The files of SCHEMA, the COMMANDS, and all of the project's files that these import."""
    files = {path for pattern in SCHEMA for path in base.glob(pattern)}
    files |= {base / path for path in COMMANDS.values()}
    python = {path for path in files if path.suffix == ".py"}
    return sorted(files | with_imports(python, base))


def fingerprint(base=BASE) -> str:
    parts = [
        f"{path.relative_to(base)}\n".encode() + path.read_bytes() for path in ingredients(base)
    ]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()[:16]


def template() -> str:
    """Name of the template database, created by the first process that asks for it."""
    name = f"test_template_{fingerprint()}"
    with owner() as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [TEMPLATE_LOCK])
        cursor.execute("SELECT FROM pg_database WHERE datname = %s", [name])
        if not cursor.rowcount:
            clean_up(cursor)
            _make_template(cursor, name)
    return name


def _make_template(cursor, name):
    draft = f"{name}_draft"
    drop(cursor, draft)
    cursor.execute(f'CREATE DATABASE "{draft}"')
    for command in COMMANDS:
        result = manage(draft, command)
        if result.returncode:
            raise RuntimeError(f"{command} failed:\n{result.stdout}{result.stderr}")
    cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def manage(name, *command):
    """Run a command of manage.py on the database `name`."""
    logins = ("DATABASE_URL", "DATABASE_OWNER_URL")
    variables = {**os.environ, "PORTAL_ENV": "development"}
    variables |= {login: at(os.environ[login], name) for login in logins}
    return subprocess.run(
        [sys.executable, BASE / "manage.py", *command],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )


def clone(name):
    """Copy the template to a database called `name`."""
    source = template()
    with owner() as connection, connection.cursor() as cursor:
        drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def definition(cursor, function):
    """The statement that makes a function of the database as it is now, whatever file it is in:
    for a test that changes one and puts it back."""
    cursor.execute("SELECT pg_get_functiondef(%s::regproc)", [function])
    return cursor.fetchone()[0]


def clean_up(cursor):
    """Drop older templates, and the clones of runs that were killed."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%%'")
    for (name,) in cursor.fetchall():
        run = re.match(r"test_(\d+)_", name)
        if not (run and psutil.pid_exists(int(run[1]))):
            # One in use, by another checkout on the same server, is kept.
            with suppress(psycopg2.errors.ObjectInUse):
                cursor.execute(f'DROP DATABASE "{name}"')


def drop(cursor, name):
    """End its sessions and remove the database. Not by FORCE, which fails while autovacuum is at
    work there: only a superuser may end that one, but a plain DROP waits for it."""
    ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND "
    cursor.execute(f"{ours} pg_has_role(usename, 'MEMBER')", [name])
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def empty_tables(name) -> list[str]:
    """The tables that have no rows in a fresh clone; the others hold reference data."""
    query = """
        SELECT quote_ident(relname) FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND pg_relation_size(oid) = 0 ORDER BY relname
    """  # by size, since row security hides rows from the owner as well
    with owner(name) as connection, connection.cursor() as cursor:
        cursor.execute(query)
        return [row[0] for row in cursor.fetchall()]


def truncate(name, tables):
    """Empty those of these tables that were filled, which the application itself may not do; and
    months of histories that a test has added."""
    filled = """
        SELECT string_agg(quote_ident(relname), ', ') FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
          AND (quote_ident(relname) = ANY(%s) OR relispartition) AND pg_relation_size(oid) > 0
    """
    with owner(name) as connection, connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '15s'")
        cursor.execute(filled, [tables])
        (names,) = cursor.fetchone()
        if names:
            _truncate(cursor, names)


def _truncate(cursor, names, tries=8):
    """A worker that the test has started may be sweeping: of two that wait for each other
    PostgreSQL ends one."""
    try:
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    except psycopg2.errors.DeadlockDetected:
        if tries == 1:
            raise
        _truncate(cursor, names, tries - 1)
