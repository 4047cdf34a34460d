"""What waits at a village or a proposing agency (OPD), and how far its latest list is."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q

from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.imports.models import Import
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import overview
from enrollment.proposals.models import Entry, Proposal
from enrollment.workers.models import Worker
from villages.access import allowed

MOST = 3
"""Things of one kind on a home page; the rest is behind the link."""


def facts(office, regency, today):
    """The context of the page, in a fixed number of queries."""
    own = Proposal.objects.own(office).select_related("programme")
    people = Worker.objects.visible_to(office).active()
    total, incomplete = people.count(), people.incomplete().count()
    return {
        "may_submit": allowed(office, "proposal.submit"),
        "returned": _returned(office),
        "unfinished": _unfinished(own),
        "unstarted": _unstarted(office, own),
        "imports": Import.objects.visible_to(office).filter(state=Import.State.WAITING)[:MOST],
        "incomplete": incomplete,
        "complete": total - incomplete,
        "people": total,
        "latest": _latest(own),
    }


FOR_SOME = Exists(PremiumSubsidy.occupations.through.objects.filter(premiumsubsidy=OuterRef("pk")))
"""Programmes for certain occupations: not everybody has people for them."""


def _unstarted(office, own):
    """Open programmes without a list; `optional` where it is no omission to have none."""
    programmes = PremiumSubsidy.objects.visible_to(office).open()
    programmes = programmes.exclude(pk__in=own.values("programme"))
    programmes = list(programmes.annotate(optional=FOR_SOME)[:MOST])
    for programme in programmes:
        programme.optional |= office.agency_id is not None
    return programmes


def _returned(office):
    """The people sent back last, each with the reason."""
    rows = Entry.objects.visible_to(office).proposed_by(office).returned()
    return rows.select_related("worker", "programme").order_by("-changed_at", "pk")[:MOST]


def _unfinished(own):
    """Lists with people to put right or to hand in, those sent back first; with what it costs."""
    waits = Q(people_returned__gt=0) | Q(
        people_draft__gt=0, programme__state=PremiumSubsidy.State.OPEN
    )
    lists = list(
        own.with_counts().filter(waits).order_by("-people_returned", "-programme__year")[:MOST]
    )
    for proposal in lists:
        proposal.draft_cost = proposal.people_draft * proposal.programme.cost_a_person
    return lists


@dataclass(frozen=True)
class Journey:
    """Where a list is: `now` counts the steps of the page from 1; `people` wait there."""

    now: int
    people: int

    @property
    def refused(self):
        """Nothing of the list is on its way: all that is left was sent back."""
        return self.now == 1


HANDED_IN, VERIFIED, APPROVED, DECREED = 2, 3, 4, 5
"""How many of the five steps lie behind: draft, handed in, verified, approved, decreed."""


def journey(*, submitted, verified, approved, decreed):
    """Where a list is that was handed in, from its people by state: with the slowest of them.

    `decreed` counts those of the approved whom an issued decree names. Somebody who was sent
    back does not hold the others up.
    """
    if submitted:
        return Journey(HANDED_IN + 1, submitted)
    if verified:
        return Journey(VERIFIED + 1, verified)
    if approved > decreed:
        return Journey(APPROVED + 1, approved - decreed)
    if approved:
        return Journey(DECREED + 1, approved)
    return Journey(1, 0)


def _latest(own):
    """The list handed in last, with its `journey`, or None."""
    proposal = own.handed_in().with_counts().order_by("-submitted_at").first()
    if proposal:
        decreed = DecreeEntry.objects.filter(
            entry__proposal=proposal, decree__state=Decree.State.ISSUED
        )
        counts = {state: getattr(proposal, f"people_{state}") for state in Entry.State.values}
        proposal.states = overview.state_tiles(counts)
        proposal.journey = journey(
            submitted=proposal.people_submitted,
            verified=proposal.people_verified,
            approved=proposal.people_approved,
            decreed=decreed.count(),
        )
    return proposal
