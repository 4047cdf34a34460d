"""Why people may not be proposed: collects facts from the other rooms and applies the rules.

The number of queries for each CHUNK is the same, however many people are examined.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache, cached_property, partial
from itertools import chain, islice
from operator import attrgetter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q

from enrollment.among import Among
from enrollment.coverage.rules import OpenPeriod, already_paid, in_words
from enrollment.programmes import months, pricing
from enrollment.programmes.models import Component, PremiumSubsidy, Segment
from enrollment.programmes.registries import Named
from enrollment.proposals.models import Entry, EntryQuerySet, Proposal
from enrollment.proposals.rules import Candidate, Criteria, Verdict, family_full, judge
from enrollment.proposals.verbs import State
from enrollment.reverification import actions as reverification
from enrollment.standing import Standing
from enrollment.statements import actions as statements
from enrollment.statements.rules import Statement
from enrollment.workers.checks.findings import CODES, Finding, Severity, finding
from enrollment.workers.checks.positions import Held, doubly_held, read_position
from enrollment.workers.models import Occupation, Worker, WorkerQuerySet

if TYPE_CHECKING:
    from villages.annotations import SqlValues

One = TypeVar("One")

CHUNK = 2000
MOST_EXAMINED = CHUNK
"""A page examines every condition for up to this many people; for more, it only counts those
with complete data."""
UNAPPROVED = (State.CHECKING, State.SUBMITTED, State.VERIFIED, State.COSIGNED, State.WAITING)
"""Handed in and not approved; who is approved counts as covered."""
_FACTS = """
SELECT 'member', worker_id, active_from, active_until, '', '', NULL::int
FROM enrollment_membership WHERE worker_id = ANY(%(people)s::bigint[])
UNION ALL
SELECT 'cover', worker_id, lower(months), upper(months), '', '', NULL::int
FROM enrollment_cover WHERE worker_id = ANY(%(people)s::bigint[])
UNION ALL
SELECT 'cover', person, first, after, '', '', NULL::int
FROM promised_months(%(programme)s, %(people)s::bigint[]) promised (person, first, after)
UNION ALL
SELECT 'registry', worker_id, NULL, NULL, registry, period, decile::int
FROM enrollment_workersource WHERE worker_id = ANY(%(people)s::bigint[])
"""
_FAMILIES = """
UNION ALL
SELECT 'family', person, NULL, NULL, '', '', before
FROM family_before(%(programme)s, %(people)s::bigint[], %(hurried)s::bigint[])
    family (person, before)
"""
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

    @classmethod
    def of(cls, worker: Worker) -> Person:
        """Of a person who has been read already."""
        return cls(*_values_of(worker))


_KEYS = {"area": "area_id", "occupation": "occupation_id"}
_values_of = attrgetter(*(_KEYS.get(name, name) for name in Person._fields))


class Asked:
    """What a programme asks of people today. Read when it is first needed, and once for all whom a
    decision and the page after it look at: three statements, the last only once the months of the
    programme have begun."""

    def __init__(self, programme: PremiumSubsidy) -> None:
        self.programme = programme

    @cached_property
    def criteria(self) -> Criteria:
        return criteria_of(self.programme)

    @cached_property
    def first_month(self) -> date | None:
        """Of whoever is approved today (`months.first_payable`)."""
        return months.first_payable(self.programme)


def standing(against: list[Finding], notices: Sequence[Finding] = ()) -> Standing:
    """How somebody stands before they are picked; `against` is what `examine` found, `notices` what
    is told without stopping them."""
    if against:
        return NOT_YET
    return ELIGIBLE_NOTED if notices else ELIGIBLE


def criteria_of(programme: PremiumSubsidy) -> Criteria:
    """What the programme asks of everybody; its quota is counted when a list is handed in."""
    chosen = programme.occupations.through.objects.filter(
        premiumsubsidy=programme, occupation=OuterRef("pk")
    )
    kinds = Occupation.objects.annotate(chosen=Exists(chosen)).order_by()
    rows = list(
        kinds.filter(Q(chosen=True) | Q(employs=True)).values_list(
            "key", "name", "employs", "chosen"
        )
    )
    return Criteria(
        cover=months.of(programme),
        minimum_age=programme.minimum_age,
        age_limit=programme.maximum_age,
        occupations={key: name for key, name, _, is_chosen in rows if is_chosen},
        need_jht=frozenset(key for key, _, employs, _ in rows if employs and _lacks_jht(programme)),
        registries=programme.registries,
        family_limit=programme.family_limit,
        consent_required=programme.consent_required,
        demand=statements.demand_of(programme),
        price=cache(partial(pricing.before, programme)),
        reverification=reverification.asked_of(programme),
    )


def _lacks_jht(programme: PremiumSubsidy) -> bool:
    """Whether it insures BPU without the JHT that those of them need who employ others."""
    return programme.segment == Segment.BPU and Component.JHT not in programme.components


def examine(programme: PremiumSubsidy, workers: WorkerQuerySet) -> dict[int, Verdict]:
    """Worker id → what the rules say of the person."""
    return {person.pk: verdict for person, verdict in examined(programme, workers)}


def examined(
    programme: PremiumSubsidy,
    workers: WorkerQuerySet,
    *,
    hurried: Collection[int] = (),
    asked: Asked | None = None,
) -> Iterator[tuple[Person, Verdict]]:
    """Each person with what the rules say; nothing is against those who may be proposed. `hurried`
    are the ids of returned rows that count in their families as if they had been repaired. `asked`:
    of the programme, where it has been read already."""
    asked = asked or Asked(programme)
    rows = workers.values_list(*Person._fields).iterator(chunk_size=CHUNK)
    while people := [Person(*row) for row in islice(rows, CHUNK)]:
        yield from _judged(programme, people, asked, hurried)


def judged(programme: PremiumSubsidy, people: Sequence[Person], asked: Asked) -> dict[int, Verdict]:
    """`examine`, of people who have been read already."""
    found = (_judged(programme, some, asked, ()) for some in _chunks(people))
    return {person.pk: verdict for person, verdict in chain.from_iterable(found)}


def _judged(
    programme: PremiumSubsidy, people: Sequence[Person], asked: Asked, hurried: Collection[int]
) -> Iterator[tuple[Person, Verdict]]:
    whole, usual = asked.criteria, asked.first_month
    criteria = cache(partial(_from_month, programme, whole))
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


def _chunks(people: Sequence[One]) -> Iterator[Sequence[One]]:
    return (people[at : at + CHUNK] for at in range(0, len(people), CHUNK))


def eligible(programme: PremiumSubsidy, workers: WorkerQuerySet) -> list[int]:
    """The ids of those of `workers` without a finding."""
    return [pk for pk, verdict in examine(programme, workers).items() if not verdict.against]


def ready(programme: PremiumSubsidy, workers: WorkerQuerySet, people: int) -> int:
    """How many of `workers` (a queryset of `people` rows) may be proposed.

    Above MOST_EXAMINED these are all who are active and complete: the cost of a page must not grow
    with the list, and handing in examines everybody anyway.
    """
    if people > MOST_EXAMINED:
        return workers.active().complete().count()
    return len(eligible(programme, workers)) if people else 0


def able_of(programme: PremiumSubsidy, rows: EntryQuerySet, people: int) -> EntryQuerySet:
    """Those of `people` rows whose people may be proposed, as `ready` counts them, and have not
    moved since to another village.

    Up to MOST_EXAMINED by their ids: behind row security the planner expects one person in a
    village, and a statement that joins both would go through the village for each of them.
    """
    if people > MOST_EXAMINED:
        stayed = rows.filter(worker__area=F("area")).values("worker")
        return rows.filter(worker__in=Worker.objects.filter(pk__in=stayed).active().complete())
    listed = dict(rows.values_list("worker", "area"))
    people_now = Worker.objects.filter(Among("pk", listed)).values_list("pk", "area")
    here = [pk for pk, area in people_now if listed[pk] == area]
    able = eligible(programme, Worker.objects.filter(Among("pk", here)))
    return rows.filter(Among("worker", able))


class Pending(NamedTuple):
    """Who of a list has not been handed in: `people` are drafts or have been repaired; those who
    were returned and are `unrepaired` stay behind unless somebody says otherwise; who was returned
    and is `gone` since has nothing to be repaired, and can only be taken off the list."""

    people: int
    unrepaired: int
    gone: int


def pending(proposal: Proposal, counts: Mapping[str, int]) -> Pending:
    """`counts` has the people of the list by state. No more than MOST_EXAMINED are unrepaired."""
    returned = counts.get(State.RETURNED, 0)
    rows = proposal.entries.returned().filter(repaired_at=None).values_list("gone", flat=True)
    left = list(rows[:MOST_EXAMINED]) if returned else []
    gone = sum(left)
    return Pending(counts.get(State.DRAFT, 0) + returned - len(left), len(left) - gone, gone)


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
    """One statement for what lists, BPJS and registries know, and one for positions: it takes
    longer to ask than to answer.

    People approved in another programme count as covered, even before a decree names them. Which
    programme that is, and who else is of a family, may be unknown to the office: the database
    counts these over all lists.
    """
    people = [person.pk for person in persons]
    doubled = _doubled({person.area for person in persons if person.position}, first_day)
    facts = _Facts(defaultdict(list), defaultdict(list), defaultdict(list), {}, doubled)
    statement = _FACTS if programme.family_limit is None else _FACTS + _FAMILIES
    values: SqlValues = {"programme": programme.pk, "people": people, "hurried": list(hurried)}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        for kind, pk, first, last, registry, when, number in cursor.fetchall():
            match kind:
                case "member":
                    facts.memberships[pk].append((first, last))
                case "cover":
                    facts.covers[pk].append((first, last))
                case "registry":
                    facts.registries[pk].append(Named(registry, when, number))
                case "family":
                    facts.families[pk] = number
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


def _relatives(programme: PremiumSubsidy, people: Sequence[int]) -> list[Any]:
    """Worker id and how many of the family come before them in the programme."""
    return _asked("family_before", programme, people, [])


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


def known_elsewhere(
    programme: PremiumSubsidy, people: Sequence[int], first_month: date | None
) -> dict[int, list[Finding]]:
    """Worker id → what other lists, as far as the office sees them, tell of the person, whose first
    month would be this one (`Asked.first_month`).

    Another programme with months in common has been asked, too, and has not approved yet; or they
    left a programme of this year or of the year before. One query."""
    asked = Q(state__in=UNAPPROVED) & ~Q(programme=programme)
    left = Q(state=State.LEFT, programme__year__gte=programme.year - 1)
    rows = Entry.objects.filter(asked | left, Among("worker", people)).order_by()
    rows = rows.select_related("programme").only(
        "worker", "state", "programme__name", "programme__year", "programme__wave_name",
        "programme__first_month", "programme__months",
    )  # fmt: skip
    cover = months.of(programme, first_month)
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
