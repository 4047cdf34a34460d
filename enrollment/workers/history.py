"""A person's history, told in plain words from the audit trail."""

from datetime import date, datetime
from typing import NamedTuple

from django.core.paginator import Paginator

from enrollment.workers.checks.findings import CODES
from enrollment.workers.checks.masking import masked
from enrollment.workers.models import Worker

EVENTS_A_PAGE = 10
FIELDS = (
    "nik", "kk", "name", "birth_place", "birth_date", "sex", "address", "hamlet", "rt", "rw",
    "occupation_text", "income", "phone", "mother_name", "position", "term_start", "consent_on",
    "ended_on", "ended_reason", "ended_document",
)  # fmt: skip


class Change(NamedTuple):
    label: str
    old: object
    new: object


class Moment(NamedTuple):
    """One thing that happened: `changes` are the fields with their old and new values."""

    when: datetime
    what: str
    who: str
    why: str
    changes: list


def page_of(worker, number):
    """A page of `Moment`s, the latest first."""
    events = worker.events.order_by("-pgh_id")
    page = Paginator(events, EVENTS_A_PAGE).get_page(number)
    first = (page.number - 1) * EVENTS_A_PAGE
    shown = list(events[first : first + EVENTS_A_PAGE + 1])  # one more, to compare the last with
    before = [*shown[1:], None]
    pairs = list(zip(shown, before, strict=False))[:EVENTS_A_PAGE]
    page.object_list = [_moment(event, earlier) for event, earlier in pairs]
    return page


def latest(worker):
    """The last thing that happened to the person."""
    return page_of(worker, 1).object_list[0]


def _moment(event, earlier):
    context = event.pgh_context or {}
    return Moment(
        when=event.pgh_created_at,
        what=_what(event, earlier),
        who=context.get("name") or context.get("username") or "Sistem",
        why=context.get("why", ""),
        changes=_changes(event, earlier),
    )


def _what(event, earlier):
    if event.pgh_label == "insert":
        return "Didaftarkan"
    if earlier is None or event.area_id != earlier.area_id:  # what was before stays over there
        return "Dipindahkan ke sini"
    if event.ended_on and not earlier.ended_on:
        return "Diakhiri"
    if earlier.ended_on and not event.ended_on:
        return "Dibuka kembali"
    if event.updated_at == earlier.updated_at:
        return "Diperiksa ulang"
    return "Data diubah"


def _changes(event, earlier):
    if earlier is None:
        return []
    changed = [field for field in FIELDS if getattr(event, field) != getattr(earlier, field)]
    return [_change(field, earlier, event) for field in changed] + _findings(event, earlier)


def _change(field, earlier, event):
    old, new = (_shown(field, getattr(one, field)) for one in (earlier, event))
    return Change(Worker._meta.get_field(field).verbose_name, old, new)


def _shown(field, value):
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if field in CHOICES:
        value = dict(CHOICES[field]).get(value, value)
    return masked(field, value) if value not in ("", None) else ""


CHOICES = {"sex": Worker.Sex.choices, "ended_reason": Worker.EndReason.choices}


def _findings(event, earlier):
    """What is settled and what is new among the findings, in one line."""
    old, new = set(earlier.findings), set(event.findings)
    if old == new:
        return []
    return [Change("Temuan", _labels(old - new), _labels(new - old))]


def _labels(codes):
    return ", ".join(sorted(CODES[code].label for code in codes if code in CODES))
