"""A real web server for the story, beside the real queue, on the test database."""

import http.client
import os
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from django.conf import settings

from portal.launch.embedded import wait_until
from tests import databases

SLOWEST = 60_000
"""Milliseconds that a step may take; a step may wait for a workbook to be read or an annex to be
written."""


@pytest.fixture(scope="session")
def portal(queue_worker, database_name, uploads):
    """The address of gunicorn on this process's database. Needs `transaction=True` in the test."""
    port = _free_port()
    variables = {
        **os.environ,
        "DATABASE_URL": databases.at(os.environ["DATABASE_URL"], database_name),
        "PORTAL_QUEUE_PREFIX": f"{database_name}:",
        "PORTAL_UPLOADS": str(uploads),
        "PORT": str(port),
        "WEB_WORKERS": "1",
    }
    log = Path(settings.PORTAL_DATA) / f"web-{database_name}.log"
    gunicorn = [
        sys.executable,
        "-m",
        "gunicorn",
        "--config=python:portal.launch.serving",
        "portal.wsgi",
    ]
    with log.open("wb") as output:
        process = psutil.Popen(
            gunicorn,
            env=variables,
            cwd=databases.BASE,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_until(lambda: _answers(port), 60, f"The web server is silent: {log}")
            yield f"http://localhost:{port}"
        finally:
            family = [process, *process.children(recursive=True)]
            process.terminate()
            for left in psutil.wait_procs(family, timeout=10)[1]:
                left.kill()
    log.unlink()


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def _answers(port):
    connection = http.client.HTTPConnection("localhost", port, timeout=5)
    try:
        connection.request("GET", "/sehat/")
        return connection.getresponse().status
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture
def at_desk(portal, page_at):
    """`at_desk("vera", 1280)`: that person's own browser, logged in through the log-in page."""
    from tests import people

    def log_in(name, width, **options):
        people.office(name)
        page = page_at(width, **options)
        page.set_default_timeout(SLOWEST)
        page.goto(f"{portal}/")
        page.get_by_label("Nama pengguna").fill(name)
        page.get_by_label("Kata sandi").fill(people.PASSWORD)
        page.get_by_role("button", name="Masuk").click()
        page.get_by_role("heading", name="Yang perlu Anda kerjakan").wait_for()
        return page

    return log_in
