"""A real PgBouncer in transaction mode before the tests' PostgreSQL, by the file that we ship."""

import os
import shutil
import socket
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

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
    with pooling(target) as port:
        yield address(target, "127.0.0.1", port)


def address(target, host, port, **options):
    login = f"{target['user']}:{quote(target['password'])}"
    return f"postgres://{login}@{host}:{port}/{target['dbname']}?{urlencode(options)}"


@contextmanager
def pooling(target, certificate=None):
    """The port of a PgBouncer before this database. With a `certificate` (the folder of key.pem and
    cert.pem) it speaks TLS alone, as it does where it is shipped."""
    account = users.unprivileged(Path(settings.PORTAL_DATA) / "postgres")
    with tempfile.TemporaryDirectory(prefix="lindungdesa-") as name:
        folder, port = Path(name), free_port()
        if certificate:
            shutil.copytree(certificate, folder / "tls")
        _write(folder, target, port, folder / "tls" if certificate else None)
        if account:  # PgBouncer refuses to run as root
            account.own(folder)
        with _running(folder, account):
            wait_until(lambda: listens(port), 30, "PgBouncer does not answer")
            yield port


def _write(folder, target, port, certificate):
    """The shipped file, for another server and a free port."""
    users_file = folder / "users.txt"
    users_file.write_text(f'"{target["user"]}" "{target["password"]}"\n')
    place = " ".join(f"{key}={target[key]}" for key in ("host", "port") if key in target)
    changes = {
        "lindungdesa = host=db port=5432": f"{target['dbname']} = {place}",
        "listen_addr = 0.0.0.0": "listen_addr = 127.0.0.1",
        "listen_port = 6432": f"listen_port = {port}\nunix_socket_dir = ",
        "default_pool_size = 20": f"default_pool_size = {POOL}",
        "auth_file = /tmp/users.txt": f"auth_file = {users_file}",
    }
    if certificate:
        changes["/etc/pgbouncer/tls/"] = f"{certificate}/"
    else:
        changes["client_tls_sslmode = require"] = "client_tls_sslmode = disable"
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


def listens(port):
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
        return True
    except OSError:
        return False
