import hashlib
import json
import shutil
from pathlib import Path
from tempfile import NamedTemporaryFile
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import ContentFile
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from enrollment.decrees import rights
from enrollment.decrees.actions import hand_out
from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.annexes.choices import Paper, Signing
from enrollment.decrees.annexes.models import MAKES
from enrollment.decrees.letters import actions as letters
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.workbooks.storing import FilesAway
from villages import access, holders, scope
from villages.models import User
from villages.refusals import Refusal

NO_RIGHT = "Akun {} tidak memegang jabatan yang boleh mengunduhnya."


class Command(BaseCommand):
    help = (
        "Writes the annex of a frozen or issued decree, or its letter, to a file: the same bytes "
        "as the page gives. The full annex is recorded as opened by the account named with --by."
    )

    def add_arguments(self, parser):
        parser.add_argument("decree", help="its id (UUID) or its number")
        parser.add_argument("--format", choices=["xlsx", "pdf", "docx"], default="xlsx")
        parser.add_argument(
            "--letter", action="store_true", help="the letter as DOCX instead of the annex"
        )
        parser.add_argument(
            "--paper", choices=Paper.values, default=Paper.F4_ACROSS, help="of a PDF"
        )
        parser.add_argument(
            "--signing",
            choices=Signing.values,
            default=Signing.INK,
            help="what a PDF has where it is signed",
        )
        parser.add_argument("--masked", action="store_true", help="the version to be published")
        parser.add_argument("--output", required=True, metavar="FILE")
        parser.add_argument("--by", required=True, metavar="USERNAME")
        parser.add_argument("--json", action="store_true", help="say what was written as JSON")

    def handle(self, **options):
        if options["letter"]:
            options["format"] = "docx"
        version = DecreeAnnex.Version.MASKED if options["masked"] else DecreeAnnex.Version.FULL
        verb = MAKES if options["format"] == "pdf" else f"annex.{version}"
        if options["letter"]:
            verb = "decree.draft"
        seen = False
        for office in _offices(options["by"], verb):
            with scope.enter(office, command="export_annex"):
                decree = _decree(options["decree"], office)
                if decree and rights.may(office, verb, decree):
                    return self._export(decree, version, office, options)
                seen = seen or decree is not None
        if seen:
            raise CommandError(NO_RIGHT.format(options["by"]))
        raise CommandError(
            f"Keputusan {options['decree']} tidak ditemukan di wilayah {options['by']}."
        )

    def _export(self, decree, version, office, options):
        try:
            if options["format"] == "docx":
                seal = _word(decree, version, office, options)
            else:
                annex = _annex(decree, version, office, options)
                seal = annex.sha256
                _copy(annex.file, Path(options["output"]))
        except (Refusal, FilesAway) as refusal:
            raise CommandError(str(refusal)) from None
        except PermissionDenied:  # of a village's decree only the village has files made
            raise CommandError(NO_RIGHT.format(options["by"])) from None
        except OSError as error:
            raise CommandError(f"Tidak dapat menulis berkasnya: {error}.") from None
        written = {
            "decree": str(decree.pk),
            "number": decree.number,
            "version": "letter" if options["letter"] else str(version),
            "people": decree.people,
            "sha256": seal,
            "output": options["output"],
        }
        self.stdout.write(
            json.dumps(written)
            if options["json"]
            else f"{decree.people} orang ditulis ke {options['output']} (SHA-256 {seal})."
        )


def _word(decree, version, office, options):
    """Write the annex or the letter as a Word file; returns its SHA-256."""
    if options["letter"]:
        made = letters.letter(decree, by=office).file
    else:
        made = annexes.word_file(decree, version=version, by=office)
    _copy(ContentFile(made), Path(options["output"]))
    return hashlib.sha256(made).hexdigest()


def _annex(decree, version, office, options):
    if options["format"] == "xlsx":
        return hand_out(decree, version=version, by=office)
    look = {"paper": options["paper"], "signing": options["signing"]}
    annex = annexes.prepare(decree, version=version, by=office, wait=True, **look)
    return annexes.hand_out(annex, by=office)


def _offices(username, verb):
    with scope.identity(username=username):
        user = User.objects.filter(username=username, is_active=True).first()
    if user is None:
        raise CommandError(f"Tidak ada akun {username} yang aktif.")
    account = holders.account(user.pk, timezone.localdate())
    verbs = (verb, rights.MAKE_OWN)
    offices = [one for one in account.held if any(access.allowed(one, verb) for verb in verbs)]
    if not offices:
        raise CommandError(NO_RIGHT.format(username))
    return offices


def _decree(text, office):
    """The only decree of this id or number that the office sees. Villages number their own, so a
    number can be that of several."""
    rows = Decree.objects.visible_to(office).filter(**_key(text))
    found = list(rows.select_related("programme__fund", "signatory", "village")[:2])
    if len(found) > 1:
        raise CommandError(f"Ada beberapa keputusan bernomor {text}: sebut UUID-nya.")
    return found[0] if found else None


def _key(text):
    try:
        return {"pk": UUID(text)}
    except ValueError:
        return {"number": text}


def _copy(file, output):
    """Write the file completely or not at all, readable by its owner only."""
    with file.open("rb") as source, NamedTemporaryFile(dir=output.parent, delete=False) as target:
        shutil.copyfileobj(source, target)
    Path(target.name).replace(output)
