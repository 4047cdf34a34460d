"""Which counts of people may be published, so that no small one can be had by subtraction; plain
values.

A table has the villages of each kecamatan, the sum of each kecamatan and the sum of all. A village
with 1 to 4 people is hidden. Whoever knows the sum could subtract the others, so more is hidden:
in each kecamatan at least two villages, with at least `SLACK` people more than there are villages
among them. Then each of them may have anything from 1 to `SLACK` + 1. Where a kecamatan has no more
villages to hide, its own sum is hidden too, and that of other kecamatan, until the same holds for
all hidden villages in them together. The sums that are published divide the hidden villages into
groups that have nothing in common, so nothing more can be computed.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

SMALL = 5
"""Counts below this, but for 0, are not published."""
SLACK = 5


@dataclass(frozen=True, slots=True)
class Hidden:
    """Villages by kecamatan, sums of kecamatan, and whether nothing but the whole may be told."""

    villages: Mapping[str, frozenset[str]]
    districts: frozenset[str]
    whole: bool


def hidden(table: Mapping[str, Mapping[str, int]]) -> Hidden:
    """What to hide of kecamatan → village → people."""
    villages = {district: _inside(people) for district, people in table.items()}
    sums = {
        district
        for district, names in villages.items()
        if names and not _safe(table[district], names)
    }
    others = sorted((d for d in table if d not in sums), key=lambda d: (sum(table[d].values()), d))
    while sums and not _safe_together(table, villages, sums):
        if not others:
            return Hidden({d: frozenset(people) for d, people in table.items()},
                          frozenset(table), whole=True)  # fmt: skip
        district = others.pop(0)
        if not villages[district]:
            villages[district] |= set(_by_size(table[district], ())[:1])
        sums.add(district)
    frozen = {district: frozenset(names) for district, names in villages.items()}
    return Hidden(frozen, frozenset(sums), whole=False)


def _inside(people: Mapping[str, int]) -> set[str]:
    """The small villages of a kecamatan, and as many of the next larger ones as they need."""
    names = {village for village, count in people.items() if 0 < count < SMALL}
    for village in _by_size(people, names):
        if not names or _safe(people, names):
            break
        names.add(village)
    return names


def _by_size(people: Mapping[str, int], without: Collection[str]) -> list[str]:
    """The other villages with people, the smallest first."""
    left = (village for village, count in people.items() if count and village not in without)
    return sorted(left, key=lambda village: (people[village], village))


def _safe(people: Mapping[str, int], names: Collection[str]) -> bool:
    return _enough([people[village] for village in names])


def _safe_together(
    table: Mapping[str, Mapping[str, int]],
    villages: Mapping[str, Collection[str]],
    districts: Collection[str],
) -> bool:
    return _enough([table[d][village] for d in districts for village in villages[d]])


def _enough(counts: Collection[int]) -> bool:
    return len(counts) > 1 and sum(counts) - len(counts) >= SLACK
