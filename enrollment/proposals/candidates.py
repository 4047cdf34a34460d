"""Why people may not be proposed: collects facts from the other rooms and applies the rules.

The number of queries for each CHUNK is the same, however many people are examined.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch

from enrollment.coverage.models import Cover, Membership
from enrollment.coverage.rules import period
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry
from enrollment.proposals.rules import Candidate, Criteria, eligibility
from enrollment.standing import Standing
from enrollment.workers.checks.findings import CODES, Finding, Severity
from enrollment.workers.models import WorkerQuerySet, WorkerSource

CHUNK = 2000
MOST_EXAMINED = CHUNK
"""A page examines every condition for up to this many people; for more, it only counts those
with complete data."""
ELIGIBLE = Standing("good", "Memenuhi syarat")
NOT_YET = Standing("attention", "Belum memenuhi")


def standing(against: list[Finding]) -> Standing:
    """How somebody stands before they are picked; `against` is what `examine` found."""
    return NOT_YET if against else ELIGIBLE


def criteria_of(programme: PremiumSubsidy) -> Criteria:
    """What the programme asks of everybody; its quota is counted when a list is handed in."""
    registry = programme.required_registry
    return Criteria(
        cover=period(programme.first_month, programme.months),
        minimum_age=programme.minimum_age,
        age_limit=programme.maximum_age,
        occupations=dict(programme.occupations.values_list("key", "name")),
        registries=frozenset([registry] if registry else []),
        consent_required=programme.consent_required,
    )


def examine(programme: PremiumSubsidy, workers: WorkerQuerySet) -> dict[int, list[Finding]]:
    """Worker id → findings; the list is empty for people who may be proposed."""
    criteria = criteria_of(programme)
    rows = workers.prefetch_related(*_facts(programme)).iterator(chunk_size=CHUNK)
    return {worker.pk: eligibility(_candidate(worker), criteria) for worker in rows}


def eligible(programme: PremiumSubsidy, workers: WorkerQuerySet) -> list[int]:
    """The ids of those of `workers` without a finding."""
    return [pk for pk, findings in examine(programme, workers).items() if not findings]


def ready(programme: PremiumSubsidy, workers: WorkerQuerySet, people: int) -> int:
    """How many of `workers` (a queryset of `people` rows) may be proposed.

    Above MOST_EXAMINED it only counts those who are active and complete: the cost of a page must
    not grow with the list, and handing in examines everybody anyway.
    """
    if people > MOST_EXAMINED:
        return workers.active().complete().count()
    return len(eligible(programme, workers)) if people else 0


def _facts(programme: PremiumSubsidy) -> tuple[Prefetch[str], ...]:
    """The related rows to prefetch, as plain lists: building one queryset per person would cost
    more than reading the rows. Unordered, because their default order joins the people again.

    People approved in another programme count as covered, even before a decree names them.
    """
    others = Entry.objects.in_state(Entry.State.APPROVED).exclude(programme=programme)
    return (
        Prefetch("memberships", Membership.objects.order_by(), to_attr="known_memberships"),
        Prefetch("covers", Cover.objects.order_by(), to_attr="known_covers"),
        Prefetch("sources", WorkerSource.objects.order_by(), to_attr="known_sources"),
        Prefetch("entries", others.select_related("programme"), to_attr="approved_elsewhere"),
    )


def _candidate(worker: Any) -> Candidate:
    promised = [
        period(entry.programme.first_month, entry.programme.months)
        for entry in worker.approved_elsewhere
    ]
    return Candidate(
        birth_date=worker.birth_date,
        ended=worker.ended_on is not None,
        gaps=tuple(code for code in worker.findings if CODES[code].severity == Severity.GAP),
        memberships=tuple((row.active_from, row.active_until) for row in worker.known_memberships),
        covers=(*((row.months.lower, row.months.upper) for row in worker.known_covers), *promised),
        occupation=worker.occupation_id or "",
        registries=frozenset(row.registry for row in worker.known_sources),
        consented=worker.consent_on is not None,
    )
