"""Revoking an issued decree with its amendments: its people leave. Begun months stay paid; later
ones, their places and their money come free."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath

from django.core.files import File
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from enrollment.coverage.rules import in_words
from enrollment.decrees import amending, rights
from enrollment.decrees.actions import held_decree
from enrollment.decrees.models import Decree, DecreeRevocation
from enrollment.decrees.moving import move
from enrollment.decrees.signing.actions import kind_of
from enrollment.decrees.states import State
from enrollment.formats import tanggal
from enrollment.jobs.actions import enqueue
from enrollment.programmes import months
from enrollment.proposals.models import Entry, EntryQuerySet
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Move
from enrollment.workbooks import scans
from villages.models import Office
from villages.refusals import Refusal

NOT_REVOKED = (
    "Yang dapat dicabut hanya keputusan pertama yang sudah terbit; perubahannya ikut dicabut. Buka "
    "keputusan itu."
)
BEING_AMENDED = "Perubahan keputusan ini sedang dibuat. Terbitkan atau buang dahulu perubahan itu."


@dataclass(frozen=True, slots=True)
class Outlook:
    """What revoking a decree today would change: for how many people, which months stay paid, which
    come free, and how many rupiah."""

    people: int
    kept: tuple[date, ...]
    freed: tuple[date, ...]
    released: int

    @property
    def kept_words(self) -> str:
        return in_words(self.kept) if self.kept else "tidak ada"

    @property
    def freed_words(self) -> str:
        return in_words(self.freed) if self.freed else "tidak ada"


def outlook(decree: Decree) -> Outlook:
    """Of an issued decree with its `programme`. Whoever is named and not paid frees all months, and
    is counted here as everybody else."""
    last = last_month()
    groups = named(decree).order_by().values("first_month", "sector_id", "cost")
    people = released = 0
    for group in groups.annotate(people=Count("pk")):
        used = used_until(last, decree, group["first_month"], group["sector_id"], group["cost"])
        people += group["people"]
        released += group["people"] * (group["cost"] - used)
    whole = months.in_order(decree.programme)
    kept = tuple(month for month in whole if month <= last)
    return Outlook(people, kept, whole[len(kept) :], released)


def used_until(
    last: date, decree: Decree, first_month: date | None, sector: str | None, cost: int
) -> int:
    """Rupiah of a person's months up to `last`, of the `cost` of all of them."""
    prices = months.prices(decree.programme, first_month).of(sector)
    begun = [month for month in months.in_order(decree.programme, first_month) if month <= last]
    return min(sum(prices[: len(begun)]), cost)


def last_month() -> date:
    """The month that has begun: it stays paid."""
    return timezone.localdate().replace(day=1)


def named(decree: Decree) -> EntryQuerySet:
    """The people whom a decree or its amendments name and who have not left."""
    chain = amending.chain_of(decree)
    rows = Entry.objects.filter(state=Entry.State.APPROVED)
    return rows.filter(decree_rows__decree__in=chain.order_by().values("pk"))


@transaction.atomic
def revoke(
    decree: Decree, *, by: Office, number: str, day: date, reason: str, file: File[bytes]
) -> DecreeRevocation:
    """Begin to revoke a decree by the document `file`, dated `day`: from now on nobody can amend
    it, and a job lets its people leave. Refusal for an amendment, while one is being made, or where
    the day lies before the decree or after today."""
    rights.permit(by, "decree.make", decree)
    schedules.refuse_frozen(decree.regency_id, Move.ISSUE)
    held = held_decree(decree)
    if held.is_amendment or not held.is_issued:
        raise Refusal(NOT_REVOKED)
    if held.amendments.exclude(state__in=[State.ISSUED, State.WITHDRAWN]).exists():
        raise Refusal(BEING_AMENDED)
    newest = max(one.date for one in amending.chain_of(held) if one.date)
    if not newest <= day <= timezone.localdate():
        raise Refusal(f"Tanggal pencabutan harus antara {tanggal(newest)} dan hari ini.")
    kind = kind_of(file)
    job = DecreeRevocation(
        decree=held, office=by, area_id=held.owner_id, total=named(held).count(), number=number,
        date=day, reason=reason, filename=PurePath(file.name or "").name[:255] or "naskah",
        ending=scans.ENDINGS[kind], sha256=scans.digest(file), last_month=last_month(),
    )  # fmt: skip
    job.file.save("", file, save=False)
    job.save(force_insert=True)
    move(held, State.REVOKING, by=by, reason=reason)
    enqueue(job)
    return job
