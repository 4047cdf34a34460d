"""Sessions in the database: of which account, and without a usable key.

The key in a cookie is the whole proof of who its bearer is. The table has the SHA-256 of the key
instead: whoever reads the table, or a backup of it, cannot act as anybody. Row security shows the
one session whose key a request brought, and an account's own (`migrations/0006_second_factor.py`).
"""

from __future__ import annotations

import hashlib
import time
from datetime import datetime
from typing import Any, NamedTuple, cast

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends import base, db
from django.contrib.sessions.backends.base import SessionBase
from django.db import DatabaseError, models
from django.utils import timezone

from villages import scope
from villages.accounts import limits
from villages.accounts.models import Session
from villages.models import User
from villages.refusals import is_short_of_room

_VALID = """
SELECT session_data FROM villages_session WHERE session_key = %(key)s AND expire_date > %(now)s
"""
_CHANGED = """
UPDATE villages_session SET session_data = %(data)s, expire_date = %(until)s, user_id = %(user)s
WHERE session_key = %(key)s RETURNING session_key
"""


def stored(session_key: str) -> str:
    """What the table holds for the key in a cookie: as much of the hash as its column takes."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast(Session, super().create_model_instance(data))
        row.session_key = stored(row.session_key)
        row.user_id = data.get(SESSION_KEY)
        return row

    def load(self) -> dict[str, Any]:
        key = stored(self.session_key or "")
        values = {"key": key, "now": timezone.now()}
        for (data,) in scope.ask(scope.Scope(session=key), _VALID, values):
            return self.decode(data)
        self._session_key = None
        return {}

    def exists(self, session_key: str) -> bool:
        with scope.session(key := stored(session_key)):
            return super().exists(key)

    def save(self, must_create: bool = False) -> None:
        """While the disk is full, pages can still be read: what is noted by the way is left out.

        A session that is there already is written in one message, as it is read."""
        if self.session_key is None:
            return self.create()
        if must_create:
            with scope.session(stored(self.session_key)):
                super().save(must_create)
            return None
        row = self.create_model_instance(self._session)  # type: ignore[attr-defined]  # Django's
        values = {
            "key": row.session_key, "data": row.session_data, "until": row.expire_date,
            "user": row.user_id,
        }  # fmt: skip
        try:
            if not scope.ask(scope.Scope(session=row.session_key), _CHANGED, values):
                raise base.UpdateError
        except DatabaseError as error:
            if not is_short_of_room(error):
                raise base.UpdateError from error
        return None

    def delete(self, session_key: str | None = None) -> None:
        if key := session_key or self.session_key:
            with scope.session(stored(key)):
                super().delete(stored(key))

    # The asynchronous ways lead through the ones above, not past them.
    acreate = base.SessionBase.acreate
    aload = base.SessionBase.aload
    asave = base.SessionBase.asave
    aexists = base.SessionBase.aexists
    adelete = base.SessionBase.adelete


class Open(NamedTuple):
    """A session in which somebody is logged in, for its owner."""

    name: str
    """Tells it from the others, and opens nothing."""
    device: str
    since: datetime
    used: datetime
    here: bool


def of(user: User, here: SessionBase) -> list[Open]:
    """The sessions in which `user` is logged in, the one used last first; `here` is marked."""
    own = stored(here.session_key or "")
    with scope.identity(user_id=user.pk):
        rows = list(_of(user))
    valid = user.get_session_auth_hash()
    found = [
        Open(
            _name(row), held.get(limits.DEVICE, ""), _at(held[limits.BEGUN]),
            _at(held[limits.SEEN]), row.pk == own,
        )
        for row in rows
        if (held := row.get_decoded()).get(HASH_SESSION_KEY) == valid
        and limits.over(held, int(time.time())) is None
    ]  # fmt: skip
    return sorted(found, key=lambda session: (session.here, session.used), reverse=True)


def end(user: User, name: str) -> bool:
    """End one session of `user` by its `Open.name`. Returns False if it has ended already."""
    with scope.identity(user_id=user.pk):
        rows = [row.pk for row in _of(user) if _name(row) == name]
        return bool(Session.objects.filter(pk__in=rows).delete()[0])


def end_others(user: User, here: SessionBase) -> int:
    """End all sessions of `user` but `here`. Returns how many there were."""
    with scope.identity(user_id=user.pk):
        others = _of(user).exclude(pk=stored(here.session_key or ""))
        return others.delete()[0]


def _of(user: User) -> models.QuerySet[Session]:
    return Session.objects.filter(user=user, expire_date__gt=timezone.now())


def _name(row: Session) -> str:
    return stored(row.session_key)[:16]


def _at(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, timezone.get_current_timezone())
