"""`migrate` on an empty database, and on one that another version created."""

import resource

import pytest
from django.db.migrations.loader import MigrationLoader

from tests import databases
from tests.selection import EVERY

pytestmark = [pytest.mark.usefixtures("django_db_setup"), pytest.mark.slow]


@pytest.fixture(scope="module")
def migrated(database_name):
    """`(name, seconds)`: a database migrated from empty, and the processor time that it took."""
    name = f"{database_name}_empty"
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}"')
    before = processor_seconds()
    result = databases.manage(name, "migrate", "--verbosity=0")
    assert result.returncode == 0, result.stderr
    yield name, processor_seconds() - before
    with databases.owner() as owner, owner.cursor() as cursor:
        databases.drop(cursor, name)


def processor_seconds():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@pytest.mark.every
def test_migrating_an_empty_database_takes_little_more_than_starting_django(migrated):
    """Some four seconds, where `check`, which starts Django and looks at the models, takes one.
    Before the migrations were squashed it took twenty."""
    name, seconds = migrated
    before = processor_seconds()
    assert databases.manage(name, "check").returncode == 0
    assert seconds < 6 * (processor_seconds() - before), (seconds, processor_seconds() - before)


def test_models_and_migrations_agree(migrated):
    name, _ = migrated
    result = databases.manage(name, "makemigrations", "--check", "--dry-run")
    assert (result.returncode, result.stdout) == (0, "No changes detected\n")


@pytest.mark.every
def test_migrating_back_and_forth_leaves_the_database_as_it_was(migrated):
    name, _ = migrated
    before = rows_and_functions(name)
    for target in (["enrollment", goes_back_to()], []):
        result = databases.manage(name, "migrate", "--verbosity=0", *target)
        assert result.returncode == 0, result.stderr
        if target:
            assert rows_and_functions(name)["migrations"] < before["migrations"]
    assert rows_and_functions(name) == before


def goes_back_to():
    """The latest two are undone, which may be new: the others are released and do not change
    (test_frozen). With EVERY=1 all but the tables."""
    loaded = MigrationLoader(None).disk_migrations
    names = sorted(name for app, name in loaded if app == "enrollment")
    return names[0] if EVERY else names[-3]


def rows_and_functions(name):
    counted = {
        "tariffs": "enrollment_tariff",
        "discounts": "enrollment_tariffdiscount",
        "occupations": "enrollment_occupation",
        "migrations": "django_migrations",
        "policies": "pg_policies",
        "functions": "pg_proc",
        "triggers": "pg_trigger",
    }
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute(
            "SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in counted.values())
        )
        return dict(zip(counted, cursor.fetchone(), strict=True))


def test_a_database_that_another_version_made_is_refused_with_a_sentence(migrated):
    name, _ = migrated
    rename(name, "0001_tables", "0001_initial")
    try:
        result = databases.manage(name, "prepare", "--no-static")  # as bin/run does
    finally:
        rename(name, "0001_initial", "0001_tables")
    assert result.returncode == 1
    assert "Traceback" not in result.stderr
    assert "holds migrations that this version of the portal does not have" in result.stderr
    assert "enrollment.0001_initial" in result.stderr
    assert "PORTAL_DATA" in result.stderr


@pytest.mark.every
def test_a_database_made_from_other_files_of_a_migration_is_refused_too(migrated):
    """Its tables or functions are not those of this version, although the names are the same."""
    name, _ = migrated
    for recorded in ("'{}'", "NULL"):  # other files, or nothing is known of them
        result = prepared_as_if(name, recorded)
        assert result.returncode == 1, recorded
        assert "Traceback" not in result.stderr
        assert "enrollment.0001_tables and" in result.stderr
    assert databases.manage(name, "prepare", "--no-static").returncode == 0


def prepared_as_if(name, recorded):
    """What `prepare` says while something else is recorded of the migrations' files."""
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute("SELECT obj_description('django_migrations'::regclass, 'pg_class')")
        (before,) = cursor.fetchone()
        cursor.execute(f"COMMENT ON TABLE django_migrations IS {recorded}")
        try:
            return databases.manage(name, "prepare", "--no-static")
        finally:
            cursor.execute("COMMENT ON TABLE django_migrations IS %s", [before])


def rename(name, old, new):
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute(
            "UPDATE django_migrations SET name = %s WHERE name = %s AND app = 'enrollment'",
            [new, old],
        )
        assert cursor.rowcount == 1
