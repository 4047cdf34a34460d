"""Why people may not be proposed: collects facts from the other rooms and applies the rules.

The number of queries for each CHUNK is the same, however many people are examined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache, partial
from itertools import islice
from typing import Any, NamedTuple

from django.db import connection

from enrollment.among import Among
from enrollment.coverage.models import Cover, Membership
from enrollment.coverage.rules import OpenPeriod, already_paid, in_words, period
from enrollment.programmes import pricing
from enrollment.programmes.models import Component, PremiumSubsidy, Segment
from enrollment.programmes.registries import Named
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.rules import Candidate, Criteria, Verdict, judge
from enrollment.proposals.verbs import State
from enrollment.standing import Standing
from enrollment.workers.checks.findings import CODES, Finding, Severity, finding
from enrollment.workers.models import Occupation, WorkerQuerySet, WorkerSource

CHUNK = 2000
MOST_EXAMINED = CHUNK
"""A page examines every condition for up to this many people; for more, it only counts those
with complete data."""
UNAPPROVED = (State.CHECKING, State.SUBMITTED, State.VERIFIED, State.WAITING)
"""Handed in and not approved; who is approved counts as covered."""
ELIGIBLE = Standing("good", "Memenuhi syarat")
NOT_YET = Standing("attention", "Belum memenuhi")


class Person(NamedTuple):
    """What is read of a person: plain values, because a model of all columns takes longer."""

    pk: int
    area: str
    birth_date: date | None
    ended_on: date | None
    findings: list[str]
    occupation: str | None
    consent_on: date | None


def standing(against: list[Finding]) -> Standing:
    """How somebody stands before they are picked; `against` is what `examine` found."""
    return NOT_YET if against else ELIGIBLE


def criteria_of(programme: PremiumSubsidy) -> Criteria:
    """What the programme asks of everybody; its quota is counted when a list is handed in."""
    return Criteria(
        cover=period(programme.first_month, programme.months),
        minimum_age=programme.minimum_age,
        age_limit=programme.maximum_age,
        occupations=dict(programme.occupations.values_list("key", "name")),
        need_jht=_need_jht(programme),
        registries=programme.registries,
        family_limit=programme.family_limit,
        consent_required=programme.consent_required,
        price=cache(partial(pricing.before, programme)),
    )


def _need_jht(programme: PremiumSubsidy) -> frozenset[str]:
    """The occupations of employers, where the programme insures them as BPU without JHT."""
    if programme.segment != Segment.BPU or Component.JHT in programme.components:
        return frozenset()
    return frozenset(Occupation.objects.filter(employs=True).values_list("pk", flat=True))


def examine(programme: PremiumSubsidy, workers: WorkerQuerySet) -> dict[int, Verdict]:
    """Worker id → what the rules say of the person."""
    return {person.pk: verdict for person, verdict in examined(programme, workers)}


def examined(
    programme: PremiumSubsidy, workers: WorkerQuerySet
) -> Iterator[tuple[Person, Verdict]]:
    """Each person with what the rules say; nothing is against those who may be proposed."""
    criteria = criteria_of(programme)
    rows = workers.values_list(*Person._fields).iterator(chunk_size=CHUNK)
    while people := [Person(*row) for row in islice(rows, CHUNK)]:
        facts = _facts(programme, [person.pk for person in people])
        for person in people:
            yield person, judge(_candidate(person, facts), criteria)


def eligible(programme: PremiumSubsidy, workers: WorkerQuerySet) -> list[int]:
    """The ids of those of `workers` without a finding."""
    return [pk for pk, verdict in examine(programme, workers).items() if not verdict.against]


def ready(programme: PremiumSubsidy, workers: WorkerQuerySet, people: int) -> int:
    """How many of `workers` (a queryset of `people` rows) may be proposed.

    Above MOST_EXAMINED it only counts those who are active and complete: the cost of a page must
    not grow with the list, and handing in examines everybody anyway.
    """
    if people > MOST_EXAMINED:
        return workers.active().complete().count()
    return len(eligible(programme, workers)) if people else 0


class Pending(NamedTuple):
    """Who of a list has not been handed in: `people` are drafts or have been repaired; those who
    were returned and are `unrepaired` stay behind unless somebody says otherwise."""

    people: int
    unrepaired: int


def pending(proposal: Proposal, counts: Mapping[str, int]) -> Pending:
    """`counts` has the people of the list by state. No more than MOST_EXAMINED are unrepaired."""
    returned = counts.get(State.RETURNED, 0)
    rows = proposal.entries.unrepaired().values_list("pk")[:MOST_EXAMINED] if returned else ()
    unrepaired = len(rows)
    return Pending(counts.get(State.DRAFT, 0) + returned - unrepaired, unrepaired)


class _Facts(NamedTuple):
    """What other rooms know of people, by the id of each person."""

    memberships: dict[int, list[OpenPeriod]]
    covers: dict[int, list[OpenPeriod]]
    registries: dict[int, list[Named]]
    families: dict[int, int]


def _facts(programme: PremiumSubsidy, people: Sequence[int]) -> _Facts:
    """One query for each kind, unordered, because their default order joins the people again.

    People approved in another programme count as covered, even before a decree names them. Which
    programme that is, and who else is of a family, may be unknown to the office: the database
    counts these over all lists.
    """
    facts = _Facts(defaultdict(list), defaultdict(list), defaultdict(list), {})
    among = Among("worker", people)
    memberships = Membership.objects.filter(among).order_by()
    for pk, *days in memberships.values_list("worker", "active_from", "active_until"):
        facts.memberships[pk].append((days[0], days[1]))
    covers = Cover.objects.filter(among).order_by()
    for pk, months in covers.values_list("worker", "months"):
        facts.covers[pk].append((months.lower, months.upper))
    sources = WorkerSource.objects.filter(among).order_by()
    for pk, name, when, decile in sources.values_list("worker", "registry", "period", "decile"):
        facts.registries[pk].append(Named(name, when, decile))
    for pk, first, count in _asked("promised_months", programme, people):
        facts.covers[pk].append(period(first, count))
    if programme.family_limit is not None:
        facts.families.update(dict(_asked("family_before", programme, people)))
    return facts


def _asked(function: str, programme: PremiumSubsidy, people: Sequence[int]) -> list[Any]:
    """The rows of an SQL function that looks at all lists, about these people."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {function}(%s, %s)",  # noqa: S608 a name of this file
            [programme.pk, list(people)],
        )
        rows: list[Any] = cursor.fetchall()
    return rows


def proposed_elsewhere(programme: PremiumSubsidy, people: Sequence[int]) -> dict[int, Finding]:
    """Worker id → the finding that another programme with months in common has been asked for the
    person, too, and has not approved yet. Only lists that the office sees count."""
    cover = period(programme.first_month, programme.months)
    rows = Entry.objects.in_state(*UNAPPROVED).filter(Among("worker", people)).order_by()
    rows = rows.exclude(programme=programme).select_related("programme").only(
        "worker", "programme__name", "programme__year", "programme__wave_name",
        "programme__first_month", "programme__months",
    )  # fmt: skip
    asked: dict[int, set[str]] = defaultdict(set)
    for entry in rows:
        other = entry.programme
        if months := already_paid(cover, [period(other.first_month, other.months)]):
            asked[entry.worker_id].add(f"{other} ({in_words(months)})")
    return {
        pk: finding("proposal.elsewhere", programmes=" dan ".join(sorted(named)))
        for pk, named in asked.items()
    }


def _candidate(person: Person, facts: _Facts) -> Candidate:
    return Candidate(
        birth_date=person.birth_date,
        ended=person.ended_on is not None,
        gaps=tuple(code for code in person.findings if CODES[code].severity == Severity.GAP),
        memberships=tuple(facts.memberships.get(person.pk, ())),
        covers=tuple(facts.covers.get(person.pk, ())),
        occupation=person.occupation or "",
        registries=tuple(facts.registries.get(person.pk, ())),
        family=facts.families.get(person.pk, 0),
        consented=person.consent_on is not None,
    )
