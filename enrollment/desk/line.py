"""Who is next: the people of a list, or of a programme, who wait for an office.

They stand in the order of their villages, and in it in that of their rows. The next one is found
from the present one, and the kept counts say which villages have somebody: nobody is counted, and
no more rows are looked at than two or three villages have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Sum

from enrollment.desk import rules
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import verbs
from enrollment.proposals.lists import EntryFilter
from enrollment.proposals.models import Entry, EntryQuerySet, Proposal
from enrollment.proposals.verbs import State
from villages.models import Office
from villages.permissions import held_by


class Around(NamedTuple):
    """The rows of a line before a row and behind it, in the order of the line, and whether the row
    `waits` itself."""

    before: list[Entry]
    waits: bool
    behind: list[Entry]


class Line:
    """`asked` are the filters of the list's page (`lists.EntryFilter`)."""

    def __init__(
        self,
        programme: PremiumSubsidy,
        proposal: Proposal | None,
        asked: Mapping[str, str],
        office: Office,
    ) -> None:
        self.programme, self.proposal = programme, proposal
        everybody: Any = proposal.entries if proposal else Entry.objects.visible_to(office)
        self.everybody: EntryQuerySet = everybody.filter(programme=programme).select_related("area")
        self.sifted = EntryFilter(
            asked, queryset=self.everybody, office=office, whole=proposal is None
        )
        self.states = verbs.waiting_for(held_by(office.role)) & set(self.sifted.states)
        self.rows: EntryQuerySet = self.sifted.qs.filter(state__in=self.states)
        if State.COSIGNED in self.states:
            self.rows = self.rows.approvable_by(office)
        # The counts do not know who has signed.
        self.is_counted = self.sifted.is_counted and State.COSIGNED not in self.states
        counts: Any = proposal.counts.all() if proposal else programme.counts.visible_to(office)
        if place := self.sifted.place:
            counts = counts.within(place)
        self.all_counts, self.counts = counts, counts.filter(state__in=self.states)

    @property
    def people(self) -> int | None:
        """How many wait; None where a filter looks at each person."""
        if not self.is_counted:
            return None
        return int(self.counts.aggregate(number=Sum("people", default=0))["number"])

    def elsewhere(self) -> list[tuple[int, str]]:
        """(people, with whom they are) for those whom the filters find and who do not wait for the
        office; empty where a filter looks at each person."""
        if not self.sifted.is_counted:
            return []
        filters: Any = self.sifted
        kept = filters.by_status(self.all_counts, "status", filters.data["status"])
        people = kept.exclude(state__in=self.states).by_stage()
        return [
            (people[stage], where) for stage, where in rules.WITH_WHOM.items() if people.get(stage)
        ]

    def of(self, public_id: UUID | None) -> Entry | None:
        """The row of this person, whether or not they wait; without an id, who is first."""
        if public_id is None:
            return next(iter(self.first(1)), None)
        return self.everybody.filter(public_id=public_id).first()

    def after_the_last(self, entry: Entry) -> Entry | None:
        """Who comes after `entry` if it is the last: the first; None if nobody else waits."""
        return next((row for row in self.first(1) if row.pk != entry.pk), None)

    def first(self, most: int) -> list[Entry]:
        """Up to so many rows from the beginning. At most two statements."""
        return self._of_villages("", 0, most)

    def around(self, entry: Entry, before: int, behind: int) -> Around:
        """Up to so many rows before `entry` and behind it. At most three statements."""
        here = self.rows.filter(area=entry.area_id)
        found = _together(
            here.filter(pk__lt=entry.pk).order_by("-pk")[:before],
            here.filter(pk__gte=entry.pk).order_by("pk")[: behind + 1],
        )
        left = [row for row in found if row.pk < entry.pk]
        right = [row for row in found if row.pk > entry.pk][:behind]
        beyond = self._of_villages(entry.area_id, before - len(left), behind - len(right))
        return Around(
            before=[*(row for row in beyond if row.area_id < entry.area_id), *left],
            waits=any(row.pk == entry.pk for row in found),
            behind=[*right, *(row for row in beyond if row.area_id > entry.area_id)],
        )

    def _of_villages(self, village: str, before: int, behind: int) -> list[Entry]:
        """So many rows of the villages before this one and behind it."""
        rows = self.rows
        if self.is_counted:
            rows = rows.filter(area__in=self._with_people(village, before, behind))
        return _together(
            rows.filter(area__lt=village).order_by("-area_id", "-pk")[: max(before, 0)],
            rows.filter(area__gt=village).order_by("area_id", "pk")[: max(behind, 0)],
        )

    def _with_people(self, village: str, before: int, behind: int) -> list[str]:
        """The nearest villages on both sides in which so many people wait."""
        kept = self.counts.order_by().values_list("area").annotate(number=Sum("people"))
        kept = kept.filter(number__gt=0)
        left = kept.filter(area__lt=village).order_by("-area")[: max(before, 0)]
        right = kept.filter(area__gt=village).order_by("area")[: max(behind, 0)]
        people = sorted(left.union(right, all=True))
        return [
            *_enough([pair for pair in reversed(people) if pair[0] < village], before),
            *_enough([pair for pair in people if pair[0] > village], behind),
        ]


def _enough(people: Iterable[tuple[str, int]], wanted: int) -> Iterator[str]:
    """The first of these villages in which so many people wait."""
    for village, number in people:
        if wanted <= 0:
            return
        yield village
        wanted -= number


def _together(some: EntryQuerySet, others: EntryQuerySet) -> list[Entry]:
    """The rows of both, by one statement, in the order of the line."""
    return sorted(some.union(others, all=True), key=lambda row: (row.area_id, row.pk))
