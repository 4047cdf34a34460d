"""A real PgBouncer in transaction mode before the tests' PostgreSQL, by the file that we ship."""

import os
import shutil
import subprocess
import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import psycopg2
import pytest
from django.conf import settings
from psycopg2.extensions import parse_dsn

from portal.launch import users
from portal.launch.embedded import wait_until
from tests import databases
from tests.servers import free_port

SHIPPED = databases.BASE / "deploy" / "pgbouncer" / "pgbouncer.ini"
POOL = 2
"""Connections to PostgreSQL: few, so that many clients must share them."""


def program():
    found = shutil.which("pgbouncer", path=f"{os.environ['PATH']}:/usr/sbin")
    if not found:
        pytest.skip("no PgBouncer here: sudo apt-get install pgbouncer")
    return found


@pytest.fixture(scope="session")
def pooler(django_db_setup, database_name):
    """The address of this process's database through a PgBouncer."""
    target = parse_dsn(databases.at(os.environ["DATABASE_URL"], database_name))
    account = users.unprivileged(Path(settings.PORTAL_DATA) / "postgres")
    with tempfile.TemporaryDirectory(prefix="lindungdesa-") as name:
        folder, port = Path(name), free_port()
        _write(folder, target, port)
        if account:  # PgBouncer refuses to run as root
            account.own(folder)
        with _running(folder, account):
            login = f"{target['user']}:{quote(target['password'])}"
            url = f"postgres://{login}@127.0.0.1:{port}/{target['dbname']}"
            wait_until(lambda: answers(url), 30, "PgBouncer does not answer")
            yield url


def _write(folder, target, port):
    """The shipped file, for another server and a free port."""
    users_file = folder / "users.txt"
    users_file.write_text(f'"{target["user"]}" "{target["password"]}"\n')
    place = " ".join(f"{key}={target[key]}" for key in ("host", "port") if key in target)
    changes = {
        "lindungdesa = host=db port=5432": f"{target['dbname']} = {place}",
        "listen_addr = 0.0.0.0": "listen_addr = 127.0.0.1",
        "listen_port = 6432": f"listen_port = {port}\nunix_socket_dir = ",
        "default_pool_size = 20": f"default_pool_size = {POOL}",
        "client_tls_sslmode = require": "client_tls_sslmode = disable",
        "auth_file = /tmp/users.txt": f"auth_file = {users_file}",
    }
    text = SHIPPED.read_text()
    for before, after in changes.items():
        assert before in text, before
        text = text.replace(before, after)
    (folder / "pgbouncer.ini").write_text(text)


@contextmanager
def _running(folder, account):
    with subprocess.Popen(
        [program(), folder / "pgbouncer.ini"],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        **(account.identity() if account else {}),
    ) as process:
        try:
            yield
        finally:
            process.kill()


def answers(url):
    try:
        with closing(psycopg2.connect(url, connect_timeout=2)):
            return True
    except psycopg2.OperationalError:
        return False
