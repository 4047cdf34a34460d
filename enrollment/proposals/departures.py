"""People on lists who are no longer registered where they were proposed.

They died, moved, were entered by mistake, or the Dinas decided that they belong to another village.
Before approval this is a finding like any other. After approval they keep place and money until
the approver takes the approval back, which is not possible once a decree names them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Sum

from enrollment.formats import tanggal
from enrollment.proposals.models import Entry, EntryCount
from enrollment.workers.checks.findings import Finding, finding
from enrollment.workers.history import last_known_here
from enrollment.workers.models import Worker
from villages.access import allowed
from villages.models import Office

State = Entry.State
UNDECIDED = {State.DRAFT, State.SUBMITTED, State.VERIFIED, State.RETURNED, State.WAITING}


def add_people(entries: Collection[Any]) -> None:
    """Give each row its `person`, with one or two queries for all; `present` says whether the
    person's page can be opened.

    Not joined to the rows: people whom the office can no longer see are shown as last known here.
    """
    people = Worker.objects.select_related("occupation").in_bulk(
        {entry.worker_id for entry in entries}
    )
    away = {entry.worker_id for entry in entries} - people.keys()
    people |= last_known_here(away) if away else {}
    for entry in entries:
        entry.person = people.get(entry.worker_id)
        entry.present = entry.worker_id not in away


def finding_of(entry: Any, *, office: Office) -> Finding | None:
    """The finding about a row whose person is gone, or None; reads `entry.decree_rows`."""
    moved = not entry.present or entry.person.area_id != entry.area_id
    if entry.state in UNDECIDED:
        return finding("worker.moved") if moved else None
    if entry.state != State.APPROVED or not (moved or entry.person.ended_on):
        return None
    reason = _why_gone(entry.person, moved)
    for row in entry.decree_rows.all():
        if row.decree.is_issued:
            return finding("approval.decreed", what=reason, number=row.decree.number)
        if allowed(office, "decree.draft"):
            return finding("approval.drafted", what=reason)
    return finding("approval.withdraw", what=reason)


def _why_gone(person: Any, moved: bool) -> str:
    if moved:
        return "menurut keputusan data ganda sekarang tercatat di wilayah lain"
    reason = person.get_ended_reason_display().lower()
    return f"berakhir {tanggal(person.ended_on)} ({reason})"


def approved_but_gone(office: Office) -> dict[tuple[Any, bool], int]:
    """(programme id, whether a decree or its draft names them) → approved people who are gone."""
    rows: Any = EntryCount.objects.visible_to(office).approved_but_gone().order_by()
    counted = rows.values_list("programme", "named").annotate(number=Sum("people"))
    return {(programme, named): people for programme, named, people in counted if people}
