"""OpenDocument: the same from the zip and from the flat file."""

import datetime
import io
import zipfile
from pathlib import Path

import pytest
import python_calamine

from enrollment.workbooks.cells import UNCOMPUTED
from enrollment.workbooks.opening import UnreadableWorkbook, read

SAMPLE = Path(__file__).parents[2] / "samples" / "08-rt-rw.ods"
MIME = "application/vnd.oasis.opendocument.spreadsheet"
SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
    for name, long in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("draw", "drawing"),
    )
)
CALC = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
STYLES = """<office:automatic-styles>
<style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>
<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style>
<style:style style:name="ce1"><style:text-properties style:text-line-through-style="solid"/>
</style:style></office:automatic-styles>"""


def document(tables, root="document-content"):
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:{root} {SPACES} {CALC} office:version="1.3"'
        + (f' office:mimetype="{MIME}"' if root == "document" else "")
        + f">{STYLES}<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
        f"</office:{root}>"
    )


def zipped(tables):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", MIME)
        archive.writestr("content.xml", document(tables))
    return out.getvalue()


def flat(tables):
    return document(tables, "document")


@pytest.fixture(params=[zipped, flat])
def written(request):
    return request.param


def table(*rows, name="Data", style="ta1"):
    lines = "".join(
        row if row.startswith("<table:table-row") else f"<table:table-row>{row}</table:table-row>"
        for row in rows
    )
    return f'<table:table table:name="{name}" table:style-name="{style}">{lines}</table:table>'


def cell(text, attributes=""):
    return (
        f'<table:table-cell office:value-type="string" {attributes}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def number(value, attributes=""):
    return (
        f'<table:table-cell office:value-type="float" office:value="{value}" {attributes}>'
        f"<text:p>{value}</text:p></table:table-cell>"
    )


def test_a_file_of_libreoffice_is_read_as_calamine_reads_it():
    [rows] = [list(sheet.rows) for sheet in read(SAMPLE)]
    sheet = python_calamine.CalamineWorkbook.from_path(SAMPLE).get_sheet_by_index(0)
    assert [cells for _, cells in rows] == sheet.to_python()


def test_cells_keep_their_type(rows, written):
    content = written(
        table(
            cell("3503010108800001")
            + number("3503010108800001")
            + '<table:table-cell office:value-type="date" office:date-value="1975-08-17">'
            "<text:p>17/08/75</text:p></table:table-cell>"
            '<table:table-cell office:value-type="date" office:date-value="2020-01-02T03:04:00"/>'
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
            '<table:table-cell office:value-type="time" office:time-value="PT08H30M00S"/>'
            + cell('JL.<text:s text:c="2"/>A<text:line-break/>B</text:p><text:p>C')
            + '<table:table-cell table:formula="of:=[.A1]"/>'
            '<table:table-cell table:formula="of:=1/0" office:value-type="string" '
            'office:string-value="" calcext:value-type="error"><text:p>#DIV/0!</text:p>'
            "</table:table-cell>"
        )
    )
    assert rows(content) == [
        (
            1,
            [
                "3503010108800001",
                3503010108800001.0,
                datetime.date(1975, 8, 17),
                datetime.datetime(2020, 1, 2, 3, 4),
                True,
                datetime.timedelta(hours=8, minutes=30),
                "JL.  A\nB\nC",
                UNCOMPUTED,
                UNCOMPUTED,
            ],
        )
    ]


def test_repeated_rows_and_cells(rows, written):
    content = written(
        table(
            '<table:table-row table:number-rows-repeated="3"/>',
            cell("A", 'table:number-columns-repeated="2"')
            + '<table:table-cell table:number-columns-repeated="2"/>'
            + cell("B")
            + '<table:table-cell table:number-columns-repeated="16379"/>',
            f'<table:table-row table:number-rows-repeated="2">{cell("C")}</table:table-row>',
            '<table:table-row table:number-rows-repeated="1048570"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>',
        )
    )
    assert rows(content) == [(4, ["A", "A", "", "", "B"]), (5, ["C"]), (6, ["C"])]


def test_merged_cells(rows, marks, written):
    covered = "<table:covered-table-cell/>"
    content = written(
        table(
            cell("DESA", 'table:number-columns-spanned="2"') + covered + cell("X"),
            cell("001", 'table:number-rows-spanned="2"') + number(1),
            covered + number(2),
            cell("002") + number(3),
        )
    )
    assert rows(content) == [
        (1, ["DESA", "", "X"]),
        (2, ["001", 1.0]),
        (3, ["001", 2.0]),
        (4, ["002", 3.0]),
    ]
    assert marks(content)[0] == [(1, 0, 1, 1), (2, 0, 3, 0)]


def test_struck_cells_comments_and_pictures(rows, marks, written):
    content = written(
        table(
            cell("A", 'table:style-name="ce1"')
            + '<table:table-cell office:value-type="string"><office:annotation><text:p>pindah'
            "</text:p></office:annotation><text:p>B</text:p></table:table-cell>"
            "<table:table-cell><draw:frame><draw:text-box><text:p>gambar</text:p></draw:text-box>"
            "</draw:frame></table:table-cell>"
        )
    )
    assert rows(content) == [(1, ["A", "B"])]
    assert marks(content)[1] == {1: {0}}


def test_hidden_sheets_are_listed_unread(sheets, written):
    content = written(table(cell("A"), name="Satu") + table(cell("B"), name="Lama", style="ta2"))
    assert sheets(content) == [("Satu", True, [(1, ["A"])]), ("Lama", False, [])]


@pytest.mark.parametrize(
    ("tables", "says"),
    [
        (
            table(
                f'<table:table-row table:number-rows-repeated="999999999">{cell("A")}'
                "</table:table-row>"
            ),
            "memori",
        ),
        (
            table(
                f'<table:table-row table:number-rows-repeated="1000000">'
                f"{cell('A', 'table:number-columns-repeated=' + chr(34) + '16000' + chr(34))}"
                "</table:table-row>"
            ),
            "memori",
        ),
        (table(cell("A", 'table:number-columns-repeated="999999999999"')), "memori"),
        (table(cell("A"))[:-20], "rusak"),
    ],
)
def test_what_is_damaged_or_hostile_is_refused(sheets, written, tables, says):
    with pytest.raises(UnreadableWorkbook, match=says):
        sheets(written(tables))


def test_a_flat_file_with_a_dtd_is_refused(sheets):
    content = flat(table(cell("A"))).replace("<office:document ", "<!DOCTYPE x><office:document ")
    with pytest.raises(UnreadableWorkbook, match="definisi XML"):
        sheets(content)
