"""Removing what is old, and telling what went and what would go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.utils import timezone

from enrollment.retention.models import Kind, Removal, Retention
from enrollment.retention.rules import RULES
from villages import scope

log = structlog.get_logger(__name__)
REASON = "retention"


@dataclass(frozen=True)
class Due:
    """How much of a kind is old now, and when some was last removed."""

    kind: Kind
    days: int
    count: int
    last: Removal | None


def due(retention: Retention, now: datetime | None = None) -> Due:
    kind = Kind(retention.kind)
    with scope.whole_country(REASON):
        count = RULES[kind].count(_before(retention, now))
    last = Removal.objects.filter(kind=kind).first()
    return Due(kind, retention.days, count, last)


def report(now: datetime | None = None) -> list[Due]:
    """What would be removed now, kind by kind. Changes nothing."""
    return [due(retention, now) for retention in Retention.objects.all()]


def remove(now: datetime | None = None) -> list[Removal]:
    """Remove all that is old, a part at a time; returns what was removed of each kind.

    A kind that fails does not keep the others. What was removed before it failed is recorded too.
    """
    return list(_removals(now))


def _removals(now: datetime | None) -> Iterator[Removal]:
    for retention in Retention.objects.all():
        kind, before, removed = Kind(retention.kind), _before(retention, now), 0
        try:
            while part := _remove_part(kind, before):
                removed += part
        except Exception as error:
            log.exception("retention_failed", kind=kind, error=type(error).__name__)
        if removed:
            yield Removal.objects.create(kind=kind, before=before, removed=removed)


def _remove_part(kind: Kind, before: datetime) -> int:
    with scope.whole_country(REASON):
        return RULES[kind].remove(before)


def _before(retention: Retention, now: datetime | None) -> datetime:
    return (now or timezone.now()) - timedelta(days=retention.days)
