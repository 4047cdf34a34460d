"""Saying which wave continues which."""

from __future__ import annotations

from django.db import transaction

from enrollment.programmes.models import PremiumSubsidy
from enrollment.renewals.models import Continuation, Renewal
from enrollment.renewals.renewing import STILL_BUSY
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

SENTENCES = {
    "continuation_follows": "Bulan program lama belum habis sebelum bulan pertama program ini. "
    "Pilih program yang berakhir lebih dahulu.",
    "enrollment_continuation_previous_id_key": "Program itu sudah dilanjutkan oleh program lain. "
    "Lepaskan tautannya di sana dahulu.",
    "enrollment_continuation_pkey": "Program ini sudah melanjutkan program lain. Lepaskan "
    "tautannya dahulu.",
}


def may_be_continued(programme: PremiumSubsidy, office: Office) -> list[PremiumSubsidy]:
    """The waves that this one may continue, the latest first: their months are over before, and
    no other wave continues them."""
    rows = PremiumSubsidy.objects.visible_to(office).exclude(state=PremiumSubsidy.State.DRAFT)
    rows = rows.filter(successor=None, first_month__lt=programme.first_month)
    before = [row for row in rows if row.last_month < programme.first_month]
    return sorted(before, key=lambda row: row.last_month, reverse=True)


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
        Continuation.objects.filter(pk=programme.pk).delete()
