"""Who of those that are handed in gets a place, and who gets a number on the waiting list.

Handing in and the page that says beforehand what it will do ask the same rule.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import Count

from enrollment.programmes import quotas
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import queue
from enrollment.proposals.models import EntryQuerySet
from enrollment.proposals.verbs import State


class Asking(NamedTuple):
    """Somebody who asks for a place in the village `area`; `row` is the id of their row. Who
    `is_new` passes nobody who waits; who comes back had a place before. `must_wait`: was waiting
    until the last step."""

    row: int
    area: str
    is_new: bool
    must_wait: bool = False


def without_place(
    asking: Iterable[Asking], free: Mapping[str, int | None], line: Mapping[str, int]
) -> list[int]:
    """The rows of those who find no place, in order. `free`: village → places that nobody holds,
    None without a limit; `line`: village → people who wait there already."""
    taken: Counter[str] = Counter()
    waiting = []
    for one in asking:
        places = free[one.area]
        promised = line.get(one.area, 0) if one.is_new else 0
        is_full = places is not None and places - taken[one.area] <= promised
        if is_full or one.must_wait:
            waiting.append(one.row)
        else:
            taken[one.area] += 1
    return waiting


def foreseen(programme: PremiumSubsidy, rows: EntryQuerySet) -> list[int]:
    """The ids of those of `rows` (drafts and returned people) who would go to the waiting list if
    they were handed in now. At most three queries."""
    found = rows.order_by("pk").values_list("pk", "area_id", "state")
    return _foreseen(programme, [Asking(pk, area, _is_new(state)) for pk, area, state in found])


def about(programme: PremiumSubsidy, rows: EntryQuerySet) -> int:
    """How many `foreseen` would name, without reading each of the rows: who comes back is taken to
    stand before who is new."""
    counted = rows.order_by().values_list("area_id", "state").annotate(people=Count("pk"))
    groups: list[Any] = sorted(counted, key=lambda group: _is_new(group[1]))
    asking = (Asking(0, area, _is_new(state)) for area, state, people in groups
              for _ in range(people))  # fmt: skip
    return len(_foreseen(programme, list(asking)))


def _is_new(state: str) -> bool:
    return state == State.DRAFT


def _foreseen(programme: PremiumSubsidy, asking: list[Asking]) -> list[int]:
    free = quotas.free_in(programme, {one.area for one in asking})
    if all(places is None for places in free.values()):
        return []
    return without_place(asking, free, queue.people_in_line(programme, free))
