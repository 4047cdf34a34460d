from django.conf import settings
from django.core.management.base import BaseCommand

from portal import tables


class Command(BaseCommand):
    help = "Writes the tables of roles, states and steps into docs/, as the code has them."

    def handle(self, **options):
        for path in tables.documents(settings.BASE_DIR / "docs"):
            path.write_text(tables.written(path.read_text()))
            self.stdout.write(str(path.relative_to(settings.BASE_DIR)))
