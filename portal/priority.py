"""Low priority for long work, so that pages stay quick.

Pages, jobs and PostgreSQL share a few cores. With a low priority a job uses all of them while they
are free, and about a tenth as soon as other processes need them.
"""

import os
from contextlib import suppress
from pathlib import Path

NICE = 10


def give_way(pid: int | None = None) -> None:
    """Lower the priority of a process (this one by default); does nothing without permission.

    Linux divides the processor among sessions first and applies niceness only within each
    (sched(7), "The autogroup feature"), so the priority of the session is lowered too.
    """
    pid = pid or os.getpid()
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, NICE)
    with suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(str(NICE))


def postgres_gives_way(connection, **_) -> None:
    """Lower the priority of the PostgreSQL process of a Django connection, if it runs here.

    Receives Django's `connection_created`. A server elsewhere has its own processors, and its
    process ids mean nothing on this machine.
    """
    session = connection.connection.info
    here = (session.host or "").startswith("/")  # a socket in the file system
    with suppress(OSError):
        if here and Path(f"/proc/{session.backend_pid}/comm").read_text() == "postgres\n":
            give_way(session.backend_pid)
