from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from enrollment.workbooks import complete, private
from enrollment.workbooks.storing import FilesAway
from villages import scope


class Command(BaseCommand):
    help = (
        "Tells which files are missing that a row names: after a restore, and when files move to "
        "another storage. --from FOLDER copies those that the folder has."
    )

    def add_arguments(self, parser):
        parser.add_argument("--from", dest="folder", type=Path, help="an uploads/ folder")

    def handle(self, *, folder, **options):
        if folder and not folder.is_dir():
            raise CommandError(f"There is no folder {folder}.")
        try:
            missing = complete.missing(_named)
            copied = [name for name in missing if folder and complete.fetch(name, folder)]
        except FilesAway as error:
            raise CommandError(str(error)) from None
        if folder:
            self.stdout.write(f"{len(copied)} files copied.")
        if left := sorted({*missing} - {*copied}):
            self.stdout.write("\n".join(left))
            raise CommandError(f"{len(left)} files are missing.")
        self.stdout.write("Every file that a row names is there.")


def _named():
    with scope.whole_country("missing_files"):
        return private.named()
