"""What a released migration does never changes: neither with our code nor by an edit."""

import hashlib
import re
from itertools import groupby

import pytest
from django.db import connection

from tests import databases
from tests.sources import BASE, imports, of_the_project

OPERATIONS = "villages.migrations.operations"
RELEASED = BASE / "tests/schema/released.sha256"
PYTHON = sorted(BASE.glob("*/migrations/**/*.py"))
SQL = sorted(BASE.glob("*/migrations/sql/*.sql"))
FUNCTIONS = """
SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
  AND p.proname !~ '^_?pgtrigger_'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
ORDER BY 1, 2
"""
LOOKING_EVERYWHERE = [path for path in SQL if "SECURITY DEFINER" in path.read_text()]


def named(path):
    """`(name, version)` of a function's file."""
    name, version = re.fullmatch(r"(\w+)\.v(\d+)\.sql", path.name).groups()
    return name, int(version)


def latest():
    """Function name → the file of its newest version."""
    by_name = groupby(sorted(SQL, key=named), key=lambda path: named(path)[0])
    return {name: list(paths)[-1] for name, paths in by_name}


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(BASE)))
def test_a_migration_imports_nothing_of_the_project_but_the_frozen_operations(path):
    ours = {module for module in imports(path) if of_the_project(module)}
    assert {module for module in ours if not module.startswith(OPERATIONS)} <= {
        "villages.migrations"  # `from villages.migrations.operations import …` passes through it
    }
    assert "importlib" not in path.read_text()


def test_every_function_of_the_database_is_the_latest_of_its_files(db):
    with databases.owner(connection.settings_dict["NAME"]) as owner, owner.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        there = cursor.fetchall()
        cursor.execute("BEGIN")
        for path in latest().values():
            cursor.execute(path.read_text())
        cursor.execute(FUNCTIONS)
        by_files = cursor.fetchall()
        cursor.execute("ROLLBACK")
    assert there == by_files
    assert [name for name, _ in there] == sorted(latest())


@pytest.mark.parametrize("path", LOOKING_EVERYWHERE, ids=lambda path: path.name)
def test_a_function_that_looks_everywhere_puts_the_scope_back(path):
    body = path.read_text()
    assert "SET search_path = public, pg_temp" in body
    for name in ("low", "high", "agency"):
        assert f"    {name} text := current_setting('portal.{name}', true);" in body
        assert re.search(rf"set_config\('portal\.{name}', '~?', true\)", body)
    assert body.endswith(
        "    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),\n"
        "        set_config('portal.agency', agency, true);\nEND\n$$;\n"
    )
    assert "RETURN;" not in body


def test_files_of_released_migrations_are_as_they_were():
    """Make a new file instead (docs/operations.md, "Changing the database")."""
    lines = [line.split(maxsplit=1) for line in RELEASED.read_text().splitlines()]
    assert {"enrollment/migrations/0001_tables.py", "villages/migrations/0001_tables.py"} <= {
        name for _, name in lines
    }
    now = [(hashlib.sha256((BASE / name).read_bytes()).hexdigest(), name) for _, name in lines]
    assert now == [tuple(line) for line in lines]
