"""Refusals: sentences for the user when a rule or the database forbids something."""

import errno
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError
from psycopg2.errors import DiskFull


class Refusal(Exception):
    """A rule or a constraint forbids it; `str()` is the sentence for the user (Indonesian)."""


@contextmanager
def translating(sentences: Mapping[str, str]) -> Iterator[None]:
    """Turn a broken database constraint into the sentence meant for the user.

    `sentences` maps constraint names to Indonesian sentences; a constraint that is not
    named there is raised again: it is a fault of the program.
    """
    try:
        yield
    except IntegrityError as broken:
        diagnosis = getattr(broken.__cause__, "diag", None)
        name: str | None = getattr(diagnosis, "constraint_name", None)
        if name is None or name not in sentences:
            raise
        raise Refusal(sentences[name]) from broken


def is_short_of_room(error: BaseException | None) -> bool:
    """Whether the disk of the database or of the files is full."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return error is not None and isinstance(error.__cause__, DiskFull)
