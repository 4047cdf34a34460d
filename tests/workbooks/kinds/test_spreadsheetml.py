"""SpreadsheetML 2003, the XML of Excel 2003 that many programs still write as xls."""

import datetime

import pytest

from enrollment.workbooks.cells import UNCOMPUTED
from enrollment.workbooks.opening import UnreadableWorkbook

BOOK = """<?xml version="1.0"?>
<?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet" xmlns:html="http://www.w3.org/TR/REC-html40">
 <Styles><Style ss:ID="Default" ss:Name="Normal"><Font ss:FontName="Calibri"/></Style>
  <Style ss:ID="s62"><Font ss:FontName="Calibri" ss:StrikeThrough="1"/></Style></Styles>
 {sheets}
</Workbook>"""
SHEET = '<Worksheet ss:Name="{name}"><Table>{rows}</Table>{end}</Worksheet>'
HIDDEN = (
    '<WorksheetOptions xmlns="urn:schemas-microsoft-com:office:excel">'
    "<Visible>SheetHidden</Visible></WorksheetOptions>"
)


def book(*rows, name="Data", end=""):
    lines = "".join(row if row.startswith("<Row") else f"<Row>{row}</Row>" for row in rows)
    return BOOK.replace("{sheets}", SHEET.format(name=name, rows=lines, end=end))


def cell(text, kind="String", attributes=""):
    return f'<Cell {attributes}><Data ss:Type="{kind}">{text}</Data></Cell>'


def test_cells_keep_their_type(sheets):
    assert sheets(
        book(
            cell("3503010108800001")
            + cell("3.5030101088000010E15", "Number")
            + cell("1975-08-17T00:00:00.000", "DateTime")
            + cell("2020-01-02T03:04:00.000", "DateTime")
            + cell("1", "Boolean")
            + cell("JL. A&#10;NO. 1 &amp; 2")
            + cell("#N/A", "Error", 'ss:Formula="=X"')
            + '<Cell ss:Formula="=RC[-1]"/>'
            + cell("", "String", 'ss:Formula="=&quot;&quot;"')
            + cell('<B>te</B><Font html:Color="#FF0000">bal</Font>')
        )
    ) == [
        (
            "Data",
            True,
            [
                (
                    1,
                    [
                        "3503010108800001",
                        3503010108800001.0,
                        datetime.date(1975, 8, 17),
                        datetime.datetime(2020, 1, 2, 3, 4),
                        True,
                        "JL. A\nNO. 1 & 2",
                        UNCOMPUTED,
                        UNCOMPUTED,
                        "",
                        "tebal",
                    ],
                )
            ],
        )
    ]


def test_rows_and_cells_that_name_their_place(rows):
    found = rows(
        book(
            f'<Row ss:Index="3">{cell("A")}' + cell("C", attributes='ss:Index="3"') + "</Row>",
            cell("B"),
            '<Row ss:Index="9" ss:Span="2"/>',
            cell("D"),
        )
    )
    assert found == [(3, ["A", "", "C"]), (4, ["B"]), (12, ["D"])]


def test_merged_cells(rows, marks):
    content = book(
        cell("DESA", attributes='ss:MergeAcross="2"') + cell("X"),
        cell("001", attributes='ss:MergeDown="2"') + cell("1", "Number") + cell("A"),
        '<Row><Cell ss:Index="2"><Data ss:Type="Number">2</Data></Cell></Row>',
        '<Row><Cell ss:Index="2"><Data ss:Type="Number">3</Data></Cell></Row>',
        '<Row><Cell ss:Index="2"><Data ss:Type="Number">4</Data></Cell></Row>',
    )
    assert rows(content) == [
        (1, ["DESA", "", "", "X"]),
        (2, ["001", 1.0, "A"]),
        (3, ["001", 2.0]),
        (4, ["001", 3.0]),
        (5, ["", 4.0]),
    ]
    assert marks(content)[0] == [(1, 0, 1, 2), (2, 0, 4, 0)]


def test_struck_cells_and_comments(rows, marks):
    remark = '<Comment><ss:Data xmlns="http://www.w3.org/TR/REC-html40">pindah</ss:Data></Comment>'
    content = book(
        cell("A", attributes='ss:StyleID="s62"')
        + f'<Cell><Data ss:Type="String">B</Data>{remark}</Cell>',
        f'<Row ss:StyleID="s62">{cell("C")}</Row>',
    )
    assert rows(content) == [(1, ["A", "B"]), (2, ["C"])]
    assert marks(content)[1] == {1: {0}, 2: {0}}


def test_hidden_sheets_are_listed_unread(sheets):
    parts = [
        SHEET.format(name=name, rows=f"<Row>{cell(name)}</Row>", end=end)
        for name, end in (("Satu", ""), ("Lama", HIDDEN), ("Dua", ""))
    ]
    assert sheets(BOOK.replace("{sheets}", "".join(parts))) == [
        ("Satu", True, [(1, ["Satu"])]),
        ("Lama", False, []),
        ("Dua", True, [(1, ["Dua"])]),
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_any_encoding_and_stray_control_characters(rows, encoding):
    content = book(cell("Né" + "\x1f" * (encoding != "utf-16")))
    if encoding == "utf-16":
        content = content.replace('version="1.0"', 'version="1.0" encoding="UTF-16"')
    assert rows(content.encode(encoding))[0][1][0].strip() == "Né"


def test_an_encoding_that_is_not_the_declared_one(rows):
    content = book(cell("Né"))
    assert rows(content.encode("cp1252")) == [(1, ["Né"])]
    said = content.replace('version="1.0"', 'version="1.0" encoding="windows-1252"')
    assert rows(said.encode("cp1252")) == [(1, ["Né"])]


def test_blank_lines_before_the_declaration(rows):
    assert rows("\n\n" + book(cell("A"))) == [(1, ["A"])]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (book(cell("A"))[:-30], "rusak"),
        (book(cell("A")).replace("<Workbook", "<!DOCTYPE Workbook><Workbook", 1), "definisi XML"),
        (book('<Row ss:Index="5"/>', '<Row ss:Index="2"/>'), "rusak"),
        (book('<Row ss:Index="1000000000">' + cell("A") + "</Row>"), "memori"),
        (book(cell("A", attributes='ss:Index="1000000000"')), "memori"),
    ],
)
def test_what_is_damaged_or_hostile_is_refused(sheets, content, says):
    with pytest.raises(UnreadableWorkbook, match=says):
        sheets(content)
