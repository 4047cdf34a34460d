"""Who may be on a list. No database, no clock."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from enrollment.coverage.rules import (
    OLDEST_NEW,
    Kind,
    OpenPeriod,
    Period,
    already_paid,
    arrears,
    in_words,
    is_member,
    kind_of,
    last_paid,
)
from enrollment.formats import rupiah, tanggal
from enrollment.programmes import prices
from enrollment.programmes.registries import Named, Required
from enrollment.reverification.rules import Asked
from enrollment.statements.rules import Demand, Statement, Weight, missing
from enrollment.workers.checks.findings import CODES, Finding, finding

NOTHING_SAID, NOTHING_ASKED = Statement(), Demand(Weight.NONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The facts about a person: `gaps` are codes such as `rt.missing`, periods as in coverage.

    `family` counts who of their family comes before them in the programme. `term_end` is the last
    day in a position that they hold, `doubled` whether somebody else holds it at the same time.
    `village` is where they live.
    """

    birth_date: date | None
    ended: bool = False
    gaps: tuple[str, ...] = ()
    memberships: tuple[OpenPeriod, ...] = ()
    covers: tuple[OpenPeriod, ...] = ()
    occupation: str = ""
    registries: tuple[Named, ...] = ()
    family: int = 0
    consented: bool = False
    statement: Statement = NOTHING_SAID
    term_end: date | None = None
    doubled: bool = False
    village: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a programme requires; an empty set or None means no requirement.

    `cover` is the period of cover `(first, after)`. New people are taken from `minimum_age` on and
    until the day before they are `age_limit`. `occupations` maps the keys of those who may take
    part to their names, `need_jht` are the keys of those who need JHT, which the programme does not
    pay. One of the `registries` is enough. `demand` is what is asked about the work of new people.
    `price` gives the rupiah of a month before the first. `reverification` is what is asked of the
    villages of those who stay members.
    """

    cover: Period
    minimum_age: int | None = None
    age_limit: int | None = 65
    occupations: dict[str, str] = field(default_factory=dict)
    need_jht: frozenset[str] = frozenset()
    registries: tuple[Required, ...] = ()
    family_limit: int | None = None
    consent_required: bool = False
    demand: Demand = NOTHING_ASKED
    price: Callable[[date], int] = lambda month: 0
    reverification: Asked | None = None


class Verdict(NamedTuple):
    """What the rules say of a person: findings `against` proposing them, and `notices` for those
    who propose and decide. `kind`: whether they become a member or stay one."""

    kind: Kind
    against: list[Finding]
    notices: list[Finding]


def age_on(day: date, birth_date: date) -> int:
    """Age in whole years on `day`; people born on 29 February turn a year older on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def judge(candidate: Candidate, criteria: Criteria) -> Verdict:
    """What all rules say of a person."""
    return Verdict(
        _kind(candidate, criteria),
        eligibility(candidate, criteria),
        [
            *_no_return(candidate, criteria),
            *_arrears(candidate, criteria),
            *_unsaid(candidate, criteria, Weight.WARNING, "statement.incomplete"),
            *_position(candidate, criteria),
        ],
    )


def _kind(candidate: Candidate, criteria: Criteria) -> Kind:
    return kind_of(criteria.cover[0], _last_paid(candidate, criteria))


def _last_paid(candidate: Candidate, criteria: Criteria) -> date | None:
    """The last month before the programme that anybody has paid for the person."""
    eve = timedelta(days=1)
    members = [(start, end and end + eve) for start, end in candidate.memberships]
    return last_paid(criteria.cover[0], [*candidate.covers, *members])


def eligibility(candidate: Candidate, criteria: Criteria) -> list[Finding]:
    """Every reason against proposing a person, as findings; an empty list means eligible."""
    return [
        *([finding("worker.ended")] if candidate.ended else []),
        *_incomplete(candidate),
        *_wrong_age(candidate, criteria),
        *_protected_already(candidate, criteria),
        *_outside_the_target(candidate, criteria),
        *_family_full(candidate, criteria),
        *_consent_missing(candidate, criteria),
        *_unsaid(candidate, criteria, Weight.REQUIRED, "statement.missing"),
        *_not_reverified(candidate, criteria),
    ]


def _incomplete(candidate: Candidate) -> Iterator[Finding]:
    if candidate.gaps:
        yield finding("data.incomplete", missing=", ".join(CODES[g].label for g in candidate.gaps))


def _wrong_age(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    """Who stays a member may be of any age."""
    if candidate.birth_date is None or _kind(candidate, criteria) is Kind.CONTINUING:
        return
    age = age_on(criteria.cover[0], candidate.birth_date)
    if criteria.age_limit is not None and age >= criteria.age_limit:
        yield finding("age.over_limit", age=age, limit=criteria.age_limit)
    if criteria.minimum_age is not None and age < criteria.minimum_age:
        yield finding("age.under_minimum", age=age, limit=criteria.minimum_age)


def _protected_already(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    if is_member(criteria.cover, candidate.memberships):
        yield finding("membership.active")
    if paid := already_paid(criteria.cover, candidate.covers):
        yield finding("coverage.double", months=in_words(paid))


def _outside_the_target(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    if criteria.occupations and candidate.occupation not in criteria.occupations:
        yield finding(
            "occupation.not_covered", allowed=", ".join(sorted(criteria.occupations.values()))
        )
    if candidate.occupation in criteria.need_jht:
        yield finding("jht.required")
    wanted = criteria.registries
    if wanted and not any(one.met_by(named) for one in wanted for named in candidate.registries):
        yield finding("registry.required", registry=" atau ".join(map(str, wanted)))


def family_full(before: int, limit: int | None) -> Finding | None:
    """What is against somebody before whom so many of the family have come; None if nothing."""
    if limit is None or before < limit:
        return None
    return finding("family.limit", people=before, limit=limit)


def _family_full(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    if found := family_full(candidate.family, criteria.family_limit):
        yield found


def _consent_missing(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    if criteria.consent_required and not candidate.consented:
        yield finding("consent.missing")


def _unsaid(
    candidate: Candidate, criteria: Criteria, weight: Weight, code: str
) -> Iterator[Finding]:
    """What nobody has said about the work of a new member. Who stays one is not asked again."""
    if criteria.demand.weight is not weight or _kind(candidate, criteria) is Kind.CONTINUING:
        return
    if lacking := missing(candidate.statement, criteria.demand, criteria.cover[0]):
        yield finding(code, missing=", ".join(lacking))


def _not_reverified(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    """What a village has not looked at in time stops those who stay members, and no new ones."""
    asked = criteria.reverification
    if asked is None or _kind(candidate, criteria) is Kind.NEW:
        return
    if not asked.is_met_by(candidate.village):
        yield finding("reverification.missing", since=tanggal(asked.demand.since))


def _position(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    """What may be wrong with a position: it stops nobody."""
    first, after = criteria.cover
    if candidate.doubled:
        yield finding("position.doubled")
    if candidate.term_end and candidate.term_end < after - timedelta(days=1):
        early = candidate.term_end < first
        when = "sebelum perlindungan mulai" if early else "dalam bulan-bulan perlindungan"
        yield finding("position.ends", on=tanggal(candidate.term_end), when=when)


def _no_return(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    if candidate.birth_date is None or _kind(candidate, criteria) is Kind.NEW:
        return
    age = age_on(criteria.cover[0], candidate.birth_date)
    if age >= OLDEST_NEW:
        yield finding("age.no_return", age=age)


def _arrears(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    if months := arrears(criteria.cover[0], _last_paid(candidate, criteria)):
        each = [criteria.price(month) for month in months]
        amount = f"{prices.in_words(each)} = {rupiah(sum(each))}"
        yield finding("arrears.unpaid", months=in_words(months), amount=amount)
