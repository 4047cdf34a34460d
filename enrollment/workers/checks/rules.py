"""The rules for a person's data: one check for the form, the import and the command line.

Pure functions: today's date, the known districts and the occupations are parameters.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from enrollment.fields.person import FIELDS
from enrollment.workers.checks import life, values
from enrollment.workers.checks.dates import oldest_birth, read_birth, read_date
from enrollment.workers.checks.findings import Finding, Severity, finding
from enrollment.workers.checks.nik import (
    agrees_with_birth,
    check_kk,
    check_nik,
    describe,
    region_known,
    sex_of,
)
from enrollment.workers.checks.rt_rw import find_rt_rw, is_read, read_rt_rw

_T = TypeVar("_T")
LONGEST: dict[str, int] = {field.name: field.longest for field in FIELDS if field.longest}
"""Characters kept of a cell: the length of the database column that stores it."""
_LONGEST_REMARK = 400
"""Characters of a remark that are read for what it says about the person."""


@dataclass(slots=True)
class Checked:
    """A person as read: normalised values, and the findings about them.

    Where nothing was given or could be read, text is `""` and other values are None. `nik` is `""`
    unless it is well formed. `sex` is L or P; `occupation` is a key of the occupations and
    `occupation_text` the words typed; `rt` and `rw` have three digits; `income` is rupiah a month;
    `work_said_on` lies between birth and today.
    """

    nik: str
    kk: str
    name: str
    birth_place: str
    birth_date: date | None
    sex: str
    address: str
    hamlet: str
    rt: str
    rw: str
    occupation: str | None
    occupation_text: str
    income: int | None
    workplace: str
    work: str
    work_said_by: str
    work_said_on: date | None
    phone: str
    mother_name: str
    source: str
    decile: int | None
    status: str
    position: str
    term_start: date | None
    term_end: date | None
    findings: list[Finding] = field(default_factory=list)

    @property
    def taken(self) -> bool:
        """Whether the person may be saved: no error."""
        return not self._any(Severity.ERROR)

    @property
    def complete(self) -> bool:
        """Whether the person may be proposed: no error and no gap."""
        return self.taken and not self._any(Severity.GAP)

    @property
    def codes(self) -> list[str]:
        return [finding.code for finding in self.findings]

    def _any(self, severity: Severity) -> bool:
        return any(finding.severity is severity for finding in self.findings)


def check_person(
    raw: Mapping[str, object],
    *,
    today: date,
    districts: Container[str],
    occupations: Mapping[str, str],
) -> Checked:
    """Read and check one person.

    `raw`: field name → cell as typed; a missing field counts as empty. `birth_date` may hold
    place and date, `rt` may hold RT and RW. `districts`: current six-digit district codes;
    `occupations`: the result of `values.occupation_index`.
    Findings are in the order of the fields.
    """
    get = raw.get
    found: list[Finding] = []
    nik = _nik(get("nik"), districts, found)
    kk = _kk(get("kk"), found)
    name = _name(get("name"), found)
    birth_place, birth_date = _birth(get("birth_place"), get("birth_date"), nik, today, found)
    sex = _sex(get("sex"), nik, found)
    address = _required("address", get("address"), found)
    hamlet = _repeated("hamlet", get("hamlet"))
    rt, rw = _rt_rw(get("rt"), get("rw"), (address, hamlet), found)
    occupation_text, occupation = _occupation(get("occupation"), occupations, found)
    phone = _phone(get("phone"), found)
    mother_name = _required("mother_name", get("mother_name"), found)
    income = _optional("income", get("income"), values.read_rupiah, found)
    work_said_on = _said_on(get("work_said_on"), birth_date, today, found)
    decile = _optional("decile", get("decile"), values.read_decile, found)
    term_start, term_end = _term(get("term_start"), get("term_end"), today, found)
    said = values.tidy(remark, _LONGEST_REMARK) if (remark := get("status")) else ""
    if (state := life.of(name, said)) is not life.Life.GOES_ON:
        found.append(finding(state.value))
    return Checked(
        nik=nik,
        kk=kk,
        name=name,
        birth_place=birth_place,
        birth_date=birth_date,
        sex=sex,
        address=address,
        hamlet=hamlet,
        rt=rt,
        rw=rw,
        occupation=occupation,
        occupation_text=occupation_text,
        income=income,
        workplace=_repeated("workplace", get("workplace")),
        work=_repeated("work", get("work")),
        work_said_by=_repeated("work_said_by", get("work_said_by")),
        work_said_on=work_said_on,
        phone=phone,
        mother_name=mother_name,
        source=_repeated("source", get("source")),
        decile=decile,
        status=said[: LONGEST["status"]],
        position=_repeated("position", get("position")),
        term_start=term_start,
        term_end=term_end,
        findings=found,
    )


def _text(name: str, cell: object) -> str:
    return values.tidy(cell, LONGEST[name]) if cell else ""


def _repeated(name: str, cell: object) -> str:
    return values.tidy_repeated(cell, LONGEST[name]) if cell else ""


def _optional(
    name: str, cell: object, read: Callable[[object], _T | None], found: list[Finding]
) -> _T | None:
    """What `read` makes of a cell; a finding where it makes nothing of something."""
    if cell is None or cell == "":
        return None
    value = read(cell)
    if value is None and values.tidy(cell):
        found.append(finding(f"{name}.unread"))
    return value


def _said_on(cell: object, born: date | None, today: date, found: list[Finding]) -> date | None:
    """When somebody stated that the person works: neither before the birth nor after today."""

    def read(cell: object) -> date | None:
        day = read_date(cell, today=today)
        return day if day and (born or date.min) <= day <= today else None

    return _optional("work_said_on", cell, read, found)


def _term(
    start_cell: object, end_cell: object, today: date, found: list[Finding]
) -> tuple[date | None, date | None]:
    def read(cell: object) -> date | None:
        return read_date(cell, today=today)

    start = _optional("term_start", start_cell, read, found)
    end = _optional("term_end", end_cell, read, found)
    if start and end and end < start:
        found.append(finding("term_end.early"))
    return start, end


def _required(name: str, cell: object, found: list[Finding]) -> str:
    text = _text(name, cell)
    if not text:
        found.append(finding(f"{name}.missing"))
    return text


def _nik(cell: object, districts: Container[str], found: list[Finding]) -> str:
    nik, code = check_nik(cell)
    if code == "nik.format":
        found.append(finding(code, **describe(cell)))
    elif code:
        found.append(finding(code))
    elif not region_known(nik, districts):
        found.append(finding("nik.region_unknown"))
    return nik


def _kk(cell: object, found: list[Finding]) -> str:
    kk, code = check_kk(cell)
    if code:
        found.append(finding(code))
    return kk[: LONGEST["kk"]]


_AROUND_NAME = re.compile(r"^\d{1,4}\s*[.)]\s*(?=[^\W\d])|^[“”\"„]+|[“”\"„]+$")
"""What some lists write around a name: its number ("1. SITI"), quotation marks."""


def _name(cell: object, found: list[Finding]) -> str:
    name = _text("name", cell)
    if name and not (name[0].isalpha() and name[-1].isalpha()):
        name = _AROUND_NAME.sub("", name)
    if any(map(str.isalpha, name)):
        return name
    found.append(finding("name.missing"))
    return ""


# A place, and then nothing or zeros for a date: "TUBAN,", "TUBAN, -", "0000-00-00".
_UNDATED = re.compile(r"(\D*?)(?:[\s,/]*0[0\W]*|\s*[,/][\W_]*)$")


def _birth(
    place_cell: object, cell: object, nik: str, today: date, found: list[Finding]
) -> tuple[str, date | None]:
    place = _repeated("birth_place", place_cell)
    if isinstance(cell, str):
        stated, born = read_birth(cell, today=today, nik=nik)
        if born is None:
            stated, cell = _undated(cell)
        place = place or stated[: LONGEST["birth_place"]]
    else:
        born = read_date(cell, today=today, nik=nik) if cell else None
    if born is None and place:
        place, cell, born = _date_beside_place(place, cell, today, nik)
    if born is None and not cell:
        found.append(finding("birth_date.missing"))
        return place, None
    if born is None or not oldest_birth(today) <= born <= today:
        found.append(finding("birth_date.invalid"))
        return place, None
    if nik and not agrees_with_birth(nik, born):
        found.append(finding("nik.birth_date_mismatch"))
    return place, born


def _undated(text: str) -> tuple[str, str]:
    """The place in a text that holds no date, and the words that stand where a date should."""
    text = values.tidy(text)
    undated = _UNDATED.fullmatch(text)
    return (undated[1].strip(" ,/"), "") if undated else ("", text)


def _date_beside_place(
    place: str, cell: object, today: date, nik: str
) -> tuple[str, object, date | None]:
    """Place, date cell and date when the column of the place holds the date, too, or instead."""
    words = cell if isinstance(cell, str) else ""
    if (cell and not words) or any(map(str.isdigit, words)):
        return place, cell, None
    stated, born = read_birth(place, today=today, nik=nik)
    return (
        ((stated or words)[: LONGEST["birth_place"]], cell, born) if born else (place, cell, None)
    )


def _sex(cell: object, nik: str, found: list[Finding]) -> str:
    sex = values.read_sex(cell)
    if sex is None:
        found.append(finding("sex.unknown"))
    elif not sex:
        found.append(finding("sex.missing"))
    elif nik and sex != sex_of(nik):
        found.append(finding("nik.sex_mismatch"))
    return sex or ""


def _rt_rw(
    rt_cell: object, rw_cell: object, beside: tuple[str, ...], found: list[Finding]
) -> tuple[str, str]:
    rt, rw = read_rt_rw(rt_cell)
    first, second = read_rt_rw(rw_cell)
    rw = second or first or rw
    if not rt:
        # A single column "RT/RW" may have been matched to either field; some lists have both in the
        # address or with the hamlet only.
        rt = first if second else ""
    for text in beside:
        if not rt or (not rw and "rw" in text.lower()):
            rt_in_text, rw_in_text = find_rt_rw(text)
            if rt_in_text in (rt, "") or not rt:
                rt, rw = rt or rt_in_text, rw or rw_in_text
    if not rt:
        found.append(finding("rt.missing"))
    if (rt and not is_read(rt)) or (rw and not is_read(rw)):
        found.append(finding("rt.unread"))
    return rt, rw


def _occupation(
    cell: object, occupations: Mapping[str, str], found: list[Finding]
) -> tuple[str, str | None]:
    typed, key = values.read_occupation(cell, occupations)
    if not typed:
        found.append(finding("occupation.missing"))
    elif key is None:
        found.append(finding("occupation.unmapped"))
    return typed, key


def _phone(cell: object, found: list[Finding]) -> str:
    phone, usual = values.read_phone(cell) if cell else ("", True)
    if not usual:
        found.append(finding("phone.format"))
    return phone
