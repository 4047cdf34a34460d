"""Decisions: what happens when somebody applies a verb to people on lists.

The table `verbs` says who may take a verb, from where, and where it leads; places, money and
signatures follow from the states. Locks are taken in one order everywhere: entries, quotas,
programme.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from enrollment.among import Among
from enrollment.programmes import budget, quotas
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import candidates, steps
from enrollment.proposals.models import Entry, EntryQuerySet
from enrollment.proposals.verbs import HOLDS_MONEY, HOLDS_PLACE, NOT_LISTED, VERBS, Verb
from enrollment.workers.checks.findings import Finding, finding
from enrollment.workers.models import Worker
from villages.models import Office


@dataclass(frozen=True, slots=True)
class Decision:
    """How many rows were decided, and the ids of those left out because they have a finding."""

    done: int
    left_out: tuple[int, ...] = ()

    @property
    def left(self) -> int:
        return len(self.left_out)


def decide(
    name: str, programme: PremiumSubsidy, entries: EntryQuerySet, *, by: Office, reason: str = ""
) -> Decision:
    """Apply a verb (a key of VERBS) to those of `entries` in a state that allows it.

    `entries` is a queryset of one programme; rows in other states stay as they are. Places and
    money are reserved for everybody or for nobody (Refusal): a person must decide whom to leave
    out, not the order of a list.
    """
    verb = VERBS[name]
    reason = verb.checked_reason(reason)
    with steps.deciding():
        held = steps.hold(entries, verb, by=by)
        going = eligible_of(programme, held) if verb.only_eligible else held
        reserve(programme, verb, places=places_for(verb, going), people=len(going))
        carry_out(programme, verb, going, by=by, reason=reason)
    gone = {entry.pk for entry in going}
    return Decision(len(going), tuple(entry.pk for entry in held if entry.pk not in gone))


def eligible_of(programme: PremiumSubsidy, held: Sequence[Entry]) -> list[Entry]:
    """Those of the held rows whose person has no finding."""
    against = findings_of(programme, held)
    return [entry for entry in held if not against[entry.worker_id]]


def findings_of(programme: PremiumSubsidy, entries: Sequence[Entry]) -> dict[int, list[Finding]]:
    """Worker id → findings of each person of `entries`, including `worker.moved`."""
    workers = Worker.objects.filter(Among("pk", [entry.worker_id for entry in entries]))
    against: dict[int, list[Finding]] = {}
    village: dict[int, str] = {}
    for person, found in candidates.examined(programme, workers):
        against[person.pk], village[person.pk] = found, person.area
    for entry in entries:
        if village.get(entry.worker_id) != entry.area_id:
            against.setdefault(entry.worker_id, []).insert(0, finding("worker.moved"))
    return against


def places_for(verb: Verb, entries: Iterable[Entry]) -> Counter[str]:
    """Village → how many of `entries` need a place that they do not hold yet."""
    if verb.to not in HOLDS_PLACE:
        return Counter()
    return Counter(entry.area_id for entry in entries if entry.state not in HOLDS_PLACE)


def reserve(
    programme: PremiumSubsidy, verb: Verb, *, places: Mapping[str, int], people: int
) -> None:
    """Take the places and commit the money that the verb needs; Refusal if either is short."""
    if places:
        quotas.admit(programme, places)
    if verb.to in HOLDS_MONEY and people:
        budget.commit(programme, people)


def give_back(programme: PremiumSubsidy, *, places: Mapping[str, int], people: int) -> None:
    """Give back what was reserved and not used."""
    quotas.give_back(programme, places)
    if people:
        budget.release(programme, people * programme.cost_a_person)


def carry_out(
    programme: PremiumSubsidy, verb: Verb, going: Sequence[Entry], *, by: Office, reason: str
) -> None:
    """Move the held rows to where `verb` leads; places and money are already reserved."""
    if verb.to == NOT_LISTED:
        Entry.objects.filter(Among("pk", [entry.pk for entry in going])).delete()
        return
    steps.move(going, verb, by=by, reason=reason, cost=programme.cost_a_person)
    if verb.to not in HOLDS_PLACE:
        left = Counter(entry.area_id for entry in going if entry.state in HOLDS_PLACE)
        quotas.give_back(programme, left)
    if released := sum(entry.cost for entry in going):
        budget.release(programme, released)
