"""What is decided about people on lists: verify, approve, send back, take from the waiting list.

Each action takes a queryset of entries of one programme, decides about those in a state that
allows it and leaves the others as they are. Locks are taken in one order everywhere: entries,
quotas, programme.
"""

from collections.abc import Callable
from dataclasses import dataclass

from enrollment.programmes import budget, quotas
from enrollment.proposals import rules, steps
from enrollment.proposals.actions import clean_of


@dataclass(frozen=True, slots=True)
class Decision:
    """How many rows were decided, and how many were left because a finding stands against them."""

    done: int
    left: int = 0


def verify(programme, entries, *, by, reason=""):
    """Confirm what was submitted; whoever no longer fits stays, for the verifier to send back."""
    with steps.deciding():
        held = steps.hold(entries, "verify", by=by)
        clean = clean_of(programme, held)
        steps.move(clean, rules.VERIFIED, by=by, verified_by=by.user)
    return Decision(len(clean), len(held) - len(clean))


def approve(programme, entries, *, by, reason=""):
    """Approve what was verified and commit its money, all of it or nothing.

    Raises budget.OverBudget when the ceiling does not reach for everybody chosen: which of them
    to leave out is a decision for a person and not for the order of a list.
    """
    with steps.deciding():
        held = steps.hold(entries, "approve", by=by)
        clean = clean_of(programme, held)
        if clean:
            cost = budget.commit(programme, len(clean))
            steps.move(clean, rules.APPROVED, by=by, approved_by=by.user, cost=cost)
    return Decision(len(clean), len(held) - len(clean))


def send_back(programme, entries, *, by, reason):
    """Return to the proposer, to be put right and handed in again."""
    return _undo(programme, entries, "return", rules.RETURNED, by=by, reason=reason)


def reject(programme, entries, *, by, reason):
    """Refuse for good; the person may be proposed anew."""
    return _undo(programme, entries, "reject", rules.REJECTED, by=by, reason=reason)


def withdraw(programme, entries, *, by, reason):
    """The proposer no longer wants somebody who was returned or who waits."""
    return _undo(programme, entries, "withdraw", rules.REJECTED, by=by, reason=reason)


def admit(programme, entries, *, by, reason=""):
    """Take people from the waiting list into places that have come free, all or none."""
    with steps.deciding():
        held = steps.hold(entries, "admit", by=by)
        quotas.admit(programme, [entry.area_id for entry in held])
        steps.move(held, rules.SUBMITTED, by=by, rank=None)
    return Decision(len(held))


def _undo(programme, entries, verb, to, *, by, reason):
    """Give back the places and the money that the rows held."""
    reason = rules.checked_reason(verb, reason)
    with steps.deciding():
        held = steps.hold(entries, verb, by=by)
        in_places = [entry.area_id for entry in held if entry.state in rules.HOLDS_PLACE]
        money = sum(entry.cost for entry in held)
        unsigned = {"verified_by": None, "approved_by": None, "cost": 0, "rank": None}
        steps.move(held, to, by=by, reason=reason, **unsigned)
        quotas.give_back(programme, in_places)
        if money:
            budget.release(programme, money)
    return Decision(len(held))


VERBS: dict[str, Callable] = {
    "verify": verify,
    "approve": approve,
    "return": send_back,
    "reject": reject,
    "withdraw": withdraw,
    "admit": admit,
}
