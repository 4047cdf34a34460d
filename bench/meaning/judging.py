"""What the reader makes of a list, compared with the truth."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from bench.meaning.model import ANY, ASIDE, LaidOut, List, Truth, laid_out
from enrollment.fields.person import FIELDS
from enrollment.imports.columns.matching import tables_of
from enrollment.imports.reading.checking import Checker, Staged
from enrollment.sheets.reading import Reading, Unmatched
from enrollment.workbooks.opening import Sheet, UnreadableWorkbook
from enrollment.workers.checks.findings import CODES, Severity

FIELD_NAMES = tuple(field.name for field in FIELDS if field.name != "status")
TOLD = (Severity.ERROR, Severity.GAP, Severity.WARNING)


@dataclass(frozen=True)
class Kept:
    """A row as it would be staged: its values, its findings, the fields they are about."""

    values: Mapping[str, object]
    codes: tuple[str, ...]

    @property
    def refused(self) -> bool:
        return any(CODES[code].severity is Severity.ERROR for code in self.codes)

    def tells_of(self, name: str) -> bool:
        """Whether a finding is about the field. A wrong NIK, name or village, or somebody dead, is
        told by an error only: a warning would let the row be taken."""
        if name in ("nik", "name", "village", "ended"):
            return self.refused and (name == "ended" or self._about(name, (Severity.ERROR,)))
        return self._about(name, TOLD)

    def _about(self, name: str, severities: Iterable[Severity]) -> bool:
        found = (CODES[code] for code in self.codes)
        return any(code.field == name and code.severity in severities for code in found)


@dataclass
class Understood:
    """People by sheet and row; why the list as a whole was refused, or is asked about."""

    people: dict[tuple[str, int], Kept] = field(default_factory=dict)
    refused: str = ""
    asked: bool = False


def understand(sheets: Iterable[Sheet], area: str) -> Understood:
    """What an import of these sheets would stage."""
    checker, understood = _checker(area), Understood()
    reading = Reading(sheets, knowledge=checker.knowledge)
    try:
        for position, person in enumerate(reading, 1):
            staged = checker.stage(position, person)
            understood.people[person.sheet, person.row] = kept(staged)
    except UnreadableWorkbook as error:
        understood.refused = str(error)
        understood.asked = isinstance(error, Unmatched)
    else:
        understood.asked = any(table["doubt"] for table in tables_of(reading.reports))
    return understood


@lru_cache(maxsize=64)
def _checker(area: str) -> Checker:
    return Checker(area)


def kept(staged: Staged) -> Kept:
    person = staged.person
    values = {name: getattr(person, name, "") for name in FIELD_NAMES}
    values["occupation"] = person.occupation_text
    values["village"] = staged.village_id
    codes = tuple(filter(None, staged.codes.strip("{}").split(",")))
    values["ended"] = "person.ended" in codes
    return Kept(values, codes)


@dataclass
class Verdict:
    """What became of a list. `faults`: where → what is wrong there, in the same short words for the
    same kind of fault; `details` says more.

    `wrong`: rows with something wrong that nobody is told of; `vanished`: people who are on no row,
    silently; `refused`: good rows with an error; `told`: rows with something wrong and a word about
    it; `extra`: rows that are nobody's and have an error; `needless`: good rows with a warning that
    nothing gives cause for.
    """

    rows: int = 0
    good: int = 0
    wrong: int = 0
    vanished: int = 0
    refused: int = 0
    told: int = 0
    extra: int = 0
    needless: int = 0
    asked: bool = False
    list_refused: bool = False
    crashed: bool = False
    faults: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    details: dict[tuple[str, int], list[str]] = field(default_factory=dict)

    @property
    def kinds(self) -> frozenset[str]:
        """What is wrong, for shrinking."""
        return frozenset(fault for found in self.faults.values() for fault in found)

    def add(self, place: tuple[str, int], fault: str, detail: str = "") -> None:
        self.faults.setdefault(place, []).append(fault)
        self.details.setdefault(place, []).append(f"{fault}: {detail}" if detail else fault)


WHOLE = ("", 0)


def judged(made: List) -> Verdict:
    """Read the list as it stands, without a file."""
    laid = laid_out(made)
    sheets = (Sheet(s.name, s.visible, iter(s.rows if s.visible else [])) for s in laid.sheets)
    return verdict(made, laid, sheets)


def verdict(made: List, laid: LaidOut, sheets: Iterable[Sheet]) -> Verdict:
    """What becomes of a list that stands on these sheets."""
    return compared(made, laid, lambda: understand(sheets, made.area))


def compared(made: List, laid: LaidOut, read: Callable[[], Understood]) -> Verdict:
    """What becomes of a list that is read like that."""
    result = Verdict(rows=len(laid.people))
    result.good = sum(not _is_refusable(truth) for truth in laid.people.values())
    try:
        understood = read()
    except Exception as error:
        result.crashed = True
        result.add(WHOLE, f"crash {type(error).__name__}", str(error))
        return result
    if understood.asked:
        result.asked = True
        if not made.doubtful:
            result.add(WHOLE, "asked", understood.refused)
    elif understood.refused:
        result.list_refused, result.refused = True, result.good
        result.add(WHOLE, "list refused", understood.refused)
    else:
        _compare(result, laid.people, understood.people)
    return result


def _compare(
    result: Verdict,
    people: Mapping[tuple[str, int], Truth],
    found: Mapping[tuple[str, int], Kept],
) -> None:
    for place, truth in people.items():
        row = found.get(place)
        if row is None:
            result.vanished += 1
            result.add(place, "vanished", str(truth["name"][0]))
        else:
            _compare_row(result, place, truth, row)
    for place, row in found.items():
        if place not in people:
            if row.refused:
                result.extra += 1
            else:
                result.wrong += 1
                result.add(place, "invented", str(row.values["name"]))


def _compare_row(result: Verdict, place: tuple[str, int], truth: Truth, row: Kept) -> None:
    silent = False
    wrong = [name for name in truth if name not in ASIDE and not _is_right(truth, name, row)]
    for name in wrong:
        if not row.tells_of(name):
            silent = True
            word = "lost" if not row.values[name] else "wrong"
            detail = f"{row.values[name]!r} for {' or '.join(map(repr, truth[name]))}"
            result.add(place, f"{word} {name}", detail)
    expected = tuple(map(str, truth.get("told", ())))
    codes = _serious(row) if ANY in expected else row.codes
    if expected and not any(code.startswith(expected) for code in codes):
        silent = True
        result.add(place, f"not told {expected[0] or 'at all'}", ", ".join(row.codes))
    result.wrong += silent
    result.told += bool(wrong) and not silent
    if row.refused and not _is_refusable(truth):
        result.refused += 1
        errors = [code for code in row.codes if CODES[code].severity is Severity.ERROR]
        result.add(place, f"refused {errors[0]}", str(truth["name"][0]))
    elif not wrong and not expected and any(_is_warning(code) for code in row.codes):
        result.needless += 1


def _is_warning(code: str) -> bool:
    return CODES[code].severity is Severity.WARNING and code != "occupation.unmapped"


def _serious(row: Kept) -> list[str]:
    return [code for code in row.codes if CODES[code].severity is not Severity.GAP]


def _is_refusable(truth: Truth) -> bool:
    """Whether an error is right: no NIK or name, an unknown village, dead, an impossible date."""
    errors = ("birth_date.invalid",)
    return (
        truth["nik"] == ("",)
        or truth["name"] == ("",)
        or None in truth["village"]
        or truth["ended"] == (True,)
        or truth.get("told", ())[:1] == errors
    )


def _is_right(truth: Truth, name: str, row: Kept) -> bool:
    return folded(name, row.values[name]) in {folded(name, value) for value in truth[name]}


_HAMLET = re.compile(r"^(?:[A-Z0-9IVX]+[.)] )?(?:dusun|dsn|dukuh|lingkungan)\b[ .:]*", re.I)


def folded(name: str, value: object) -> object:
    """A value for comparing: what is not kept is "", and the word before a hamlet does not "
    "count."""
    if value is None and name != "village":
        return ""
    if not isinstance(value, str):
        return value if not isinstance(value, date) else value.isoformat()
    text = " ".join(value.split()).casefold()
    return _HAMLET.sub("", text) if name == "hamlet" else text


def shown(made: List) -> Iterator[str]:
    """The list as text, one row a line."""
    laid = laid_out(made)
    for sheet in laid.sheets:
        yield f"  [{sheet.name}]" + ("" if sheet.visible else " (hidden)")
        for number, cells in sheet.rows:
            words = " | ".join(str(cell).replace("\n", "⏎") for cell in cells)
            mark = "*" if (sheet.name, number) in laid.people else " "
            yield f"  {number:>3}{mark} {words}"
