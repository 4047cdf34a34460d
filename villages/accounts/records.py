"""What happened to an account, for its owner and for the auditor."""

from __future__ import annotations

from datetime import timedelta

from django.db import models
from django.utils import timezone

from villages.accounts.models import AccountRecord
from villages.models import Office, User

TOLD = timedelta(days=30)
"""So long after others did something to an account, its owner is told at each log-in."""


def add(
    account: User, kind: str, *, by: Office | None = None, address: str | None = None
) -> AccountRecord:
    """Record what happened to `account`; `by` is the office of whoever did it to somebody else.

    The name comes with the user name, because a name can be chosen.
    """
    name = f"{by.user} ({by.user.username})" if by else ""
    if kind in AccountRecord.BY_OTHERS and by is None:
        name = "Pengelola sistem"
    return AccountRecord.objects.create(
        user=account, kind=kind, by=by, by_name=name, address=address
    )


def by_others_lately(account: User) -> models.QuerySet[AccountRecord]:
    """What others did to this account lately, the newest first."""
    lately = timezone.now() - TOLD
    return of(account).filter(kind__in=AccountRecord.BY_OTHERS, at__gte=lately)


def of(account: User) -> models.QuerySet[AccountRecord]:
    """All records of an account, the newest first."""
    return AccountRecord.objects.filter(user=account)
