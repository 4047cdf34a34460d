"""xlsx and xls, read by calamine; what it does not tell is found in the bytes."""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator, Mapping
from typing import TYPE_CHECKING, BinaryIO

from enrollment.workbooks.kinds import biff, ooxml
from enrollment.workbooks.kinds.messages import (
    UNCOMPUTED,
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
"""Row as numbered → columns from 0."""


def messages(file: BinaryIO, kind: str) -> Iterator[object]:
    """Yield the messages of an xlsx or xls file."""
    import python_calamine as calamine

    content = file.read()
    survey = (biff if kind == "xls" else ooxml).Survey(content)
    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        for index, sheet in enumerate(book.sheets_metadata):
            if sheet.typ != calamine.SheetTypeEnum.WorkSheet:
                continue
            if sheet.visible == calamine.SheetVisibleEnum.Visible:
                rows = book.get_sheet_by_index(index)
                yield sheet.name, True, rows.height
                uncomputed, struck = survey.of(index)
                if rows.merged_cell_ranges or uncomputed or struck:
                    yield from batches(filled(_lines(rows, uncomputed, struck)))
                else:
                    yield from plain_batches(_rows(rows))
            else:
                yield sheet.name, False, 0
            yield None
    except calamine.PasswordError as error:
        raise Refused("password") from error
    except calamine.CalamineError as error:
        raise Refused("broken") from error
    except BaseException as error:
        # A panic in Rust is raised as a BaseException of a class of its own.
        if type(error).__name__ == "PanicException":
            raise Refused("broken") from error
        raise


def _rows(sheet: CalamineSheet) -> Iterator[Row]:
    # calamine leaves out the empty columns on the left, but not the empty rows above.
    left: list[Cell] = [""] * sheet.start[1] if sheet.start else []
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [*left, *cells] if left else cells


def _lines(sheet: CalamineSheet, uncomputed: Columns, struck: Columns) -> Iterator[Line]:
    merged = _merged(sheet)
    number = 0
    for number, cells in _rows(sheet):
        for at in uncomputed.get(number, ()):
            put(cells, at, UNCOMPUTED, over=False)
        yield Line(number, cells, merged.get(number, ()), struck.get(number, ()))
    # calamine ends with the last row that has a value.
    for below in sorted(at for at in uncomputed if at > number):
        cells = []
        for at in uncomputed[below]:
            put(cells, at, UNCOMPUTED)
        yield Line(below, cells)


def _merged(sheet: CalamineSheet) -> dict[int, list[Merged]]:
    starting: dict[int, list[Merged]] = {}
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        area = Merged(top + 1, left, bottom + 1, right)
        starting.setdefault(area.top, []).append(area)
    return starting
