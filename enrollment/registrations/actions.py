"""Sending the people of a decree to BPJS: a file made, withdrawn, given out; who was refused goes
to who decides."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from enrollment.decrees.actions import held_decree
from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.formats import angka
from enrollment.jobs import sharing
from enrollment.jobs.actions import enqueue
from enrollment.leavings import actions as leavings
from enrollment.leavings.models import Leaving
from enrollment.leavings.rules import OPEN, Reason
from enrollment.matching import batches
from enrollment.matching.models import Batch, Line
from enrollment.matching.rules import Kind, State
from enrollment.proposals.models import Entry
from enrollment.registrations import selection
from enrollment.registrations.models import FileDefaults, Registering
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

MAKE = "registration.make"
NOT_ISSUED = "Keputusan ini belum terbit, atau sudah dicabut: belum ada yang dapat didaftarkan."
NO_DEFAULTS = "Isi dahulu yang sama untuk semua orang: lokasi pekerjaan dan status pegawai."
NOBODY = "Tidak ada orang yang perlu dikirim dengan berkas ini."
BUSY = "Berkas lain untuk keputusan ini sedang dibuat. Tunggu sampai selesai."
NOT_READY = "Berkasnya sedang dibuat. Tunggu sebentar, lalu muat ulang halamannya."
MOST_AT_ONCE = 200
"""Refused people who are filed by one press."""


@transaction.atomic
def make(decree: Decree, kind: Kind, *, by: Office) -> Registering:
    """Begin a file for BPJS about everybody of an issued decree who waits for one of this kind."""
    access.permit(by, MAKE)
    held = held_decree(decree)
    if not held.is_issued:
        raise Refusal(NOT_ISSUED)
    if not FileDefaults.objects.filter(pk=held.programme_id).exists():
        raise Refusal(NO_DEFAULTS)
    people = selection.waiting(held, kind).count()
    if not people:
        raise Refusal(NOBODY)
    sharing.admit(by)
    job = Registering(
        decree=held, office=by, area_id=held.regency_id, total=people,
        batch=batches.begin(kind, regency=held.regency_id, by=by),
    )  # fmt: skip
    with translating({"registering_one_at_a_time": BUSY}), transaction.atomic():
        job.save(force_insert=True)
    enqueue(job)
    return job


@transaction.atomic
def withdraw(batch: Batch, *, by: Office) -> None:
    """Take a file back that nobody has answered."""
    access.permit(by, MAKE)
    held = Batch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if not held.is_sent:
        raise Refusal(NOT_READY if held.withdrawn_at is None else "Kiriman ini sudah dibatalkan.")
    batches.withdraw(held)


@transaction.atomic
def give_out(batch: Batch, part: int, *, by: Office) -> bytes:
    """A file of a batch; that it names so many people in full is recorded."""
    access.permit(by, MAKE)
    if not batch.is_sent or part not in batch.parts:
        raise Refusal(NOT_READY)
    most = batch.layout.most_rows
    disclosures.reveal(
        by=by, why=Disclosure.Why.REGISTRATION, kind=Disclosure.Kind.EXPORT, area=batch.regency_id,
        subject=f"decree:{batch.registering.decree_id}",
        people=min(most, batch.people - (part - 1) * most),
    )  # fmt: skip
    return batches.workbook(batch, part)


@transaction.atomic
def set_defaults(defaults: FileDefaults, *, by: Office) -> None:
    """Keep what the files of a programme say of everybody alike."""
    access.permit(by, MAKE)
    defaults.save()


def refused(decree: Decree) -> list[Line]:
    """People whom BPJS has refused, who are still on the list and whose leaving nobody has
    noted."""
    filed = Leaving.objects.filter(state__in=OPEN).values("entry")
    rows = DecreeEntry.objects.filter(decree=decree.pk, entry__state=Entry.State.APPROVED)
    rows = rows.exclude(entry__in=filed)
    lines = Line.objects.filter(batch__registering__decree=decree, state=State.REFUSED)
    return list(lines.filter(about__in=rows.values("pk")).order_by("pk"))


def file_refused(decree: Decree, *, by: Office) -> int:
    """Note for everybody whom BPJS has refused that they leave, and send it to who decides: place
    and money come free, and an amendment takes them out. Returns how many."""
    access.permit(by, "leaving.file")
    lines = refused(decree)[:MOST_AT_ONCE]
    rows = {
        row.pk: row
        for row in DecreeEntry.objects.filter(pk__in=[line.about for line in lines]).select_related(
            "entry__programme", "entry__proposal"
        )
    }
    today = timezone.localdate()
    for line in lines:
        words = f"Berkas BPJS {line.key}: {line.reason}. {line.label}".strip()
        leaving = Leaving(reason=Reason.REFUSED, on=today, words=words)
        with transaction.atomic():
            prepared = leavings.prepare(rows[line.about].entry, by=by, leaving=leaving)
            leavings.file(prepared, by=by)
    return len(lines)


def told(count: int) -> str:
    return f"{angka(count)} orang yang ditolak BPJS dicatat keluar dan menunggu persetujuan."
