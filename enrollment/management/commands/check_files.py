from django.core.management.base import BaseCommand, CommandError

from enrollment.retention import intact


class Command(BaseCommand):
    help = (
        "Reads all files that are kept with their SHA-256 (annexes, what was sent to be signed and "
        "came back, papers, revocations), and tells which are missing or have other bytes. "
        "Run it after a restore."
    )

    def handle(self, **options):
        number, broken = intact.check()
        for one in broken:
            what = "is missing" if one.missing else "has other bytes than were kept"
            self.stdout.write(f"{one.model} {one.pk}: {one.name} {what}")
        if broken:
            raise CommandError(f"{len(broken)} of {number} files are broken: restore them.")
        self.stdout.write(f"All right: {number} files are what was kept.")
