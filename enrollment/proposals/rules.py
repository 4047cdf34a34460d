"""Who may be on a list, and which step may follow which. No database, no clock."""

from dataclasses import dataclass, field
from datetime import date

from enrollment.coverage.rules import already_paid, in_words, is_member
from enrollment.workers.checks.findings import CODES, finding
from villages.refusals import Refusal

CONFIRMED = "SESUAI"
"""The civil registry's (Dukcapil) answer that name, birth date and NIK belong together."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """What is known of a person: `gaps` are codes such as `rt.missing`, periods as in coverage."""

    birth_date: date | None
    ended: bool = False
    gaps: tuple[str, ...] = ()
    memberships: tuple[tuple[date | None, date | None], ...] = ()
    covers: tuple[tuple[date, date], ...] = ()
    occupation: str = ""
    registries: frozenset[str] = frozenset()
    consented: bool = False
    match_answer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """What a programme asks; an empty set or None asks nothing.

    `cover` is the period of cover `(first, after)`. People are taken from `minimum_age` on and
    until the day before they are `age_limit`. `quota` is places for people of one village.
    `occupations` maps the keys of those who may take part to their names.
    """

    cover: tuple[date, date]
    minimum_age: int | None = None
    age_limit: int | None = 65
    occupations: dict[str, str] = field(default_factory=dict)
    registries: frozenset[str] = frozenset()
    consent_required: bool = False
    match_required: bool = False
    quota: int | None = None


def age_on(day, birth_date):
    """Whole years lived on `day`; who is born on 29 February is a year older on 1 March."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def eligibility(candidate, criteria, *, places_taken=0):
    """Everything that stands against proposing a person, as findings; an empty list is a yes.

    `places_taken` counts the people of the same village whom the programme already holds;
    `quota.full` sends the person to the waiting list and does not refuse them.
    """
    found = [
        *([finding("worker.ended")] if candidate.ended else []),
        *_incomplete(candidate),
        *_wrong_age(candidate, criteria),
        *_protected_already(candidate, criteria),
        *_outside_the_target(candidate, criteria),
        *_papers_missing(candidate, criteria),
    ]
    if criteria.quota is not None and places_taken >= criteria.quota:
        found.append(finding("quota.full", quota=criteria.quota))
    return found


def _incomplete(candidate):
    if candidate.gaps:
        yield finding("data.incomplete", missing=", ".join(CODES[g].label for g in candidate.gaps))


def _wrong_age(candidate, criteria):
    if candidate.birth_date is None:
        return
    age = age_on(criteria.cover[0], candidate.birth_date)
    if criteria.age_limit is not None and age >= criteria.age_limit:
        yield finding("age.over_limit", age=age, limit=criteria.age_limit)
    if criteria.minimum_age is not None and age < criteria.minimum_age:
        yield finding("age.under_minimum", age=age, limit=criteria.minimum_age)


def _protected_already(candidate, criteria):
    if is_member(criteria.cover, candidate.memberships):
        yield finding("membership.active")
    if paid := already_paid(criteria.cover, candidate.covers):
        yield finding("coverage.double", months=in_words(paid))


def _outside_the_target(candidate, criteria):
    if criteria.occupations and candidate.occupation not in criteria.occupations:
        yield finding(
            "occupation.not_covered", allowed=", ".join(sorted(criteria.occupations.values()))
        )
    if criteria.registries and not criteria.registries & candidate.registries:
        yield finding("registry.required", registry=" atau ".join(sorted(criteria.registries)))


def _papers_missing(candidate, criteria):
    if criteria.consent_required and not candidate.consented:
        yield finding("consent.missing")
    if criteria.match_required and candidate.match_answer != CONFIRMED:
        yield finding("match.required")


DRAFT, SUBMITTED, VERIFIED, APPROVED, RETURNED, REJECTED, WAITING = (
    "draft",
    "submitted",
    "verified",
    "approved",
    "returned",
    "rejected",
    "waiting",
)
"""The states of one person on a list, as `Entry.State` stores them."""


@dataclass(frozen=True, slots=True)
class Move:
    """Where a verb leads from a state, and the permission (villages.permissions) it takes."""

    to: str
    permission: str


MOVES = {
    (DRAFT, "submit"): Move(SUBMITTED, "proposal.submit"),
    (RETURNED, "submit"): Move(SUBMITTED, "proposal.submit"),
    (DRAFT, "queue"): Move(WAITING, "proposal.submit"),
    (RETURNED, "queue"): Move(WAITING, "proposal.submit"),
    (WAITING, "admit"): Move(SUBMITTED, "proposal.verify"),
    (WAITING, "reject"): Move(REJECTED, "proposal.verify"),
    (SUBMITTED, "verify"): Move(VERIFIED, "proposal.verify"),
    (SUBMITTED, "return"): Move(RETURNED, "proposal.verify"),
    (SUBMITTED, "reject"): Move(REJECTED, "proposal.verify"),
    (VERIFIED, "approve"): Move(APPROVED, "proposal.approve"),
    (VERIFIED, "return"): Move(RETURNED, "proposal.approve"),
    (VERIFIED, "reject"): Move(REJECTED, "proposal.approve"),
    (APPROVED, "return"): Move(RETURNED, "proposal.approve"),
    (APPROVED, "reject"): Move(REJECTED, "proposal.approve"),
    (RETURNED, "withdraw"): Move(REJECTED, "proposal.submit"),
    (WAITING, "withdraw"): Move(REJECTED, "proposal.submit"),
}
"""Every step there is. `queue` puts a person on the waiting list when the quota is full and
`admit` takes them from it; `withdraw` is the proposer's own no. An approval can be taken back
until a decree names the person, which the database sees to. Nothing leads out of rejected."""

NEEDS_REASON = frozenset({"return", "reject", "withdraw"})
HOLDS_PLACE = frozenset({SUBMITTED, VERIFIED, APPROVED})
"""The states in which a person holds one of the village's places (Quota.used)."""

_STATES = {
    DRAFT: "masih draf",
    SUBMITTED: "sudah diajukan",
    VERIFIED: "sudah diverifikasi",
    APPROVED: "sudah disetujui",
    RETURNED: "sedang dikembalikan",
    REJECTED: "sudah ditolak",
    WAITING: "ada di daftar tunggu",
}
_VERBS = {
    "submit": "diajukan",
    "queue": "dimasukkan ke daftar tunggu",
    "admit": "diambil dari daftar tunggu",
    "verify": "diverifikasi",
    "approve": "disetujui",
    "return": "dikembalikan",
    "reject": "ditolak",
    "withdraw": "ditarik",
}


def move(state, verb):
    """The Move that `verb` makes from `state`, or Refusal with a sentence that says why not."""
    found = MOVES.get((state, verb))
    if found is None:
        raise Refusal(
            f"Usulan ini {_STATES[state]}, jadi tidak dapat {_VERBS[verb]}. "
            "Muat ulang halaman untuk melihat keadaannya sekarang."
        )
    return found


def next_state(state, verb, *, reason=""):
    """The state after `verb`. Refusal when the step does not exist or lacks its reason."""
    step = move(state, verb)
    checked_reason(verb, reason)
    return step.to


def states_before(verb, permissions):
    """The states from which somebody who holds `permissions` may take `verb`."""
    return {
        start
        for (start, name), step in MOVES.items()
        if name == verb and step.permission in permissions
    }


def checked_reason(verb, reason):
    """The reason without blanks round it; Refusal when the verb needs one and has none."""
    if verb in NEEDS_REASON and not reason.strip():
        raise Refusal(f"Tulis alasannya: usulan yang {_VERBS[verb]} harus disertai alasan.")
    return reason.strip()


def verbs_from(state, permissions):
    """The verbs open in `state` to somebody who holds `permissions`, in the table's order."""
    return [
        verb
        for (start, verb), step in MOVES.items()
        if start == state and step.permission in permissions
    ]
