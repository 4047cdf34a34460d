"""A real web server for the story, beside the real queue, on the test database."""

import os
from pathlib import Path

import pytest
from django.conf import settings

from tests import databases, servers

SLOWEST = 60_000
"""Milliseconds that a step may take; a step may wait for a workbook to be read or an annex to be
written."""


@pytest.fixture(scope="session")
def portal(queue_worker, database_name, uploads):
    """The address of gunicorn on this process's database. Needs `transaction=True` in the test."""
    port = servers.free_port()
    variables = {
        **os.environ,
        "DATABASE_URL": databases.at(os.environ["DATABASE_URL"], database_name),
        "PORTAL_QUEUE_PREFIX": f"{database_name}:",
        "PORTAL_UPLOADS": str(uploads),
        "PORT": str(port),
        "WEB_WORKERS": "1",
    }
    with servers.web(variables, Path(settings.PORTAL_DATA) / f"web-{database_name}.log"):
        yield f"http://localhost:{port}"


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
