"""Refusals: sentences for the user when a rule or the database forbids something."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from django.db import IntegrityError


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
