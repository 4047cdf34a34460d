"""What becomes of people on lists when somebody takes a verb with them: the one way it happens.

The table `verbs` says who may take a verb, from where, and where it leads; places, money and
signatures follow from the states. Locks are taken in one order everywhere: entries, quotas,
programme.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

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
    """How many rows were decided, and how many were left because a finding stands against them."""

    done: int
    left: int = 0


def decide(
    name: str, programme: PremiumSubsidy, entries: EntryQuerySet, *, by: Office, reason: str = ""
) -> Decision:
    """Take a verb (a key of VERBS) with those of `entries` in a state that allows it.

    `entries` is a queryset of one programme; the others stay as they are. Places and money are
    found for everybody or for nobody (Refusal): whom to leave out is a decision for a person and
    not for the order of a list.
    """
    verb = VERBS[name]
    reason = verb.checked_reason(reason)
    with steps.deciding():
        held = steps.hold(entries, verb, by=by)
        going = eligible_of(programme, held) if verb.only_eligible else held
        if verb.to == NOT_LISTED:
            Entry.objects.filter(pk__in=[entry.pk for entry in going]).delete()
        else:
            _places(programme, verb, going)
            cost = _money(programme, verb, going)
            steps.move(going, verb, by=by, reason=reason, cost=cost)
    return Decision(len(going), len(held) - len(going))


def eligible_of(programme: PremiumSubsidy, held: Sequence[Entry]) -> list[Entry]:
    """Those of the held rows against whose person nothing stands."""
    against = findings_of(programme, held)
    return [entry for entry in held if not against[entry.worker_id]]


def findings_of(programme: PremiumSubsidy, entries: Sequence[Entry]) -> dict[int, list[Finding]]:
    """Worker id → what stands against each person of `entries`, also that they have moved away."""
    workers = Worker.objects.filter(pk__in=[entry.worker_id for entry in entries])
    against = candidates.examine(programme, workers)
    village = dict(workers.values_list("pk", "area"))
    for entry in entries:
        if village.get(entry.worker_id) != entry.area_id:
            against.setdefault(entry.worker_id, []).insert(0, finding("worker.moved"))
    return against


def _places(programme: PremiumSubsidy, verb: Verb, going: Sequence[Entry]) -> None:
    """Take a place for whoever comes into one, give back the place of whoever leaves it."""
    stays_in_place = verb.to in HOLDS_PLACE
    areas = [entry.area_id for entry in going if (entry.state in HOLDS_PLACE) is not stays_in_place]
    if not areas:
        return
    if stays_in_place:
        quotas.admit(programme, areas)
    else:
        quotas.give_back(programme, areas)


def _money(programme: PremiumSubsidy, verb: Verb, going: Sequence[Entry]) -> int:
    """Commit what the people cost from now on, or release what they have cost; rupiah a person."""
    if verb.to in HOLDS_MONEY:
        return budget.commit(programme, len(going)) if going else 0
    if released := sum(entry.cost for entry in going):
        budget.release(programme, released)
    return 0
