"""By what the waiting list of a programme is ranked: the regency's choice. No database, no clock.

The order of arrival is always the last criterion, so no two people have the same turn.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import TextChoices

from villages.refusals import Refusal


class Turn(TextChoices):
    """A criterion: who comes first."""

    POOREST = "poorest", "desil terendah lebih dahulu"
    LISTED = "listed", "yang tercatat di data acuan lebih dahulu"
    CONTINUING = "continuing", "yang melanjutkan kepesertaan lebih dahulu"
    OLDEST = "oldest", "yang tertua lebih dahulu"
    YOUNGEST = "youngest", "yang termuda lebih dahulu"


OPPOSITES = {Turn.OLDEST, Turn.YOUNGEST}
MOST = len(Turn) - 1
"""How many criteria an order has at most."""
ARRIVAL = "yang lebih dahulu diajukan"


def checked(order: Sequence[str]) -> list[str]:
    """The chosen criteria without gaps; Refusal if one is there twice or two contradict."""
    chosen = [criterion for criterion in order if criterion]
    if len(set(chosen)) < len(chosen):
        raise Refusal("Ada ukuran yang dipilih dua kali. Kosongkan salah satunya.")
    if set(chosen) >= OPPOSITES:
        raise Refusal("Pilih salah satu: yang tertua atau yang termuda lebih dahulu.")
    return chosen


def in_words(order: Sequence[str]) -> str:
    """The whole order: `desil terendah lebih dahulu, lalu yang lebih dahulu diajukan`."""
    return ", lalu ".join([*(Turn(criterion).label for criterion in order), ARRIVAL])
