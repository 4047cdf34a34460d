"""Counting what an office asks, against its limits."""

from __future__ import annotations

from django.db import connection
from django.utils import timezone

from enrollment.limits.models import Usage, UsageLimit
from villages.models import Office
from villages.refusals import Refusal

BEYOND = (
    "Hari ini terlalu banyak NIK diperiksa dari jabatan ini, jadi yang ini belum diperiksa. "
    "Lanjutkan besok, atau minta admin kabupaten menaikkan batasnya."
)

# One statement, so that of two that come at the same time the second sees what the first has
# counted. Whoever asks needs room for one answer: else a refusal would tell that there is one.
_COUNT = """
INSERT INTO enrollment_usage AS u (office_id, area_id, day, checked, told)
SELECT %(office)s, %(area)s, %(day)s, %(checked)s, %(told)s
WHERE %(checked)s <= %(checks)s AND greatest(%(told)s, 1) <= %(answers)s
ON CONFLICT (office_id, day) DO UPDATE
    SET checked = u.checked + EXCLUDED.checked, told = u.told + EXCLUDED.told
WHERE u.checked + EXCLUDED.checked <= %(checks)s
    AND u.told + greatest(EXCLUDED.told, 1) <= %(answers)s
"""
NO_LIMIT = 2**31 - 1


class Exceeded(Refusal):
    """The office has reached a limit of the day: what it asked for waits. `told`: how many answers
    it would have got."""

    def __init__(self, told: int = 0) -> None:
        super().__init__(BEYOND)
        self.told = told


def count(office: Office, *, checked: int = 0, told: int = 0, limited: bool = True) -> None:
    """Count NIKs that `office` has `checked`, and how often it was `told` that one is registered
    elsewhere. Raises `Exceeded` and counts nothing where that goes beyond a limit of the day,
    unless somebody has lifted it (`limited` is false)."""
    checks, answers = UsageLimit.objects.of(office.area_id).a_day(office.area_id)
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            {
                "office": office.pk,
                "area": office.area_id,
                "day": timezone.localdate(),
                "checked": checked,
                "told": told,
                "checks": checks if limited else NO_LIMIT,
                "answers": answers if limited else NO_LIMIT,
            },
        )
        if not cursor.rowcount:
            raise Exceeded(told)


def reached(office: Office) -> list[Usage]:
    """Today's usage of the offices in the area of `office` that have reached a limit."""
    today = Usage.objects.visible_to(office).filter(day=timezone.localdate())
    limits = UsageLimit.objects.of(office.area_id)
    return [
        usage for usage in today.select_related("office__area")
        if usage.checked >= limits.a_day(usage.area_id)[0]
        or usage.told >= limits.a_day(usage.area_id)[1]
    ]  # fmt: skip
