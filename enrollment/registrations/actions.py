"""Sending the people of a decree to BPJS: a file made, withdrawn, given out; who was refused goes
to who decides."""

from __future__ import annotations

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from enrollment.decrees.actions import held_decree
from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.formats import angka
from enrollment.jobs import sharing
from enrollment.jobs.actions import enqueue
from enrollment.leavings import actions as leavings
from enrollment.leavings.models import Leaving
from enrollment.leavings.rules import OPEN, Reason
from enrollment.matching import batches, layouts
from enrollment.matching.answering import WELCOME
from enrollment.matching.models import Answer, Batch, Layout, Line
from enrollment.matching.rules import Kind, State
from enrollment.proposals.models import Entry
from enrollment.registrations import selection
from enrollment.registrations.models import FileDefaults, Registering
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure
from villages import access, scope
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
    with scope.whole_country("registering"):  # that of a village is moved by the village alone
        held = held_decree(decree)
    if not (held.is_published if kind == Kind.LEAVING else selection.base_of(held).is_issued):
        raise Refusal(NOT_ISSUED)
    batch = batches.begin(kind, regency=held.regency_id, by=by)
    if lacking := _lacking(held, batch.layout):
        raise Refusal(f"{NO_DEFAULTS} Belum ada: {', '.join(lacking)}.")
    people = selection.waiting(held, kind).count()
    if not people:
        raise Refusal(NOBODY)
    sharing.admit(by)
    job = Registering(
        decree=held, office=by, area_id=held.regency_id, total=people,
        batch=batch,
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
    values = {"regency_id": defaults.regency_id}
    values |= {name: getattr(defaults, name) for name in ("place_of_work", "employment", "married")}
    FileDefaults.objects.update_or_create(pk=defaults.programme_id, defaults=values)


def _lacking(decree: Decree, layout: Layout) -> list[str]:
    """What a layout requires of everybody alike, and nobody has said."""
    alike = selection.alike_of(decree)
    asked = [column for column in layout.columns if column.get("value") in alike]
    return layouts.missing(asked, alike)


def refused(decree: Decree) -> QuerySet[Line]:
    """People whom BPJS has refused by its last word about them, who are still on the list and whose
    leaving nobody has noted.

    Not who was accepted before: their months have been paid, so a person has to look. Nor the dead,
    whose family claims, nor who owes months, which can still be paid.
    """
    filed = Leaving.objects.filter(entry=OuterRef("entry"), state__in=OPEN)
    rows = DecreeEntry.objects.filter(~Exists(filed), entry__state=Entry.State.APPROVED)
    lines = Line.objects.filter(batch__registering__decree=decree.pk).exclude(state=State.WITHDRAWN)
    newest = lines.order_by("about", "-pk").distinct("about")
    welcome = Answer.objects.filter(line__about=OuterRef("about"), before__state__in=WELCOME)
    found = Line.objects.filter(pk__in=newest.values("pk"), state=State.REFUSED)
    found = found.filter(~Exists(welcome), about__in=rows.values("pk"))
    return found.exclude(reason__in=STAYS).order_by("pk")


STAYS = ("Meninggal", "Menunggak")
"""Classes of refusals that do not end a person's months here."""


def file_refused(decree: Decree, *, by: Office) -> int:
    """Note for everybody whom BPJS has refused that they leave, and send it to who decides: place
    and money come free, and an amendment takes them out. Returns how many."""
    access.permit(by, "leaving.file")
    lines = list(refused(decree)[:MOST_AT_ONCE])
    named = DecreeEntry.objects.filter(pk__in=[line.about for line in lines])
    rows = {row.pk: row for row in named.select_related("entry__programme", "entry__proposal")}
    for line in lines:
        # Why, stands with the line: more people read leavings, and it may be an illness.
        words = f"Ditolak BPJS, berkas {line.key}."
        leaving = Leaving(reason=Reason.REFUSED, on=timezone.localdate(), words=words)
        prepared = leavings.prepare(rows[line.about].entry, by=by, leaving=leaving)
        leavings.file(prepared, by=by)
    return len(lines)


def told(count: int) -> str:
    if not count:
        return "Tidak ada yang perlu dicatat keluar."
    return f"{angka(count)} orang yang ditolak BPJS dicatat keluar dan menunggu persetujuan."
