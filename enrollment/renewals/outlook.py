"""What home pages say of renewal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from enrollment.coverage.rules import last_payable, month_after
from enrollment.programmes.models import PremiumSubsidy, PremiumSubsidyQuerySet
from enrollment.proposals.models import Proposal
from enrollment.renewals import differences
from enrollment.renewals.differences import Counts
from enrollment.renewals.models import Continuation
from enrollment.renewals.reverifying import ASKING
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


def concerning(office: Office) -> list[PremiumSubsidy]:
    """The waves of which a proposer's home page may have to say something, the latest first: what
    `renews` for the office, and what `asks` villages to verify. One query for both."""
    had = Proposal.objects.own(office).values("programme")
    links = Continuation.objects.filter(programme=OuterRef("pk"), previous__in=had)
    rows = PremiumSubsidy.objects.visible_to(office).exclude(state=PremiumSubsidy.State.DRAFT)
    rows = rows.annotate(renews=Exists(links.order_by()), asks=Q(ASKING))
    rows = rows.filter(Q(renews=True) | Q(asks=True))
    rows = rows.select_related("continuation__previous", "successor")
    return list(rows.order_by("-year", "-first_month", "pk"))


def of_proposer(office: Office, waves: Iterable[Any], most: int) -> list[Renewing]:
    """Those of `waves` (`concerning`) that are open and continue one for which the office had a
    list, of the first so many, where somebody of it is still to be put on the new one."""
    links = [_link(wave) for wave in waves if wave.renews and wave.is_open]
    found = [_renewing(link, office) for link in links[:most]]
    return [one for one in found if not one.is_done]


def _link(wave: PremiumSubsidy) -> Continuation:
    wave.continuation.programme = wave
    return wave.continuation


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
