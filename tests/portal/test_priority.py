"""Long work goes behind the pages: asked of the processes themselves."""

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


def test_a_process_goes_behind_others(sleeper):
    assert psutil.Process(sleeper).nice() == OURS < priority.NICE
    priority.give_way(sleeper)
    assert psutil.Process(sleeper).nice() == priority.NICE


@pytest.mark.skipif(not AUTOGROUP.exists(), reason="this kernel does not group by session")
def test_its_session_does_too(sleeper):
    assert session_of(sleeper) == 0
    priority.give_way(sleeper)
    assert session_of(sleeper) == priority.NICE


def test_who_may_not_goes_on_as_before():
    priority.give_way(2**22 + 1)  # nobody has this number


@pytest.mark.django_db
def test_postgresql_works_for_a_job_as_modestly_as_the_job():
    session = SimpleNamespace(info=connection.cursor().connection.info)
    if not session.info.host.startswith("/"):
        pytest.skip("this PostgreSQL may run elsewhere")
    behind = psutil.Process(session.info.backend_pid)
    assert behind.nice() == OURS
    priority.postgres_gives_way(SimpleNamespace(connection=session))
    assert behind.nice() == priority.NICE
    connection.close()


@pytest.mark.parametrize("host", ["127.0.0.1", "db.example"])
def test_a_number_from_another_machine_means_nobody_here(sleeper, host):
    info = SimpleNamespace(host=host, backend_pid=sleeper)
    priority.postgres_gives_way(SimpleNamespace(connection=SimpleNamespace(info=info)))
    assert psutil.Process(sleeper).nice() == OURS


def test_a_process_that_is_not_postgresql_stays_as_it_is(sleeper):
    info = SimpleNamespace(host="/run/postgresql", backend_pid=sleeper)
    priority.postgres_gives_way(SimpleNamespace(connection=SimpleNamespace(info=info)))
    assert psutil.Process(sleeper).nice() == OURS
