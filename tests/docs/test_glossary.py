"""The glossary: every name it gives exists in the code, and it explains every table of ours."""

import re
from functools import cache
from importlib import import_module
from operator import attrgetter
from pathlib import Path

import pytest
from django.apps import apps

from enrollment.workers.checks.findings import CODES
from enrollment.workers.models import Worker
from villages.models import Office

BASE = Path(__file__).resolve().parents[2]
GLOSSARY = (BASE / "docs" / "glossary.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in re.findall(r"^\|.*\|$", GLOSSARY, re.M)
    if not re.match(r"\| Indonesian \||\|---", line)
]
NAMED = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[2])}


def in_code(name):
    """Whether a module of the rooms has the name, or a finding has it as its code."""
    return name in CODES or any(resolves(module, name) for module in modules())


def resolves(module, name):
    try:
        attrgetter(name)(module)
    except AttributeError:
        return False
    return True


@cache
def modules():
    """Every module of the rooms, imported; annotations.py cannot be, being for annotations only."""
    files = [path for room in ("enrollment", "villages") for path in (BASE / room).rglob("*.py")]
    paths = [path.relative_to(BASE).with_suffix("") for path in files]
    left_out = {"migrations", "annotations"}
    return [import_module(".".join(path.parts)) for path in paths if not left_out & {*path.parts}]


def test_every_name_is_in_the_code():
    assert {name for name in NAMED if not in_code(name)} == set()


@pytest.mark.parametrize(
    "name", ["nik", "Worker.village", "Kind.DISTRICT", "Farmer", "quota.empty"]
)
def test_a_name_that_is_not_in_the_code_is_not_found(name):
    assert in_code("Worker.nik")
    assert not in_code(name)


def test_every_table_is_explained():
    tables = [
        model
        for app in ("enrollment", "villages")
        for model in apps.get_app_config(app).get_models()
        if not hasattr(model, "pgh_tracked_model")  # histories
    ]
    assert {Worker, Office} <= set(tables)
    assert {table.__name__ for table in tables} - NAMED == set()


def test_every_row_has_four_filled_cells():
    for row in ROWS:
        assert len(row) == 4, row
        assert all(row), row
    assert len(ROWS) >= 40


def test_every_word_is_explained_once():
    words = [row[0] for row in ROWS]
    assert sorted(words) == sorted(set(words))
