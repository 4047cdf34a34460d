"""What a table's cells tell of a person's life: died, moved, gone.

The columns of status and remarks say it, a column to tick, or a word in any other cell that is not
about somebody else. Which words mean it is known to `Knowledge`.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping, Sequence

from enrollment.sheets.headings import Column, Heading
from enrollment.sheets.knowledge import Knowledge
from enrollment.sheets.legends import UNEXPLAINED, code_of, in_heading
from enrollment.sheets.marks import is_ditto
from enrollment.sheets.meanings import Role
from enrollment.sheets.vocabulary import SOMEBODY_ELSE, words
from enrollment.workbooks.opening import Cell

__all__ = ["Telling"]

DEAD = "Meninggal"
"""What a column to tick means whose heading does not say it in words for a person."""
_DENIALS = frozenset(["0", "0.0", "t", "n", "no", "tidak", "tdk", "false", "m", "mati"])
_TICKS_FOR_NO = _DENIALS - {"m", "mati"} | {"-", "belum", "hidup", "ada", "0000-00-00"}
_SAYING = ("status", "remark")
_PLACES_AND_NAMES = (
    "mother_name", "village", "district", "regency", "province", "birth_place", "source", "position"
)  # fmt: skip
_OF_OTHERS = frozenset(["pengganti", "diganti", "ganti"])
"""Words of a heading about whom somebody replaces: "Pengganti dari"."""
_OF_DEATH = re.compile(r"\b(?:kematian|meninggal|wafat|mati)\b", re.I)
LONGEST_REMARK = 200
MOST_KNOWN = 10_000
LONGEST_CODE = 5
_DENIED = re.compile(r"\W*(?:(?:tidak|tdk|tak|non|bukan)\W*(?:ada|aktif|lagi|warga)?|no)\W*", re.I)
STATES = {
    "dasar": {
        "1": "HIDUP",
        "2": "MATI",
        "3": "PINDAH",
        "4": "HILANG",
        "6": "PERGI",
        "9": "TIDAK VALID",
    },
    "keberadaan": {"2": "MENINGGAL", "3": "PINDAH", "4": "PINDAH", "6": "TIDAK DITEMUKAN"},
}
"""A word of the heading of a status column → the registry's codes: OpenSID's `status_dasar`, and
the presence of a family member ("keberadaan") in the social registry (Regsosek, DTSEN)."""
_MAY_MEAN_ENDED = words("m mn mt md mgl w wf p pd pi pn pdh h hl t tm")
OF_SEX = re.compile(r"\W*(?:laki|perempuan|pria|wanita|[lp]\b)", re.I)
Legend = Callable[[], Mapping[str, Sequence[str]]]
"""Gives what the list explains: code → what it says that this means, each time it does."""


class Telling:
    """The columns of a heading that tell of a person's life.

    `said`: those of status and remarks, with a registry's codes. `ticks`: those to tick, with their
    heading and whether they say who lives. `heard`: all but those that hold names of people or of
    places, or are about somebody else. `unknown`: those with headings that nobody knows.
    """

    def __init__(self, heading: Heading, knowledge: Knowledge, legend: Legend = dict):
        self.knowledge, self.legend = knowledge, legend
        told = [column for column in heading.columns if not _tells_of_replaced(column, heading)]
        self.said = [(each, _codes(each)) for each in told if each.said.field in _SAYING]
        free = [] if heading.replaces else [column for column in told if column.is_unmapped]
        free = [column for column in free if not column.said.words & _OF_OTHERS]
        self.ticks = [
            (each.index, each.leaf, "hidup" in each.said.words)
            for each in [*free, *(each for each in told if each.field == "status")]
            if _is_tick(each, knowledge) and not in_heading(each.heading)
        ]
        name = heading.fields["name"]
        heard = [column.index for column in told if _is_heard(column, heading)]
        self.heard = [at for at in heard if at != name]
        self.unknown = [column.index for column in free if column.is_free]
        self.coded = [(each, in_heading(each.heading)) for each in free if _holds_codes(each)]
        self.asks = bool(self.said or self.ticks or self.unknown or self.coded)
        """Whether each row is to be asked; else only those in which a word may tell of life."""
        self.known: dict[str, bool] = {}
        """Texts of columns with unknown headings, and whether they say that somebody has gone."""

    def status(
        self, cells: Sequence[Cell], title: str, above: Callable[[], str], *, anywhere: bool
    ) -> str | None:
        """What is said of the person in a row, what says so first; None where nothing is said.

        `title`: a title or the sheet's name about those below it. `above` gives what was said of
        the person above, for which a ditto mark stands. `anywhere`: look at every cell.
        """
        said = self._said(cells, above)
        told = title or next(filter(self.knowledge.is_ended, said), "")
        told = told or self._ticked(cells) or self._told_in_unknown(cells)
        told = told or self._told_by_code(cells)
        if anywhere:
            told = told or self._told_anywhere(cells)
        unexplained = (text for text in said if text.endswith(UNEXPLAINED))
        return told or next(unexplained, None) or next(iter(said), None)

    def is_ended(self, text: str) -> bool:
        """Whether a text says that a person has gone; a quick look first."""
        short = len(text) < LONGEST_REMARK
        return short and self.knowledge.may_tell(text.lower()) and self.knowledge.is_ended(text)

    def _is_known(self, text: str) -> bool:
        if text not in self.known and len(self.known) < MOST_KNOWN:
            self.known[text] = len(text) < LONGEST_REMARK and self.knowledge.is_about_ended(text)
        return self.known.get(text, False) or (text not in self.known and self.is_ended(text))

    def _said(self, cells: Sequence[Cell], above: Callable[[], str]) -> list[str]:
        """The texts of the columns of status and remarks; a code as what it means."""
        texts = []
        for column, codes in self.said:
            cell = cells[column.index] if column.index < len(cells) else ""
            if cell == "":
                continue
            text = cell if isinstance(cell, str) else ""
            if len(text) < LONGEST_CODE and (code := code_of(cell)):
                if code not in codes:
                    codes[code] = self._meant(column, code)
                text = codes[code] or text
            elif column.said.field == "status" and _denies(text):
                text = f"{column.leaf}: {text} {UNEXPLAINED}"
            texts.append(above() if is_ditto(text) else text)
        return list(filter(None, texts))

    def _meant(self, column: Column, code: str) -> str:
        """What the list says that a code means; where it does not, that nobody knows; "" for a code
        that is none of a state."""
        told = [meant for meant in self.legend().get(code, ()) if not OF_SEX.match(meant)]
        if told:
            return next(filter(self.knowledge.is_about_ended, told), told[0])
        if self.knowledge.is_about_ended(code):
            return ""  # "MD" is a word that everybody knows
        may_end = code in _MAY_MEAN_ENDED or (code.isdigit() and column.said.field == "status")
        return f"{code.upper()} {UNEXPLAINED}" if may_end and not _is_usual(code, column) else ""

    def _ticked(self, cells: Sequence[Cell]) -> str:
        """The heading of a column to tick who has died or moved, if this row is ticked; of a column
        to tick who lives, if it is denied."""
        for at, heading, lives in self.ticks:
            cell = str(cells[at]).strip().casefold() if at < len(cells) else ""
            if cell and lives and (cell in _DENIALS or cell.startswith(("tidak", "tdk"))):
                return DEAD
            if cell and not lives and cell not in _TICKS_FOR_NO:
                return heading if self.knowledge.is_ended(heading) else DEAD
        return ""

    def _told_in_unknown(self, cells: Sequence[Cell]) -> str:
        for at in self.unknown:
            text = cells[at] if at < len(cells) else ""
            if text != "" and isinstance(text, str) and self._is_known(text):
                return text
        return ""

    def _told_by_code(self, cells: Sequence[Cell]) -> str:
        """What a code in a column with an unknown heading means, if the list explains it."""
        for column, codes in self.coded:
            code = code_of(cells[column.index]) if column.index < len(cells) else ""
            if code and code not in codes:
                told = filter(self.knowledge.is_about_ended, self.legend().get(code, ()))
                codes[code] = next(told, "")
            if code and self.knowledge.is_about_ended(codes[code]):
                return codes[code]
        return ""

    def _told_anywhere(self, cells: Sequence[Cell]) -> str:
        """What any other cell says, but for names of people and of places."""
        for at in self.heard:
            if at < len(cells) and isinstance(text := cells[at], str) and self.is_ended(text):
                return text
        return ""


def _is_tick(column: Column, knowledge: Knowledge) -> bool:
    if column.said.words & SOMEBODY_ELSE:
        return False
    if "hidup" in column.said.words:
        return True
    return column.field != "status" and (
        knowledge.is_ended(column.leaf) or bool(_OF_DEATH.search(column.leaf))
    )


def _is_heard(column: Column, heading: Heading) -> bool:
    """Whether a word such as "meninggal" in this column is about the person of the row."""
    if column.said.words & (SOMEBODY_ELSE | {"ibu"}) or column.field in _PLACES_AND_NAMES:
        return False
    if not column.field and column.said.words & _OF_OTHERS:
        return False
    if column.said.other and "nama" in column.said.words:
        return False  # of a shop, of a group
    return bool(column.field) or not heading.replaces


def _tells_of_replaced(column: Column, heading: Heading) -> bool:
    """Whether a column stands between the replaced person's NIK or name and the replacing one's.
    A registry's codes are about who is in the registry."""
    if not heading.replaces or _codes(column):
        return False
    people = [each for each in heading.columns if each.said.field in ("nik", "name")]
    before = [each for each in people if each.index < column.index]
    after = [each for each in people if each.index > column.index]
    return bool(before and after) and before[-1].said.role is Role.OLD


def _codes(column: Column) -> dict[str, str]:
    """The codes that the heading explains, or that a registry has under such a heading."""
    registry = next((codes for word, codes in STATES.items() if word in column.said.words), {})
    return {**registry, **in_heading(column.heading)}


def _denies(text: str) -> bool:
    """Whether somebody is not what the status asks: "Tidak", "Non aktif", "tidak ada"."""
    return len(text) < 20 and bool(_DENIED.fullmatch(text))


def _holds_codes(column: Column) -> bool:
    """Whether all its cells are codes, of the person as far as its heading says, and do not just
    count the rows."""
    own = column.is_unmapped and not column.said.words & SOMEBODY_ELSE
    codes = list(map(code_of, column.filled))
    return own and bool(codes) and all(codes) and not _count_on(codes)


def _count_on(codes: Sequence[str]) -> bool:
    """Whether each code is the number after the one before: 1, 2, 3."""
    numbers = [int(code) for code in codes if code.isdigit()]
    if len(numbers) < max(len(codes), 2):
        return False
    return all(upper + 1 == lower for upper, lower in itertools.pairwise(numbers))


def _is_usual(code: str, column: Column) -> bool:
    """Whether most rows have this code: so it means that nothing has happened."""
    same = sum(code_of(cell) == code for cell in column.below)
    return 2 * same > len(column.below)
