"""The verbs of a decree: draft, change, refresh, discard and issue; issued ones never change.

A refused attempt to issue (DecreeIssue) stays on the page until the draft is changed or refreshed.
"""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from enrollment.coverage.models import Cover, CoverSource
from enrollment.decrees import selection
from enrollment.decrees.header import header_of
from enrollment.decrees.models import (
    Decree,
    DecreeAnnex,
    DecreeEntry,
    DecreeIssue,
    Registration,
)
from enrollment.decrees.rules import missing_before_issue
from enrollment.formats import tanggal
from enrollment.jobs import planning
from enrollment.jobs.actions import enqueue
from enrollment.programmes.models import PremiumSubsidy
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Move
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure, Worker
from villages import access
from villages.models import Office, ScopedQuerySet
from villages.refusals import Refusal, translating

NUMBER_TAKEN = "Nomor ini sudah dipakai keputusan lain di kabupaten ini. Periksa kembali nomornya."
ALREADY_ISSUED = "Keputusan ini sudah diterbitkan, jadi tidak dapat diubah lagi."
BEING_ISSUED = "Keputusan ini sedang diterbitkan. Tunggu sebentar, lalu muat ulang halamannya."
DISCARDED = "Rancangan ini sudah dibuang orang lain. Orang-orangnya tetap disetujui."
COPIED_MEANWHILE = (
    "Orang-orang ini baru saja masuk rancangan lain. Buka daftar keputusan, lalu lanjutkan "
    "rancangan itu."
)
NOBODY = (
    "Tidak ada orang yang dapat dimasukkan: semua yang disetujui pada program ini sudah masuk "
    "keputusan lain, sudah dibayar iurannya pada bulan yang sama, atau tidak memenuhi syarat lagi; "
    "alasannya tertulis pada orangnya di Usulan."
)
STALE = (
    "Daftar orang berubah sejak disalin ke rancangan ini. Segarkan daftarnya, periksa, lalu "
    "terbitkan."
)


@transaction.atomic
def draft(*, by: Office, programme: PremiumSubsidy, **words: str | date | None) -> Decree:
    """A new draft with everybody approved. `words`: number, date, title, legal_basis."""
    with translating({"decree_number_once": NUMBER_TAKEN}):
        decree = Decree.objects.create(
            regency_id=programme.regency_id, programme=programme, drafted_by=by, **words
        )
    if not _copy_people(decree):
        raise Refusal(NOBODY)
    return decree


@transaction.atomic
def change(decree: Decree, *, by: Office, **words: str | date | None) -> Decree:
    """Change number, date, title or legal basis of a draft."""
    access.permit(by, "decree.make")
    held = _held_draft(decree)
    held.issues.all().delete()
    for field, value in words.items():
        setattr(held, field, value)
    with translating({"decree_number_once": NUMBER_TAKEN}), transaction.atomic():
        held.save(update_fields=list(words))
    return held


@transaction.atomic
def refresh(decree: Decree, *, by: Office) -> int:
    """Copy the people anew into a draft. Returns how many there are now."""
    access.permit(by, "decree.make")
    held = _held_draft(decree)
    held.issues.all().delete()
    held.entries.all().delete()
    return _copy_people(held)


@transaction.atomic
def discard(decree: Decree, *, by: Office) -> None:
    """Throw a draft away; its people stay approved and wait for another decree."""
    access.permit(by, "decree.make")
    held = _held_draft(decree)
    held.entries.all().delete()
    held.delete()


def take_out(worker: Worker) -> list[DecreeEntry]:
    """Take a person who leaves their village out of the drafts that name them there. Returns the
    rows that stay, as `strike`."""
    return strike(DecreeEntry.objects.filter(entry__worker=worker, entry__area=worker.area_id))


@transaction.atomic
def strike(rows: QuerySet[DecreeEntry]) -> list[DecreeEntry]:
    """Delete those of these rows that stand in a draft. Returns those that stay, as their decree is
    issued or being issued, each with its `decree`.

    The drafts are held before any entry, as by whoever copies people into one.
    """
    named = Decree.objects.filter(pk__in=rows.values("decree"))
    held = {decree.pk: decree for decree in named.order_by("pk").select_for_update(of=("self",))}
    kept = []
    for row in rows.filter(decree__in=held):
        row.decree = held[row.decree_id]
        if row.decree.is_draft:
            _strike(row)
        else:
            kept.append(row)
    return kept


def _strike(row: DecreeEntry) -> None:
    """Delete a row of a draft that is held; those below move up."""
    draft = row.decree
    draft.issues.all().delete()
    row.delete()
    below = draft.entries.filter(position__gt=row.position)
    # No two rows have the same number at any moment, so they go out of the way first.
    below.update(position=F("position") + draft.people)
    below.update(position=F("position") - draft.people - 1)
    draft.people, draft.total = draft.entries.count(), _total(draft)
    draft.save(update_fields=["people", "total"])


@transaction.atomic
def issue(decree: Decree, *, by: Office) -> DecreeIssue:
    """Begin to issue: from now on neither the words nor the list can change (`issuing` goes on).

    Refusal when something is missing, when the list has changed since it was copied, or when
    somebody's months are already paid. Returns the job.
    """
    access.permit(by, "decree.make")
    schedules.refuse_frozen(decree.regency_id, Move.ISSUE)
    held = _held_draft(decree)
    _refuse_unless_ready(held)
    held.header = header_of(held)
    held.people, held.total = held.entries.count(), _total(held)
    held.state = Decree.State.ISSUING
    held.cover_source, _ = CoverSource.objects.get_or_create(  # may exist from an earlier attempt
        regency_id=held.regency_id,
        name=str(held.programme)[:150],
        document=f"Keputusan Nomor {held.number}",
    )
    held.save()
    job = DecreeIssue.objects.create(
        decree=held, office=by, area_id=held.regency_id, total=held.people
    )
    enqueue(job)
    return job


def _copy_people(decree: Decree) -> int:
    with translating({"decree_entry_person_once": COPIED_MEANWHILE}):
        decree.people = selection.copy_people(decree)
    decree.total = _total(decree)
    decree.save(update_fields=["people", "total", "left_out"])
    return decree.people


def _total(decree: Decree) -> int:
    total: int = decree.entries.aggregate(total=Sum("cost", default=0))["total"]
    return total


def _held_draft(decree: Decree) -> Decree:
    rows = Decree.objects.select_for_update(of=("self",)).select_related("programme")
    held = rows.filter(pk=decree.pk).first()
    if held is None:
        raise Refusal(DISCARDED)
    if not held.is_draft:
        raise Refusal(why_not_a_draft(held))
    return held


def why_not_a_draft(decree: Decree) -> str:
    return ALREADY_ISSUED if decree.is_issued else BEING_ISSUED


def missing(decree: Decree) -> dict[str, str]:
    """What a draft lacks before it can be issued, as field → sentence."""
    return missing_before_issue(
        number=decree.number,
        day=decree.date,
        title=decree.title,
        legal_basis=decree.legal_basis,
        people=decree.entries.exists(),
    )


@planning.reading_whole_tables()
def _refuse_unless_ready(decree: Decree) -> None:
    if lacking := missing(decree):
        raise Refusal(" ".join(lacking.values()))
    if paid := paid_within(decree).count():
        raise Refusal(
            f"{paid} orang dalam daftar sudah dibayar iurannya pada bulan yang sama. "
            "Lihat siapa saja, lalu segarkan daftarnya."
        )
    difference = selection.difference(decree)
    if difference.gone or difference.changed:
        raise Refusal(STALE)


def paid_within(decree: Decree) -> ScopedQuerySet[Cover]:
    """Covers that already pay for people of the draft's own list, in the same months."""
    return selection.paid_already(decree).filter(worker__in=decree.entries.values("entry__worker"))


@transaction.atomic
def hand_out(decree: Decree, *, version: str, by: Office) -> DecreeAnnex:
    """The finished annex file of an issued decree; giving out the full one is recorded.

    Refusal while the decree is a draft or its file is still being made.
    """
    if not decree.is_issued:
        raise Refusal("Keputusan ini masih rancangan: lampirannya ada setelah diterbitkan.")
    annex = decree.annexes.filter(version=version, state=DecreeAnnex.State.DONE).first()
    if annex is None:
        raise Refusal("Lampiran masih disiapkan. Tunggu sebentar, lalu coba lagi.")
    if version == DecreeAnnex.Version.FULL:
        disclosures.reveal(
            by=by,
            why=Disclosure.Why.ANNEX,
            kind=Disclosure.Kind.EXPORT,
            area=decree.regency_id,
            subject=f"decree:{decree.pk}",
            people=decree.people,
        )
    return annex


@transaction.atomic
def register(decree: Decree, *, by: Office, on: date, today: date) -> None:
    """Keep that BPJS has registered the people of an issued decree on the day `on`."""
    access.permit(by, "decree.register")
    if not decree.is_issued or decree.date is None:
        raise Refusal("Keputusan ini masih rancangan: belum ada yang dapat didaftarkan.")
    if not decree.date <= on <= today:
        raise Refusal(
            f"Tanggal pendaftaran harus antara {tanggal(decree.date)} (tanggal keputusan) dan hari "
            "ini."
        )
    _say(decree, by=by, done=True, on=on)


@transaction.atomic
def take_registration_back(decree: Decree, *, by: Office) -> None:
    """Keep that the people of a decree are not registered after all."""
    access.permit(by, "decree.register")
    if decree.registration:
        _say(decree, by=by, done=False, on=None)


def _say(decree: Decree, *, by: Office, done: bool, on: date | None) -> None:
    Registration.objects.create(
        decree=decree, area_id=decree.regency_id, done=done, on=on, office=by, name=str(by.user)
    )


@transaction.atomic
def print_again(decree: Decree, *, by: Office) -> int:
    """Queue annex files again that could not be written. Returns how many."""
    access.permit(by, "decree.make")
    refused = decree.annexes.select_for_update().filter(state=DecreeAnnex.State.REFUSED)
    for annex in refused:
        annex.state, annex.attempts, annex.message = DecreeAnnex.State.QUEUED, 0, ""
        annex.save()
        enqueue(annex)
    return len(refused)
