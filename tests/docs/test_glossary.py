"""The glossary: every name that it gives is in the code, and every table of ours is in it."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps

from enrollment.workers.checks.findings import CODES

BASE = Path(__file__).resolve().parents[2]
GLOSSARY = (BASE / "docs" / "glossary.md").read_text()
ROWS = [
    [cell.strip() for cell in line.strip("|").split(" | ")]
    for line in re.findall(r"^\|.*\|$", GLOSSARY, re.M)
    if not re.match(r"\| Indonesian \||\|---", line)
]
NAMED = {name for row in ROWS for name in re.findall(r"`([^`]+)`", row[2])}


def defined(body, within=""):
    """The names that a module or class defines, those in classes as `Class.name`."""
    for node in body:
        if isinstance(node, ast.ClassDef):
            yield within + node.name
            yield from defined(node.body, f"{within}{node.name}.")
        elif isinstance(node, ast.FunctionDef):
            yield within + node.name
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            yield from (within + name.id for name in targets if isinstance(name, ast.Name))


@pytest.fixture(scope="module")
def names():
    files = [path for room in ("enrollment", "villages") for path in (BASE / room).rglob("*.py")]
    modules = [ast.parse(path.read_text()) for path in files if "migrations" not in path.parts]
    return {name for module in modules for name in defined(module.body)} | set(CODES)


def test_every_name_is_in_the_code(names):
    assert NAMED - names == set()


def test_a_name_that_is_not_in_the_code_is_missed(names):
    assert {"Worker", "Worker.nik", "Area.Kind.DISTRICT", "check_nik", "quota.full"} <= names
    assert not {"nik", "Worker.village", "Kind.DISTRICT", "Farmer", "quota.empty"} & names


def test_every_table_is_explained():
    models = (
        apps.get_app_config("enrollment").get_models(),
        apps.get_app_config("villages").get_models(),
    )
    ours = {
        model.__name__ for app in models for model in app if not hasattr(model, "pgh_tracked_model")
    }
    assert {"Worker", "Office"} <= ours
    assert ours - NAMED == set()


def test_every_row_is_whole():
    for row in ROWS:
        assert len(row) == 4, row
        assert all(row), row
    assert 40 <= len(ROWS) <= 90


def test_every_word_is_explained_once():
    words = [row[0] for row in ROWS]
    assert sorted(words) == sorted(set(words))
