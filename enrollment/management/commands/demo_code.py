from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from enrollment.demo import accounts


class Command(BaseCommand):
    help = "Prints the code that the demo's account with a second factor logs in with now."

    def handle(self, **options):
        if settings.PRODUCTION or not accounts.are_here():
            raise CommandError("Codes are printed for the demo only, and this is not the demo.")
        code = accounts.code_now()
        if code is None:
            raise CommandError(f"{accounts.TWO_STEPS} has no second factor any longer.")
        self.stdout.write(f"{accounts.TWO_STEPS}: {code}")
