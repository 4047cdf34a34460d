"""What happened to an account, for its owner and for the auditor."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from villages.accounts.models import AccountRecord
from villages.models import Office, User

TOLD = timedelta(days=30)
"""So long after somebody had a new password made, its owner is told at each log-in."""


def add(
    account: User, kind: str, *, by: Office | None = None, address: str | None = None
) -> AccountRecord:
    """Record what happened to `account`; `by` is the office of whoever else did it."""
    return AccountRecord.objects.create(
        user=account, kind=kind, by=by, by_name=str(by.user) if by else "", address=address
    )


def latest_link(account: User) -> AccountRecord | None:
    """The last time that somebody had a new password made for this account, if it was lately."""
    lately = timezone.now() - TOLD
    return of(account).filter(kind=AccountRecord.Kind.LINK, at__gte=lately).first()


def of(account: User) -> models.QuerySet[AccountRecord]:
    """All records of an account, the newest first."""
    return AccountRecord.objects.filter(user=account)
