"""What home pages say of renewal."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from enrollment.coverage.rules import last_payable, month_after
from enrollment.programmes.models import PremiumSubsidy, PremiumSubsidyQuerySet
from enrollment.proposals.models import Proposal
from enrollment.renewals import differences
from enrollment.renewals.differences import Counts
from enrollment.renewals.models import Continuation
from enrollment.renewals.rules import Reason
from villages.models import Office

SOON = 3
"""Months before the end of cover in which a wave without a successor is told."""


@dataclass(frozen=True)
class Renewing:
    """How far a proposer's list has come of those whom its last one named."""

    link: Continuation
    last_people: int
    checked: bool
    counts: Counts

    @property
    def to_mend(self) -> int:
        return self.counts.to_mend

    @property
    def missing(self) -> int:
        """Who can be put on the list at once."""
        return self.counts.because(Reason.MISSING) if self.checked else self.last_people

    @property
    def is_done(self) -> bool:
        return not self.to_mend and not self.missing


def of_proposer(office: Office, most: int) -> list[Renewing]:
    """The open waves that continue one for which the office had a list, of the latest so many,
    where somebody of it is still to be put on the new one."""
    had = Proposal.objects.own(office).values("programme")
    rows = Continuation.objects.visible_to(office).select_related("programme", "previous")
    rows = rows.filter(programme__state=PremiumSubsidy.State.OPEN, previous__in=had)
    found = [_renewing(link, office) for link in rows.order_by("-programme__year", "pk")[:most]]
    return [one for one in found if not one.is_done]


def _renewing(link: Continuation, office: Office) -> Renewing:
    return Renewing(
        link,
        differences.last_people(link, office),
        differences.are_checked(link, office),
        Counts(differences.of(link, office)),
    )


def ending(office: Office, today: date) -> list[PremiumSubsidy]:
    """The waves with approved people that nobody continues and whose cover ends within SOON months,
    or has ended and can still be kept with arrears; the first to end first."""
    rows: PremiumSubsidyQuerySet = PremiumSubsidy.objects.visible_to(office)
    rows = rows.filter(successor=None, committed__gt=0, first_month__lte=month_after(today, SOON))
    rows = rows.filter(first_month__gt=month_after(today, -12 - SOON - 1))
    soon = [row for row in rows if _ends_soon(row, today)]
    return sorted(soon, key=lambda row: row.last_month)


def _ends_soon(programme: PremiumSubsidy, today: date) -> bool:
    last = programme.last_month
    return last < month_after(today, SOON) and today <= last_payable(last)
