"""Why people may not be proposed: collects facts from the other rooms and applies the rules.

The number of queries for each CHUNK is the same, however many people are examined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, partial
from itertools import chain, islice
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Q

from enrollment.among import Among
from enrollment.coverage.models import Cover, Membership
from enrollment.coverage.rules import OpenPeriod, already_paid, in_words
from enrollment.programmes import months, pricing
from enrollment.programmes.models import Component, PremiumSubsidy, Segment
from enrollment.programmes.registries import Named
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.rules import Candidate, Criteria, Verdict, family_full, judge
from enrollment.proposals.verbs import State
from enrollment.reverification import actions as reverification
from enrollment.standing import Standing
from enrollment.statements import actions as statements
from enrollment.statements.rules import Statement
from enrollment.workers.checks.findings import CODES, Finding, Severity, finding
from enrollment.workers.checks.positions import Held, doubly_held, read_position
from enrollment.workers.models import Occupation, Worker, WorkerQuerySet, WorkerSource

CHUNK = 2000
MOST_EXAMINED = CHUNK
"""A page examines every condition for up to this many people; for more, it only counts those
with complete data."""
UNAPPROVED = (State.CHECKING, State.SUBMITTED, State.VERIFIED, State.COSIGNED, State.WAITING)
"""Handed in and not approved; who is approved counts as covered."""
_HOLD_FAMILIES = "SELECT pg_advisory_xact_lock(hashtextextended('families of ' || %s, 0))"
ELIGIBLE = Standing("good", "Memenuhi syarat")
ELIGIBLE_NOTED = Standing("good", "Memenuhi syarat, dengan catatan")
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
    workplace: str
    work: str
    work_said_by: str
    work_said_on: date | None
    position: str
    term_end: date | None


def standing(against: list[Finding], notices: Sequence[Finding] = ()) -> Standing:
    """How somebody stands before they are picked; `against` is what `examine` found, `notices` what
    is told without stopping them."""
    if against:
        return NOT_YET
    return ELIGIBLE_NOTED if notices else ELIGIBLE


def criteria_of(programme: PremiumSubsidy) -> Criteria:
    """What the programme asks of everybody; its quota is counted when a list is handed in."""
    return Criteria(
        cover=months.of(programme),
        minimum_age=programme.minimum_age,
        age_limit=programme.maximum_age,
        occupations=dict(programme.occupations.values_list("key", "name")),
        need_jht=_need_jht(programme),
        registries=programme.registries,
        family_limit=programme.family_limit,
        consent_required=programme.consent_required,
        demand=statements.demand_of(programme),
        price=cache(partial(pricing.before, programme)),
        reverification=reverification.asked_of(programme),
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
    programme: PremiumSubsidy, workers: WorkerQuerySet, *, hurried: Collection[int] = ()
) -> Iterator[tuple[Person, Verdict]]:
    """Each person with what the rules say; nothing is against those who may be proposed. `hurried`
    are the ids of returned rows that count in their families as if they had been repaired."""
    whole = criteria_of(programme)
    criteria = cache(partial(_from_month, programme, whole))
    usual = months.first_payable(programme)
    rows = workers.values_list(*Person._fields).iterator(chunk_size=CHUNK)
    while people := [Person(*row) for row in islice(rows, CHUNK)]:
        facts = _facts(programme, people, whole.cover[0], hurried)
        first_months = _first_months(programme, people) if usual else {}
        for person in people:
            own = criteria(first_months.get(person.pk, usual))
            yield person, judge(_candidate(person, facts), own)


def _first_months(programme: PremiumSubsidy, persons: Sequence[Person]) -> dict[int, date | None]:
    """Worker id → `Entry.first_month`, of those who are approved in the programme. Before a decree
    of it is issued and its months have begun, nobody has one (`months.first_payable`)."""
    rows = Entry.objects.filter(Among("worker", [person.pk for person in persons])).order_by()
    approved = rows.filter(programme=programme, state=State.APPROVED)
    return dict(approved.values_list("worker", "first_month"))


def _from_month(
    programme: PremiumSubsidy, criteria: Criteria, first_month: date | None
) -> Criteria:
    """The criteria of somebody who is paid from this month on; of the whole wave where no month is
    left."""
    first, after = months.of(programme, first_month)
    return replace(criteria, cover=(first, after)) if first < after else criteria


def families_filled(programme: PremiumSubsidy, people: Sequence[int]) -> dict[int, Finding]:
    """Worker id → the finding, for those of `people` whose family is full by now.

    Two lists may be handed in at one moment, and neither examination sees the other. So before
    somebody is handed in, families are counted once more, and nobody else hands in people of the
    programme until this transaction ends. That is asked last: others wait while rows are written,
    not while a long list is examined. No lock where the programme has no limit.
    """
    if programme.family_limit is None or not people:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_HOLD_FAMILIES, [str(programme.pk)])
    counted = chain.from_iterable(_relatives(programme, some) for some in _chunks(people))
    found = {pk: family_full(before, programme.family_limit) for pk, before in counted}
    return {pk: full for pk, full in found.items() if full}


def _chunks(people: Sequence[int]) -> Iterator[Sequence[int]]:
    return (people[at : at + CHUNK] for at in range(0, len(people), CHUNK))


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
    doubled: set[int]


def _facts(
    programme: PremiumSubsidy,
    persons: Sequence[Person],
    first_day: date,
    hurried: Collection[int],
) -> _Facts:
    """One query for each kind, unordered, because their default order joins the people again.

    People approved in another programme count as covered, even before a decree names them. Which
    programme that is, and who else is of a family, may be unknown to the office: the database
    counts these over all lists.
    """
    people = [person.pk for person in persons]
    among = Among("worker", people)
    doubled = _doubled({person.area for person in persons if person.position}, first_day)
    facts = _Facts(defaultdict(list), defaultdict(list), defaultdict(list), {}, doubled)
    memberships = Membership.objects.filter(among).order_by()
    for pk, *days in memberships.values_list("worker", "active_from", "active_until"):
        facts.memberships[pk].append((days[0], days[1]))
    covers = Cover.objects.filter(among).order_by()
    for pk, paid in covers.values_list("worker", "months"):
        facts.covers[pk].append((paid.lower, paid.upper))
    sources = WorkerSource.objects.filter(among).order_by()
    for pk, name, when, decile in sources.values_list("worker", "registry", "period", "decile"):
        facts.registries[pk].append(Named(name, when, decile))
    for pk, first, after in _asked("promised_months", programme, people):
        facts.covers[pk].append((first, after))
    if programme.family_limit is not None:
        facts.families.update(dict(_relatives(programme, people, hurried)))
    return facts


def _doubled(areas: set[str], first_day: date) -> set[int]:
    """Who of these villages holds a position that somebody else there holds too on a day of cover
    or later. One query, and none where nobody holds any."""
    if not areas:
        return set()
    people = Worker.objects.active().filter(area__in=areas).exclude(position="").order_by()
    rows: Iterable[Any] = people.values_list(
        "pk", "area", "position", "rt", "rw", "hamlet", "term_start", "term_end"
    )
    holders = (Held(pk, area, read_position(position), *rest) for pk, area, position, *rest in rows)
    return doubly_held(holders, first_day)


def _relatives(
    programme: PremiumSubsidy, people: Sequence[int], hurried: Collection[int] = ()
) -> list[Any]:
    """Worker id and how many of the family come before them in the programme."""
    return _asked("family_before", programme, people, list(hurried))


def _asked(
    function: str, programme: PremiumSubsidy, people: Sequence[int], *more: list[int]
) -> list[Any]:
    """The rows of an SQL function that looks at all lists, about these people."""
    values = [list(people), *more]
    given = ", %s::bigint[]" * len(values)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT * FROM {function}(%s{given})",  # noqa: S608 a name of this file
            [programme.pk, *values],
        )
        rows: list[Any] = cursor.fetchall()
    return rows


def known_elsewhere(programme: PremiumSubsidy, people: Sequence[int]) -> dict[int, list[Finding]]:
    """Worker id → what other lists, as far as the office sees them, tell of the person.

    Another programme with months in common has been asked, too, and has not approved yet; or they
    left a programme of this year or of the year before. One query."""
    asked = Q(state__in=UNAPPROVED) & ~Q(programme=programme)
    left = Q(state=State.LEFT, programme__year__gte=programme.year - 1)
    rows = Entry.objects.filter(asked | left, Among("worker", people)).order_by()
    rows = rows.select_related("programme").only(
        "worker", "state", "programme__name", "programme__year", "programme__wave_name",
        "programme__first_month", "programme__months",
    )  # fmt: skip
    cover = months.of(programme, months.first_payable(programme))
    named: dict[tuple[int, str], set[str]] = defaultdict(set)
    for entry in rows:
        other = entry.programme
        if entry.state == State.LEFT:
            named[entry.worker_id, "left.elsewhere"].add(str(other))
        elif both := already_paid(cover, [months.of(other)]):
            named[entry.worker_id, "proposal.elsewhere"].add(f"{other} ({in_words(both)})")
    found: dict[int, list[Finding]] = defaultdict(list)
    for (pk, code), programmes in sorted(named.items()):
        found[pk].append(finding(code, programmes=" dan ".join(sorted(programmes))))
    return found


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
        statement=Statement(
            workplace=person.workplace,
            work=person.work,
            said_by=person.work_said_by,
            said_on=person.work_said_on,
        ),
        term_end=person.term_end if person.position else None,
        doubled=person.pk in facts.doubled,
        village=person.area,
    )
