"""How far the papers of a list are: what its proposer does next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from enrollment.proposals import decisions
from enrollment.proposals.models import EntryQuerySet, Proposal
from enrollment.proposals.papers import actions, copying
from enrollment.proposals.papers.models import Paper, PaperRule, PaperScan
from enrollment.proposals.steps import NEEDED
from villages import access
from villages.models import Office

MOST_SHOWN = 3
"""Papers that stand beside a list."""
MAKE, SIGN, HAND_IN = 1, 2, 4
"""Numbers of the steps in papers/stepper.html: nobody can know whether papers are printed already,
so printing, signing and scanning are one stage."""


@dataclass(frozen=True)
class Situation:
    """`paper` is the newest one, with its newest `scans`; `differing` tells what has changed since
    it was made; `people` would be named in papers made now."""

    rule: PaperRule
    paper: Paper | None
    scans: Sequence[PaperScan]
    differing: copying.Differences
    people: int
    of_another: bool = False
    """Whether an earlier head declares in the newest papers what this one would have to."""

    @property
    def is_current(self) -> bool:
        """Whether the newest papers name exactly who would be handed in now, by their head."""
        return self.paper is not None and not self.differing.people and not self.of_another

    @property
    def is_outdated(self) -> bool:
        return bool(self.paper and self.people and self.differing.people)

    @property
    def is_signed(self) -> bool:
        return self.is_current and bool(self.scans)

    @property
    def now(self) -> int:
        """The step that is next."""
        if not self.people or self.is_signed:
            return HAND_IN
        return SIGN if self.is_current else MAKE

    @property
    def to_make(self) -> bool:
        return self.now == MAKE

    @property
    def to_sign(self) -> bool:
        return self.now == SIGN

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done before the list is handed in with papers."""
        return self.now != HAND_IN

    @property
    def holds_back(self) -> bool:
        """Whether the list cannot be handed in yet."""
        return self.is_open and self.rule.is_required


def asked(proposal: Proposal, rows: EntryQuerySet, *, by: Office) -> Situation | None:
    """The situation of a village's list whose programme asks for papers; None for all others."""
    if proposal.agency_id:
        return None
    rule = actions.rule_of(proposal.programme)
    return situation(proposal, rows, rule, by=by) if rule.is_asked else None


def situation(
    proposal: Proposal, rows: EntryQuerySet, rule: PaperRule | None = None, *, by: Office
) -> Situation:
    """Of a list whose `rows` may be handed in today. Whoever has a finding is left out, on a list
    of any length, just as when papers are made: else they would differ from the list for ever."""
    rule = rule or actions.rule_of(proposal.programme)
    paper = actions.latest(proposal)
    held = list(rows.order_by("pk").only(*NEEDED))
    entries = actions.named_in_papers(rule, decisions.eligible_of(proposal.programme, held))
    differing = copying.Differences([], 0)
    if paper and entries:
        differing = copying.differences(paper.pk, proposal.programme, entries)
    scans = list(paper.scans.newest()) if paper else []
    declares = access.allowed(by, "paper.make")
    of_another = paper is not None and declares and not paper.is_of(by)
    return Situation(rule, paper, scans, differing, len(entries), of_another)


def handed_in(proposal: Proposal, office: Office) -> list[Paper]:
    """The papers with which people of a list have been handed in, for its readers: the newest."""
    if proposal.agency_id or not access.allowed(office, "paper.view"):
        return []
    papers = Paper.objects.visible_to(office).filter(proposal=proposal, handovers__isnull=False)
    return list(papers.distinct().with_handover()[:MOST_SHOWN])
