"""What the embedded servers have in common: starting together, and stopping with the last user."""

import fcntl
import socket
import time
from contextlib import contextmanager
from pathlib import Path


class ServiceError(Exception):
    """A service did not start. The message says what to do."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds, otherwise):
    """Return when `condition()` holds; raise ServiceError(otherwise) after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            raise ServiceError(otherwise)
        time.sleep(0.05)


@contextmanager
def started(services, data: Path):
    """Start the services; on leaving stop them, unless another process still uses them."""
    with (data / "users.lock").open("w") as users:
        with starting(data):
            fcntl.flock(users, fcntl.LOCK_SH)
            for service in services:
                service.start()
        try:
            yield
        finally:
            with starting(data):
                if is_last(users):
                    for service in services:
                        service.stop()


class Revived:
    """A service that may be started again while others use the same data folder."""

    def __init__(self, service, data: Path):
        self.service, self.data = service, data
        self.name, self.log, self.alive = service.name, service.log, service.alive

    def start(self):
        with starting(self.data):
            if not self.alive():
                self.service.start()


@contextmanager
def starting(data: Path):
    """One process at a time starts or stops services in a data folder."""
    with (data / "starting.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_last(users) -> bool:
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
