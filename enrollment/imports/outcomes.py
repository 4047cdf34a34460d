"""How a row stands to the registry and what became of it: told from what is known of it.

A row is staged once, by the hundred thousand; writing on each what follows from it anyway would
cost more than registering its person. So the page, the filter and the report ask here.
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
"""How a row stands to the registry, under the words in which the pages ask for it."""

BEFORE_TAKING = ("read", "match", "check", "preview", "take", "discarded")


def overwriting(job: Import) -> Coalesce:
    """Whether a row's person, registered already, gets what the list says."""
    return Coalesce("overwrite", Value(job.update_existing), output_field=BooleanField())


def became(job: Import) -> Case | Value:
    """What taking `job` made of a row (an `ImportRow.Outcome`); nothing yet before it is taken."""
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
