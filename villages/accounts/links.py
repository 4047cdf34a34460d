"""One-time links: how an account gets a password that only its owner knows."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models, transaction
from django.utils import timezone

from villages import access, scope
from villages.accounts import codes, records
from villages.accounts.models import AccountRecord, PasswordLink
from villages.models import Office, User

VALID = timedelta(hours=24)


def make(account: User, *, by: Office | None) -> str:
    """Make a code (`ABCD-EFGH-JKLM`) for an account and return it; it is kept nowhere.

    The old password, sessions and earlier codes end at once. `by` is the admin's office; None is
    the platform.
    """
    access.permit_for(account, by, "settings.change")
    code = codes.new()
    now = timezone.now()
    with transaction.atomic():
        account = User.objects.select_for_update().get(pk=account.pk)
        account.set_unusable_password()
        account.save(update_fields=["password"])
        PasswordLink.objects.filter(user=account, used_at=None).update(used_at=now)
        PasswordLink.objects.create(
            user=account, digest=codes.digest(code), made_at=now, expires_at=now + VALID
        )
        records.add(account, AccountRecord.Kind.LINK, by=by)
    return code


def owner(username: str, code: str) -> User | None:
    """The account whose unused code this is, or None."""
    with scope.identity(username=username):
        account = User.objects.filter(username=username, is_active=True).first()
        found = account is not None and _open(account, code, timezone.now()).exists()
        return account if found else None


def redeem(username: str, code: str, password: str, *, address: str | None) -> bool:
    """Set the password of the account whose code this is. Returns False when it is used or old."""
    now = timezone.now()
    with scope.identity(username=username):
        # Held until the end, so that two who have the same code come one after the other.
        account = User.objects.select_for_update().filter(username=username, is_active=True).first()
        if account is None or not _open(account, code, now).update(used_at=now):
            return False
        account.set_password(password)
        account.save(update_fields=["password"])
        records.add(account, AccountRecord.Kind.NEW_PASSWORD, address=address)
    return True


def _open(account: User, code: str, now: datetime) -> models.QuerySet[PasswordLink]:
    open_links = PasswordLink.objects.filter(user_id=account.pk, used_at=None, expires_at__gt=now)
    return open_links.filter(digest=codes.digest(code))
