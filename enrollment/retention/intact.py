"""Whether the files that are kept for ever still are what their rows say: after a restore, or when
a disk is in doubt."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models

from enrollment.workbooks import scans
from enrollment.workbooks.storing import files
from villages import scope

REASON = "check_files"


class Broken(NamedTuple):
    """A file that is missing, or has other bytes than were kept: whose it is, and its name."""

    model: str
    pk: str
    name: str
    missing: bool


def sealed_models() -> list[type[models.Model]]:
    """All tables that keep a file together with the SHA-256 of its bytes."""
    return [model for model in apps.get_models() if _has(model, "file") and _has(model, "sha256")]


def _has(model: type[models.Model], name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def check() -> tuple[int, list[Broken]]:
    """Read all kept files of the portal. Returns how many there are, and those that are broken."""
    number, broken = 0, []
    for model in sealed_models():
        for row in _rows(model):
            number += 1
            if (wrong := _wrong(row)) is not None:
                broken.append(wrong)
    return number, broken


def _rows(model: type[models.Model]) -> Iterator[models.Model]:
    """Rows that have a file. They are fetched before the first file is read, so that no transaction
    stays open meanwhile."""
    with scope.whole_country(REASON):
        rows = list(model._default_manager.exclude(file="").only("pk", "file", "sha256"))
    yield from rows


def _wrong(row: models.Model) -> Broken | None:
    kept = row.file  # type: ignore[attr-defined]
    missing = not files().exists(kept.name)
    if not missing:
        with kept.open("rb") as opened:
            if scans.digest(opened) == row.sha256:  # type: ignore[attr-defined]
                return None
    return Broken(row._meta.label, str(row.pk), kept.name, missing)
