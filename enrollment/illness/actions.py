"""Asking whether somebody is too ill to work, and who is told the answer.

What is written goes through functions of the database, which tell nothing back but that there is an
answer; so neither a page nor a job of the office that answers can read one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from enrollment.among import Among
from enrollment.illness.models import IllnessAnswer, IllnessQuestion
from villages import access
from villages.models import Office, Role
from villages.refusals import Refusal


def question(area_code: str) -> str:
    """How the regency of an area asks."""
    return IllnessQuestion.objects.of(area_code).text


def set_question(text: str, *, by: Office) -> None:
    """Choose the words of the question; empty brings back the usual ones."""
    access.permit(by, "settings.change")
    regency = by.area.regency_code
    if regency is None:
        raise Refusal("Pertanyaan ini diatur oleh admin kabupaten.")
    if text:
        IllnessQuestion.objects.update_or_create(pk=regency, defaults={"text": text})
    else:
        IllnessQuestion.objects.filter(pk=regency).delete()


def answer(worker: int, ill: bool) -> None:
    """Store what is said of a person whom the office sees; an earlier answer is replaced."""
    _call("SELECT answer_illness(%s, %s)", worker, ill)


def answered(workers: Sequence[int]) -> dict[int, datetime]:
    """Worker id → when the question was last answered. Nothing of the answer."""
    return dict(_call("SELECT worker, at FROM illness_answered(%s)", list(workers)))


def too_ill(workers: Iterable[int], office: Office) -> set[int]:
    """Those of these people of whom it was said that they are too ill to work: for a verifier. For
    everybody else there are none, and row security would show none."""
    if office.role != Role.VERIFIER:
        return set()
    rows = IllnessAnswer.objects.filter(Among("worker", list(workers)), ill=True)
    return set(rows.values_list("worker", flat=True))


def stage(job: UUID, answers: Sequence[tuple[int, bool]]) -> None:
    """Keep the answers of a list beside its rows: (position, answer)."""
    if answers:
        positions, said = (list(each) for each in zip(*answers, strict=True))
        _call("SELECT stage_illness(%s, %s::int[], %s::boolean[])", job, positions, said)


def staged(job: UUID) -> int:
    """How many rows of a list answer the question and have not been taken."""
    [(number,)] = _call("SELECT illness_staged(%s)", job)
    return int(number)


def take(job: UUID, first: int, last: int, outcome: str, *, update: bool) -> None:
    """Give the answers of taken rows with this `outcome` to their people. Whoever has an answer
    keeps it, unless the list or the choice for the row overwrites what is registered."""
    _call("SELECT take_illness(%s, %s, %s, %s, %s)", job, first, last, outcome, update)


def forget(job: UUID) -> None:
    """Remove the answers that an import brought, which is undone."""
    _call("SELECT forget_illness(%s)", job)


def _call(statement: str, *values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[Any] = cursor.fetchall()
    return rows
