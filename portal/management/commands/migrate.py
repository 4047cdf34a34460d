"""Django's migrate, as the owner of the tables, followed by the application's grants."""

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from portal.launch import database

OURS = ("villages", "enrollment")
UNKNOWN = (
    "This database holds migrations that this version of the portal does not have ({names}). A "
    "newer version made it, or one from before the first release, which cannot be upgraded. Run "
    "the version that made it, or begin with an empty database: move the data folder {data} "
    "away, or name another one with PORTAL_DATA; where DATABASE_URL is given, name a new database."
)


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


def refuse_unknown_migrations():
    """Raise CommandError when the database has applied migrations of ours that are not here."""
    loader = MigrationLoader(connection)
    applied = {key for key in loader.applied_migrations if key[0] in OURS}
    if unknown := sorted(applied - set(loader.disk_migrations)):
        first, *others = (".".join(key) for key in unknown)
        names = f"{first} and {len(others)} more" if others else first
        raise CommandError(UNKNOWN.format(names=names, data=settings.PORTAL_DATA))
