"""Django's migrate, as the owner of the tables, followed by the application's grants."""

import hashlib
import json
import re
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations import AddConstraint, AddIndex, RemoveConstraint
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader
from pgtrigger.migrations import AddTrigger, RemoveTrigger

from portal.launch import database
from villages import audit
from villages.migrations.operations.together import Together, in_runs

OURS = ("villages", "enrollment")
VERSIONED = re.compile(r"\w+\.v\d+\.(?:sql|json)")
UNKNOWN = (
    "This database holds migrations that this version of the portal does not have ({names}). A "
    "newer version made it, or one from before the first release, which cannot be upgraded. Run "
    "the version that made it, or begin with an empty database: move the data folder {data} "
    "away, or name another one with PORTAL_DATA; where DATABASE_URL is given, name a new database."
)


LEAVE_FIELDS = (
    *(AddIndex, AddIndexConcurrently, RemoveIndexConcurrently),
    *(AddConstraint, RemoveConstraint, AddTrigger, RemoveTrigger),
)
"""Kinds of operations after which `Together` builds no models anew, also after a single one."""


class Executor(MigrationExecutor):
    """Takes operations of one kind together: most of the time of an empty database goes into models
    that Django builds anew after each."""

    def apply_migration(self, state, migration, *args, **options):
        migration.operations = [
            Together([operation]) if isinstance(operation, LEAVE_FIELDS) else operation
            for operation in in_runs(migration.operations)
        ]
        return super().apply_migration(state, migration, *args, **options)


vars(migrate)["MigrationExecutor"] = Executor  # where Django's command looks for it


class Command(migrate.Command):
    def handle(self, *args, **options):
        if not settings.DATABASE_OWNER:
            return self._migrate(*args, **options)
        with database.as_owner():
            self._migrate(*args, **options)
            if not options["plan"] and not options["check_unapplied"]:
                database.grant(settings.DATABASES["default"]["USER"])
        return None

    def _migrate(self, *args, **options):
        refuse_unknown_migrations()
        super().handle(*args, **options)
        if not options["plan"] and not options["check_unapplied"]:
            record_digests()
            make_months()


def refuse_unknown_migrations():
    """Raise CommandError when the database has applied migrations of ours that are not here, or
    that were other files when it applied them."""
    loader, recorded = MigrationLoader(connection), recorded_digests()
    unknown = sorted(
        key
        for key in _applied(loader)
        if key not in loader.disk_migrations or recorded.get(".".join(key)) != _digest(loader, key)
    )
    if unknown:
        first, *others = (".".join(key) for key in unknown)
        names = f"{first} and {len(others)} more" if others else first
        raise CommandError(UNKNOWN.format(names=names, data=settings.PORTAL_DATA))


def recorded_digests() -> dict[str, str]:
    """Migration → digest of the files that it was applied from, kept as a comment of the table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regclass('django_migrations'), 'pg_class')")
        (comment,) = cursor.fetchone()
    return json.loads(comment) if comment else {}


def record_digests():
    loader = MigrationLoader(connection)
    digests = {".".join(key): _digest(loader, key) for key in sorted(_applied(loader))}
    with connection.cursor() as cursor:
        cursor.execute("COMMENT ON TABLE django_migrations IS %s", [json.dumps(digests)])


def make_months():
    """Beat makes them each day; a portal that has just been set up needs them at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regproc('make_history_months') IS NOT NULL")
        (known,) = cursor.fetchone()
    if known:
        audit.make_months()


def _applied(loader):
    return {key for key in loader.applied_migrations if key[0] in OURS}


def _digest(loader, key):
    """Of the migration's file and of the SQL and the seeds that it names."""
    file = Path(sys.modules[loader.disk_migrations[key].__module__].__file__)
    text = file.read_text()
    named = sorted(set(VERSIONED.findall(text)))
    parts = [path.read_bytes() for name in named for path in sorted(file.parent.rglob(name))]
    return hashlib.sha256(b"\0".join([text.encode(), *parts])).hexdigest()[:16]
