"""Django's migrate, as the owner of the tables, followed by the application's grants."""

from django.conf import settings
from django.core.management.commands import migrate
from django.db import connections

from portal import database


class Command(migrate.Command):
    def add_arguments(self, parser):
        super().add_arguments(parser)
        if "owner" in settings.DATABASES:
            parser.set_defaults(database="owner")

    def handle(self, *args, **options):
        super().handle(*args, **options)
        if options["database"] == "owner" and not options["plan"]:
            database.grant(connections["owner"], settings.DATABASES["default"]["USER"])
