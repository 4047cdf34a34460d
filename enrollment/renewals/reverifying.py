"""Who is looked at again: the recipients of a village, and which villages have to be reminded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, Sum
from django.utils import timezone

from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import EntryCount
from enrollment.proposals.verbs import State
from enrollment.renewals.models import Continuation
from enrollment.reverification import actions
from enrollment.reverification.rules import Standing
from villages.models import Office

ASKING = Q(reverificationrule__isnull=False) | Q(first__reverificationrule__isnull=False)
"""Waves that ask for verifications, or may: as the first one does."""


@dataclass(frozen=True)
class Recipients:
    """Those who receive something in the area of an office, and by which wave."""

    wave: PremiumSubsidy
    people: int


def recipients(programme: PremiumSubsidy, office: Office) -> Recipients:
    """Whom a wave pays for in the area of an office, by the counts that are kept: those approved in
    it; before anybody is, those of the wave that it continues."""
    link = Continuation.objects.select_related("previous").filter(pk=programme.pk).first()
    waves = [programme, *([link.previous] if link else [])]
    rows = EntryCount.objects.visible_to(office).filter(state=State.APPROVED, gone=False).order_by()
    counted = rows.filter(programme__in=waves).values_list("programme").annotate(n=Sum("people"))
    people = dict(counted)
    wave = next((wave for wave in waves if people.get(wave.pk)), programme)
    return Recipients(wave, people.get(wave.pk, 0))


def due(office: Office, waves: Iterable[Any], most: int) -> list[tuple[PremiumSubsidy, Standing]]:
    """Those of `waves`, at most so many, for which the village of an office should verify now:
    they ask for it, have recipients there and are not over. Of two waves that follow one another
    the later one stands for both. No query where no wave asks for it."""
    today = timezone.localdate()
    running = [wave for wave in waves if wave.asks and wave.period[1] > today]
    demands = actions.demands_of(running) if running else {}
    found = []
    for wave in running:
        later = getattr(wave, "successor", None)
        if wave.pk not in demands or (later and later.programme_id in demands):
            continue
        standing = actions.standing_of(wave, office)
        if standing and standing.is_due and recipients(wave, office).people:
            found.append((wave, standing))
    return found[:most]
