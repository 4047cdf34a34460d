"""The audit trail: who changed what, when, under which office, in which request or job."""

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pghistory
from django.db import models

Tracked = TypeVar("Tracked", bound=type[models.Model])


def audited(*, exclude: Sequence[str] = ()) -> Callable[[Tracked], Tracked]:
    """Record every insert, update and delete of a model's table in a history table of its own.

    The recording is done by triggers, a statement at a time, so that COPY and bulk writes are
    recorded too and cost little; the application's role may add to a history and read it, and
    nothing else (`portal.launch.database.grant`).
    """
    track: Callable[[Tracked], Tracked] = pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(),
        pghistory.DeleteEvent(),
        exclude=list(exclude),
        context_field=pghistory.ContextJSONField(),
        context_id_field=pghistory.ContextUUIDField(),
        level=pghistory.Statement,
    )
    return track


def author(event: Any) -> str:
    """The name of whoever made the change that a row of a history records."""
    context = event.pgh_context or {}
    return context.get("name") or context.get("username") or "Sistem"
