"""Checking one row of a workbook by the rules: from cells as typed to a row to be staged."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

import orjson

from enrollment.fields.person import KEPT
from enrollment.illness import rules as illness
from enrollment.imports.models import ImportRow
from enrollment.imports.reading.knowing import Known
from enrollment.imports.reading.places import Place, Places
from enrollment.imports.shapes import Villages
from enrollment.imports.typed import HEALTH_NOT_KEPT
from enrollment.sheets.meanings import JOINED
from enrollment.sheets.tables import Person
from enrollment.sheets.words import is_about_health
from enrollment.workbooks.opening import Cell
from enrollment.workers import checking
from enrollment.workers.checks.findings import CODES, Finding, Severity, finding
from enrollment.workers.checks.life import Life, said
from enrollment.workers.checks.positions import read_term
from enrollment.workers.checks.rules import Checked, check_person
from enrollment.workers.checks.values import split_period, tidy, tidy_repeated
from villages import areas

UNNAMED_SOURCE = "Tidak disebut"
"""The registry of a decile (desil) when the list does not name it."""
Cells = Mapping[str, Cell | None]
"""Field → the cell from the workbook, from its stored JSON, or from a page."""
_SEVERITIES = (Severity.ERROR, Severity.GAP, Severity.WARNING)


class Staged(NamedTuple):
    """A row to be staged: columns of `ImportRow` about the row itself, and the `person`."""

    position: int
    sheet: str
    row: int
    typed: str
    codes: str
    details: str
    severity: str
    village_id: str | None
    source: str
    source_period: str
    person: Checked


COLUMNS = (*Staged._fields[:-1], "decile", "occupation_id", *(field.staged for field in KEPT))
"""The columns of `ImportRow` that reading a row fills."""
_of_person = attrgetter("decile", "occupation", *(field.column for field in KEPT))


def cells_of(staged: Staged) -> tuple[object, ...]:
    """The values of a row to be staged for `COLUMNS`."""
    return (*staged[:-1], *_of_person(staged.person))


class Checker:
    """Checks the people of a list for `area_code`: a village, or the villages of a wider area.

    `answers`: what somebody has said of names of villages. `question`: how the regency asks
    whether somebody is too ill to work, which may head a column.
    """

    def __init__(self, area_code: str, answers: Villages | None = None, question: str = ""):
        self.places = Places(area_code, answers)
        self.around = self.places
        """Villages that a list may name, even if it is for one of them only."""
        if self.places.only:
            self.around = Places(areas.at_level(area_code, areas.REGENCY) or area_code)
        self.basis = checking.basis()
        self.knowledge = Known(self.around, self.basis["occupations"], question)
        self.answers: list[tuple[int, bool]] = []
        """Of the rows staged since it was emptied: position, and whether that person is too ill to
        work. It goes another way than the rows, which offices read."""

    def stage(self, position: int, person: Person) -> Staged:
        """The row to stage for a `tables.Person`, the `position`-th of the workbook."""
        typed = _without_health(self.with_hints(person))
        if person.told and (ill := illness.read(person.told)) is not None:
            self.answers.append((position, ill))
        staged = self.staged(position, person.sheet[:100], person.row, typed)
        staged = self._told_of_others(staged, person, typed)
        if person.told and illness.is_unread(person.told):
            staged = with_code(staged, illness.UNREAD)
        return with_code(staged, "row.struck") if person.struck else staged

    def _told_of_others(self, staged: Staged, person: Person, typed: Cells) -> Staged:
        """The row with a warning, if a cell, a title or the sheet's name means another village."""
        told = {person.village, person.farther} - {""}
        if not staged.village_id or not (told or person.district or self.places.only):
            return staged
        named = told | {_name(typed, "village")} - {""}
        found = {self.around.find(name, person.district).code for name in named}
        unknown = {None} if not self.places.only else set()
        differ = found - {staged.village_id} - unknown
        return with_code(staged, "village.differs") if differ else staged

    def staged(self, position: int, sheet: str, row: int, typed: Cells) -> Staged:
        """The row to stage for cells as typed, including the hints."""
        checked, place, findings = self.check(typed)
        codes = tuple(finding.code for finding in findings)
        details = {finding.code: finding.values for finding in findings if finding.values}
        registry, period = split_period(checked.source) if checked.source else ("", "")
        if checked.decile and not registry:
            registry = UNNAMED_SOURCE
        return Staged(
            position,
            sheet,
            row,
            as_json(typed),
            _array(codes),
            json.dumps(details) if details else "{}",
            severity_of(codes),
            place.code,
            registry,
            period,
            checked,
        )

    def check(self, typed: Cells) -> tuple[Checked, Place, list[Finding]]:
        """The result of the rules and of finding the village: `(Checked, Place, findings)`."""
        raw: Cells = typed
        lost: list[Finding] = []
        if JOINED.keys() & typed.keys():
            raw = {**typed}
            raw["birth_date"] = typed.get("birth_date") or typed.get("birth")
            term = tidy(typed.get("term"), 60)
            start, end = read_term(term, self.basis["today"]) if term else (None, None)
            raw["term_start"] = typed.get("term_start") or start
            raw["term_end"] = typed.get("term_end") or end
            if term and not (raw["term_start"] or raw["term_end"]):
                lost = [finding("term_start.unread")]
            raw["rt"] = typed.get("rt") or typed.get("rt_rw") or _reversed(typed.get("rw_rt"))
        checked = check_person(raw, **self.basis)
        place = self.places.find(_name(typed, "village"), _name(typed, "district"))
        findings = [*checked.findings, *lost] if lost else checked.findings
        if place.finding:
            findings = [finding(place.finding), *findings]
        return checked, place, findings

    def with_hints(self, person: Person) -> dict[str, Cell]:
        """The filled cells; in a list for many villages also the village and the district that
        titles or the name of the sheet give, where the row does not."""
        typed = {name: cell for name, cell in person.cells.items() if cell != ""}
        if self.places.only:
            return typed
        if person.village:
            typed.setdefault("village", person.village)
        if "village" in typed and person.district:
            typed.setdefault("district", person.district)
        return typed


def _without_health(typed: dict[str, Cell]) -> dict[str, Cell]:
    """The cells without a remark that says of the person's health and nothing of their life."""
    status = str(typed.get("status") or "")
    if status and is_about_health(status) and said(status) is Life.GOES_ON:
        return {**typed, "status": HEALTH_NOT_KEPT}
    return typed


def _reversed(cell: Cell | None) -> Cell | None:
    """RW/RT in the order RT/RW, unless letters in the cell say which is which."""
    if not isinstance(cell, str) or re.search("r[tw]", cell, re.I):
        return cell
    parts = re.findall(r"\d+", cell)
    return f"{parts[1]}/{parts[0]}" if len(parts) == 2 else cell


def _name(typed: Cells, field: str) -> str:
    cell = typed.get(field)
    return tidy_repeated(cell, 100) if cell else ""


def repeated(staged: Staged, sheet: str, row: int) -> Staged:
    """The staged row with an error, because its NIK occurs before in the file: at that place."""
    staged = with_code(staged, "duplicate.in_file")
    details = json.loads(staged.details) | {"duplicate.in_file": {"sheet": sheet, "row": row}}
    return staged._replace(details=json.dumps(details))


def with_code(staged: Staged, code: str) -> Staged:
    """The staged row with one more finding."""
    codes = (*filter(None, staged.codes[1:-1].split(",")), code)
    return staged._replace(codes=_array(codes), severity=severity_of(codes))


@lru_cache(maxsize=4096)
def severity_of(codes: tuple[str, ...]) -> str:
    """The worst severity of the findings, for `ImportRow.severity`."""
    found = {CODES[code].severity for code in codes}
    present = (severity for severity in _SEVERITIES if severity in found)
    worst = next(present, ImportRow.Severity.CLEAN)
    return worst.value


@lru_cache(maxsize=4096)
def _array(codes: tuple[str, ...]) -> str:
    return "{" + ",".join(codes) + "}"


def as_json(typed: Cells) -> str:
    """Cells as JSON for a jsonb column: dates as 1975-08-17, numbers as numbers."""
    try:
        text = _encode(typed)
    except orjson.JSONEncodeError:  # a lone surrogate
        text = None
    if text is None or "\\u0000" in text:  # jsonb cannot store NUL
        text = _encode({name: _storable(cell) for name, cell in typed.items()})
    return text


def _encode(typed: Cells) -> str:
    return orjson.dumps(typed, _plain, orjson.OPT_PASSTHROUGH_DATETIME).decode()


def _storable(cell: Cell | None) -> Cell | None:
    return tidy(cell) if isinstance(cell, str) else cell


def _plain(cell: object) -> str:
    """A date or time of a cell as text; midnight is left out."""
    return str(cell).removesuffix(" 00:00:00")
