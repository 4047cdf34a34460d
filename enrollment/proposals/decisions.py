"""Decisions: what happens when somebody applies a verb to people on lists.

The table `verbs` says who may take a verb, from where, and where it leads; places, money and
signatures follow from the states. Locks are taken in one order everywhere: entries, families,
quotas, programme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db import connection

from enrollment.among import Among
from enrollment.programmes import budget, quotas
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import candidates, costs, queue, seating, signing, steps
from enrollment.proposals.models import Entry, EntryQuerySet
from enrollment.proposals.verbs import (
    ADMIT,
    HOLDS_MONEY,
    HOLDS_PLACE,
    NOT_LISTED,
    OUTSIDE,
    REPLACE,
    VERBS,
    State,
    Verb,
)
from enrollment.schedules import actions as schedules
from enrollment.workers.checks.findings import Finding, finding
from enrollment.workers.models import Worker
from villages.models import Area, Office
from villages.refusals import Refusal

_NUMBER = """
UPDATE enrollment_entry entry SET rank = ticket.rank
FROM unnest(%s::bigint[], %s::int[]) AS ticket (id, rank) WHERE entry.id = ticket.id
"""
NEVER_NAMED = (
    "Penerima program ini ditetapkan wilayah yang membayarnya dari anggarannya sendiri, dan "
    "kelurahan tidak memilikinya. Usulkan mereka di program yang ditetapkan kabupaten."
)


def require_open(programme: PremiumSubsidy) -> None:
    """Refusal where the programme takes no lists now."""
    if not programme.is_open:
        raise Refusal("Program ini tidak sedang dibuka untuk usulan. Hubungi Dinas.")


def require_decider(programme: PremiumSubsidy, by: Office) -> None:
    """Refusal for a kelurahan where villages name the people by decrees of their own: it has no
    budget, so nobody could ever name its people. Who decides is reached by a related name, since
    its model is in a later room."""
    if by.area.kind == Area.Kind.URBAN_VILLAGE and hasattr(programme, "by_villages"):
        raise Refusal(NEVER_NAMED)


@dataclass(frozen=True, slots=True)
class Decision:
    """How many rows were decided, the ids of those left out because they have a finding, how many
    of the decided went to the waiting list since no place was free, how many of them other
    approvers have to sign for, too, and the ids of the decided."""

    done: int
    left_out: tuple[int, ...] = ()
    queued: int = 0
    partly: int = 0
    rows: tuple[int, ...] = ()

    @property
    def left(self) -> int:
        return len(self.left_out)


class Seated(NamedTuple):
    """How many people got a place, how many a number on the waiting list, and how many of the first
    are looked at before the Dinas."""

    admitted: int
    waiting: int
    checked: int


class OutOfTurn(Refusal):
    """Somebody would be taken from the waiting list before others: that is asked first. `passed`
    are the rows of those who are passed over."""

    def __init__(self, passed: EntryQuerySet):
        super().__init__(
            "Ada yang menunggu lebih dahulu. Belum ada yang diambil: periksa dahulu siapa yang "
            "dilewati."
        )
        self.passed = passed


def decide(
    name: str,
    programme: PremiumSubsidy,
    entries: EntryQuerySet,
    *,
    by: Office,
    reason: str = "",
    out_of_turn: bool = False,
    asked: candidates.Asked | None = None,
) -> Decision:
    """Apply a verb (a key of VERBS) to those of `entries` in a state that allows it.

    `entries` is a queryset of one programme; rows in other states stay as they are. Places and
    money are reserved for everybody or for nobody (Refusal): a person must decide whom to leave
    out, not the order of a list. `out_of_turn`: they know whom they pass over (`OutOfTurn`).
    `asked`: as in `candidates.examined`.
    """
    verb = VERBS[name]
    reason, asked = verb.checked_reason(reason), asked or candidates.Asked(programme)
    schedules.refuse_frozen(by.area_id, schedules.move_of(by))
    with steps.deciding():
        held = steps.hold(entries, verb, by=by)
        going = eligible_of(programme, held, asked=asked) if verb.only_eligible else held
        if not out_of_turn:
            chosen = Entry.objects.filter(Among("pk", [entry.pk for entry in going]))
            refuse_out_of_turn(verb, programme, chosen)
        queued = partly = 0
        for taken, rows in signing.parts(programme, verb, going):
            reserve(
                programme, taken, places=places_for(taken, rows), people=len(rows),
                rupiah=cost_of(programme, taken, rows, asked),
            )  # fmt: skip
            queued += carry_out(programme, taken, rows, by=by, reason=reason)
            partly += len(rows) if verb.partly and taken.to == verb.partly else 0
    gone = {entry.pk for entry in going}
    left_out = tuple(entry.pk for entry in held if entry.pk not in gone)
    return Decision(len(going), left_out, queued, partly, tuple(entry.pk for entry in going))


def refuse_out_of_turn(verb: Verb, programme: PremiumSubsidy, chosen: EntryQuerySet) -> None:
    """OutOfTurn if the verb takes people from the waiting list while others wait before them. A
    village takes its next ones as long as those before them, whom an agency proposes, have a free
    place too."""
    if verb.name not in (ADMIT.name, REPLACE.name):
        return
    rows = Entry.objects.filter(programme=programme)
    waiting = chosen.filter(state=State.WAITING)
    passed = rows.passed_over(waiting, programme.waiting_order)
    if passed.exists() and not (verb.name == REPLACE.name and _all_fit(programme, waiting, passed)):
        raise OutOfTurn(passed)


def _all_fit(programme: PremiumSubsidy, chosen: EntryQuerySet, passed: EntryQuerySet) -> bool:
    """Whether the free places of each village suffice for both; they are held from now on."""
    people = Counter(chosen.values_list("area", flat=True))
    people.update(passed.values_list("area", flat=True))
    held = quotas.lock(programme, people)
    free = ((held[area].left, number) for area, number in people.items())
    return all(left is None or left >= number for left, number in free)


def eligible_of(
    programme: PremiumSubsidy,
    held: Sequence[Entry],
    *,
    hurried: Collection[int] = (),
    asked: candidates.Asked | None = None,
) -> list[Entry]:
    """Those of the held rows whose person has no finding; `hurried` and `asked` as in
    `candidates.examined`."""
    against = findings_of(programme, held, hurried=hurried, asked=asked)
    return [entry for entry in held if not against[entry.worker_id]]


def findings_of(
    programme: PremiumSubsidy,
    entries: Sequence[Entry],
    *,
    hurried: Collection[int] = (),
    asked: candidates.Asked | None = None,
) -> dict[int, list[Finding]]:
    """Worker id → findings of each person of `entries`, including `worker.moved`. Families of those
    who come onto a list by it are held until the transaction ends.

    Sets `kind` of each row (not saved) to what it is today."""
    workers = Worker.objects.filter(Among("pk", [entry.worker_id for entry in entries])).order_by()
    against: dict[int, list[Finding]] = {}
    village: dict[int, str] = {}
    kinds: dict[int, str] = {}
    for person, verdict in candidates.examined(programme, workers, hurried=hurried, asked=asked):
        against[person.pk], village[person.pk] = verdict.against, person.area
        kinds[person.pk] = verdict.kind.value
    coming = [entry.worker_id for entry in entries if entry.state in OUTSIDE]
    for pk, full in candidates.families_filled(programme, coming).items():
        if full.code not in {known.code for known in against.get(pk, [])}:
            against.setdefault(pk, []).append(full)
    for entry in entries:
        entry.kind = kinds.get(entry.worker_id, entry.kind)
        if village.get(entry.worker_id) != entry.area_id:
            against.setdefault(entry.worker_id, []).insert(0, finding("worker.moved"))
    return against


def places_for(verb: Verb, entries: Iterable[Entry]) -> Counter[str]:
    """Village → how many of `entries` need a place that they do not hold yet."""
    if verb.to not in HOLDS_PLACE or verb.otherwise:
        return Counter()
    return Counter(entry.area_id for entry in entries if entry.state not in HOLDS_PLACE)


def cost_of(
    programme: PremiumSubsidy,
    verb: Verb,
    going: Sequence[Entry],
    asked: candidates.Asked | None = None,
) -> int:
    """Rupiah that the verb commits for these rows, whose sectors and first months are assigned on
    the way; `asked` as in `candidates.examined`."""
    if verb.to not in HOLDS_MONEY:
        return 0
    asked = asked or candidates.Asked(programme)
    costs.assign(programme, going, asked.first_month)
    return sum(map(costs.of_row(programme), going))


def reserve(
    programme: PremiumSubsidy, verb: Verb, *, places: Mapping[str, int], people: int, rupiah: int
) -> None:
    """Take the places and commit the money that the verb needs; Refusal if either is short."""
    if places:
        quotas.admit(programme, places)
    if verb.to in HOLDS_MONEY and people:
        budget.commit(programme, people, rupiah)


def give_back(programme: PremiumSubsidy, *, places: Mapping[str, int], rupiah: int) -> None:
    """Give back what was reserved and not used."""
    quotas.give_back(programme, places)
    if rupiah:
        budget.release(programme, rupiah)


def carry_out(
    programme: PremiumSubsidy, verb: Verb, going: Sequence[Entry], *, by: Office, reason: str
) -> int:
    """Move the held rows to where `verb` leads; what it `reserves` has been reserved already, and
    `cost_of` has been asked. Returns how many of them went to the waiting list instead."""
    if verb.to == NOT_LISTED:
        Entry.objects.filter(Among("pk", [entry.pk for entry in going])).delete()
        return 0
    if verb.otherwise:
        return seat(programme, verb, going, by=by, reason=reason).waiting
    bring(programme, verb, going, by=by, reason=reason)
    if verb.to not in HOLDS_PLACE:
        left = Counter(entry.area_id for entry in going if entry.state in HOLDS_PLACE)
        quotas.give_back(programme, left)
    if released := sum(entry.cost for entry in going):
        budget.release(programme, released)
    return 0


def bring(
    programme: PremiumSubsidy, verb: Verb, going: Sequence[Entry], *, by: Office, reason: str
) -> int:
    """Move the held rows to where `verb` leads; those whom somebody looks at before the Dinas, to
    `verb.unchecked`. Returns how many these are."""
    unpassed = steps.unpassed(going) if verb.unchecked else set()
    first = [entry for entry in going if entry.pk in unpassed]
    then = [entry for entry in going if entry.pk not in unpassed]
    steps.move(first, replace(verb, to=verb.unchecked), by=by, reason=reason)
    price = costs.of_row(programme)
    steps.move(then, verb, by=by, reason=reason, price=price)
    return len(first)


def seat(
    programme: PremiumSubsidy, verb: Verb, going: Sequence[Entry], *, by: Office, reason: str = ""
) -> Seated:
    """Give places to the held rows, in their order; whoever finds none free gets a number on the
    waiting list (`verb.otherwise`), and so does who was waiting when rejected: they pass nobody.
    """
    admitted, queued = _places(programme, going, steps.waited(going))
    quotas.take(
        programme,
        [entry.area_id for entry in admitted],
        queued=[entry.area_id for entry in queued],
    )
    checked = bring(programme, verb, admitted, by=by, reason=reason)
    give_numbers(queued)
    steps.move(queued, replace(verb, to=verb.otherwise), by=by, reason=reason)
    return Seated(len(admitted), len(queued), checked)


def _places(
    programme: PremiumSubsidy, entries: Sequence[Entry], waited: set[int]
) -> tuple[list[Entry], list[Entry]]:
    """Split the rows into those who get a place and those who must wait, with their numbers.

    A free place belongs to who waits: somebody new passes nobody. Who comes back had one before.
    """
    held = quotas.lock(programme, [entry.area_id for entry in entries])
    asking = [
        seating.Asking(entry.pk, entry.area_id, entry.state == State.DRAFT, entry.pk in waited)
        for entry in entries
    ]
    new = [one.area for one in asking if one.is_new]
    line = queue.people_in_line(programme, new) if new else {}
    free = {area: quota.left for area, quota in held.items()}
    waiting = set(seating.without_place(asking, free, line))
    queued = [entry for entry in entries if entry.pk in waiting]
    for entry in queued:
        held[entry.area_id].queued += 1
        entry.rank = held[entry.area_id].queued
    return [entry for entry in entries if entry.pk not in waiting], queued


def give_numbers(queued: Sequence[Entry]) -> None:
    """Write the `rank` that each of these rows has on the waiting list."""
    if queued:
        with connection.cursor() as cursor:
            cursor.execute(_NUMBER, [[entry.pk for entry in queued], [e.rank for e in queued]])
