"""What the forms and addresses of the desk say."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime

from django.utils.dateparse import parse_datetime

from enrollment.desk.actions import Seen
from villages.parameters import plain

NEVER = datetime(1, 1, 1, tzinfo=UTC)


def person(text: str | None) -> uuid.UUID | None:
    """The public id of a row; None for what is none."""
    try:
        return uuid.UUID(text or "")
    except ValueError:
        return None


def reason(data: Mapping[str, str]) -> str:
    """The own reason where the form has a field for it, even an empty one, which is refused; a
    usual one only from its own button."""
    return plain(data.get("own")).strip() if "own" in data else plain(data.get("reason"))


def seen(data: Mapping[str, str]) -> Seen:
    """What a form says of the version that it was shown with; a form without it is refused as
    changed."""
    row, of_person = _moment(data.get("seen")), data.get("seen_person")
    return Seen(row, _moment(of_person) if of_person else None)


def _moment(text: str | None) -> datetime:
    """The moment that a form of ours names; `NEVER` for anything else."""
    try:
        moment = parse_datetime(text or "")
        return moment.astimezone(UTC) if moment and moment.tzinfo else NEVER
    except (ValueError, OverflowError):
        return NEVER
