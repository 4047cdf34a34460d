"""Low priority for long work, so that pages stay quick.

A few cores serve the pages, the jobs and PostgreSQL alike. With a low priority a job takes all of
them while nobody else wants them, and about a tenth as soon as somebody does.
"""

import os
from contextlib import suppress
from pathlib import Path

NICE = 10


def give_way(pid: int | None = None) -> None:
    """Let a process (this one if none is named) go behind others; nothing where we may not.

    Linux shares the processor out among sessions first and heeds niceness only within each
    (sched(7), "The autogroup feature"): so the session steps back too.
    """
    pid = pid or os.getpid()
    with suppress(OSError):
        os.setpriority(os.PRIO_PROCESS, pid, NICE)
    with suppress(OSError):
        Path(f"/proc/{pid}/autogroup").write_text(str(NICE))


def postgres_gives_way(connection, **_) -> None:
    """Let the PostgreSQL process behind a Django connection go behind others, if it runs here.

    Receives Django's `connection_created`. A server elsewhere has processors of its own, and its
    process ids say nothing here.
    """
    session = connection.connection.info
    here = (session.host or "").startswith("/")  # a socket in the file system
    with suppress(OSError):
        if here and Path(f"/proc/{session.backend_pid}/comm").read_text() == "postgres\n":
            give_way(session.backend_pid)
