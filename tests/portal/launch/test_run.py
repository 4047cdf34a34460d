"""bin/run as a person uses it: start, kill -9, start again, Ctrl-C."""

import os
import signal
import socket
from contextlib import suppress

import psutil
import pytest

from portal.launch import embedded
from tests import databases
from tests.portal.launch import running

pytestmark = pytest.mark.slow


@pytest.fixture
def own_database(database_name):
    """A migrated database that other tests do not see, since bin/run writes into it."""
    name = f"{database_name}_run"
    databases.clone(name)
    yield name
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)


@pytest.fixture
def start(data_folder, own_database):
    """Start bin/run's program on a database that is prepared already."""
    variables = {
        "PORTAL_DATA": str(data_folder),
        "PORT": str(embedded.free_port()),
        **{
            login: databases.at(os.environ[login], own_database)
            for login in ("DATABASE_URL", "DATABASE_OWNER_URL")
        },
    }
    started = []

    def run(**changes):
        process = running.start(variables | changes)
        started.append(process)
        return process

    yield run
    for process in started:
        with process, suppress(psutil.NoSuchProcess):
            process.kill()


def accounts(name):
    """The number of accounts and their highest id: a second demo would change them."""
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute("SET portal.low = ''; SET portal.high = '~'")
        cursor.execute("SELECT count(*), max(id) FROM villages_user")
        return cursor.fetchone()


def test_run_is_killed_recovers_and_stops(start, data_folder, own_database):
    first = start()
    address, output = running.wait_ready(first)
    assert "Kabupaten Sijunjung" in output, "no log-ins were named"
    loaded = accounts(own_database)
    assert loaded > (20, 20)
    running.until_all_is_well(address)
    children = running.family(first)
    assert running.names(children) >= {"gunicorn", "worker", "beat"}
    assert_no_owner_login(children)
    assert_without_rights(children)

    second = start()
    output, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert f"already runs on {data_folder} (process {first.pid})" in output

    first.kill()
    first.wait()
    assert "gunicorn" in running.names(running.living(data_folder)), "nothing was left behind"
    third = start()
    assert running.wait_ready(third)[0] == address
    assert accounts(own_database) == loaded
    old = [process for process in children if process.is_running()]
    assert not running.names(old) & {"gunicorn", "worker", "beat"}

    third.send_signal(signal.SIGINT)
    assert third.wait(timeout=30) == 0
    assert running.living(data_folder) == []


def assert_no_owner_login(children):
    for process in children:
        assert "DATABASE_OWNER_URL" not in process.environ()


def assert_without_rights(processes):
    """Also when root has started them."""
    for process in processes:
        if running.names([process]) & {"gunicorn", "worker", "beat"}:
            assert process.uids().real != 0, process.cmdline()


def test_a_busy_port_is_named(start):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start(PORT=str(port))
        output, _ = process.communicate(timeout=30)
    assert process.returncode == 1
    assert f"Cannot listen on 127.0.0.1, port {port}" in output
    assert f"PORT={port + 1} bin/run" in output
