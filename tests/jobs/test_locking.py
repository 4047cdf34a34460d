"""Pages share connections (PgBouncer), so nothing but a job's lock may belong to a session."""

import re

import pytest

from tests.sources import BASE, PACKAGES

OF_A_SESSION = re.compile(
    r"pg_(?:try_)?advisory_lock(?:_shared)?\(|set_config\([^()]*,\s*false\)|\bSET SESSION\b"
    r"|\bWITH HOLD\b|\bDISCARD ALL\b"
    r"|(?:(?<=\bf)|(?<!\w))[\"']\s*(?:LISTEN |PREPARE |SET (?!LOCAL ))\w+"
)
"""What outlives a transaction in PostgreSQL."""


def sources():
    for package in PACKAGES:
        if package != "tests":
            yield from (BASE / package).rglob("*.py")
            yield from (BASE / package).rglob("*.sql")


def test_only_the_lock_of_a_job_belongs_to_a_session():
    found = {
        str(path.relative_to(BASE)) for path in sources() if OF_A_SESSION.search(path.read_text())
    }
    assert found == {"enrollment/jobs/locking.py"}


@pytest.mark.parametrize(
    ("text", "outlives"),
    [
        ("SELECT pg_advisory_lock(1)", True),
        ("SELECT pg_advisory_xact_lock(1)", False),
        ("set_config('portal.low', '', false)", True),
        ("set_config('portal.low', '', true)", False),
        ('"SET statement_timeout = 5"', True),
        ('f"SET statement_timeout = {five}"', True),
        ("LANGUAGE plpgsql SET datestyle = 'ISO' SET lock_timeout = '5s' AS", False),
        ('"SET LOCAL statement_timeout = 5"', False),
        ('"LISTEN jobs"', True),
    ],
)
def test_what_outlives_a_transaction_is_recognised(text, outlives):
    assert bool(OF_A_SESSION.search(text)) == outlives
