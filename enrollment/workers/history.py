"""A person's history: the audit trail in plain words."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.utils import timezone

from enrollment.fields.person import KEPT
from enrollment.paging import Listed
from enrollment.workers.checks.findings import CODES
from enrollment.workers.models import Worker
from enrollment.workers.showing import Show, label, shown
from villages.audit import KEPT_DAYS, author, since

EVENTS_A_PAGE = 10
COLUMNS = (
    *(field.column for field in KEPT),
    *("consent_on", "ended_on", "ended_reason", "ended_document"),
)


class Change(NamedTuple):
    label: str
    old: str
    new: str


class Moment(NamedTuple):
    """One thing that happened: `changes` are the fields with their old and new values."""

    when: datetime
    what: str
    who: str
    why: str
    changes: list[Change]


def page_of(worker: Any, number: str | int | None, show: Show = shown) -> Listed:
    """A page of `Moment`s, newest first; `show` writes their values, usually masked."""
    events = worker.events.filter(pgh_created_at__gte=since(worker.created_at)).order_by("-pgh_id")
    page = Paginator(events, EVENTS_A_PAGE).get_page(number)
    first = (page.number - 1) * EVENTS_A_PAGE
    rows = list(events[first : first + EVENTS_A_PAGE + 1])  # one more, to compare the last one to
    before = [*rows[1:], None]
    pairs = list(zip(rows, before, strict=False))[:EVENTS_A_PAGE]
    page.object_list = [_moment(event, earlier, show) for event, earlier in pairs]
    return Listed(page)


def last_known_here(ids: Collection[int]) -> dict[int, Any]:
    """Worker id → the last event in sight, for people who may have moved out of it since."""
    history = Worker.events.rel.related_model  # type: ignore[attr-defined]  # made by pghistory
    events = history.objects.filter(pgh_obj_id__in=ids)
    latest_of_each = events.order_by("pgh_obj_id", "-pgh_id").distinct("pgh_obj_id")
    return {event.pgh_obj_id: event for event in latest_of_each}


def changes_since(worker: Any, moment: datetime, show: Show = shown) -> list[Change]:
    """What of the person's data differs from what it was at that moment; nothing where the history
    does not reach back so far."""
    before = worker.events.filter(
        pgh_created_at__gte=since(worker.created_at), pgh_created_at__lte=moment
    )
    return _changes(worker, before.order_by("-pgh_id").first(), show)


def latest(worker: Any) -> Moment:
    """The last thing that happened to the person."""
    moment: Moment = page_of(worker, 1).object_list[0]
    return moment


def _moment(event: Any, earlier: Any, show: Show) -> Moment:
    return Moment(
        when=event.pgh_created_at,
        what=_what(event, earlier),
        who=author(event),
        why=(event.pgh_context or {}).get("why", ""),
        changes=_changes(event, earlier, show),
    )


def _what(event: Any, earlier: Any) -> str:
    if event.pgh_label == "insert":
        return "Didaftarkan"
    if earlier is None and event.created_at < timezone.now() - timedelta(days=KEPT_DAYS):
        return "Diubah; keadaan sebelumnya tidak ada lagi di sini"  # moved, or too old to be kept
    # Events from before a move stay in the former area, where this office may not see them.
    if earlier is None or event.area_id != earlier.area_id:
        return "Dipindahkan ke sini"
    if event.ended_on and not earlier.ended_on:
        return "Diakhiri"
    if earlier.ended_on and not event.ended_on:
        return "Dibuka kembali"
    if event.updated_at == earlier.updated_at:
        return "Diperiksa ulang"
    return "Data diubah"


def _changes(event: Any, earlier: Any, show: Show) -> list[Change]:
    if earlier is None:
        return []
    changed = [name for name in COLUMNS if getattr(event, name) != getattr(earlier, name)]
    return [_change(name, earlier, event, show) for name in changed] + _findings(event, earlier)


def _change(column: str, earlier: Any, event: Any, show: Show) -> Change:
    old, new = (show(column, getattr(state, column)) for state in (earlier, event))
    return Change(label(column), old, new)


def _findings(event: Any, earlier: Any) -> list[Change]:
    """The findings that have gone and those that are new, as one change."""
    old, new = set(earlier.findings), set(event.findings)
    if old == new:
        return []
    return [Change("Temuan", _labels(old - new), _labels(new - old))]


def _labels(codes: Iterable[str]) -> str:
    return ", ".join(sorted(CODES[code].label for code in codes if code in CODES))
