"""What stands against proposing people: the facts the other rooms hold, put to the rules.

However many people are asked about, the number of queries is the same for every CHUNK.
"""

from django.db.models import Prefetch

from enrollment.coverage.rules import period
from enrollment.proposals.models import Entry
from enrollment.proposals.rules import Candidate, Criteria, eligibility
from enrollment.workers.findings import CODES, Severity

CHUNK = 2000


def criteria_of(programme):
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


def examine(programme, workers):
    """Worker id → findings, an empty list for who may be proposed. `workers` is a queryset."""
    criteria = criteria_of(programme)
    rows = workers.prefetch_related(
        "memberships", "covers", "sources", _approved_elsewhere(programme)
    ).iterator(chunk_size=CHUNK)
    return {worker.pk: eligibility(_candidate(worker), criteria) for worker in rows}


def eligible(programme, workers):
    """The ids of those of `workers` against whom nothing stands."""
    return [pk for pk, findings in examine(programme, workers).items() if not findings]


def _approved_elsewhere(programme):
    """Approved in another programme, whose decree has not yet made it cover."""
    others = Entry.objects.in_state(Entry.State.APPROVED).exclude(programme=programme)
    return Prefetch("entries", others.select_related("programme"), to_attr="approved_elsewhere")


def _candidate(worker):
    promised = [
        period(entry.programme.first_month, entry.programme.months)
        for entry in worker.approved_elsewhere
    ]
    return Candidate(
        birth_date=worker.birth_date,
        ended=worker.ended_on is not None,
        gaps=tuple(code for code in worker.findings if CODES[code].severity == Severity.GAP),
        memberships=tuple((row.active_from, row.active_until) for row in worker.memberships.all()),
        covers=(*((row.months.lower, row.months.upper) for row in worker.covers.all()), *promised),
        occupation=worker.occupation_id or "",
        registries=frozenset(row.registry for row in worker.sources.all()),
        consented=worker.consent_on is not None,
    )
