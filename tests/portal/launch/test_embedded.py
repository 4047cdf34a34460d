"""The embedded servers survive kill -9 and reused process ids, and serve two users at once."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from portal.launch import database, embedded, environment

pytestmark = pytest.mark.slow


@pytest.fixture
def data(data_folder, monkeypatch):
    for given in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
        monkeypatch.delenv(given)
    return data_folder


def query(url, statement):
    with closing(database.connect(url)) as connection, connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()


def servers(data):
    """The server processes that belong to a data folder."""
    found = []
    for process in psutil.process_iter(["name", "cwd"]):
        where = Path(process.info["cwd"] or "/")
        if process.info["name"] in ("postgres", "valkey-server") and data in where.parents:
            found.append(process)
    return found


@pytest.mark.every
def test_recovers_from_kill_9_with_its_data(data):
    with environment.ready(data) as first:
        owner = first["DATABASE_OWNER_URL"]
        query(owner, "CREATE TABLE kept AS SELECT 1 AS n; SELECT 1")
        for process in servers(data):
            process.kill()
    assert (data / "postgres" / "cluster" / "postmaster.pid").exists(), "nothing was left behind"
    with environment.ready(data, throwaway=True) as second:
        assert query(owner, "SELECT n FROM kept") == (1,)
        assert second["DATABASE_URL"] == first["DATABASE_URL"]
    assert servers(data) == []


@pytest.mark.every
def test_recovers_when_the_old_pid_belongs_to_another_process(data):
    with environment.ready(data, throwaway=True):
        pass
    lock = data / "postgres" / "cluster" / "postmaster.pid"
    lock.write_text(f"{os.getppid()}\n{lock.parent}\n1\n5432\n\n\n  1 1\nready   \n")
    (data / "postgres" / "socket" / ".s.PGSQL.5432.lock").write_text(f"{os.getppid()}\n")
    with environment.ready(data, throwaway=True) as variables:
        assert query(variables["DATABASE_URL"], "SELECT 1") == (1,)


@pytest.mark.every
def test_a_half_made_cluster_is_rebuilt(data):
    postgres = embedded.Postgres(data, throwaway=True)
    postgres._make_folders()
    (postgres.home / "initialising").write_text("killed meanwhile")
    (postgres.cluster / "base").mkdir(parents=True)
    (postgres.cluster / "PG_VERSION").write_text("18\n")
    with environment.ready(data, throwaway=True) as variables:
        assert query(variables["DATABASE_URL"], "SELECT 1") == (1,)


@pytest.mark.every
def test_only_the_last_user_stops_the_servers(data):
    script = (
        "import sys; from pathlib import Path; from portal.launch import environment\n"
        "with environment.ready(Path(sys.argv[1]), throwaway=True):\n"
        "    print('in', flush=True); sys.stdin.read()"
    )
    with environment.ready(data, throwaway=True) as variables:
        other = subprocess.Popen(
            [sys.executable, "-c", script, str(data)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={k: v for k, v in os.environ.items() if not k.endswith("_URL")},
        )
        assert other.stdout.readline() == b"in\n"
        other.communicate()
        assert query(variables["DATABASE_URL"], "SELECT 1") == (1,)
        other.send_signal(signal.SIGKILL)
    assert servers(data) == []


def connections_of(process):
    """Of a process that may end meanwhile, as those of PostgreSQL that look after a table do."""
    try:
        return process.net_connections("inet")
    except psutil.NoSuchProcess:
        return []


def test_listens_on_loopback_only_and_keeps_its_secrets_private(data):
    with environment.ready(data, throwaway=True):
        listening = [
            connection.laddr.ip
            for process in servers(data)
            for connection in connections_of(process)
        ]
        assert set(listening) == {"127.0.0.1"}
    for path in (data / "secrets").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600, path
    assert (data / "secrets").stat().st_mode & 0o777 == 0o700
    assert (data / "postgres").stat().st_mode & 0o777 == 0o700


def test_logging_in_needs_the_password(data):
    with environment.ready(data, throwaway=True) as variables:
        secret = (data / "secrets" / database.APPLICATION).read_text()
        with pytest.raises(Exception, match="password authentication failed"):
            database.connect(variables["DATABASE_URL"].replace(secret, "guess"))


@pytest.mark.every
def test_a_long_data_path_still_gets_a_socket(data):
    deep = data / ("desa" * 20) / ("kelurahan" * 8)
    deep.mkdir(parents=True)
    with environment.ready(deep, throwaway=True) as variables:
        assert query(variables["DATABASE_URL"], "SELECT 1") == (1,)


def test_a_folder_that_cannot_be_written_is_named(data, monkeypatch):
    blocked = data / "file"
    blocked.touch()
    monkeypatch.setenv("PORTAL_DATA", str(blocked / "var"))
    with pytest.raises(environment.Unusable, match="Name another one with PORTAL_DATA"):
        environment.data_folder()


def test_an_unreachable_database_or_queue_is_named(data, monkeypatch):
    monkeypatch.setenv("REDIS_URL", "redis://127.0.0.1:1/0")
    with pytest.raises(environment.Unusable, match="REDIS_URL cannot be reached"):
        environment.reachable_queue(os.environ["REDIS_URL"])
    monkeypatch.setenv("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none")
    with pytest.raises(environment.Unusable, match="DATABASE_URL cannot be reached"):
        environment.given_logins(data)
