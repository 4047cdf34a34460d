"""A condition of a query: whether a column holds one of many ids."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import BooleanField, Func, Value


class Among(Func):
    """For `filter`: `Among("worker", ids)` does what `worker__in=ids` does, for long lists.

    The ids (or NIKs) are one array: with a parameter for each, Django takes longer to write the
    statement than PostgreSQL to answer it.
    """

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = BooleanField()

    def __init__(self, column: str, ids: Collection[int] | Collection[str]):
        super().__init__(column, Value(list(ids)))
