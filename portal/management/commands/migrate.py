"""Django's migrate, as the owner of the tables, followed by the application's grants."""

from django.conf import settings
from django.core.management.commands import migrate

from portal.launch import database


class Command(migrate.Command):
    def handle(self, *args, **options):
        if not settings.DATABASE_OWNER:
            return super().handle(*args, **options)
        with database.as_owner():
            super().handle(*args, **options)
            if not options["plan"] and not options["check_unapplied"]:
                database.grant(settings.DATABASES["default"]["USER"])
        return None
