"""A person whom two villages name: the Dinas looks at both and decides once where they belong."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from django.db import connection
from django.utils import timezone

from enrollment.duplicates.models import DuplicateCase
from enrollment.fields.person import FIELD, FORM_ORDER
from enrollment.workers.models import Worker
from enrollment.workers.showing import label, shown
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


def side_by_side(case: DuplicateCase, worker: Worker) -> list[Pair]:
    """Each field that either of the two fills."""
    rows: list[Pair] = []
    for field in COMPARED:
        ours = getattr(worker, field)
        theirs: object = case.claimed_values.get(field) or ""
        if theirs and isinstance(ours, date):
            theirs = date.fromisoformat(str(theirs))
        differs = str(ours or "").upper() != str(theirs or "").upper()
        if ours or theirs:
            rows.append(Pair(label(field), shown(field, ours), shown(field, theirs), differs))
    return rows


def decide(*, by: Office, case: DuplicateCase, decision: str, reason: str) -> DuplicateCase:
    """The person stays where registered, or moves to the village that claims them.

    `decision`: a `DuplicateCase.Decision`. Who moves keeps all data, sources and memberships; a
    record that had ended is open again. Raises `Refusal` when decided or withdrawn already, or
    without reason.
    """
    held = DuplicateCase.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if held is None:
        raise Refusal(WITHDRAWN)
    if held.decision:
        raise Refusal(DECIDED)
    if not reason.strip():
        raise Refusal(NO_REASON)
    worker = Worker.objects.select_for_update(of=("self",)).filter(pk=held.worker_id).first()
    if worker is None:
        raise Refusal(LEFT)
    held.decision, held.reason = DuplicateCase.Decision(decision), reason.strip()
    held.decided_by, held.decided_at, held.was_in_id = by, timezone.now(), worker.area_id
    held.save()
    if held.decision == DuplicateCase.Decision.MOVE:
        # To a village that may lie in another regency, where this office writes nobody in.
        with connection.cursor() as cursor:
            cursor.execute("SELECT move_claimed_person(%s)", [held.pk])
    return held
