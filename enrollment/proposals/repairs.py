"""Returned people, one after another: whose turn it is, and who may repair them."""

from __future__ import annotations

from enrollment.proposals.models import Entry, Proposal, Step
from enrollment.proposals.verbs import PICK, State
from enrollment.routes.rules import Via
from enrollment.workers.models import Worker
from villages import access
from villages.models import Office
from villages.permissions import CHECKERS


def may_repair(entry: Entry, office: Office) -> bool:
    """Whether `entry` was returned to `office`."""
    return (
        entry.state == State.RETURNED
        and access.allowed(office, PICK.permission)
        and Entry.objects.proposed_by(office).filter(pk=entry.pk).exists()
    )


def returned_by(entry: Entry) -> str:
    """Which office returned the person last, in a sentence: `DPMD`. Whoever undid that they had
    left (`departures.come_back`) returned nobody."""
    last = Step.objects.filter(entry=entry, to_state=State.RETURNED).order_by("-at", "-pk")
    last = last.exclude(from_state__in=[State.RETURNED, State.REJECTED])
    role = last.values_list("role", flat=True).first()
    return (Via(role) if role in CHECKERS else Via.DIRECT).receiver


def following(proposal: Proposal, after: int = 0) -> Entry | None:
    """The next person to be repaired behind the row `after`, from the beginning at the end; None
    when all are. Somebody who moved away cannot be repaired here."""
    here = Worker.objects.active().values("pk")
    left = proposal.entries.unrepaired().filter(worker__in=here).order_by("pk")
    return left.filter(pk__gt=after).first() or left.filter(pk__lt=after).first()


def returned_of(worker: Worker, office: Office) -> Entry | None:
    """The row with which the person was returned to `office`, if any."""
    if not access.allowed(office, PICK.permission):
        return None
    return worker.entries.proposed_by(office).returned().order_by("-changed_at").first()
