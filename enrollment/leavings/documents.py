"""The letter or photo that proves a leaving: taken without opening it, kept privately, given out
only as a download."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from django.core.files import File
from django.db import transaction

from enrollment.leavings.models import Leaving
from enrollment.workbooks import scans
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure, Worker
from villages import access
from villages.models import Office
from villages.refusals import Refusal

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MIME = {ending: scans.TYPES[kind] for kind, ending in scans.ENDINGS.items()}
"""How the browser is told of a document that is kept as this kind (the ending of its name)."""


def attach(leaving: Leaving, file: UploadedFile[bytes]) -> None:
    """Set the document of a leaving that is not saved yet. Refusal if it is no scan or photo, cut
    off or too large (`scans.kind_of`). What it is, its bytes say: neither its name nor the browser.
    """
    name = _plain(file.name or "dokumen")
    try:
        kind = scans.kind_of(file, file.size or 0)
    except scans.UnreadableScan as wrong:
        raise Refusal(f"Berkas “{name}” {wrong}") from wrong
    leaving.document_kind = scans.ENDINGS[kind]
    leaving.document_name = name
    leaving.document = File(file, name="dokumen")


def _plain(name: str) -> str:
    printable = "".join(letter for letter in name if letter.isprintable())
    return printable.replace("/", " ")[-200:] or "dokumen"


@transaction.atomic
def hand_out(leaving: Leaving, *, by: Office) -> tuple[IO[bytes], str, str]:
    """The document, the name of the file and its kind (MIME). It shows the person in full, and who
    opens it is recorded."""
    access.permit(by, "leaving.view")
    if not leaving.document:
        raise Refusal("Catatan ini tidak mempunyai dokumen.")
    worker = Worker.objects.filter(pk=leaving.entry.worker_id).first()
    disclosures.reveal(
        by=by, why=Disclosure.Why.LEAVING, kind=Disclosure.Kind.EXPORT,
        people=[worker] if worker else 1, area=leaving.area_id,
        subject=f"leaving:{leaving.public_id}",
    )  # fmt: skip
    kind = leaving.document_kind
    content = leaving.document.open("rb")
    return content, f"keluar-{leaving.on:%d-%m-%Y}.{kind}", MIME[kind]
