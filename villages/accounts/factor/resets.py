"""Removing the second factor of somebody who has lost phone and recovery codes: two people do it.

Whoever manages the account asks, another one with that right, the regency's approver or the
platform agrees. The database refuses the same person twice and the owner, and removes the factor
(`migrations/0006_second_factor.py`).
"""

from __future__ import annotations

from datetime import timedelta

from django.db import models, transaction
from django.utils import timezone

from villages import access, scope
from villages.accounts import records
from villages.accounts.models import AccountRecord, FactorReset
from villages.models import Office, User
from villages.refusals import Refusal, translating

VALID = timedelta(days=1)
SENTENCES = {
    "factor_reset_by_two": "Anda yang meminta pelepasan ini. Minta orang lain menyetujuinya: admin "
    "lain, penyetuju Dinas, atau pengelola sistem.",
    "factor_reset_by_others": "Pemilik akun tidak dapat meminta atau menyetujui pelepasannya "
    "sendiri. Minta dua orang lain.",
    "factor_reset_in_time": "Permintaan ini sudah lewat sehari. Minta admin membuatnya lagi.",
    "factor_reset_under_own_name": "Permintaan ini sudah disetujui orang lain.",
}


def ask(account: User, *, by: Office | None, asker: User) -> FactorReset:
    """Ask to have the second factor of `account` removed. `by` None is the platform."""
    access.permit_for(account, by, "factor_reset.ask")
    now = timezone.now()
    with translating(SENTENCES), transaction.atomic():
        if _open().filter(user=account).exists():
            raise Refusal("Pelepasan untuk akun ini sudah diminta dan menunggu persetujuan.")
        reset = FactorReset.objects.create(
            user=account,
            asked_by=asker,
            asked_name=f"{asker} ({asker.username})",
            asked_at=now,
            expires_at=now + VALID,
        )
        records.add(account, AccountRecord.Kind.RESET_ASKED, by=by)
    return reset


def confirm(reset: FactorReset, *, by: Office | None, confirmer: User) -> None:
    """Agree, so that the second factor and the sessions of the account end."""
    access.permit_for(reset.user, by, "factor_reset.confirm")
    with translating(SENTENCES), transaction.atomic():
        reset.confirmed_by, reset.confirmed_at = confirmer, timezone.now()
        reset.save(update_fields=["confirmed_by", "confirmed_at"])
        records.add(reset.user, AccountRecord.Kind.RESET, by=by)


def waiting(office: Office | None) -> models.QuerySet[FactorReset]:
    """The requests about accounts that the office manages; None is the platform."""
    requests = _open().select_related("user")
    if office is None:
        return requests
    low, high = scope.bounds(office.area_id)
    return requests.filter(user__area_id__gte=low, user__area_id__lt=high)


def waiting_for(office: Office) -> models.QuerySet[FactorReset]:
    """Those that this person may agree to."""
    me = office.user_id
    return waiting(office).exclude(asked_by=me).exclude(user=me)


def _open() -> models.QuerySet[FactorReset]:
    return FactorReset.objects.filter(confirmed_at=None, expires_at__gt=timezone.now())
