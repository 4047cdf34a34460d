"""Giving each field its column: what the headings say, weighed with what the cells look like.

A heading that says a field has it, unless the cells contradict it and another column fits better.
Where two columns say the same, the own value goes before another's and the new before the old.
Where no heading says a field, the cells may: sixteen digits with a birth date, a date that is in
the NIK beside it. A field may be spread over several columns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from enrollment.sheets.knowledge import Knowledge
from enrollment.sheets.meanings import NO_MEANING, PARTS, SECRET, Meaning, Role
from enrollment.sheets.profiles import (
    born_as_in,
    digits_of,
    divided,
    is_contradicted,
    is_of,
    is_of_a_woman,
    looks_like,
)
from enrollment.workbooks.opening import Cell

SURE_SHARE = 0.8
_RANK = {Role.NEW: 0, Role.OWN: 1, Role.POST: 2, Role.OLD: 3}
_NAME_PARTS = ("name_first", "name_middle", "name_last")


@dataclass(frozen=True)
class Column:
    """A column: `index` from 0, the `heading` as typed, what it `said`, the cells `below`.

    `field`: what it holds, or None. `guessed`: this is to be confirmed by the user. `rival`: the
    field that this column means too, but which another column holds. `parts`: the indexes of all
    columns over which the field is spread; `part_of`: the field of which this column is a part.
    `within`: the column of names in whose cells this one's NIKs stand; it is not on the sheet.
    """

    index: int
    heading: str
    said: Meaning = NO_MEANING
    below: tuple[Cell, ...] = ()
    field: str | None = None
    guessed: bool = False
    rival: str | None = None
    parts: tuple[int, ...] = ()
    part_of: str | None = None
    within: int | None = None

    @property
    def leaf(self) -> str:
        """The lowest line of the heading."""
        return self.heading.rsplit(" / ", 1)[-1]

    @property
    def samples(self) -> tuple[Cell, ...]:
        """The first filled cells, as examples."""
        return tuple(cell for cell in self.below if cell != "")[:5]

    @property
    def filled(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.below if cell != "")

    @property
    def is_unmapped(self) -> bool:
        """Whether no field is stored from it, whatever its heading is about."""
        return not (self.field or self.rival or self.part_of)

    @property
    def is_secret(self) -> bool:
        """Whether its cells are about health, also where another column is taken for it."""
        unclear = self.field in (None, "remark")
        said = {self.rival, self.said.field} if unclear else {self.field}
        return not said.isdisjoint(SECRET)

    @property
    def is_free(self) -> bool:
        """Whether neither its words nor another field have claimed it."""
        return not (self.field or self.rival or self.part_of or self.said.other)


def assigned(columns: Sequence[Column], knowledge: Knowledge) -> list[Column]:
    """The columns with their fields."""
    board = _Board(columns, knowledge)
    board.leave_out_states()
    board.divide_names()
    board.join_parts()
    board.give_said()
    board.spread()
    board.place_without_date()
    board.doubt_contradicted()
    board.trust_only_nik()
    board.give_looked()
    return board.columns


class _Board:
    """The columns of one heading while fields are given to them."""

    def __init__(self, columns: Sequence[Column], knowledge: Knowledge):
        self.columns = list(columns)
        self.knowledge = knowledge

    def set(self, column: Column, **changes: Any) -> None:
        self.columns[column.index] = replace(self.columns[column.index], **changes)

    def of(self, field: str) -> Column | None:
        """The column that holds the field."""
        return next((column for column in self.columns if column.field == field), None)

    # --- by words ----------------------------------------------------------------------------

    def leave_out_states(self) -> None:
        """Columns to tick who has died or moved ("Pindah Domisili") hold no field."""
        for column in list(self.columns):
            surely = column.said.field and not column.said.guessed
            if not surely and self.knowledge.is_ended(column.leaf):
                self.set(column, said=NO_MEANING)

    def divide_names(self) -> None:
        """A heading such as "Nama / NIK" above cells that hold one of each: the NIKs get a column
        of their own, unless another column says that it holds them."""
        both = [each for each in self.columns if each.said.is_of_both]
        if len(both) != 1 or any(c.said.field == "nik" and c is not both[0] for c in self.columns):
            return
        (column,) = both
        if not looks_like("name_and_nik", column.filled, 0.3):
            return
        names, niks = zip(*(divided(cell) or (cell, "") for cell in column.below), strict=True)
        said = replace(column.said, field="name", guessed=False)
        nik = replace(said, field="nik")
        self.set(column, said=said, below=names)
        at = len(self.columns)
        self.columns.append(Column(at, column.heading, nik, niks, within=column.index))

    def join_parts(self) -> None:
        """First, middle and last name as the name; day, month and year as the birth date."""
        said = {column.said.field: column for column in self.columns if column.said.field in PARTS}
        names = [said[part] for part in _NAME_PARTS if part in said]
        if len(names) > 1:
            self._join("name", names)
        elif names:
            self.set(names[0], said=replace(names[0].said, field="name"))
        month, year = said.get("birth_month"), said.get("birth_year")
        day = next(
            (
                column
                for column in self.columns
                if column.said.field == "birth_date" and looks_like("small", column.filled, 0.5)
            ),
            None,
        )
        if day and month and year:
            self._join("birth_date", [day, month, year])

    def _join(self, field: str, columns: Sequence[Column]) -> None:
        first, *others = columns
        self.set(first, field=field, parts=tuple(column.index for column in columns))
        for column in others:
            self.set(column, part_of=field)

    def give_said(self) -> None:
        """Give each field that is said to the column that says it best."""
        taken = {column.field for column in self.columns if column.field}
        said = [
            column
            for column in self.columns
            if column.said.field and column.said.field not in PARTS and not column.part_of
        ]
        by_field: dict[str, list[Column]] = {}
        for column in said:
            by_field.setdefault(str(column.said.field), []).append(column)
        for field, candidates in by_field.items():
            if field in taken or (field == "number" and len(self.columns) < 2):
                continue
            self._give(field, candidates)
        self._check_ticked_sex()

    def _give(self, field: str, candidates: Sequence[Column]) -> None:
        """The best of the columns that say the field; others that say it as surely are rivals."""
        best, *others = sorted(candidates, key=lambda column: self._preference(field, column))
        self.set(best, field=field, guessed=best.said.guessed)
        for column in others:
            alike = column.said.role is best.said.role or column.said.role is Role.OWN
            if alike and not is_contradicted(field, column.filled, few=1):
                self.set(column, rival=field, guessed=column.said.guessed)

    def _preference(self, field: str, column: Column) -> tuple[bool, bool, bool, int, int]:
        old = column.said.role is Role.OLD
        contradicted = is_contradicted(field, column.filled) and not self._begins_boxes(column)
        return old, column.said.guessed, contradicted, _RANK[column.said.role], column.index

    def doubt_contradicted(self) -> None:
        """A NIK or a name whose cells look different is to be confirmed."""
        for field in ("nik", "name"):
            column = self.of(field)
            if column and not column.parts and is_contradicted(field, column.filled):
                self.set(column, guessed=True)
        nik, kk = self.of("nik"), self.of("kk")
        if nik and kk and self._are_swapped(nik, kk):
            self.set(nik, guessed=True)

    def _are_swapped(self, nik: Column, kk: Column) -> bool:
        """Whether the other number is rather the NIK: its dates are the birth dates, or only it has
        the days above 40 of women."""
        dates = self.of("birth_date") or self.of("birth")
        if dates:
            return self._agrees(kk, dates) and not self._agrees(nik, dates)
        of_nik, of_kk = (sum(map(is_of_a_woman, each.filled)) for each in (nik, kk))
        return len(nik.filled) > 4 and of_kk > 1 and not of_nik

    def _check_ticked_sex(self) -> None:
        """Two columns to tick the sex count only as a pair, and where no column holds the sex."""
        male, female = self.of("sex_male"), self.of("sex_female")
        if male and female and not self.of("sex"):
            return
        for column in filter(None, (male, female)):
            self.set(column, field=None, rival=None)

    # --- over several columns ------------------------------------------------------------------

    def spread(self) -> None:
        """Fields whose heading also stands over the columns to its right, which have none."""
        for column in list(self.columns):
            run = [
                each
                for each in self._without_heading(column.index + 1)
                if 2 * len(each.filled) > len(column.filled)  # else a remark beside a few rows
            ]
            if column.field and run and not self.columns[column.index].parts:
                self._spread_one(self.columns[column.index], run)

    def _without_heading(self, at: int) -> Iterator[Column]:
        while at < len(self.columns) and not self.columns[at].heading and self.columns[at].filled:
            yield self.columns[at]
            at += 1

    def _spread_one(self, column: Column, run: Sequence[Column]) -> None:
        field, right = column.field, run[0]
        if (
            field == "birth"
            and looks_like("text", column.filled)
            and looks_like("date", right.filled)
        ):
            self._split(column, right, "birth_place", "birth_date")
        elif field in ("rt_rw", "rw_rt") and looks_like("small", [*column.filled, *right.filled]):
            self._split(column, right, *str(field).split("_"))
        elif field in ("nik", "kk") and len(run) >= 3 and self._are_boxes([column, *run]):
            self._join(str(field), self._boxes([column, *run]))
        elif field == "birth_date" and len(run) >= 2 and looks_like("small", column.filled):
            self._join("birth_date", [column, *run[:2]])
        elif field in ("name", "address", "mother_name") and looks_like("text", right.filled, 0.6):
            texts = [each for each in run if not looks_like("sex", each.filled)]
            self._join(str(field), [column, *texts])

    def place_without_date(self) -> None:
        """A heading such as "Lahir" above names of places is the birth place."""
        birth = self.of("birth")
        if birth and birth.guessed and is_contradicted("birth", birth.filled):
            self.set(birth, field=None if self.of("birth_place") else "birth_place")

    def _split(self, left: Column, right: Column, first: str, second: str) -> None:
        for column, field in ((left, first), (right, second)):
            if self.of(field) is None:
                self.set(column, field=field)
            else:
                self.set(column, field=None, rival=field)

    def _begins_boxes(self, column: Column) -> bool:
        """Whether the digits of a NIK stand in this column and in those to its right."""
        run = [column, *self._without_heading(column.index + 1)]
        return column.said.field in ("nik", "kk") and len(run) > 3 and self._are_boxes(run)

    @staticmethod
    def _are_boxes(columns: Sequence[Column]) -> bool:
        whole = looks_like("many_digits", columns[0].filled)
        return not whole and all(looks_like("digits", each.filled, 0.5) for each in columns[:4])

    @staticmethod
    def _boxes(columns: Sequence[Column]) -> list[Column]:
        """The columns that hold digits, up to sixteen digits in all."""
        boxes, digits = [], 0
        for column in columns:
            if digits >= 16 or not looks_like("digits", column.filled, 0.5):
                break
            boxes.append(column)
            digits += max(map(len, map(digits_of, column.filled)))
        return boxes

    # --- by cells ------------------------------------------------------------------------------

    def give_looked(self) -> None:
        """Give fields that no heading says to columns whose cells look like them."""
        self._drop_unsupported_nik()
        if self.of("nik") is None and (column := self._unclaimed_niks()):
            sure = self._agrees(column, self.of("birth_date") or self.of("birth"))
            self.set(column, field="nik", guessed=not sure, rival=None)
        nik = self.of("nik")
        if nik and not (self.of("birth_date") or self.of("birth")):
            found = self._first(lambda column: self._agrees(nik, column))
            if found:
                self.set(found, field="birth_date", guessed=True)
        for field in ("village", "occupation"):
            if self.of(field) is None and (found := self._first(self._is_of(field))):
                self.set(found, field=field, guessed=True)
        if not (self.of("sex") or self.of("sex_male")):
            found = self._first(lambda column: len(column.filled) > 2 and _is_sex(column.filled))
            if found:
                self.set(found, field="sex", guessed=True)

    def _first(self, fits: Any) -> Column | None:
        return next((column for column in self.columns if column.is_free and fits(column)), None)

    def _is_of(self, field: str) -> Any:
        return lambda column: is_of(field, column.filled, self.knowledge)

    def _drop_unsupported_nik(self) -> None:
        """A NIK guessed from the heading alone ("sesuai KTP") needs a cell that looks like one."""
        nik = self.of("nik")
        shown = any(column.filled for column in self.columns)
        if nik and nik.guessed and shown and not looks_like("many_digits", nik.filled, 0.01):
            self.set(nik, field=None, guessed=False)

    def trust_only_nik(self) -> None:
        """A NIK whose heading has an unknown word is sure if no other column holds such numbers."""
        nik = self.of("nik")
        if nik and nik.guessed and looks_like("nik", nik.filled):
            others = [
                column for column in self.columns if column is not nik and column.field != "kk"
            ]
            if not any(looks_like("nik", column.filled) for column in others):
                self.set(nik, guessed=False)

    def _unclaimed_niks(self) -> Column | None:
        """A column of NIKs that nothing has claimed but the numbers of rows."""
        free = (
            column
            for column in self.columns
            if (column.is_free or "number" in (column.field, column.rival))
            and column.said.role is not Role.OLD
        )
        return next((column for column in free if looks_like("nik", column.filled)), None)

    @staticmethod
    def _agrees(nik: Column, dates: Column | None) -> bool:
        """Whether the dates of a column are those in the NIKs of another."""
        if dates is None:
            return False
        pairs = zip(nik.below, dates.below, strict=False)
        known = [agrees for pair in pairs if (agrees := born_as_in(*pair)) is not None]
        return len(known) >= 2 and sum(known) >= SURE_SHARE * len(known)


def _is_sex(cells: Iterable[Cell]) -> bool:
    letters = {str(cell).strip(" .()").casefold()[:1] for cell in cells}
    return letters == {"l", "p"} and looks_like("sex", list(cells), 1)
