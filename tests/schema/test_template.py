"""The template of the test databases is rebuilt whenever a file changes that determines it."""

import pytest

from tests.databases import COMMANDS, SCHEMA, fingerprint, ingredients
from tests.selection import short
from tests.sources import BASE

INGREDIENTS = [path.relative_to(BASE) for path in ingredients()]


@pytest.fixture(scope="module")
def copied(tmp_path_factory):
    folder = tmp_path_factory.mktemp("ingredients")
    for path in INGREDIENTS:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes((BASE / path).read_bytes())
    return folder


@pytest.mark.parametrize("pattern", [*SCHEMA, *COMMANDS.values()])
def test_every_pattern_finds_something(pattern):
    assert list(BASE.glob(pattern))


def test_the_files_behind_migrations_and_regions_are_ingredients():
    assert {
        "enrollment/migrations/0001_tables.py",
        "enrollment/migrations/seeds/tariffs.v1.json",
        "enrollment/migrations/sql/people_on_lists.v1.sql",
        "villages/migrations/operations/rowsecurity.py",
        "villages/regions.py",
        "portal/launch/database.py",
    } <= {str(path) for path in INGREDIENTS}


@pytest.mark.parametrize("path", short(INGREDIENTS[::-1], keep=25), ids=str)
def test_changing_any_ingredient_changes_the_fingerprint(copied, path):
    before = fingerprint(copied)
    file = copied / path
    as_it_was = file.read_bytes()
    file.write_bytes(as_it_was + b"\n")
    try:
        assert fingerprint(copied) != before
    finally:
        file.write_bytes(as_it_was)


def test_a_new_migration_changes_the_fingerprint(copied):
    assert fingerprint(copied) == fingerprint()
    new = copied / "enrollment/migrations/9999_new.py"
    new.touch()
    try:
        assert fingerprint(copied) != fingerprint()
    finally:
        new.unlink()
