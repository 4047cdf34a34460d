"""Whether every file that a row names is there: after a restore, and after a move to a bucket."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.core.files import File

from enrollment.workbooks import private
from enrollment.workbooks.storing import files


def missing(named: Callable[[], set[str]]) -> list[str]:
    """The files that rows name and the storage does not have.

    `named` tells which they are (`private.named`, over the whole country). It is asked twice, so
    that a file that goes together with its row meanwhile is not missed.
    """
    before = named()
    there = {kept.name for folder in private.folders() for kept in files().kept(folder)}
    gone = before - there
    return sorted(gone & named()) if gone else []


def fetch(name: str, folder: Path) -> bool:
    """Copy a file into the storage under the same name; False if the folder does not have it."""
    source = folder / name
    if not source.is_file():
        return False
    with source.open("rb") as content:
        files().save(name, File(content))
    return True
