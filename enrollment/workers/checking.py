"""Checking people against the database: what the rules need of it, and who is in it already."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import TypedDict

from django.utils import timezone

from enrollment.fields.person import KEPT
from enrollment.standing import Standing
from enrollment.workers.checks.findings import CODES, Finding, Severity, finding
from enrollment.workers.checks.rules import Checked, check_person
from enrollment.workers.checks.values import occupation_index
from enrollment.workers.models import Occupation, Worker
from villages.models import Area

ONLY_THE_CELL_TOLD = {"kk.excel_damaged": ("kk",), "sex.unknown": ("sex",)}
"""Findings that came of how a spreadsheet's cell was typed, and the fields whose kept value no
longer shows them."""

TOLD_ELSEWHERE = ONLY_THE_CELL_TOLD | {"duplicate.similar": ("name", "birth_date")}
"""Besides: a twin whom the Dinas saw, and whom a village may not see."""

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
    """What a person works as, in the words of the list that named it."""
    return worker.occupation_text or (worker.occupation.name if worker.occupation else "")


def codes_now(worker: Worker, basis: Basis, *, has_twin: bool) -> list[str]:
    """The findings that a registered person carries under today's rules.

    `has_twin`: somebody else has the same name and birth date (`WorkerQuerySet.similar_to`).
    """
    checked = check_person(typed_of(worker), **basis)
    remember(worker, checked, ONLY_THE_CELL_TOLD)
    return [*checked.codes, *(["duplicate.similar"] if has_twin else [])]


def remember(worker: Worker, checked: Checked, codes: Mapping[str, Collection[str]]) -> None:
    """Keep those of the person's findings that checking the kept values anew cannot bring back.

    `codes`: code → the fields it is about; it stays as long as these do.
    """
    for code in set(codes).intersection(worker.findings).difference(checked.codes):
        if all(getattr(worker, field) == getattr(checked, field) for field in codes[code]):
            checked.findings.append(finding(code))
    if "sex.unknown" in checked.codes:
        checked.findings = [one for one in checked.findings if one.code != "sex.missing"]


def told(codes: Iterable[str]) -> list[Finding]:
    """Stored codes as findings, the gravest first; a code that is no longer known is left out."""
    known = [finding(code) for code in codes if code in CODES and not CODES[code].needs]
    return sorted(known, key=lambda one: _SEVERITIES.index(one.severity))


def standing(worker: Worker) -> Standing:
    """How a person stands."""
    if worker.ended_on:
        return Standing("plain", worker.get_ended_reason_display())
    found = told(worker.findings)
    grave = [one.label for one in found if one.severity is not Severity.WARNING]
    if grave:
        more = f" dan {len(grave) - 2} lagi" if len(grave) > 2 else ""
        return Standing("attention", "Belum lengkap", ", ".join(grave[:2]) + more)
    if found:
        return Standing("moving", "Perlu dilihat", found[0].label)
    return Standing("good", "Lengkap")


def registered(nik: str) -> Worker | None:
    """The person with a NIK whom the entered scope shows, or None."""
    return Worker.objects.select_related("area").filter(nik=nik).first()
