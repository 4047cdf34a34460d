"""What became of earlier rounds: how many of those handed in were accepted."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from enrollment.programmes.losses import Acceptance
from enrollment.programmes.models import PremiumSubsidy
from villages.models import Office

MOST = 5
NOT_HANDED_IN = {"draft"}
NOT_SEEN = {"waiting"}
"""On the waiting list nobody has been looked at."""
ACCEPTED = {"approved", "decreed"}
"""And who left after months of theirs had been paid; not whom BPJS refused, or who withdrew before
the first month."""


@dataclass(frozen=True, slots=True)
class Round:
    programme: PremiumSubsidy
    acceptance: Acceptance


def earlier_than(programme: PremiumSubsidy, office: Office) -> list[Round]:
    """The latest rounds that ended before this one begins and of which somebody was accepted. Three
    queries; counts and lists are reached by related names, since their models are in a later
    room."""
    rows = PremiumSubsidy.objects.visible_to(office).filter(
        Q(state=PremiumSubsidy.State.CLOSED) | Q(year__lt=programme.year),
        category=programme.category,
        first_month__lt=programme.first_month,
    )
    earlier = list(rows.exclude(pk=programme.pk).order_by("-first_month", "pk")[:MOST])
    if not earlier:
        return []
    counts = programme.counts.model.objects.visible_to(office).filter(programme__in=earlier)
    stages = counts.by_stage("programme")
    lists = programme.entries.model.objects.visible_to(office).filter(programme__in=earlier)
    left = lists.left_after_paid_months().order_by().values_list("programme")
    paid = dict(left.annotate(people=Count("pk")))
    found = [
        Round(one, _acceptance(stages.get(one.pk, {}), paid.get(one.pk, 0))) for one in earlier
    ]
    return [one for one in found if one.acceptance.accepted]


def _acceptance(people: dict[str, int], paid: int) -> Acceptance:
    """Of the people in each stage; `paid` of those who left had been accepted."""
    seen = {stage: n for stage, n in people.items() if stage not in NOT_HANDED_IN | NOT_SEEN}
    accepted = sum(n for stage, n in seen.items() if stage in ACCEPTED)
    return Acceptance(accepted + paid, sum(seen.values()))
