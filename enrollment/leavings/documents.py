"""The letter or photo that proves a leaving: taken without opening it, kept privately, given out
only as a download."""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, cast

from django.core.files import File
from django.db import transaction

from enrollment.leavings.models import Leaving
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure, Worker
from villages import access
from villages.models import Office
from villages.refusals import Refusal

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MEGABYTE = 2**20
LARGEST = 5 * MEGABYTE
"""A photo of a phone has 2 to 4 MB, a scanned letter less."""
UNREADABLE = (
    "Berkas ini bukan PDF, JPG, atau PNG yang utuh. Simpan sebagai PDF, atau foto suratnya."
)


@dataclass(frozen=True, slots=True)
class Kind:
    """How a kind of file begins, and what stands near its end if all of it has come."""

    name: str
    begins: bytes
    ends: bytes
    mime: str


KINDS = {
    kind.name: kind
    for kind in (
        Kind("pdf", b"%PDF-", b"%%EOF", "application/pdf"),
        Kind("jpg", b"\xff\xd8\xff", b"\xff\xd9", "image/jpeg"),
        Kind("png", b"\x89PNG\r\n\x1a\n", b"IEND", "image/png"),
    )
}
NEAR_THE_END = 64 * 2**10
"""Bytes: some phones write a little behind the end of a photo."""


def attach(leaving: Leaving, file: UploadedFile[bytes]) -> None:
    """Set the document of a leaving that is not saved yet. Refusal if it is none of KINDS, cut off
    or too large. What it is, its bytes say: neither its name nor the browser."""
    if (file.size or 0) > LARGEST:
        raise Refusal(
            f"Berkas ini lebih besar dari {LARGEST // MEGABYTE} MB. Pindai dengan mutu lebih "
            "rendah, atau foto dari lebih jauh."
        )
    leaving.document_kind = _kind_of(cast(IO[bytes], file)).name
    leaving.document_name = _plain(file.name or "dokumen")
    leaving.document = File(file, name="dokumen")


def _kind_of(file: IO[bytes]) -> Kind:
    file.seek(0)
    beginning = file.read(16)
    size = file.seek(0, 2)
    file.seek(max(0, size - NEAR_THE_END))
    end = file.read()
    file.seek(0)
    for kind in KINDS.values():
        if beginning.startswith(kind.begins) and kind.ends in end:
            return kind
    raise Refusal(UNREADABLE)


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
    kind = KINDS[leaving.document_kind]
    content = leaving.document.open("rb")
    return content, f"keluar-{leaving.on:%d-%m-%Y}.{kind.name}", kind.mime
