"""Checking people with the database: the data that the rules need, and who is registered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypedDict

from django.utils import timezone

from enrollment.fields.person import KEPT
from enrollment.formats import tanggal
from enrollment.standing import Standing
from enrollment.workers.checks.findings import CODES, UNREAD, Finding, Severity, finding
from enrollment.workers.checks.rules import Checked, check_person
from enrollment.workers.checks.values import occupation_index
from enrollment.workers.models import Occupation, Worker
from villages.models import Area

FOUND_IN_CELL = {
    "kk.excel_damaged": ("kk",),
    "sex.unknown": ("sex",),
    "status.unclear": ("name",),
}
"""Findings that can be seen in a spreadsheet's cell but not in the stored value → the fields that
they are about."""

NOT_IN_VALUES = (
    FOUND_IN_CELL
    | {code: (CODES[code].field,) for code in UNREAD}
    | {"work.ill_unread": (), "kk.renewal": ("kk", "address")}
)
"""Also optional values of a list that could not be read and so were not stored, and what a decision
of the Dinas asks for: until somebody has saved the person by hand or an import has brought another
value."""

NOT_FOUND_AGAIN = FOUND_IN_CELL | {"duplicate.similar": ("name", "birth_date")}
"""Also the findings that a village cannot repeat: the similar person may be in another village,
where only the Dinas sees them."""

_SEVERITIES = list(Severity)


class Basis(TypedDict):
    today: date
    districts: frozenset[str]
    occupations: dict[str, str]


def basis() -> Basis:
    """The parameters of `rules.check_person` that come from the database and the clock."""
    districts = Area.objects.districts().filter(current=True).values_list("code", flat=True)
    occupations = Occupation.objects.values_list("key", "name", "aliases", "registry_code")
    return {
        "today": timezone.localdate(),
        "districts": frozenset(code.replace(".", "") for code in districts),
        "occupations": occupation_index(occupations),
    }


def typed_of(worker: Worker) -> dict[str, object]:
    """A registered person's data as `rules.check_person` takes it."""
    kept = {field.name: getattr(worker, field.column) for field in KEPT}
    return kept | {"occupation": occupation(worker)}


def occupation(worker: Worker) -> str:
    """A person's occupation as typed, else by the name of the known occupation."""
    return worker.occupation_text or (worker.occupation.name if worker.occupation else "")


def codes_now(worker: Worker, basis: Basis, *, has_twin: bool) -> list[str]:
    """The codes of the findings that a registered person has under today's rules.

    `has_twin`: somebody else has the same name and birth date (`WorkerQuerySet.similar_to`).
    """
    checked = check_person(typed_of(worker), **basis)
    carry_over(worker, checked, NOT_IN_VALUES)
    return [*checked.codes, *(["duplicate.similar"] if has_twin else [])]


def carry_over(worker: Worker, checked: Checked, codes: Mapping[str, Collection[str]]) -> None:
    """Add to `checked` those stored findings of the person that a check of stored values misses.

    `codes`: code → the fields that it is about. It is carried over while these are unchanged.
    """
    for code in set(codes).intersection(worker.findings).difference(checked.codes):
        if code in UNREAD and getattr(checked, CODES[code].field) is not None:
            continue  # given since
        if all(getattr(worker, field) == getattr(checked, field) for field in codes[code]):
            checked.findings.append(finding(code))
    if "sex.unknown" in checked.codes:
        checked.findings = [found for found in checked.findings if found.code != "sex.missing"]


def as_findings(codes: Iterable[str]) -> list[Finding]:
    """Stored codes as findings, errors first; codes that no longer exist are left out."""
    known = [finding(code) for code in codes if code in CODES and not CODES[code].needs]
    return sorted(known, key=lambda found: _SEVERITIES.index(found.severity))


def standing(worker: Worker) -> Standing:
    """The person's state, as pages show it."""
    if worker.ended_on:
        ended = f"berakhir {tanggal(worker.ended_on)}"
        return Standing("plain", worker.get_ended_reason_display(), ended)
    found = as_findings(worker.findings)
    blocking = [known.label for known in found if known.severity is not Severity.WARNING]
    if blocking:
        more = f" dan {len(blocking) - 2} lagi" if len(blocking) > 2 else ""
        return Standing("attention", "Belum lengkap", ", ".join(blocking[:2]) + more)
    if found:
        return Standing("moving", "Perlu dilihat", found[0].label)
    return Standing("good", "Lengkap")


def registered(nik: str) -> Worker | None:
    """The person with this NIK, if the current scope may see them, or None."""
    return Worker.objects.select_related("area").filter(nik=nik).first()
