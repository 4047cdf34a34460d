"""The scorecard: each promise names tests, and all of them exist."""

import ast
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
    """Whether `tests/….py`, `tests/….py::test_…` or `tests/….py::Test…::test_…` is there."""
    path, *names = name.split("::")
    file = BASE / path
    if not file.is_file():
        return False
    place = ast.parse(file.read_text())
    for wanted in names:
        place = named_in(place, wanted)
    return place is not None


def named_in(place, name):
    """The class or function of this name in a piece of a file, if any."""
    kinds = (ast.ClassDef, ast.FunctionDef)
    inside = ast.walk(place) if place else ()
    return next((it for it in inside if isinstance(it, kinds) and it.name == name), None)


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
    assert exists(
        "tests/jobs/test_offices.py::TestAList::test_waits_for_the_dinas_and_loses_nothing"
    )
    assert not exists("tests/docs/test_security.py::test_nothing")
    assert not exists("tests/jobs/test_offices.py::TestAList::test_nobody_is_put_on_lists")
    assert not exists("tests/jobs/test_offices.py::TestNothing::test_nobody_is_put_on_lists")
    assert not exists("tests/docs/test_nowhere.py")
