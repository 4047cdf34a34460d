"""The portal's web server as a process of its own."""

import http.client
import socket
import subprocess
import sys
from contextlib import contextmanager

import psutil

from portal.launch import processes
from portal.launch.embedded import wait_until
from tests import databases

PATIENCE = 180
"""Seconds in which a process that was started answers, however busy the machine is."""


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


@contextmanager
def closed_port():
    """A port at which nobody listens, and that nobody else gets meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


@contextmanager
def silent_server():
    """It accepts connections and never says anything."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        yield listening.getsockname()[1]


@contextmanager
def web(variables, log):
    """Yield the process of the server, once it answers at `variables["PORT"]`."""
    with log.open("wb") as output:
        process = psutil.Popen(
            [sys.executable, *processes.commands(log.parent)["web"]],
            env=variables,
            cwd=databases.BASE,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            silent = f"The web server is silent: {log}"
            wait_until(lambda: answers(int(variables["PORT"])), PATIENCE, silent)
            yield process
        finally:
            family = [process, *process.children(recursive=True)]
            process.terminate()
            for left in psutil.wait_procs(family, timeout=10)[1]:
                left.kill()
    log.unlink()


def answers(port):
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/sehat/")
        return connection.getresponse().status
    except OSError:
        return False
    finally:
        connection.close()
