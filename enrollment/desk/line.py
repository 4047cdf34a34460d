"""Who is next: the people of a list, or of a programme, who wait for an office.

They stand in the order of their villages, and in it in that of their rows. The next one is found
from the present one, and the kept counts say which villages have somebody: nobody is counted, and
no more rows are looked at than two or three villages have.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
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
        self.sifted = EntryFilter(asked, queryset=self.everybody, office=office)
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
            return next(iter(self.near(None, 1)), None)
        return self.everybody.filter(public_id=public_id).first()

    def following(self, entry: Entry) -> Entry | None:
        """Who comes after this row, from the beginning at the end; None if nobody else waits."""
        found = self.near(entry, 1) or self.near(None, 1)
        return next((row for row in found if row.pk != entry.pk), None)

    def near(self, entry: Entry | None, most: int, *, back: bool = False) -> list[Entry]:
        """Up to `most` rows behind `entry`, or before it, the nearest first. Without an entry, from
        the beginning. At most three queries."""
        if entry is None:
            return self._of_villages("", most, back)
        side = {"pk__lt": entry.pk} if back else {"pk__gt": entry.pk}
        here = self.rows.filter(area=entry.area_id, **side).order_by("-pk" if back else "pk")
        found = list(here[:most])
        if len(found) < most:
            found += self._of_villages(entry.area_id, most - len(found), back)
        return found

    def _of_villages(self, beyond: str, most: int, back: bool) -> list[Entry]:
        """The first rows of the villages behind, or before, the village `beyond`."""
        side = {f"area__{'lt' if back else 'gt'}": beyond}
        rows = self.rows.order_by(*(("-area_id", "-pk") if back else ("area_id", "pk")))
        if not self.is_counted:
            return list(rows.filter(**side)[:most])
        kept = self.counts.filter(**side).order_by("-area" if back else "area")
        people = kept.values_list("area").annotate(number=Sum("people")).filter(number__gt=0)
        villages, enough = [], 0
        for village, number in people[:most]:
            villages.append(village)
            enough += number
            if enough >= most:
                break
        return list(rows.filter(area__in=villages)[:most]) if villages else []
