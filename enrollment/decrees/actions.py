"""The verbs of a decree: drafted, refreshed, discarded, and once issued never changed again."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from enrollment.coverage.models import Cover, CoverSource
from enrollment.decrees import selection
from enrollment.decrees.header import header_of
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.rules import missing_before_issue, snapshot_sha256
from enrollment.jobs.actions import enqueue
from enrollment.programmes.models import PremiumSubsidy
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure
from villages import access
from villages.models import Office, ScopedQuerySet
from villages.refusals import Refusal, translating

if TYPE_CHECKING:
    from villages.annotations import SqlValues

NUMBER_TAKEN = "Nomor ini sudah dipakai keputusan lain di kabupaten ini. Periksa kembali nomornya."
ALREADY_ISSUED = "Keputusan ini sudah diterbitkan, jadi tidak dapat diubah lagi."
NOBODY = (
    "Tidak ada orang yang dapat dimasukkan: semua yang disetujui pada program ini sudah masuk "
    "keputusan lain atau sudah dibayar iurannya pada bulan yang sama."
)
STALE = (
    "Daftar orang berubah sejak disalin ke rancangan ini. Segarkan daftarnya, periksa, lalu "
    "terbitkan."
)
PAID_MEANWHILE = (
    "Ada orang yang baru saja dilindungi keputusan lain pada bulan yang sama. Segarkan daftarnya."
)

_COVER = """
INSERT INTO enrollment_cover (worker_id, area_id, months, source_id)
SELECT w.id, w.area_id, %(months)s, %(source)s
FROM enrollment_decreeentry x
JOIN enrollment_entry e ON e.id = x.entry_id
JOIN enrollment_worker w ON w.id = e.worker_id
WHERE x.decree_id = %(decree)s
"""


@transaction.atomic
def draft(*, by: Office, programme: PremiumSubsidy, **words: str | date | None) -> Decree:
    """A new draft with everybody who is approved. `words`: number, date, title, legal_basis."""
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
    held.entries.all().delete()
    return _copy_people(held)


@transaction.atomic
def discard(decree: Decree, *, by: Office) -> None:
    """Throw a draft away; its people stay approved and wait for another decree."""
    access.permit(by, "decree.make")
    held = _held_draft(decree)
    held.entries.all().delete()
    held.delete()


@transaction.atomic
def issue(decree: Decree, *, by: Office) -> Decree:
    """Freeze the list, protect everybody on it for the programme's months, order the annexes.

    Refusal when something is missing, when the list is no longer what it was when copied, or
    when somebody's months are paid already. Returns the issued decree.
    """
    held = _held_draft(decree)
    selection.hold_approvals(held)
    _refuse_unless_ready(held)
    _protect(held)
    _freeze(held, by)
    for version in DecreeAnnex.Version:
        enqueue(
            DecreeAnnex.objects.create(
                decree=held, version=version, office=by, area_id=held.regency_id, total=held.people
            )
        )
    return held


def _copy_people(decree: Decree) -> int:
    decree.people = selection.copy_people(decree)
    decree.total = _total(decree)
    decree.save(update_fields=["people", "total"])
    return decree.people


def _total(decree: Decree) -> int:
    total: int = decree.entries.aggregate(total=Sum("cost", default=0))["total"]
    return total


def _held_draft(decree: Decree) -> Decree:
    held = (
        Decree.objects.select_for_update(of=("self",)).select_related("programme").get(pk=decree.pk)
    )
    if not held.is_draft:
        raise Refusal(ALREADY_ISSUED)
    return held


def missing(decree: Decree) -> dict[str, str]:
    """What a draft lacks before it can be issued, as field → sentence."""
    return missing_before_issue(
        number=decree.number,
        day=decree.date,
        title=decree.title,
        legal_basis=decree.legal_basis,
        people=decree.entries.exists(),
    )


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


def _protect(decree: Decree) -> None:
    programme = decree.programme
    decree.cover_source = CoverSource.objects.create(
        regency_id=decree.regency_id,
        name=str(programme)[:150],
        document=f"Keputusan Nomor {decree.number}",
    )
    values: SqlValues = {
        "decree": decree.pk,
        "months": selection.months_of(programme),
        "source": decree.cover_source.pk,
    }
    sentences = {"cover_no_month_twice": PAID_MEANWHILE}
    with translating(sentences), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_COVER, values)


def _freeze(decree: Decree, by: Office) -> None:
    rows = decree.entries.order_by("position")
    decree.header = header_of(decree)
    decree.people = rows.count()
    decree.total = _total(decree)
    decree.sha256 = snapshot_sha256(rows.iterator(), decree.header)
    decree.state = Decree.State.ISSUED
    decree.issued_by, decree.issued_at = by, timezone.now()
    decree.save()


@transaction.atomic
def hand_out(decree: Decree, *, version: str, by: Office) -> DecreeAnnex:
    """The finished annex file of an issued decree; giving out the full one is recorded.

    Refusal while the decree is a draft or its file is still being made.
    """
    if decree.is_draft:
        raise Refusal("Keputusan ini masih rancangan: lampirannya ada setelah diterbitkan.")
    annex = decree.annexes.filter(version=version, state=DecreeAnnex.State.DONE).first()
    if annex is None:
        raise Refusal("Lampiran masih disiapkan. Tunggu sebentar, lalu coba lagi.")
    if version == DecreeAnnex.Version.FULL:
        disclosures.record(
            by=by,
            kind=Disclosure.Kind.EXPORT,
            area=decree.regency_id,
            subject=f"decree:{decree.pk}",
            people=decree.people,
        )
    return annex


@transaction.atomic
def print_again(decree: Decree, *, by: Office) -> int:
    """Ask anew for annex files whose making was given up. Returns how many."""
    access.permit(by, "decree.make")
    refused = decree.annexes.select_for_update().filter(state=DecreeAnnex.State.REFUSED)
    for annex in refused:
        annex.state, annex.attempts, annex.message = DecreeAnnex.State.QUEUED, 0, ""
        annex.save()
        enqueue(annex)
    return len(refused)
