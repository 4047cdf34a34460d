"""Who may be on a list. No database, no clock."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from enrollment.coverage.rules import OpenPeriod, Period, already_paid, in_words, is_member
from enrollment.workers.checks.findings import CODES, Finding, finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """The facts about a person: `gaps` are codes such as `rt.missing`, periods as in coverage."""

    birth_date: date | None
    ended: bool = False
    gaps: tuple[str, ...] = ()
    memberships: tuple[OpenPeriod, ...] = ()
    covers: tuple[OpenPeriod, ...] = ()
    occupation: str = ""
    registries: frozenset[str] = frozenset()
    consented: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a programme requires; an empty set or None means no requirement.

    `cover` is the period of cover `(first, after)`. People are taken from `minimum_age` on and
    until the day before they are `age_limit`. `occupations` maps the keys of those who may take
    part to their names.
    """

    cover: Period
    minimum_age: int | None = None
    age_limit: int | None = 65
    occupations: dict[str, str] = field(default_factory=dict)
    registries: frozenset[str] = frozenset()
    consent_required: bool = False


def age_on(day: date, birth_date: date) -> int:
    """Age in whole years on `day`; people born on 29 February turn a year older on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def eligibility(candidate: Candidate, criteria: Criteria) -> list[Finding]:
    """Every reason against proposing a person, as findings; an empty list means eligible."""
    return [
        *([finding("worker.ended")] if candidate.ended else []),
        *_incomplete(candidate),
        *_wrong_age(candidate, criteria),
        *_protected_already(candidate, criteria),
        *_outside_the_target(candidate, criteria),
        *_consent_missing(candidate, criteria),
    ]


def _incomplete(candidate: Candidate) -> Iterator[Finding]:
    if candidate.gaps:
        yield finding("data.incomplete", missing=", ".join(CODES[g].label for g in candidate.gaps))


def _wrong_age(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    if candidate.birth_date is None:
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
    if criteria.registries and not criteria.registries & candidate.registries:
        yield finding("registry.required", registry=" atau ".join(sorted(criteria.registries)))


def _consent_missing(candidate: Candidate, criteria: Criteria) -> Iterator[Finding]:
    if criteria.consent_required and not candidate.consented:
        yield finding("consent.missing")
