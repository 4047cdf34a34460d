"""bin/run as a person uses it: start, kill -9, start again, Ctrl-C."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from portal.launch import embedded
from tests import databases

pytestmark = pytest.mark.slow

READY = re.compile(r"ready after \d+ s: (http://localhost:\d+/)")


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
        **os.environ,
        "PORTAL_ENV": "development",
        "PORTAL_DATA": str(data_folder),
        "PORT": str(embedded.free_port()),
        "WEB_WORKERS": "1",
        "WORKER_CONCURRENCY": "1",
        **{
            login: databases.at(os.environ[login], own_database)
            for login in ("DATABASE_URL", "DATABASE_OWNER_URL")
        },
    }
    del variables["REDIS_URL"]
    # Static files take seconds to compress: kept from one run of the tests to the next, and not
    # where the other tests' middleware looks for files while these are written.
    variables["STATIC_ROOT"] = str(settings.PORTAL_DATA / "collected")
    started = []

    def run(*options, **changes):
        process = psutil.Popen(
            [sys.executable, "-m", "portal.launch.run", *options],
            env={name: value for name, value in (variables | changes).items() if value},
            cwd=databases.BASE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield run
    for process in started:
        with process, suppress(psutil.NoSuchProcess):
            process.kill()


def wait_ready(process):
    """(address, the output until the log-ins were printed)."""
    output = ""
    for line in process.stdout:
        output += line
        if line.startswith("Ctrl-C"):
            return READY.search(output)[1], output
    pytest.fail(f"bin/run ended:\n{output}")


def accounts(name):
    """The number of accounts and their highest id: a second demo would change them."""
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute("SET portal.low = ''; SET portal.high = '~'")
        cursor.execute("SELECT count(*), max(id) FROM villages_user")
        return cursor.fetchone()


def family(process):
    return process.children(recursive=True)


def names(processes):
    found = set()
    for process in processes:
        words = process.cmdline()
        found |= {name for name in ("gunicorn", "worker", "beat") if name in words}
        found |= {"valkey"} if "valkey-server" in words[0] else set()
    return found


def test_run_is_killed_recovers_and_stops(start, data_folder, own_database):
    first = start()
    address, output = wait_ready(first)
    assert "Kabupaten Sijunjung" in output, "no log-ins were named"
    loaded = accounts(own_database)
    assert loaded > (20, 20)
    until_all_is_well(address)
    children = family(first)
    assert names(children) >= {"gunicorn", "worker", "beat"}
    assert_no_owner_login(children)
    assert_without_rights(children)

    second = start()
    output, _ = second.communicate(timeout=30)
    assert second.returncode == 1
    assert f"already runs on {data_folder} (process {first.pid})" in output

    first.kill()
    first.wait()
    assert "gunicorn" in names(living(data_folder)), "nothing was left behind"
    third = start()
    assert wait_ready(third)[0] == address
    assert accounts(own_database) == loaded
    old = [process for process in children if process.is_running()]
    assert not names(old) & {"gunicorn", "worker", "beat"}

    third.send_signal(signal.SIGINT)
    assert third.wait(timeout=30) == 0
    assert living(data_folder) == []


def test_what_dies_is_started_again(start, data_folder):
    """Each part is killed in turn. It is told in a sentence, and then all is well again."""
    portal = start("--no-demo", DATABASE_URL="", DATABASE_OWNER_URL="")
    address, _ = wait_ready(portal)
    until_all_is_well(address)
    for killed, said in [
        ("beat", "The portal's beat has ended; it is started again in 1 s. See "),
        ("worker", "The portal's worker has ended"),
        ("gunicorn", "The portal's web has ended"),
        ("valkey", "The queue has ended"),
        ("postgres", "PostgreSQL has ended"),
    ]:
        for process in main_processes(portal, data_folder, killed):
            process.kill()
        line = next(line for line in portal.stdout if "has ended" in line)
        assert said in line
        assert line.strip() in (data_folder / "logs" / "run.log").read_text()
        until_all_is_well(address)
    portal.send_signal(signal.SIGINT)
    assert portal.wait(timeout=30) == 0
    assert living(data_folder) == []


def main_processes(portal, data, name):
    """The first process of each part, not the ones that it has started itself."""
    if name == "postgres":
        pid = (data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0]
        return [psutil.Process(int(pid))]
    if name == "valkey":
        return [p for p in psutil.process_iter() if "valkey" in p.name() and data in folders(p)]
    return [process for process in portal.children() if name in names([process])]


def folders(process):
    return Path(process.cwd()).parents


def until_all_is_well(address):
    def well():
        with suppress(OSError), urllib.request.urlopen(f"{address}sehat/", timeout=10) as answer:
            assert set(json.load(answer).values()) == {"ok"}
            return True
        return False

    embedded.wait_until(well, 90, f"the portal is not well: {address}sehat/")


def assert_no_owner_login(children):
    for process in children:
        assert "DATABASE_OWNER_URL" not in process.environ()


def assert_without_rights(processes):
    """Also when root has started them."""
    for process in processes:
        if names([process]) & {"gunicorn", "worker", "beat"}:
            assert process.uids().real != 0, process.cmdline()


def living(data):
    """Processes that work with this data folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        known = process.info["environ"] or {}
        if known.get("PORTAL_DATA") == str(data) and process.info["cmdline"]:
            found.append(process)
    return found


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
