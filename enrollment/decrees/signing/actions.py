"""Sending a frozen list to be signed, and taking back what was signed. The files are kept as they
are: what is shown, compared and given out later are these bytes, and nothing is made anew."""

from __future__ import annotations

from contextlib import ExitStack
from datetime import date
from pathlib import PurePath

from django.core.files import File
from django.db import transaction
from django.db.models import QuerySet
from django.utils.text import slugify

from enrollment.decrees import actions as decrees
from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.annexes.models import AnnexPdf
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.moving import move
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing import examining
from enrollment.decrees.signing.models import DecreeFile
from enrollment.decrees.signing.rules import (
    LARGEST_MB,
    SMALLER,
    FileKind,
    Found,
    Proof,
    proof_of,
)
from enrollment.decrees.states import State
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Move
from enrollment.workbooks import scans
from enrollment.workbooks.inspection import MEGABYTE
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

NOT_READY = "Daftar ini belum dibekukan. Bekukan dahulu, lalu kirim lampirannya."
NOT_OUT = "Daftar ini tidak sedang menunggu tanda tangan. Muat ulang halamannya."
ANNEX_COMING = "Lampirannya masih dibuat. Tunggu sebentar, lalu tandai terkirim."
NO_NUMBER = "Nomor keputusan belum diisi."
SENTENCES = {
    **decrees.SENTENCES,
    "decree_file_once": "Berkas ini sudah tersimpan. Pilih berkas yang lain, atau lanjutkan.",
}


@transaction.atomic
def prepare(decree: Decree, *, paper: str, signing: str, by: Office) -> AnnexPdf:
    """The PDF of a frozen list that goes out to be signed: there at once, or written by a job. What
    was chosen is remembered for the regency's next list."""
    access.permit(by, "decree.make")
    annexes.remember(decree.regency_id, paper=paper, signing=signing)
    return annexes.prepare(
        decree, version=DecreeAnnex.Version.FULL, paper=paper, signing=signing, by=by
    )


@transaction.atomic
def send(decree: Decree, *, by: Office, annex: AnnexPdf, file: File[bytes] | None = None) -> None:
    """Keep what goes out to be signed: the PDF of the annex as it is, and `file`, the whole
    document where the office joined letter and annex itself (PDF). Refusal while it is being
    made. Nothing goes out while issuing rests; what comes back meanwhile is kept (`receive`)."""
    access.permit(by, "decree.make")
    schedules.refuse_frozen(decree.regency_id, Move.ISSUE)
    held = decrees.held_decree(decree)
    if not held.is_ready:
        raise Refusal(NOT_READY)
    made = ready_pdfs(held).filter(pk=annex.pk).first()
    if made is None:
        raise Refusal(ANNEX_COMING)
    with translating(SENTENCES):
        _keep_pdf(held, made, by)
        _keep_whole(held, file, by)
    move(held, State.SENT, by=by)


def ready_pdfs(decree: Decree) -> QuerySet[AnnexPdf]:
    """The finished PDFs of the list as it is frozen now, with everything in them."""
    rows: QuerySet[AnnexPdf] = AnnexPdf.objects.of(decree).filter(
        version=DecreeAnnex.Version.FULL, state=AnnexPdf.State.DONE
    )
    return rows


def _keep_what_went_out(decree: Decree, by: Office) -> None:
    """What can have been signed of a list that nobody marked as sent: its PDFs, or the workbook."""
    made = list(ready_pdfs(decree))
    for pdf in made:
        _keep_pdf(decree, pdf, by)
    books = [] if made else list(decree.annexes.filter(state=DecreeAnnex.State.DONE))
    if not (made or books):
        raise Refusal(ANNEX_COMING)
    for book in books:
        with book.file.open("rb") as written:
            name = f"{slugify(book.get_version_display())}.xlsx"
            _keep(decree, FileKind.SENT, written, by, filename=name, ending="xlsx")


def _keep_pdf(decree: Decree, annex: AnnexPdf, by: Office) -> None:
    with annex.file.open("rb") as written:
        _keep(decree, FileKind.SENT, written, by, filename=annex.filename, ending="pdf")


def _keep_whole(decree: Decree, file: File[bytes] | None, by: Office) -> None:
    if file:
        kind = kind_of(file)
        if kind != scans.Kind.PDF:
            raise Refusal(f"Berkas “{file.name}” bukan PDF. Simpan naskahnya sebagai PDF.")
        _keep(decree, FileKind.SENT, file, by, filename=file.name or "", ending="pdf")


@transaction.atomic
def receive(
    decree: Decree, file: File[bytes], *, number: str, day: date, signatory: Signatory | None,
    by: Office,
) -> DecreeFile:  # fmt: skip
    """Keep the signed file that came back, with the number and date that it bears and who signed.

    A newer file replaces one that came back before, which stays. Refusal where the list is not out
    to be signed, the number is another decree's, or the signatory was not in office on that day.
    """
    access.permit(by, "decree.make")
    held = decrees.held_decree(decree)
    if not held.waits_for_people:
        raise Refusal(NOT_OUT)
    if not number.strip():
        raise Refusal(NO_NUMBER)
    if signatory and (sentence := signatory.outside_term(day)):
        raise Refusal(sentence)
    with translating(SENTENCES), transaction.atomic():
        if held.is_ready:  # taken to be signed without saying so
            _keep_what_went_out(held, by)
        kept = _keep_signed(held, file, by)
        held.number, held.date, held.signatory = number.strip(), day, signatory
        if held.is_returned:
            held.save()
        else:
            move(held, State.RETURNED, by=by)
    return kept


def _keep_signed(decree: Decree, file: File[bytes], by: Office) -> DecreeFile:
    kind = kind_of(file)
    proof, found = _proof(decree, file, kind)
    return _keep(
        decree, FileKind.SIGNED, file, by, filename=file.name or "", ending=scans.ENDINGS[kind],
        proof=proof, found=found,
    )  # fmt: skip


def _proof(decree: Decree, file: File[bytes], kind: scans.Kind) -> tuple[Proof, Found]:
    """What the signed file proves of those that were sent of the same list."""
    if kind != scans.Kind.PDF:
        return Proof.SCAN, {}
    sent = files_of(decree).filter(kind=FileKind.SENT, ending="pdf")
    with ExitStack() as opened:
        ours = [opened.enter_context(one.file.open("rb")) for one in sent]
        try:
            examined = examining.examine(file, ours)
        except examining.UnreadablePdf as wrong:
            raise Refusal(f"Berkas “{file.name}” {wrong}") from wrong
    proof, best = proof_of(examined.compared, len(examined.signatures))
    found: Found = {"signatures": examined.signatures, "returned": examined.pages}
    if best:
        found |= {"pages": best["pages"], "sent": best["sent"], "finished": best["finished"]}
    return proof, found


def files_of(decree: Decree) -> QuerySet[DecreeFile]:
    """The files of the list as it is frozen now, the newest first."""
    rows: QuerySet[DecreeFile] = decree.files.filter(seal=decree.sha256)
    return rows


def _keep(
    decree: Decree, kind: FileKind, file: File[bytes], by: Office, *, filename: str, ending: str,
    proof: str = "", found: Found | None = None,
) -> DecreeFile:  # fmt: skip
    kept = DecreeFile(
        decree=decree, regency_id=decree.regency_id, kind=kind, seal=decree.sha256,
        people=decree.named, filename=PurePath(filename).name[:255] or "naskah", ending=ending,
        size=file.size, sha256=scans.digest(file), proof=proof, found=found or {}, office=by,
        name=str(by.user),
    )  # fmt: skip
    kept.file.save("", file, save=False)
    kept.save(force_insert=True)
    return kept


def kind_of(file: File[bytes]) -> scans.Kind:
    """What a signed file is by its content. Refusal in words where it is no PDF or photo."""
    try:
        return scans.kind_of(file, file.size, largest=LARGEST_MB * MEGABYTE, smaller=SMALLER)
    except scans.UnreadableScan as wrong:
        raise Refusal(f"Berkas “{file.name}” {wrong}") from wrong


@transaction.atomic
def reveal(kept: DecreeFile, *, by: Office) -> None:
    """Record that a file which names everybody in full is given out."""
    decrees.record_given_out(kept.decree, by, kept.people)
