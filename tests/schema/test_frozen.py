"""A released migration never changes its effect, neither through our code nor through an edit."""

import hashlib
import re
from itertools import groupby

import pytest
from django.db import connection

from tests import databases
from tests.sources import BASE, imports, of_the_project

OPERATIONS = "villages.migrations.operations"
RELEASED = BASE / "tests/schema/released.sha256"
DYNAMIC = re.compile(r"importlib|import_(string|module)|__import__|\bapps\.get_|get_model\(")
"""Ways round an import statement; a migration's own `apps.get_model` would run our managers."""
PYTHON = sorted(BASE.glob("*/migrations/**/*.py"))
SQL = sorted(BASE.glob("*/migrations/sql/*.sql"))
FUNCTIONS = """
SELECT p.proname, pg_get_functiondef(p.oid) FROM pg_proc p
WHERE p.pronamespace = 'public'::regnamespace AND p.prokind = 'f'
  AND p.proname !~ '^_?pgtrigger_'
  AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
ORDER BY 1, 2
"""
SECURITY_DEFINERS = [path for path in SQL if "SECURITY DEFINER" in path.read_text()]


def name_and_version(path):
    """`(name, version)` from the name of a function's file."""
    name, version = re.fullmatch(r"(\w+)\.v(\d+)\.sql", path.name).groups()
    return name, int(version)


DROPPED = {"niks_registered"}
"""Functions that a later migration has dropped for good."""


def latest():
    """Function name → the file of its newest version."""
    by_name = groupby(sorted(SQL, key=name_and_version), key=lambda path: name_and_version(path)[0])
    return {name: list(paths)[-1] for name, paths in by_name if name not in DROPPED}


@pytest.mark.parametrize("path", PYTHON, ids=lambda path: str(path.relative_to(BASE)))
def test_a_migration_imports_nothing_of_the_project_but_the_frozen_operations(path):
    ours = {module for module in imports(path) if of_the_project(module)}
    assert {module for module in ours if not module.startswith(OPERATIONS)} <= {
        "villages.migrations"  # `from villages.migrations.operations import …` passes through it
    }
    assert not DYNAMIC.search(path.read_text())


def test_every_function_of_the_database_is_the_latest_of_its_files(db):
    with databases.owner(connection.settings_dict["NAME"]) as owner, owner.cursor() as cursor:
        cursor.execute(FUNCTIONS)
        installed = cursor.fetchall()
        cursor.execute("BEGIN")
        for path in latest().values():
            cursor.execute(path.read_text())
        cursor.execute(FUNCTIONS)
        from_files = cursor.fetchall()
        cursor.execute("ROLLBACK")
    assert installed == from_files
    assert [name for name, _ in installed] == sorted(latest())


@pytest.mark.parametrize("path", SECURITY_DEFINERS, ids=lambda path: path.name)
def test_a_security_definer_function_finds_no_tables_of_others(path):
    assert "SET search_path = public, pg_temp" in path.read_text()


WITHOUT_SCOPE = {"refresh_statistics", "forget_log_ins", "forget_history", "make_history_months"}
"""Functions that enter no scope: they tell nothing of any row."""


@pytest.mark.parametrize(
    "path",
    [path for path in SECURITY_DEFINERS if path.name.split(".")[0] not in WITHOUT_SCOPE],
    ids=lambda path: path.name,
)
def test_a_security_definer_function_restores_the_scope(path):
    body = path.read_text()
    for name in ("low", "high", "agency"):
        assert f"    {name} text := current_setting('portal.{name}', true);" in body
        assert re.search(rf"set_config\('portal\.{name}', '~?', true\)", body)
    last = "    RETURN NULL;\n" if "RETURNS trigger" in body else ""
    assert body.endswith(
        "    PERFORM set_config('portal.low', low, true), set_config('portal.high', high, true),\n"
        f"        set_config('portal.agency', agency, true);\n{last}END\n$$;\n"
    )
    assert body.count("RETURN NULL;") == bool(last)
    assert "RETURN;" not in body


def test_files_of_released_migrations_are_unchanged():
    """When this fails, add a new file instead (docs/operations.md, "Changing the database")."""
    lines = [line.split(maxsplit=1) for line in RELEASED.read_text().splitlines()]
    assert {"enrollment/migrations/0001_tables.py", "villages/migrations/0001_tables.py"} <= {
        name for _, name in lines
    }
    now = [(hashlib.sha256((BASE / name).read_bytes()).hexdigest(), name) for _, name in lines]
    assert now == [tuple(line) for line in lines]


def test_every_file_of_a_migration_is_recorded_as_released():
    """A file that is not listed could be edited after a database has run it."""
    listed = {line.split(maxsplit=1)[1] for line in RELEASED.read_text().splitlines()}
    files = (path for path in BASE.glob("*/migrations/**/*") if path.is_file())
    assert listed == {str(p.relative_to(BASE)) for p in files if p.suffix != ".pyc"}
