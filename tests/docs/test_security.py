"""The scorecard: each promise names tests, and all of them exist."""

import re
from pathlib import Path

import pytest

BASE = Path(__file__).resolve().parents[2]
PAGE = (BASE / "docs" / "security.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in re.findall(r"^\|.*\|$", PAGE, re.M)
    if not re.match(r"\| promise \||\|---", line)
]


def exists(name):
    """Whether `tests/….py`, or `tests/….py::test_…`, is there."""
    path, _, test = name.partition("::")
    file = BASE / path
    return file.is_file() and (not test or f"def {test}(" in file.read_text())


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:40])
def test_a_promise_says_how_it_is_kept_and_by_which_tests(row):
    assert len(row) == 3
    assert all(row)
    tests = re.findall(r"`(tests/[^`]+)`", row[2])
    assert tests
    assert [name for name in tests if not exists(name)] == []


def test_there_are_promises_and_a_test_that_is_gone_would_be_noticed():
    assert len(ROWS) > 20
    assert exists(
        "tests/docs/test_security.py::test_a_promise_says_how_it_is_kept_and_by_which_tests"
    )
    assert not exists("tests/docs/test_security.py::test_nothing")
    assert not exists("tests/docs/test_nowhere.py")
