"""Bring the database to the state that this version of the portal needs. Can be repeated."""

import os
from concurrent.futures import ThreadPoolExecutor

from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandError

from portal.launch import database, staticfiles
from portal.launch.demo import refuse_strangers
from villages import scope


class Command(BaseCommand):
    help = "Roles (with DATABASE_ADMIN_URL), migrations, grants, regions, static files."

    def add_arguments(self, parser):
        parser.add_argument(
            "--demo", action="store_true", help="invented people, if there are no accounts"
        )
        parser.add_argument(
            "--no-static", action="store_true", help="static files are in the image"
        )

    def handle(self, *, demo, no_static, verbosity, **_):
        with ThreadPoolExecutor(1) as beside:  # compressing waits for no database
            collected = None if no_static else beside.submit(staticfiles.collect)
            self._prepare_database(demo, verbosity)
        if collected and collected.result():
            self.stdout.write("Static files collected.")

    def _prepare_database(self, demo, verbosity):
        if admin := os.environ.get("DATABASE_ADMIN_URL"):
            urls = os.environ["DATABASE_OWNER_URL"], os.environ["DATABASE_URL"]
            database.bootstrap(admin, *urls)
        call_command("migrate", verbosity=max(verbosity - 1, 0), interactive=False)
        call_command("load_regions", verbosity=verbosity)
        if demo and "load_demo" in get_commands() and has_no_accounts():
            call_command("load_demo", verbosity=verbosity)
        try:
            refuse_strangers()
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None


def has_no_accounts() -> bool:
    with scope.whole_country("Is this a new database?"):
        return not get_user_model().objects.exists()
