"""xlsx, xls and most ods, read by calamine; what it does not tell is found in the bytes."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO, Protocol

from enrollment.workbooks.kinds import biff, ooxml
from enrollment.workbooks.kinds.messages import (
    About,
    Cell,
    Line,
    Merged,
    Refused,
    Row,
    batches,
    filled,
    plain_batches,
    put,
)

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

Columns = Mapping[int, Collection[int]]
Results = Mapping[int, Mapping[int, str]]
"""Row as numbered → columns from 0."""


class Survey(Protocol):
    """What is known of a sheet besides its values."""

    def __init__(self, content: bytes): ...

    def of(self, index: int) -> tuple[Results, Columns]:
        """The cells without a result and the struck-through ones of the sheet at this place."""


class NothingMore:
    def __init__(self, content: bytes): ...

    def of(self, index: int) -> tuple[Results, Columns]:
        return {}, {}


SURVEYS: dict[str, type[Survey]] = {
    "xlsx": ooxml.Survey,
    "xls": biff.Survey,
    "ods": NothingMore,  # `opendocument` has looked
}


def messages(file: BinaryIO, kind: str) -> Iterator[object]:
    """Yield the messages of an xlsx, xls or ods file."""
    import python_calamine as calamine

    content = file.read()
    survey = SURVEYS[kind](content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for index, sheet in enumerate(book.sheets_metadata):
            if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible == calamine.SheetVisibleEnum.Visible:
                rows = book.get_sheet_by_index(index)
                yield sheet.name, True, rows.height
                yield from _batches(rows, *survey.of(index))
            else:
                yield sheet.name, False, 0
            yield None
        survey.of(0)  # where all sheets are hidden, damage is told too
    except calamine.PasswordError as error:
        raise Refused("password") from error
    except calamine.CalamineError as error:
        raise Refused("broken") from error
    except BaseException as error:
        # A panic in Rust is raised as a BaseException of a class of its own.
        if type(error).__name__ == "PanicException":
            raise Refused("broken") from error
        raise


def _batches(sheet: CalamineSheet, uncomputed: Results, struck: Columns) -> Iterator[object]:
    rows = _rows(sheet)
    if uncomputed:
        rows = _with_uncomputed(rows, uncomputed)
    if merged := _merged(sheet):
        nothing: tuple[()] = ()
        yield from batches(
            filled(
                Line(number, cells, merged.get(number, nothing), struck.get(number, nothing))
                for number, cells in rows
            )
        )
        return
    for batch in plain_batches(rows):  # as most are: no object for each row
        if here := {number: tuple(struck[number]) for number, _ in batch if number in struck}:
            yield About([], here)
        yield batch


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    rows: Iterator[Row] = enumerate(sheet.iter_rows(), 1)
    # calamine leaves out the empty columns on the left, but not the empty rows above.
    left: list[Cell] = [""] * sheet.start[1] if sheet.start else []
    return ((number, [*left, *cells]) for number, cells in rows) if left else rows


def _with_uncomputed(rows: Iterator[Row], uncomputed: Results) -> Iterator[Row]:
    number = 0
    for number, cells in rows:
        for at, held in uncomputed.get(number, {}).items():
            put(cells, at, held, over=False)
        yield number, cells
    # calamine ends with the last row that has a value.
    for below in sorted(at for at in uncomputed if at > number):
        cells = []
        for at, held in uncomputed[below].items():
            put(cells, at, held)
        yield below, cells


def _merged(sheet: CalamineSheet) -> dict[int, list[Merged]]:
    starting: dict[int, list[Merged]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        area = Merged(top + 1, left, bottom + 1, right)
        starting.setdefault(area.top, []).append(area)
    return starting
