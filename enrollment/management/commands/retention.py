from django.core.management.base import BaseCommand
from django.utils.timezone import localtime

from enrollment.retention import actions


class Command(BaseCommand):
    help = "Tells how much data is older than it is to be kept; --remove removes it now."

    def add_arguments(self, parser):
        parser.add_argument("--remove", action="store_true", help="do not wait for tonight")

    def handle(self, *, remove, **options):
        if remove:
            for removal in actions.remove():
                self.stdout.write(f"Removed: {removal.removed} × {removal.get_kind_display()}.")
        for due in actions.report():
            last = f"{localtime(due.last.at):%Y-%m-%d}, {due.last.removed}" if due.last else "never"
            self.stdout.write(
                f"{due.kind.label}: kept for {due.days} days, "
                f"{due.count} would be removed, last removed: {last}"
            )
