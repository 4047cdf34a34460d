"""How a row compares with the registry and what became of it, computed from its other columns.

Rows are staged by the hundred thousand. Storing in each what follows from its other columns would
take longer than registering its person, so the page, the filter and the report compute it here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import BooleanField, Case, CharField, F, Q, Value, When
from django.db.models.functions import Coalesce

if TYPE_CHECKING:
    from enrollment.imports.models import Import

_TAKEABLE = ~Q(severity="error")
_REGISTERED = Q(worker__isnull=False)
STANDINGS = {
    "siap": _TAKEABLE,
    "baru": _TAKEABLE & Q(worker__isnull=True),
    "sama": _TAKEABLE & _REGISTERED & Q(changes=[]),
    "berubah": _TAKEABLE & _REGISTERED & ~Q(changes=[]),
}
"""How a row compares with the registry → the rule for it; the keys are used in URLs."""

BEFORE_TAKING = ("read", "match", "check", "preview", "take", "discard", "discarded")


def overwriting(job: Import) -> Coalesce:
    """SQL: whether the row's person, who is registered already, gets the values of the list."""
    return Coalesce("overwrite", Value(job.update_existing), output_field=BooleanField())


def became(job: Import) -> Case | Value:
    """SQL: what became of a row when `job` was taken (an `ImportRow.Outcome`); "" before that."""
    if job.phase in BEFORE_TAKING:
        return Value("", output_field=CharField())
    return Case(
        When(~Q(outcome=""), then=F("outcome")),
        When(severity="error", then=Value("refused")),
        When(STANDINGS["baru"], then=Value("new")),
        When(STANDINGS["sama"], then=Value("same")),
        When(overwriting(job), then=Value("changed")),
        default=Value("kept"),
        output_field=CharField(),
    )
