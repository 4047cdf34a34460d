"""The progress of lists: people by state, villages that handed in, steps of one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Sum

from enrollment.coverage.rules import Kind
from enrollment.formats import tanggal
from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.proposals import departures, queue, stages, verbs
from enrollment.proposals.models import (
    Entry,
    EntryCount,
    EntryQuerySet,
    Proposal,
    ProposalQuerySet,
    Step,
)
from villages.models import Area, AreaQuerySet, Office, Regency, Role
from villages.permissions import PROPOSERS, held_by

State = Entry.State
MOST_NAMED = 5
"""How many of those who are passed over a page names."""


def add_lists(programmes: Iterable[Any], office: Office) -> None:
    """Give each programme of a page the office's own list, how many lists are expected and how
    many have been handed in, and its people counted by state. The number of queries does not
    depend on the number of programmes."""
    wanted = [programme.pk for programme in programmes]
    rows = EntryCount.objects.visible_to(office).filter(programme__in=wanted)
    own = Proposal.objects.own(office).filter(programme__in=wanted)
    if office.role in PROPOSERS:
        rows = rows.proposed_by(office)
    counts = rows.by_stage("programme")
    lists_of = {proposal.programme_id: proposal for proposal in own}
    lists = handed_in(office).filter(programme__in=wanted).order_by().values_list("programme")
    came = dict(lists.annotate(lists=Count("pk")))
    villages = villages_of(office).count()
    for programme in programmes:
        programme.own_list = lists_of.get(programme.pk)
        programme.states = stages.tiles(counts.get(programme.pk, {}))
        programme.people = sum(counts.get(programme.pk, {}).values())
        programme.came, programme.villages = came.get(programme.pk, 0), villages


def villages_of(office: Office) -> AreaQuerySet:
    """The villages in the office's area that should hand in a list."""
    return Area.objects.within(office.area_id).villages().filter(current=True)


def handed_in(office: Office) -> ProposalQuerySet:
    """The villages' lists that have been handed in, without those of agencies."""
    return Proposal.objects.visible_to(office).handed_in().filter(agency=None)


def kinds(entries: EntryQuerySet) -> list[tuple[Kind, int]]:
    """How many people of a list become members and how many stay ones, of those who have been
    handed in and not rejected."""
    known = entries.exclude(kind="").exclude(state__in=verbs.ENDED).order_by()
    counted = dict(known.values_list("kind").annotate(people=Count("pk")))
    return [(kind, counted[kind]) for kind in Kind if kind in counted]


@dataclass(frozen=True, slots=True)
class Passed:
    """Who waits before the chosen: how many, and the first of them."""

    people: int
    first: list[Entry]

    @property
    def more(self) -> int:
        return self.people - len(self.first)


def passed(programme: PremiumSubsidy, rows: EntryQuerySet) -> Passed:
    """Those who would be passed over (`decisions.OutOfTurn`), in their order."""
    in_turn = rows.order_by("area_id", queue.turn(programme.waiting_order), "pk")
    first = list(in_turn.select_related("area")[:MOST_NAMED])
    departures.add_people(first)
    queue.add_turns(programme, first)
    return Passed(rows.count(), first)


@dataclass(frozen=True, slots=True)
class Vacancy:
    """A village with free places and people who wait for one. `free` is None without a limit."""

    area: Area
    free: int | None
    waiting: int
    next: Any
    """The row of who is next."""

    @property
    def can_come(self) -> int:
        return self.waiting if self.free is None else min(self.free, self.waiting)


def vacancies(office: Office, programmes: Iterable[Any]) -> dict[UUID, list[Vacancy]]:
    """Programme → the villages in which somebody waits and a place is free, in a fixed number of
    queries. The next one is who is first in the programme's order and has not gone."""
    orders = {programme.pk: programme.waiting_order for programme in programmes}
    wanted = list(orders)
    rows = EntryCount.objects.visible_to(office).filter(programme__in=wanted, gone=False)
    counted = rows.filter(state=State.WAITING).order_by().values_list("programme", "area")
    waiting = {tuple(key): people for *key, people in counted.annotate(n=Sum("people")) if people}
    quotas = Quota.objects.filter(
        programme__in=wanted, area__in={area for _, area in waiting}
    ).with_room()
    free = {(quota.programme_id, quota.area_id): quota for quota in quotas.select_related("area")}
    found: dict[UUID, list[Vacancy]] = {}
    for row in _next_in(office, [key for key in waiting if key in free], orders):
        key = (row.programme_id, row.area_id)
        one = Vacancy(free[key].area, free[key].left, waiting[key], row)
        found.setdefault(row.programme_id, []).append(one)
    return found


def _next_in(
    office: Office, places: Iterable[tuple[UUID, str]], orders: Mapping[UUID, Sequence[str]]
) -> list[Any]:
    """Of each programme and village, the row of who is next."""
    places = set(places)
    if not places:
        return []
    rows = Entry.objects.visible_to(office).in_line().filter(
        programme__in={programme for programme, _ in places},
        area__in={area for _, area in places},
    )  # fmt: skip
    first = rows.order_by("programme_id", "area_id", queue.turn_in(orders), "pk")
    found = list(first.distinct("programme_id", "area_id"))
    found = [row for row in found if (row.programme_id, row.area_id) in places]
    departures.add_people(found)
    queue.add_reasons(orders, found)
    return found


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of one person, as the part `moments` shows it."""

    when: datetime
    what: str
    who: str
    why: str


def moments(entry: Entry, regency: Regency, steps: Sequence[Step] | None = None) -> list[Moment]:
    """What happened to one person on a list, the latest first: steps, decree, registration.
    `steps`: of the entry, where they have been read already."""
    past = entry.steps.order_by("at", "pk") if steps is None else steps
    taken = [Moment(step.at, what(step), who(step, regency), step.reason) for step in past]
    both = [*reversed(taken), *_after_approval(entry)]
    return sorted(both, key=lambda moment: moment.when, reverse=True)


def _after_approval(entry: Any) -> Iterator[Moment]:
    """The decree that names the person of an entry, be it revoked by now, and what BPJS has said of
    it."""
    for row in entry.decree_rows.all():
        decree = row.decree
        if decree.is_published:
            if said := decree.registration:
                yield Moment(said.at, f"Didaftarkan ke BPJS {tanggal(said.on)}", said.name, "")
            named = f"Ditetapkan dengan keputusan {decree.number} tanggal {tanggal(decree.date)}"
            yield Moment(decree.issued_at, named, "", "")


REPAIRED = "Diperbaiki, siap diajukan lagi"
"""What the step of somebody returned says that leaves them in their state."""


def what(step: Step) -> str:
    """What a step was, as the history of a person says it."""
    if step.from_state == step.to_state:
        return REPAIRED
    verb = verbs.taken(step.from_state, step.to_state, held_by(step.role))
    # An old step may come from a role that may not take this verb today.
    return verb.history if verb else step.get_to_state_display()


def who(step: Any, regency: Regency) -> str:
    """Who took a step: name and office; `step` has `name` and `role`."""
    words: dict[str, str] = {
        Role.VILLAGE_HEAD: regency.village_head_word,
        Role.VILLAGE_OPERATOR: f"operator {regency.village_word}",
    }
    return f"{step.name}, {words.get(step.role, step.get_role_display())}"
