"""The seal of a frozen list: SHA-256 over canonical JSON, so that the same content has the same
seal on every machine and in every year."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID


def seal_of(lines: Iterable[Mapping[str, object]]) -> str:
    """SHA-256 (hex) of one line of canonical JSON for each mapping, in the given order, streamed.

    Values are JSON values, dates (written as ISO 8601) and UUIDs.
    """
    seal = hashlib.sha256()
    for line in lines:
        seal.update(_canonical(line))
    return seal.hexdigest()


def _canonical(values: Mapping[str, object]) -> bytes:
    text = json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_written
    )
    return text.encode() + b"\n"


def _written(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, UUID):
        return str(value)
    raise TypeError(f"{type(value).__name__} has no canonical form.")
