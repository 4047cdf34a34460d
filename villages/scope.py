"""Entering a scope: the only way to rows about people.

Row security (`migrations/operations/rowbounds.py`) shows a table's rows only when their area
code lies in the range that the current transaction has entered. Requests, tasks, commands and
tests all enter it here and nowhere else; outside of it there are no rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, NamedTuple

import pghistory
from django.db import connection, transaction

if TYPE_CHECKING:
    from villages.annotations import SqlValues
    from villages.models import Office


class Scope(NamedTuple):
    """Transaction-local settings that the row policies compare with; empty text shows no rows."""

    low: str = ""
    high: str = ""
    agency: str = ""
    user: str = ""
    login: str = ""
    session: str = ""
    role: str = ""
    """Of the office: for rows that one role alone may read."""


NOTHING = Scope()
THROUGH_DPMD = "dpmd"
"""In place of an agency: only people on lists that go to the Dinas by the DPMD. It is no agency's
id, so whatever asks for one shows nothing. It is the name of the role, too."""
PATIENCE = "30s"
"""How long one statement of a page may take, so that no page can take the portal along."""
ORIGINS = ("url", "command", "job", "reason")
"""What a context may say of where its scope was entered from."""
_current: ContextVar[Scope] = ContextVar("scope", default=NOTHING)
_entered_from: ContextVar[dict[str, object]] = ContextVar("entered_from")


def origin() -> tuple[str, str | None]:
    """Where the current scope was entered from: a page's address, a command or a job; and the
    network address, which only a request has."""
    context = _entered_from.get({})
    place = next((context[name] for name in ORIGINS if name in context), "")
    network = context.get("ip")
    return str(place), str(network) if network else None


def bounds(area_code: str) -> tuple[str, str]:
    """The half-open range of codes at or below an area: `/` is the character after the dot."""
    return area_code, f"{area_code}/"


def of_office(office: Office) -> Scope:
    """The scope in which the holder of `office` works."""
    low, high = bounds(office.area_id)
    narrower = str(office.agency_id or (THROUGH_DPMD if office.role == THROUGH_DPMD else ""))
    return Scope(low, high, narrower, str(office.user_id), role=office.role)


@contextmanager
def enter(office: Office, **context: object) -> Iterator[None]:
    """Open a transaction in the scope of `office`; `context` goes into the audit trail with it."""
    with _entered(
        of_office(office),
        user=office.user_id,
        username=office.user.username,
        name=str(office.user),
        office=office.pk,
        role=office.role,
        **context,
    ):
        yield


@contextmanager
def whole_country(reason: str, **context: object) -> Iterator[None]:
    """Open a transaction over every area, for the platform's own work; `reason` is audited."""
    with _entered(Scope("", "~"), reason=reason, **context):
        yield


@contextmanager
def identity(*, user_id: int | str = "", username: str = "") -> Iterator[None]:
    """Open a transaction that shows one account and its offices: what logging in needs."""
    with _entered(Scope(user=str(user_id), login=username)):
        yield


@contextmanager
def session(key: str) -> Iterator[None]:
    """Open a transaction that shows one session: what reading a cookie needs."""
    with _entered(Scope(session=key)):
        yield


def ask(scope: Scope, question: str, values: SqlValues) -> list[tuple[Any, ...]]:
    """The answer to one statement in a scope of its own: for what every request asks.

    Both go in one message, which PostgreSQL runs as one transaction. So entering and leaving the
    scope takes no round trips of its own.
    """
    if connection.in_atomic_block:
        with _entered(scope):
            return _answer(question, values)
    setting, settings = _setting(scope)
    return _answer(f"{setting}; {question}", settings | values)


@contextmanager
def _entered(scope: Scope, **context: object) -> Iterator[None]:
    outer, inside = _current.get(), connection.in_atomic_block
    with transaction.atomic(), pghistory.context(**context):
        _apply(scope, PATIENCE if "url" in context else None)
        token, before = _current.set(scope), _entered_from.set(context)
        try:
            yield
        finally:
            _current.reset(token)
            _entered_from.reset(before)
        # A rollback restores the settings, and so does the end of the transaction.
        if inside:
            _apply(outer)


def _apply(scope: Scope, patience: str | None = None) -> None:
    _answer(*_setting(scope, patience))


def _setting(scope: Scope, patience: str | None = None) -> tuple[str, SqlValues]:
    """The statement that enters a scope until the transaction ends, and its values."""
    values = {f"portal.{name}": value for name, value in scope._asdict().items()}
    if patience:
        values["statement_timeout"] = patience
    calls = ", ".join(f"set_config('{name}', %({name})s, true)" for name in values)
    return f"SELECT {calls}", values


def _answer(statement: str, values: SqlValues) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
        return rows
