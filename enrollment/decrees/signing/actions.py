"""Sending a frozen list to be signed, and taking back what was signed. The files are kept as they
are: what is shown, compared and given out later are these bytes, and nothing is made anew."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from django.core.files import File
from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.fields.files import FieldFile
from django.utils.text import slugify

from enrollment.decrees import actions as decrees
from enrollment.decrees import rights
from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.annexes.models import AnnexPdf
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.moving import MOVED_MEANWHILE, NO_SIGNATORY, move
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing import examining
from enrollment.decrees.signing.models import DecreeFile, DecreeReceiving
from enrollment.decrees.signing.rules import (
    LARGEST_MB,
    SMALLER,
    FileKind,
    Found,
    Proof,
    proof_of,
)
from enrollment.decrees.states import State
from enrollment.jobs.actions import enqueue
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Move
from enrollment.workbooks import scans
from enrollment.workbooks.inspection import MEGABYTE
from villages.models import Office
from villages.refusals import Refusal, translating

NOT_READY = "Daftar ini belum dibekukan. Bekukan dahulu, lalu kirim lampirannya."
NOT_OUT = "Daftar ini tidak sedang menunggu tanda tangan. Muat ulang halamannya."
ANNEX_COMING = "Lampirannya masih dibuat. Tunggu sebentar, lalu tandai terkirim."
NO_NUMBER = "Nomor keputusan belum diisi."
AT_ONCE = 2 * MEGABYTE
"""A file up to this size is examined while the page waits, about a second."""
SENT_PDF = Q(kind=FileKind.SENT, ending="pdf")
SENTENCES = {
    **decrees.SENTENCES,
    "decree_of_village_has_signatory": NO_SIGNATORY,
    "decree_received_once_at_a_time": "Berkas lain dari keputusan ini sedang diperiksa. Tunggu "
    "sampai selesai, atau hentikan.",
    "decree_file_once": "Berkas ini sudah tersimpan. Pilih berkas yang lain, atau lanjutkan.",
}


@transaction.atomic
def prepare(decree: Decree, *, paper: str, signing: str, by: Office) -> AnnexPdf:
    """The PDF of a frozen list that goes out to be signed: there at once, or written by a job. What
    was chosen is remembered for the regency's next list."""
    rights.permit(by, "decree.make", decree)
    if decree.village_id is None:
        annexes.remember(decree.regency_id, paper=paper, signing=signing)
    return annexes.prepare(
        decree, version=DecreeAnnex.Version.FULL, paper=paper, signing=signing, by=by
    )


@transaction.atomic
def send(decree: Decree, *, by: Office, annex: AnnexPdf, file: File[bytes] | None = None) -> None:
    """Keep what goes out to be signed: the PDF of the annex as it is, and `file`, the whole
    document where the office joined letter and annex itself (PDF). Refusal while it is being
    made. Nothing goes out while issuing rests; what comes back meanwhile is kept (`receive`)."""
    rights.permit(by, "decree.make", decree)
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


@dataclass(frozen=True, slots=True)
class Examination:
    """What a signed file is, what it proves of what went out, and of which list and files."""

    kind: scans.Kind
    proof: Proof
    found: Found
    seal: str
    compared: frozenset[str]
    """SHA-256 of the PDFs that went out."""


@transaction.atomic
def receive(
    decree: Decree, file: File[bytes], *, number: str, day: date, signatory: Signatory | None,
    by: Office, examination: Examination | None = None, called: str = "",
) -> DecreeFile:  # fmt: skip
    """Keep the signed file that came back, with the number and date that it bears and who signed.

    A newer file replaces one that came back before, which stays. Refusal where the list is not out
    to be signed, the number is another decree's, or the signatory was not in office on that day.
    The file is examined (`examination`) before the decree is held, since that takes its time;
    Refusal if what went out has changed meanwhile. `called`: the file's name where it has lost it.
    """
    rights.permit(by, "decree.make", decree)
    examination = examination or examine(_as_it_is(decree, number, day, signatory), file)
    held = decrees.held_decree(decree)
    _refuse_wrong(held, number, day, signatory)
    with translating(SENTENCES), transaction.atomic():
        if held.is_ready:  # taken to be signed without saying so
            _keep_what_went_out(held, by)
        decrees.forget_refused_files(held)
        kept = _keep_signed(held, file, by, examination, called or _name_of(file))
        held.number, held.date, held.signatory = number.strip(), day, signatory
        if held.is_returned:
            held.save()
        else:
            move(held, State.RETURNED, by=by)
    return kept


def _as_it_is(decree: Decree, number: str, day: date, signatory: Signatory | None) -> Decree:
    """The decree read anew; Refusal if nothing of it can be received with these values."""
    now: Decree | None = Decree.objects.filter(pk=decree.pk).first()
    if now is None:
        raise Refusal(decrees.DISCARDED)
    _refuse_wrong(now, number, day, signatory)
    return now


def _refuse_wrong(decree: Decree, number: str, day: date, signatory: Signatory | None) -> None:
    if not decree.waits_for_people:
        raise Refusal(NOT_OUT)
    if not number.strip():
        raise Refusal(NO_NUMBER)
    if signatory and (sentence := signatory.outside_term(day)):
        raise Refusal(sentence)


@transaction.atomic
def begin_to_receive(
    decree: Decree, file: File[bytes], *, number: str, day: date, signatory: Signatory | None,
    by: Office,
) -> DecreeFile | DecreeReceiving:  # fmt: skip
    """As `receive`, for a page: a large PDF is examined by a job, which keeps it at the end."""
    rights.permit(by, "decree.make", decree)
    decree = _as_it_is(decree, number, day, signatory)
    if kind_of(file) != scans.Kind.PDF or file.size <= AT_ONCE:
        return receive(decree, file, number=number, day=day, signatory=signatory, by=by)
    job = DecreeReceiving(
        decree=decree, office=by, area_id=decree.owner_id, filename=_name_of(file),
        number=number.strip(), date=day, signatory=signatory,
    )  # fmt: skip
    job.file.save("", file, save=False)
    with translating(SENTENCES), transaction.atomic():
        job.save(force_insert=True)
    enqueue(job)
    return job


def _keep_signed(
    decree: Decree, file: File[bytes], by: Office, examination: Examination, called: str
) -> DecreeFile:
    sent = frozenset(files_of(decree).filter(SENT_PDF).values_list("sha256", flat=True))
    if decree.sha256 != examination.seal or sent != examination.compared:
        raise Refusal(MOVED_MEANWHILE)
    return _keep(
        decree, FileKind.SIGNED, file, by, filename=called,
        ending=scans.ENDINGS[examination.kind], proof=examination.proof, found=examination.found,
    )  # fmt: skip


def examine(decree: Decree, file: File[bytes]) -> Examination:
    """What a signed file proves of what went out of the same list. Nothing is held; it takes up to
    minutes. Refusal where the file cannot be read."""
    return examine_against(that_went_out(decree), decree.sha256, file)


def that_went_out(decree: Decree) -> dict[str, FieldFile]:
    """SHA-256 → the PDFs of the list that can have been signed."""
    if decree.is_ready:  # nobody has said that it went out
        return {made.sha256: made.file for made in ready_pdfs(decree)}
    return {one.sha256: one.file for one in files_of(decree).filter(SENT_PDF)}


def examine_against(
    ours: Mapping[str, FieldFile], seal: str, file: File[bytes], called: str = ""
) -> Examination:
    """As `examine`, with the files that went out already looked up: no database. `called`: the
    file's name where it has lost it."""
    kind, compared = kind_of(file), frozenset(ours)
    if kind != scans.Kind.PDF:
        return Examination(kind, Proof.SCAN, {}, seal, compared)
    with ExitStack() as opened:
        sent = [opened.enter_context(one.open("rb")) for one in ours.values()]
        try:
            examined = examining.examine(file, sent)
        except examining.UnreadablePdf as wrong:
            raise Refusal(f"Berkas “{called or _name_of(file)}” {wrong}") from wrong
    proof, best = proof_of(examined.compared, len(examined.signatures))
    found: Found = {"signatures": examined.signatures, "returned": examined.pages}
    if best:
        found |= {"pages": best["pages"], "sent": best["sent"], "finished": best["finished"]}
    return Examination(kind, proof, found, seal, compared)


def _name_of(file: File[bytes]) -> str:
    return PurePath(file.name or "").name[:255] or "naskah"


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
    if isinstance(file, FieldFile):  # of a job: it lies where it stays
        kept.file.name = file.name
    else:
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
