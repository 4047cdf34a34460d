"""Positions in a village as people write them: "Ketua RT 03 RW 01", "Kadus Krajan", "RT 003".

The kinds and their words are those of Permendagri 18/2018 on village institutions; a position that
is not understood is kept as typed and compared with nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum
from functools import lru_cache
from itertools import combinations

from enrollment.workers.checks.dates import read_date
from enrollment.workers.checks.rt_rw import find_rt_rw, is_read, read_rt_rw
from enrollment.workers.checks.values import tidy


class Kind(Enum):
    """What somebody is head of, or does for the village."""

    RT = "RT"
    RW = "RW"
    HAMLET = "dusun"
    CADRE = "kader"


@dataclass(frozen=True, slots=True)
class Position:
    """A position: its `kind` (None: not understood), whether its holder is the `head`, the numbers
    of RT and RW ("" unless they are given, else three digits) and the hamlet in capital letters."""

    kind: Kind | None = None
    head: bool = False
    rt: str = ""
    rw: str = ""
    hamlet: str = ""


NONE = Position()
_DEPUTY = re.compile(
    r"\b(?:wakil|waka?|sekretaris|sekr?|bendahara|bend|anggota|staf|seksi|sie|mantan|eks|ex|bekas|"
    r"purna|calon|istri|suami)\b",
    re.I,
)
"""Words of somebody who is not the head, or not any more."""
_NUMBERED = re.compile(r"\br\W?\s?([tw])(?![^\W\d_])|\brukun\s+(tetangga|warga)\b", re.I)
_HAMLET_HEAD = re.compile(
    r"\b(?:kadus|kasun|kepala\s+(?:dusun|dukuh|lingkungan|jorong|kampung|banjar)|kaling|bayan|"
    r"wali\s+jorong|kamituwo|kelian\s+banjar|dukuh)\b",
    re.I,
)
_CADRE = re.compile(r"\b(?:kader|posyandu)\b", re.I)
_HAMLET = re.compile(
    r"\b(?:dusun|dsn|dukuh|dkh|lingkungan|lingk|jorong|kampung|kp|banjar|kadus|kasun|kaling|bayan|"
    r"kamituwo)\b\.?\s+([^\W\d_][^\d,;/()]*)",
    re.I,
)
_AFTER_HAMLET = re.compile(r"\s+(?:desa|kelurahan|nagari|rt|rw|kec|kecamatan)\b.*", re.I)
_UNTIL = re.compile(r"\s*(?:-|–|—|/|\bs\W{0,2}d\b\W?|\bsampai(?:\s+dengan)?\b|\bhingga\b)\s*", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")


@lru_cache(maxsize=8192)
def read_position(text: str) -> Position:
    """What a text says of a position; `NONE` where it is not understood.

    A bare "RT 003" in a column of positions is the head of it.
    """
    text = tidy(text)
    head = not _DEPUTY.search(text)
    hamlet = _hamlet_in(text)
    if _HAMLET_HEAD.search(text):
        return Position(Kind.HAMLET, head, hamlet=hamlet)
    if _CADRE.search(text):
        return Position(Kind.CADRE, hamlet=hamlet)
    named = _NUMBERED.search(text)
    if named is None:
        return NONE
    kind = Kind.RT if (named[1] or named[2])[0].lower() == "t" else Kind.RW
    rt, rw = find_rt_rw(text[named.start() :])
    if not rt and not rw:
        rt, rw = read_rt_rw(text[named.start() :])
    rt, rw = (number if is_read(number) else "" for number in (rt, rw))
    return Position(kind, head, rt if kind is Kind.RT else "", rw, hamlet)


def _hamlet_in(text: str) -> str:
    found = _HAMLET.search(text)
    return _AFTER_HAMLET.sub("", found[1]).strip(" .-").upper() if found else ""


@lru_cache(maxsize=1024)
def read_term(text: str, today: date) -> tuple[date | None, date | None]:
    """First and last day of a term of office in one cell: "01-02-2020 s.d. 31-01-2026".

    Years alone ("2020-2025") are their first and their last day. None where it cannot be read.
    """
    years = _YEAR.findall(text)
    if len(years) == 2 and not re.sub(r"\D", "", text).replace("".join(years), "", 1):
        first, last = (int(year) for year in years)
        return (date(first, 1, 1), date(last, 12, 31)) if first <= last else (None, None)
    for between in _UNTIL.finditer(text):
        start = read_date(text[: between.start()], today=today)
        end = read_date(text[between.end() :], today=today)
        if start and end and start <= end:
            return start, end
    return None, None


@dataclass(frozen=True, slots=True)
class Held:
    """Who holds which position, where they live, and from when until when, as far as known."""

    person: int
    area: str
    position: Position
    rt: str = ""
    rw: str = ""
    hamlet: str = ""
    start: date | None = None
    end: date | None = None

    @property
    def seat(self) -> tuple[str, str, str] | None:
        """The village, the kind and the number (or the hamlet) of the seat of a head; None for all
        others. Who is head of an RT lives there, so an address tells what the words leave out."""
        kind = self.position.kind if self.position.head else None
        if kind is Kind.RT:
            what = self.position.rt or self.rt
        elif kind is Kind.RW:
            what = self.position.rw or self.rw
        else:
            what = self._hamlet if kind is Kind.HAMLET else ""
        return (self.area, kind.value, what) if kind and what else None

    @property
    def _hamlet(self) -> str:
        return self.position.hamlet or self.hamlet.upper()

    @property
    def _rw(self) -> str:
        return self.position.rw or self.rw

    def _lies_with(self, other: Held) -> bool:
        """Whether two RTs of one number are one: by the RW where both have one, by the hamlet where
        both have that; of others as little must be known."""
        for mine, theirs in ((self._rw, other._rw), (self._hamlet, other._hamlet)):
            if mine and theirs:
                return mine == theirs
        return (self._rw, self._hamlet) == (other._rw, other._hamlet)

    def clashes_with(self, other: Held, since: date) -> bool:
        """Whether two heads of one number mean the same seat, on some day since `since`."""
        if self.position.kind is Kind.RT and not self._lies_with(other):
            return False
        starts = max(each.start or since for each in (self, other))
        ends = min(each.end or date.max for each in (self, other))
        return max(starts, since) <= ends


def doubly_held(holders: Iterable[Held], since: date) -> set[int]:
    """The people whose seat somebody else holds too at one time, on or after the day `since`."""
    seats: dict[tuple[str, str, str], list[Held]] = {}
    for held in holders:
        if seat := held.seat:
            seats.setdefault(seat, []).append(held)
    return set(_clashing(seats.values(), since))


def _clashing(seats: Iterable[list[Held]], since: date) -> Iterator[int]:
    for holders in seats:
        for one, other in combinations(holders, 2):
            if one.clashes_with(other, since):
                yield from (one.person, other.person)
