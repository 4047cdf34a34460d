"""Saying which wave continues which."""

from __future__ import annotations

from datetime import date

from django.db import connection, transaction

from enrollment.coverage.rules import last_payable, month_after
from enrollment.programmes.models import PremiumSubsidy, PremiumSubsidyQuerySet
from enrollment.renewals.models import Continuation, Renewal, RenewalCheck
from enrollment.renewals.renewing import STILL_BUSY
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

SOON = 3
"""Months before the end of cover in which a wave without a successor is told."""
SENTENCES = {
    "continuation_follows": "Bulan program lama belum habis sebelum bulan pertama program ini. "
    "Pilih program yang berakhir lebih dahulu.",
    "enrollment_continuation_previous_id_key": "Program itu sudah dilanjutkan oleh program lain. "
    "Lepaskan tautannya di sana dahulu.",
    "enrollment_continuation_pkey": "Program ini sudah melanjutkan program lain. Lepaskan "
    "tautannya dahulu.",
}


def last_month(programme: PremiumSubsidy) -> date:
    """The last month of a wave's cover."""
    return month_after(programme.first_month, programme.months - 1)


def may_be_continued(programme: PremiumSubsidy, office: Office) -> list[PremiumSubsidy]:
    """The waves that this one may continue, the latest first: their months are over before, and
    no other wave continues them."""
    rows = PremiumSubsidy.objects.visible_to(office).exclude(state=PremiumSubsidy.State.DRAFT)
    rows = rows.filter(successor=None, first_month__lt=programme.first_month)
    before = [row for row in rows if month_after(last_month(row)) <= programme.first_month]
    return sorted(before, key=last_month, reverse=True)


def link(programme: PremiumSubsidy, previous: PremiumSubsidy, *, by: Office) -> Continuation:
    """Let a wave continue another one. Refusal where it does not follow upon it."""
    access.permit(by, "renewal.make")
    with translating(SENTENCES), transaction.atomic():
        return Continuation.objects.create(
            programme=programme, previous=previous, regency_id=programme.regency_id
        )


def unlink(programme: PremiumSubsidy, *, by: Office) -> None:
    """Take a link back; drafts that came of it stay on their lists."""
    access.permit(by, "renewal.make")
    with transaction.atomic():
        if Renewal.objects.unfinished().filter(programme=programme).exists():
            raise Refusal(STILL_BUSY)
        table = RenewalCheck._meta.db_table
        with connection.cursor() as cursor:  # without reading a whole regency first
            cursor.execute(f"DELETE FROM {table} WHERE programme_id = %s", [programme.pk])  # noqa: S608
        Continuation.objects.filter(pk=programme.pk).delete()


def ending(office: Office, today: date) -> list[PremiumSubsidy]:
    """The waves with approved people that nobody continues and whose cover ends within SOON months,
    or has ended and can still be kept with arrears; the first to end first."""
    rows: PremiumSubsidyQuerySet = PremiumSubsidy.objects.visible_to(office)
    rows = rows.filter(successor=None, committed__gt=0, first_month__lte=month_after(today, SOON))
    rows = rows.filter(first_month__gt=month_after(today, -12 - SOON - 1))
    soon = [row for row in rows if _ends_soon(row, today)]
    return sorted(soon, key=last_month)


def _ends_soon(programme: PremiumSubsidy, today: date) -> bool:
    last = last_month(programme)
    return last < month_after(today, SOON) and today <= last_payable(last)
