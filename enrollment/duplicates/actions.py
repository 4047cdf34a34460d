"""A person entered by two villages: the Dinas compares both entries and decides once where the
person is registered."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from enrollment.duplicates.models import DuplicateCase
from enrollment.fields.person import FIELD, FORM_ORDER
from enrollment.workers.models import Worker
from enrollment.workers.showing import Show, label
from villages import scope
from villages.models import Office
from villages.refusals import Refusal

COMPARED = [FIELD[name].column for name in FORM_ORDER if FIELD[name].claimed]
DECIDED = "Data ganda ini sudah diputuskan."
WITHDRAWN = "Data ganda ini sudah ditarik kembali oleh yang mengajukannya."
LEFT = "Orang ini sudah tidak terdaftar di wilayah Anda, jadi tidak ada yang diputuskan di sini."
NO_REASON = "Tulis alasannya, supaya kedua pihak tahu dasarnya."


class Pair(NamedTuple):
    """One field of a person as registered and as claimed."""

    label: str
    registered: str
    claimed: str
    differs: bool


def side_by_side(case: DuplicateCase, worker: Worker, show: Show) -> list[Pair]:
    """Each field that either of the two fills, written by `show`."""
    rows: list[Pair] = []
    for field in COMPARED:
        ours = getattr(worker, field)
        theirs: object = case.claimed_values.get(field) or ""
        if theirs and isinstance(ours, date):
            theirs = date.fromisoformat(str(theirs))
        differs = str(ours or "").upper() != str(theirs or "").upper()
        if ours or theirs:
            rows.append(Pair(label(field), show(field, ours), show(field, theirs), differs))
    return rows


def withdrawn(office: Office) -> QuerySet[Any]:
    """Cases that the village has withdrawn by undoing its list, the newest first. They are told by
    the history: the village has learnt of the person all the same."""
    history = DuplicateCase.events.rel.related_model  # type: ignore[attr-defined]  # by pghistory
    low, high = scope.bounds(office.area_id)
    rows: QuerySet[Any] = history.objects.filter(
        pgh_label="delete", regency_id__gte=low, regency_id__lt=high
    )
    return rows.select_related("claimed_by").order_by("-pgh_id")


def decide(*, by: Office, case: DuplicateCase, decision: str, reason: str) -> DuplicateCase:
    """The person stays where registered, or moves to the village that claims them.

    `decision`: a `DuplicateCase.Decision`. A person who moves keeps all data, sources and
    memberships, and an ended record is reopened. Raises `Refusal` when the case has been decided
    or withdrawn already, or when no reason is given.
    """
    locked = DuplicateCase.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if locked is None:
        raise Refusal(WITHDRAWN)
    if locked.decision:
        raise Refusal(DECIDED)
    if not reason.strip():
        raise Refusal(NO_REASON)
    worker = Worker.objects.select_for_update(of=("self",)).filter(pk=locked.worker_id).first()
    if worker is None:
        raise Refusal(LEFT)
    locked.decision, locked.reason = DuplicateCase.Decision(decision), reason.strip()
    locked.decided_by, locked.decided_at, locked.was_in_id = by, timezone.now(), worker.area_id
    locked.save()
    if locked.decision == DuplicateCase.Decision.MOVE:
        # The village may lie in another regency, where row security lets this office write
        # nothing: a function of the database moves the person.
        with connection.cursor() as cursor:
            cursor.execute("SELECT move_claimed_person(%s)", [locked.pk])
    return locked
