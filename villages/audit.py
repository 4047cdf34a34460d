"""The audit trail: who changed what, when, under which office, in which request or job."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any, TypeVar

import pghistory
from django.db import connection, models
from pghistory.models import Event as AnyEvent

Tracked = TypeVar("Tracked", bound=type[models.Model])
KEPT_DAYS = 1826
"""Events are kept for five years at least; the SQL function `forget_history` has it too."""


class Event(AnyEvent):
    """A row of a history. Its keys are never used up: those of django-pghistory end at 2³¹, which
    the people of one province reach in some years."""

    pgh_id = models.BigAutoField(primary_key=True)
    by_month = False
    """Whether its table is divided by month (`operations.history.ByMonth`)."""

    class Meta(AnyEvent.Meta):
        abstract = True


def audited(*, exclude: Sequence[str] = (), by_month: bool = False) -> Callable[[Tracked], Tracked]:
    """Record every insert, update and delete of a model's table in a history table of its own.

    `by_month`: it grows with the number of people, so its table is divided by month, and what is
    old can be removed a month at a time.

    The recording is done by triggers, a statement at a time, so that COPY and bulk writes are
    recorded too and cost little; the application's role may add to a history and read it, and
    nothing else (`portal.launch.database.grant`).
    """

    def track(model: Tracked) -> Tracked:
        tracked: Callable[[Tracked], Tracked] = pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(),
            pghistory.DeleteEvent(),
            exclude=list(exclude),
            context_field=pghistory.ContextJSONField(),
            context_id_field=pghistory.ContextUUIDField(),
            level=pghistory.Statement,
            base_model=Event,
            **(_by_month(model) if by_month else {}),
        )
        return tracked(model)

    return track


def _by_month(model: type[models.Model]) -> dict[str, Any]:
    """The index has the order of the events of a row as well. Without it PostgreSQL reads whole
    months backwards for the last event of a row, where it expects to find one soon."""
    newest = models.Index(fields=["pgh_obj", "-pgh_id"], name=f"{model.__name__.lower()}event_row")
    return {
        "obj_field": pghistory.ObjForeignKey(db_index=False, related_name="events"),
        "meta": {"indexes": [newest]},
        "attrs": {"by_month": True},
    }


def since(created_at: datetime) -> datetime:
    """A time before the first event of what was made at `created_at`. Reading no events before it
    keeps PostgreSQL from looking into the months before it.

    An event has the time at which its transaction began, so it may be older than its row.
    """
    return created_at - timedelta(days=1)


def author(event: Any) -> str:
    """The name of whoever made the change that a row of a history records."""
    context = event.pgh_context or {}
    return context.get("name") or context.get("username") or "Sistem"


def make_months() -> int:
    """Make the parts of the histories divided by month that are missing for the months to come, by
    a function of the tables' owner; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT make_history_months()")
        return int(cursor.fetchone()[0])
