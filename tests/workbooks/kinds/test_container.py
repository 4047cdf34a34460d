"""xlsx and xls: what calamine does not tell."""

import io
import struct
import zipfile
from pathlib import Path

import olefile
import openpyxl
import pytest
from openpyxl.styles import Font

from enrollment.workbooks.cells import UNCOMPUTED
from enrollment.workbooks.kinds import biff
from enrollment.workbooks.opening import UnreadableWorkbook, read

SAMPLES = Path(__file__).parents[2] / "samples"
STRUCK = Font(strike=True)


@pytest.fixture
def saved(tmp_path):
    def save(book):
        book.save(tmp_path / "a.xlsx")
        return tmp_path / "a.xlsx"

    return save


def contents(path):
    return [(list(sheet.rows), sheet.merged, sheet.struck) for sheet in read(path)]


def test_a_merged_cell_counts_for_every_row_it_spans(workbook):
    people = [
        ["No", "Desa", "RT", "NIK"],
        [1, "SENDEN", "001", "3503"],
        [2, "", "", "3504"],
        ["", "", "", ""],
        [3, "", "", "3505"],
        [4, "", "002", "3506"],
        [5, "", "003", "3507"],
    ]
    [(rows, merged, _)] = contents(workbook({"A": people}, merged=["B2:B6", "C2:C5"]))
    assert [(number, cells[1:3]) for number, cells in rows] == [
        (1, ["Desa", "RT"]),
        (2, ["SENDEN", "001"]),
        (3, ["SENDEN", "001"]),
        (5, ["SENDEN", "001"]),
        (6, ["SENDEN", "002"]),
        (7, ["", "003"]),
    ]
    assert sorted(map(tuple, merged)) == [(2, 1, 6, 1), (2, 2, 5, 2)]


def test_a_heading_merged_over_its_two_lines_stays_in_the_first(workbook):
    lines = [["NIK", "Nama", "Alamat", ""], ["", "", "RT", "RW"], ["3503", "A", "1", "2"]]
    [(rows, _, _)] = contents(workbook({"A": lines}, merged=["A1:A2", "B1:B2", "C1:D1"]))
    assert [cells for _, cells in rows] == lines


def test_the_second_line_of_a_person_does_not_become_another_person(workbook):
    lines = [
        ["No", "NIK", "Nama", "Desa", "Alamat"],
        [1, "3503010101750001", "A", "SENDEN", "JL. A"],
        ["", "", "", "", "RT 1 RW 2"],
        [2, "3503010101750002", "B", "", "JL. B"],
        [3, "", "C", "", ""],
    ]
    merged = ["A2:A3", "B2:B3", "C2:C3", "D2:D5"]
    [(rows, _, _)] = contents(workbook({"A": lines}, merged=merged))
    assert [cells for _, cells in rows[2:]] == [
        ["", "", "", "", "RT 1 RW 2"],
        [2.0, "3503010101750002", "B", "SENDEN", "JL. B"],
        [3.0, "", "C", "SENDEN", ""],
    ]


def test_those_of_a_family_have_its_card(workbook):
    lines = [
        ["No", "No KK", "NIK", "Nama"],
        [1, "3503010101750009", "3503010101750001", "A"],
        [2, "", "3503010101750002", "B"],
        [3, "", "", "C"],
    ]
    [(rows, _, _)] = contents(workbook({"A": lines}, merged=["B2:B4"]))
    assert [cells[1] for _, cells in rows[1:]] == ["3503010101750009"] * 3


def test_a_tall_column_is_filled_without_a_number_beside_it(workbook):
    lines = [["Dusun", "Nama"], *([["KRAJAN", "A"]] + [["", "B"]] * 5)]
    [(rows, _, _)] = contents(workbook({"A": lines}, merged=["A2:A7"]))
    assert [cells[0] for _, cells in rows] == ["Dusun"] + ["KRAJAN"] * 6


def test_many_ranges_one_upon_another_cost_nothing(workbook):
    lines = [[at, "A"] for at in range(300)]
    merged = [f"B{top}:B{bottom}" for top in range(1, 60) for bottom in range(top + 1, 60)]
    [(rows, _, _)] = contents(workbook({"A": lines}, merged=merged))
    assert len(rows) == 300


@pytest.mark.parametrize("prefix", [b"", b"x:"])
def test_a_formula_without_a_result_is_no_empty_cell(saved, prefix):
    book = openpyxl.Workbook()
    book.active.append(["NIK", "Nama", "RT"])
    path = saved(book)
    stored = (
        b'<row r="2"><c r="A2"><f>B9</f></c><c r="B2" s="0"><f>"<f>"</f><v/></c>'
        b'<c r="C2"><f>1+1</f><v>2</v></c></row>'
        b'<row r="3"><c r="A3" t="str"><f>IF(A1="","","x")</f><v></v></c><c r="B3"><v>7</v></c>'
        b'<c r="C3"/></row>'
        b'<row r="4"><c r="A4"><v>1</v></c><c r="AA4"><f t="shared" si="0"/><v></v></c>'
        b'<c r="AB4" t="e"><f>1/0</f><v>#DIV/0!</v></c></row>'
        b'<row r="6"><c r="B6"><f>A1</f><v /></c></row>'
    ).replace(b'"<f>"', b'"&lt;f&gt;"')
    if prefix:
        for name in (b"row", b"c", b"f", b"v"):
            stored = stored.replace(b"</" + name + b">", b"</" + prefix + name + b">")
            for end in (b" ", b">", b"/"):
                stored = stored.replace(b"<" + name + end, b"<" + prefix + name + end)
    _rewrite(path, b"</sheetData>", stored + b"</sheetData>", prefix)
    [(rows, _, _)] = contents(path)
    unknown = UNCOMPUTED
    assert [(number, [cell for cell in cells if cell != ""]) for number, cells in rows] == [
        (1, ["NIK", "Nama", "RT"]),
        (2, [unknown, unknown, 2.0]),
        (3, [7.0]),
        (4, [1.0, unknown, unknown]),
        (6, [unknown]),
    ]
    assert rows[3][1][26:] == [unknown, unknown]


def _rewrite(path, old, new, prefix=b""):
    """Replace bytes in the first sheet of the file."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    sheet = parts["xl/worksheets/sheet1.xml"]
    assert old in sheet
    sheet = sheet.replace(old, new)
    if prefix:
        space = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        sheet = sheet.replace(b"<worksheet " + space, b"<x:worksheet xmlns:x" + space[5:], 1)
        sheet = sheet.replace(b"</worksheet>", b"</x:worksheet>")
        body = sheet[sheet.index(b"<sheetData>") : sheet.index(b"</sheetData>")]
        plain = b'<row r="1"><c r="A1" t="inlineStr"><is><t>NIK</t></is></c>'
        assert plain in body
        for name in (b"sheetData", b"is", b"t"):
            sheet = sheet.replace(b"<" + name + b">", b"<x:" + name + b">")
            sheet = sheet.replace(b"</" + name + b">", b"</x:" + name + b">")
        head, _, rest = sheet.partition(b"<x:sheetData>")
        rest, _, _ = rest.partition(b"</x:sheetData>")
        for name in (b"row", b"c"):
            rest = rest.replace(b"<" + name + b" ", b"<x:" + name + b" ")
            rest = rest.replace(b"</" + name + b">", b"</x:" + name + b">")
        root = head[: head.index(b">") + 1]
        sheet = root + b"<x:sheetData>" + rest + b"</x:sheetData></x:worksheet>"
    parts["xl/worksheets/sheet1.xml"] = sheet
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)


def test_struck_cells_are_told_with_the_sheet_they_are_in(saved):
    book = openpyxl.Workbook()
    first, second = book.active, book.create_sheet("Dua")
    for row in (["NIK", "Nama"], ["3503", "A"], ["3504", "B"]):
        first.append(row)
        second.append(row)
    second["A3"].font = second["B3"].font = STRUCK
    second["A2"].font = Font(strike=False, bold=True)
    book.move_sheet("Dua", -1)
    assert [struck for *_, struck in contents(saved(book))] == [{3: (0, 1)}, {}]


def test_struck_cells_of_a_long_sheet(saved):
    """Cells lie across the borders of the pieces in which the sheet is looked through."""
    book = openpyxl.Workbook()
    sheet = book.active
    for at in range(1, 12_001):
        sheet.append([f"{at:016d}", "NAMA ORANG " * 6])
        if at % 10 == 0:
            sheet.cell(at, 1).font = STRUCK
    [(_, _, struck)] = contents(saved(book))
    assert struck == dict.fromkeys(range(10, 12001, 10), (0,))


def test_struck_cells_of_a_legacy_workbook(tmp_path):
    """Every font of the sample is struck through."""
    raw = (SAMPLES / "04-siak.xls").read_bytes()
    stream = olefile.OleFileIO(io.BytesIO(raw)).openstream("Workbook").read()
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        record = stream[at : at + 4 + length]
        if kind == biff.FONT:
            flags = struct.unpack_from("<H", record, 6)[0] | biff.STRUCK
            raw = raw.replace(record, record[:6] + struct.pack("<H", flags) + record[8:])
        at += len(record)
    path = tmp_path / "a.xls"
    path.write_bytes(raw)
    [(rows, _, struck)] = [found for found in contents(path) if found[0]]
    assert struck.keys() == {number for number, _ in rows}
    [(_, _, struck)] = [found for found in contents(SAMPLES / "04-siak.xls") if found[0]]
    assert not struck


def test_a_sheet_that_cannot_be_looked_through_is_refused(saved):
    """The workbook's own list names a part that is damaged, which calamine reads no further."""
    book = openpyxl.Workbook()
    book.active.append(["NIK", "Nama"])
    path = saved(book)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_STORED) as archive:
        archive.writestr("xl/media/image1.png", b"satu")
    path.write_bytes(path.read_bytes().replace(b"satu", b"dua!", 1))
    with pytest.raises(UnreadableWorkbook, match="rusak"):
        contents(path)


def test_a_formula_that_is_only_a_text_in_quotes_needs_no_result(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["NIK", "Nama"])
    book.active.append(['="3503071708750001"', '=UPPER("siti")'])
    path = tmp_path / "rumus.xlsx"
    book.save(path)
    [(rows, _, _)] = contents(path)
    assert rows[1] == (2, ["3503071708750001", UNCOMPUTED])
