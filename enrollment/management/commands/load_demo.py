from pathlib import Path

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from enrollment.demo import history, load
from enrollment.jobs import locking

LOGINS = "demo-logins.txt"


class Command(BaseCommand):
    help = "Fills an empty portal with five regencies, invented people and accounts."

    def handle(self, **options):
        if settings.PRODUCTION:
            raise CommandError("The demo's password is public: not in production.")
        try:
            locking.refuse_pooler()
            logins = load.load(timezone.localdate())
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        except load.NotEmpty:
            raise CommandError("This portal has accounts already: the demo is left out.") from None
        history.backdate()
        Path(settings.PORTAL_DATA, LOGINS).write_text(logins)
        self.stdout.write("Demo of five regencies loaded.")
