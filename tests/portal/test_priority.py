"""Long work has a lower priority than pages: measured on real processes."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from django.db import connection

from portal import priority

AUTOGROUP = Path("/proc/self/autogroup")
OURS = psutil.Process().nice()


@pytest.fixture
def sleeper():
    """A process in a session of its own, which sleeps."""
    with subprocess.Popen(
        [sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True
    ) as process:
        yield process.pid
        process.kill()


def session_of(pid):
    """The niceness of a process's session: "/autogroup-31892 nice 10"."""
    return int(Path(f"/proc/{pid}/autogroup").read_text().split()[-1])


def test_giving_way_lowers_the_priority_of_a_process(sleeper):
    assert psutil.Process(sleeper).nice() == OURS < priority.NICE
    priority.give_way(sleeper)
    assert psutil.Process(sleeper).nice() == priority.NICE


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this kernel does not group by session")
def test_giving_way_lowers_the_priority_of_its_session(sleeper):
    assert session_of(sleeper) == 0
    priority.give_way(sleeper)
    assert session_of(sleeper) == priority.NICE


def test_giving_way_for_an_unknown_process_does_nothing():
    priority.give_way(2**22 + 1)  # nobody has this number


@pytest.mark.django_db
def test_the_postgresql_process_of_a_job_gives_way_too():
    session = SimpleNamespace(info=connection.cursor().connection.info)
    if not session.info.host.startswith("/"):
        pytest.skip("this PostgreSQL may run elsewhere")
    backend = psutil.Process(session.info.backend_pid)
    assert backend.nice() == OURS
    priority.postgres_gives_way(SimpleNamespace(connection=session))
    assert backend.nice() == priority.NICE
    connection.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "db.example"])
def test_the_process_id_of_a_remote_server_is_ignored(sleeper, host):
    info = SimpleNamespace(host=host, backend_pid=sleeper)
    priority.postgres_gives_way(SimpleNamespace(connection=SimpleNamespace(info=info)))
    assert psutil.Process(sleeper).nice() == OURS


def test_a_process_that_is_not_postgresql_keeps_its_priority(sleeper):
    info = SimpleNamespace(host="/run/postgresql", backend_pid=sleeper)
    priority.postgres_gives_way(SimpleNamespace(connection=SimpleNamespace(info=info)))
    assert psutil.Process(sleeper).nice() == OURS
