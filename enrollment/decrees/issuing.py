"""Issuing a decree: a job, because the list of a whole regency takes a while.

The draft is frozen before the job begins (`actions.issue`). People are then protected batch by
batch, and each is compared with the register once more; finally the list is sealed. If the job
is refused before that, the decree becomes a draft again and all its protection is removed.

A list that was frozen, signed and came back is issued as it was signed: its seal must still fit.
Whoever died or moved away since is named by the decree, but nobody pays for them. If that is
refused, the signed file stays where it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.utils import timezone

from enrollment.among import Among
from enrollment.coverage.models import Cover
from enrollment.decrees import selection
from enrollment.decrees.actions import STALE
from enrollment.decrees.codes.giving import give_code
from enrollment.decrees.models import (
    Decree,
    DecreeAnnex,
    DecreeChange,
    DecreeEntry,
    DecreeFreezing,
    DecreeIssue,
)
from enrollment.decrees.moving import move
from enrollment.decrees.rules import snapshot_sha256
from enrollment.decrees.states import State
from enrollment.formats import angka
from enrollment.jobs import actions as jobs
from enrollment.jobs import planning
from enrollment.proposals.models import Entry
from villages import scope
from villages.models import Office
from villages.refusals import Refusal, translating

if TYPE_CHECKING:
    from villages.annotations import SqlValues

ROWS_A_TURN = 2000
"""People protected in one turn. Not fewer, because each turn reads the whole programme."""
SENTENCES = {
    "cover_no_month_twice": "Ada orang yang baru saja dilindungi keputusan lain pada bulan yang "
    "sama. Segarkan daftarnya."
}
UNFIT = (
    "tidak memenuhi syarat lagi. Segarkan daftarnya: mereka ditinggalkan dengan alasannya, yang "
    "lain tetap ikut."
)

BROKEN = (
    "Daftar ini tidak sama lagi dengan yang ditandatangani: segelnya tidak cocok. Belum ada yang "
    "diterbitkan. Hubungi admin portal."
)

_PROTECT = """
INSERT INTO enrollment_cover (worker_id, area_id, months, source_id)
SELECT w.id, w.area_id, daterange(coalesce(e.first_month, %(first)s), %(after)s), %(source)s
FROM enrollment_entry e JOIN enrollment_worker w ON w.id = e.worker_id
WHERE e.id = ANY(%(entries)s)
"""
_PROTECT_WHO_IS_THERE = f"{_PROTECT} AND NOT e.gone"
_MARK_WHO_IS_NOT_PAID = """
SELECT mark_gone(ARRAY(SELECT worker_id FROM rows_not_paid() WHERE decree_id = %s))
"""


def advance(pk: UUID | str) -> None:
    """Go on with the job `pk` from where it stands (the Celery task)."""
    jobs.advance(
        DecreeIssue, pk, batches=_batches, work=_protect, finish=_seal, abandon=_draft_again
    )


def _batches(job: DecreeIssue) -> Iterator[int]:
    """How many people to protect in each turn; after the last one it computes the seal."""
    while job.cursor < (job.total or 0):
        yield ROWS_A_TURN
    job.seal = seal(job)


def seal(job: DecreeIssue | DecreeFreezing) -> str:
    """The seal of the list with its header, read in turns of the job."""
    with jobs.turn(job):
        header = job.decree.header
    return snapshot_sha256(_all_rows(job), header)


def examined(job: DecreeIssue | DecreeFreezing, size: int) -> list[int]:
    """The entries (ids) of the next people, held and compared with the register; Refusal if one of
    them has changed or may no longer be named."""
    entries = _held_entries(job, size)
    if selection.stale(job.decree, entries):
        raise Refusal(STALE)
    rows = Entry.objects.filter(Among("pk", entries))
    if unfit := selection.unfit(job.decree.programme, rows):
        raise Refusal(f"{angka(len(unfit))} orang {UNFIT}")
    return entries


def _held_entries(job: DecreeIssue | DecreeFreezing, size: int) -> list[int]:
    entries = [row.entry_id for row in _rows_after(job, job.cursor, size)]
    selection.hold_people(entries)
    return entries


@planning.reading_whole_tables()
def _protect(job: DecreeIssue, size: int) -> None:
    decree = job.decree
    signed = bool(decree.sha256)
    entries = _held_entries(job, size) if signed else examined(job, size)
    values: SqlValues = {
        **selection.bounds_of(decree.programme),
        "source": decree.cover_source_id,
        "entries": entries,
    }
    with translating(SENTENCES), connection.cursor() as cursor:
        cursor.execute(_PROTECT_WHO_IS_THERE if signed else _PROTECT, values)
    job.cursor += len(entries)


def _seal(job: DecreeIssue) -> None:
    decree = _held(job)
    signed = bool(decree.sha256)
    if signed and decree.sha256 != job.seal:
        raise Refusal(BROKEN)
    decree.sha256 = job.seal
    decree.issued_by, decree.issued_at = job.office, timezone.now()
    move(decree, State.ISSUED, by=job.office)
    if not decree.header.get("code"):  # frozen before there were codes
        give_code(decree.pk, decree.regency_id)
    if signed:
        _mark_who_is_not_paid(decree)
    for version in DecreeAnnex.Version:
        order_annex(decree, version, by=job.office)
    planning.refresh(decree.people, Cover)
    jobs.end(job, DecreeIssue.State.DONE)


@planning.reading_whole_tables()
def _mark_who_is_not_paid(decree: Decree) -> None:
    """Of those who came back while the list was being issued, after their turn had come."""
    with connection.cursor() as cursor:
        cursor.execute(_MARK_WHO_IS_NOT_PAID, [decree.pk])


def order_annex(decree: Decree, version: str, *, by: Office) -> None:
    """Let a file of the annex be written, unless it was."""
    annex, new = DecreeAnnex.objects.get_or_create(
        decree=decree, version=version,
        defaults={"office": by, "area_id": decree.owner_id, "total": decree.people},
    )  # fmt: skip
    if new:
        jobs.enqueue(annex)


def _draft_again(job: DecreeIssue) -> None:
    """What stood before: a draft, or a list that came back signed."""
    decree = _held(job)
    with scope.whole_country("decree_not_issued"):  # somebody may have moved away meanwhile
        Cover.objects.filter(source=decree.cover_source_id).delete()
    decree.cover_source = None
    move(decree, State.RETURNED if decree.sha256 else State.DRAFT, by=job.office)


def _held(job: DecreeIssue | DecreeFreezing) -> Decree:
    return Decree.objects.select_for_update(of=("self",)).get(pk=job.decree_id)


def _rows_after(job: DecreeIssue | DecreeFreezing, position: int, size: int) -> list[DecreeEntry]:
    rows = DecreeEntry.objects.filter(decree=job.decree_id, position__gt=position)
    return list(rows.order_by("position")[:size])


def _all_rows(job: DecreeIssue | DecreeFreezing) -> Iterator[DecreeEntry | DecreeChange]:
    """The rows in order, read in turns: each turn shows the sweeper that the job is alive."""
    position = 0
    while position < (job.total or 0):
        with jobs.turn(job):
            rows = _rows_after(job, position, ROWS_A_TURN)
        position = rows[-1].position
        yield from rows
    yield from _all_changes(job)


def _all_changes(job: DecreeIssue | DecreeFreezing) -> Iterator[DecreeChange]:
    """What an amendment says of people whom its decree names already, in order."""
    position = 0
    while True:
        with jobs.turn(job):
            rows = DecreeChange.objects.filter(decree=job.decree_id, position__gt=position)
            found = list(rows.order_by("position")[:ROWS_A_TURN])
        if not found:
            return
        position = found[-1].position
        yield from found
