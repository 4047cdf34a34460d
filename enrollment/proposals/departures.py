"""People on lists who are no longer registered where they were proposed.

They died, moved, were entered by mistake, or the Dinas decided that they belong to another village.
That decision ends their place on the lists here (`leave`). Otherwise it is a finding like any other
before approval; after it they keep place and money until the approver takes the approval back,
which is not possible once a decree names them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Sum

from enrollment.formats import tanggal
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import decisions, steps
from enrollment.proposals.models import Entry, EntryCount
from enrollment.proposals.verbs import BACK, HOLDS_PLACE, LEAVE
from enrollment.workers.checks.findings import Finding, finding
from enrollment.workers.history import last_known_here
from enrollment.workers.models import Worker
from villages.access import allowed
from villages.models import Office
from villages.refusals import translating

State = Entry.State
DRAFTED_MEANWHILE = {
    "entry_in_decree_stays_approved": "Orang ini baru saja masuk rancangan keputusan. Tekan sekali "
    "lagi: namanya lalu dikeluarkan dari rancangan itu."
}
UNPAID = (
    "waktu keputusan terbit tercatat berakhir, jadi tidak ada bulan yang dibayar untuknya, dan "
    "baru dibuka lagi sesudah itu"
)
OUT_OF_SIGHT = "(tidak terlihat lagi)"
UNDECIDED = {
    *(State.DRAFT, State.CHECKING, State.SUBMITTED, State.VERIFIED, State.COSIGNED),
    *(State.RETURNED, State.WAITING),
}


def add_people(entries: Collection[Any]) -> None:
    """Give each row its `person`, with one or two queries for all; `present` says whether the
    person's page can be opened.

    Not joined to the rows: people whom the office can no longer see are shown as last known here.
    """
    rows = Worker.objects.select_related("occupation").order_by()
    people = rows.in_bulk({entry.worker_id for entry in entries})
    away = {entry.worker_id for entry in entries} - people.keys()
    people |= last_known_here(away) if away else {}
    for entry in entries:
        # Of some nothing is left to read, not even what was last known.
        entry.person = people.get(entry.worker_id) or Worker(
            name=OUT_OF_SIGHT, area_id=entry.area_id
        )
        entry.present = entry.worker_id not in away


def finding_of(entry: Any, *, office: Office) -> Finding | None:
    """The finding about a row whose person is gone, or None; reads `entry.decree_rows`."""
    moved = has_moved(entry)
    if entry.state in UNDECIDED:
        return finding("worker.moved") if moved else None
    if entry.state != State.APPROVED or not (moved or entry.person.ended_on or entry.gone):
        return None
    reason = why_gone(entry)
    for row in entry.decree_rows.all():
        if row.decree.is_granting:
            return finding("approval.decreed", what=reason, number=row.decree.number)
        if allowed(office, "decree.draft"):
            code = "approval.frozen" if row.decree.is_frozen else "approval.drafted"
            return finding(code, what=reason)
    return finding("approval.withdraw", what=reason)


def has_moved(entry: Any) -> bool:
    """Whether the person is registered elsewhere by now, or out of sight."""
    return not entry.present or entry.person.area_id != entry.area_id


def why_gone(entry: Any) -> str:
    """Why the person of a row is gone: "berakhir 2 Mei 2026 (meninggal)"; reads its `person`. One
    who is there again is named by a decree that pays nothing (the SQL function `mark_gone`)."""
    if has_moved(entry):
        return "menurut keputusan data ganda sekarang tercatat di wilayah lain"
    if entry.person.ended_on is None:
        return UNPAID
    reason = entry.person.get_ended_reason_display().lower()
    return f"berakhir {tanggal(entry.person.ended_on)} ({reason})"


class Stood(NamedTuple):
    """How a row stood until its person left: what brings it back there. `reason` and `repaired_at`
    are of who was returned."""

    state: str
    rank: int | None = None
    reason: str = ""
    repaired_at: datetime | None = None


def leave(worker: Worker, *, by: Office, reason: str, but: Collection[int] = ()) -> list[Entry]:
    """End a person's place on the lists of the village that they leave, with its money; not that
    of the entries `but`. Returns the rows as they were."""
    rows = Entry.objects.filter(worker=worker, area=worker.area_id).exclude(pk__in=but)
    with steps.deciding(), translating(DRAFTED_MEANWHILE):
        held = steps.hold(rows, LEAVE, by=by)
        returned = Entry.objects.returned().in_bulk([entry.pk for entry in held])
        for entry in held:
            was = returned.get(entry.pk)
            entry.reason = was.reason if was else ""
            entry.repaired_at = was.repaired_at if was else None
        for programme, going in _by_programme(held):
            decisions.carry_out(programme, LEAVE, going, by=by, reason=reason)
    return held


def come_back(was: Mapping[int, Stood], *, by: Office, reason: str) -> None:
    """Undo `leave`; `was`: entry → how it stood until then.

    Whoever held a place wins one again or waits, and is verified anew: the signatures are gone. The
    others are where they were; who was returned reads why, and not `reason`."""
    with steps.deciding():
        held = steps.hold(Entry.objects.filter(pk__in=was), BACK, by=by)
        for state in (State.DRAFT, State.RETURNED, State.WAITING):
            going = [entry for entry in held if was[entry.pk].state == state]
            for entry in going:
                entry.rank = was[entry.pk].rank
            if state == State.WAITING:
                decisions.give_numbers(going)
            steps.move(going, replace(BACK, to=state), by=by, reason=reason)
            if state == State.RETURNED:
                _say_again(going, was)
        seated = [entry for entry in held if was[entry.pk].state in HOLDS_PLACE]
        for programme, going in _by_programme(seated):
            decisions.seat(programme, BACK, going, by=by, reason=reason)


def _say_again(returned: Collection[Entry], was: Mapping[int, Stood]) -> None:
    """Write why these were returned, and whether they have been repaired, as before they left, as
    far as that was kept."""
    returned = [entry for entry in returned if was[entry.pk].reason]
    for entry in returned:
        entry.reason, entry.repaired_at = was[entry.pk].reason, was[entry.pk].repaired_at
    Entry.objects.bulk_update(returned, ["reason", "repaired_at"])


def _by_programme(entries: Iterable[Entry]) -> list[tuple[PremiumSubsidy, list[Entry]]]:
    """In the order of the programmes, so that two decisions lock them alike."""
    rows: dict[UUID, list[Entry]] = {}
    for entry in entries:
        rows.setdefault(entry.programme_id, []).append(entry)
    programmes = PremiumSubsidy.objects.in_bulk(rows)
    return [(programmes[pk], rows[pk]) for pk in sorted(rows)]


def approved_but_gone(office: Office) -> dict[tuple[Any, bool], int]:
    """(programme id, whether a decree or its draft names them) → approved people who are gone."""
    rows: Any = EntryCount.objects.visible_to(office).approved_but_gone().order_by()
    counted = rows.values_list("programme", "named").annotate(number=Sum("people"))
    return {(programme, named): people for programme, named, people in counted if people}
