"""PostgreSQL databases for tests: one migrated template with all regions, a clone a process.

The owner makes them; the tests log in as the application's role, as the portal does.
"""

import hashlib
import os
import re
import subprocess
import sys
from contextlib import closing, suppress
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg2

from portal.launch import database

BASE = Path(__file__).resolve().parent.parent
# What decides how the template comes out. When none of it changed, the last one is taken again.
INGREDIENTS = (
    "requirements.txt",
    "portal/database.py",
    "*/migrations/*.py",
    "*/*/migrations/*.py",
    "villages/regions.py",
    "villages/rowsecurity.py",
    "enrollment/rowsecurity.py",
)
TEMPLATE_LOCK = 20_251_121


def at(url, name):
    """The same login at another database."""
    return urlsplit(url)._replace(path=f"/{name}").geturl()


def owner(name=None):
    """A connection of the owner's, to the database `name` or to the portal's own."""
    url = os.environ["DATABASE_OWNER_URL"]
    return closing(database.connect(at(url, name) if name else url))


def fingerprint() -> str:
    paths = sorted({path for pattern in INGREDIENTS for path in BASE.glob(pattern)})
    parts = [f"{path.relative_to(BASE)}\n".encode() + path.read_bytes() for path in paths]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()[:16]


def template() -> str:
    """Name of the template database, made by the first process that asks for it."""
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
    logins = ("DATABASE_URL", "DATABASE_OWNER_URL")
    variables = {**os.environ, "PORTAL_ENV": "development"}
    variables |= {login: at(os.environ[login], draft) for login in logins}
    for command in (["migrate", "--verbosity=0"], ["load_regions"]):
        result = subprocess.run(
            [sys.executable, BASE / "manage.py", *command],
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        if result.returncode:
            raise RuntimeError(f"{command[0]} failed:\n{result.stdout}{result.stderr}")
    cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')


def clone(name):
    """Copy the template to a database called `name`."""
    source = template()
    with owner() as connection, connection.cursor() as cursor:
        drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')


def clean_up(cursor):
    """Drop older templates, and the clones of runs that were killed."""
    cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%%'")
    for (name,) in cursor.fetchall():
        run = re.match(r"test_(\d+)_", name)
        if not (run and psutil.pid_exists(int(run[1]))):
            # In use after all, by another checkout with the same server: then it stays.
            with suppress(psycopg2.errors.ObjectInUse):
                cursor.execute(f'DROP DATABASE "{name}"')


def drop(cursor, name):
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


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
    """Empty these tables, which the application itself is not allowed to do."""
    with owner(name) as connection, connection.cursor() as cursor:
        cursor.execute("SET lock_timeout = '15s'")
        cursor.execute(f"TRUNCATE {', '.join(tables)} RESTART IDENTITY")
