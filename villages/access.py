"""Fetching a row and checking the right to it in one place: 404 for rows that the office cannot
see, 403 for rows that it sees but may not change."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404

from villages import areas, scope
from villages.models import Office, ScopedQuerySet, User
from villages.permissions import MAY

if TYPE_CHECKING:
    from villages.annotations import Request

Row = TypeVar("Row", bound=models.Model)


def allowed(office: Office | None, verb: str) -> bool:
    """Whether the role of `office` may do `verb` (a key of `permissions.MAY`)."""
    return office is not None and office.role in MAY[verb]


def permit(office: Office | None, verb: str) -> None:
    """Raise PermissionDenied (403) unless the role of `office` may do `verb`.

    Actions ask too: pages, commands and jobs alike call them.
    """
    if not allowed(office, verb):
        raise PermissionDenied


def permit_any(office: Office | None, verbs: Iterable[str]) -> None:
    """Raise PermissionDenied (403) unless the role of `office` may do one of `verbs`."""
    if not any(allowed(office, verb) for verb in verbs):
        raise PermissionDenied


def permit_for(account: User, office: Office | None, verb: str) -> None:
    """Raise PermissionDenied (403) unless `office` may do `verb` to an account it manages.

    None is the platform, which manages all.
    """
    if office is None:
        return
    permit(office, verb)
    if account.is_superuser or not areas.lies_in(account.area_id or "", office.area_id):
        raise PermissionDenied


def require(request: Request, verb: str) -> None:
    """Refuse with 403 unless the acting office may do `verb`."""
    permit(request.office, verb)


def require_or_platform(request: Request, verb: str) -> None:
    """The same, where the platform (a superuser without an office) may do it everywhere."""
    if request.office is not None:
        require(request, verb)
    elif not request.user.is_superuser:
        raise PermissionDenied


def seen_by(rows: ScopedQuerySet[Row], office: Office | None) -> ScopedQuerySet[Row]:
    """The rows that an admin in `office` works with; None is the platform, which sees all."""
    return rows if office is None else rows.visible_to(office)


def accounts_of(office: Office | None) -> ScopedQuerySet[User]:
    """The accounts that an admin in `office` manages: never a superuser's."""
    accounts: ScopedQuerySet[User] = seen_by(User.objects.get_queryset(), office)
    return accounts.filter(is_superuser=False) if office else accounts


def username_taken(username: str) -> bool:
    """Whether any account has this username, including those that the office cannot see."""
    with scope.identity(username=username):
        return User.objects.filter(username=username).exists()


def fetch(request: Request, queryset: ScopedQuerySet[Row], *, may: str, **lookup: Any) -> Row:
    """The row that matches `lookup`: 404 if the office cannot see it, 403 if it may not `may`.

    The order matters: a 403 would reveal that the row exists. The superuser, who holds no office,
    is refused everywhere: rights come from offices alone.
    """
    if request.office is None:
        raise PermissionDenied
    row = queryset.visible_to(request.office).filter(**lookup).first()
    if row is None:
        raise Http404
    require(request, may)
    return row
