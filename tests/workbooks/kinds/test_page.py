"""HTML pages with a table, as systems send them under the name of an Excel file."""

import pytest

from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import UnreadableWorkbook, read
from tests.people import nik

OPENSID = """<!DOCTYPE html>
<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8">
<title>Data Penduduk</title>
<style>.textx { mso-number-format:"\\@"; } td, th { font-size: 8pt; }</style></head>
<body><!-- Print Body --><div id="body"><div class="header" align="center">
<h3> DATA PENDUDUK </h3><h3>DESA SENDEN</h3></div><br>
<table border=1 class="border thick">
<thead><tr class="border thick"><th>No</th><th>No. KK</th><th>Nama</th><th>NIK</th></tr></thead>
<tbody>{people}</tbody></table></div>
<script>document.write("<table><tr><td>9</td></tr></table>")</script></body></html>"""
PERSON = (
    '<tr><td class="textx">{number}</td><td class="textx">{kk}</td><td>SITI &amp; ANI&nbsp;</td>'
    '<td class="textx">{nik}</td></tr>\n'
)


def test_an_export_of_opensid_is_read_as_it_is(tmp_path):
    people = "".join(PERSON.format(number=at, kk=nik(at + 50), nik=nik(at)) for at in range(1, 4))
    path = tmp_path / "penduduk.xls"
    path.write_text(OPENSID.replace("{people}", people))
    [(name, rows)] = [(sheet.name, list(sheet.rows)) for sheet in read(path)]
    assert name == "penduduk"
    assert rows == [
        (1, ["DATA PENDUDUK"]),
        (2, ["DESA SENDEN"]),
        (3, ["No", "No. KK", "Nama", "NIK"]),
        *((3 + at, [str(at), nik(at + 50), "SITI & ANI", nik(at)]) for at in range(1, 4)),
    ]
    found = list(Reading(read(path)))
    assert [(person.row, person.cells["nik"]) for person in found] == [
        (3 + at, nik(at)) for at in range(1, 4)
    ]


def test_what_follows_in_a_cell_and_between_tables(rows):
    page = """<table><caption>DESA A</caption><tr><td>JL. A<br>NO. 1<p>RT 2</p></td>
      <td>satu
      dua</td></tr></table>antara<table><tr><th>B</table>"""
    assert rows(page) == [
        (1, ["DESA A"]),
        (2, ["JL. A\nNO. 1\nRT 2", "satu dua"]),
        (3, ["antara"]),
        (4, ["B"]),
    ]


def test_tags_that_are_never_closed(rows):
    page = "<table border=1><tr><td>1<td>A<tr><td>2<td><b>B<table><tr><td>3<td>C"
    assert rows(page) == [(1, ["1", "A"]), (2, ["2", "B\n3 C"])]
    page = "<html><body><tr><th>NIK</th><th>Nama</th></tr><tr><td>1</td><td>A</td></tr>"
    assert rows(page) == [(1, ["NIK", "Nama"]), (2, ["1", "A"])]
    page = "<table><tr><td>1</td><td>A</td></tr><table><tr><th>2</th></tr></table></table>"
    assert rows(page) == [(1, ["1", "A"]), (2, ["2"])]


def test_cells_that_span_columns_and_rows(rows, marks):
    page = """<table><tr><th rowspan=2>No</th><th colspan="2">Alamat</th><th rowspan=2>NIK</th></tr>
      <tr><th>RT</th><th>RW</th></tr>
      <tr><td>1</td><td rowspan=3>001</td><td rowspan=2>004</td><td>35</td></tr>
      <tr><td>2</td><td>36</td></tr>
      <tr><td>3</td><td>005</td><td>37</td></tr></table>"""
    assert rows(page) == [
        (1, ["No", "Alamat", "", "NIK"]),
        (2, ["", "RT", "RW"]),
        (3, ["1", "001", "004", "35"]),
        (4, ["2", "001", "004", "36"]),
        (5, ["3", "001", "005", "37"]),
    ]
    merged, _ = marks(page)
    assert merged == [(1, 0, 2, 0), (1, 1, 1, 2), (1, 3, 2, 3), (3, 1, 5, 1), (3, 2, 4, 2)]


def test_a_table_around_the_list_lays_out_the_page(rows):
    page = """<table><tr><td>DESA SENDEN</td><td>
      <table><tr><th>NIK</th><th>Nama</th></tr><tr><td>1</td><td>A</td></tr></table>
      </td><td>akhir</td></tr></table>"""
    assert rows(page) == [
        (1, ["DESA SENDEN"]),
        (2, ["NIK", "Nama"]),
        (3, ["1", "A"]),
        (4, ["", "", "akhir"]),
    ]


def test_a_table_within_a_cell_that_is_only_text_stays_there(rows):
    page = """<table border=1><tr><td>1</td><td>JL. A
      <table><tr><td>RT</td><td>2</td></tr></table></td><td>P</td></tr></table>"""
    assert rows(page) == [(1, ["1", "JL. A\nRT 2", "P"])]


def test_struck_through_by_tag_style_or_class(marks):
    page = """<style>.xl66 {font-size:9pt;text-decoration:line-through;} .xl67 {color:red}</style>
      <table border=1><tr><td>1</td><td><s>A</s></td></tr>
      <tr style="text-decoration:line-through"><td>2</td><td>B</td></tr>
      <tr><td class=xl67>3</td><td class="x xl66">C</td></tr>
      <tr><td>4</td><td>D</td></tr></table>"""
    _, struck = marks(page)
    assert struck == {1: {1}, 2: {0, 1}, 3: {1}}


def test_the_sheet_has_the_name_that_excel_shows(sheets):
    table = "<table border=1><tr><td>A</td></tr></table>"
    island = "<xml><x:ExcelWorkbook><x:ExcelWorksheet><x:Name>Data RT 1</x:Name></xml>"
    for page in (
        f"<html><head><!--[if gte mso 9]>{island}<![endif]--></head><body>{table}",
        f"<html><head>{island}</head><body>{table}",
    ):
        assert sheets(page) == [("Data RT 1", True, [(1, ["A"])])]


def test_the_number_that_excel_noted_replaces_a_damaged_text(rows):
    page = """<table border=1><tr><td x:num="3503010108800001">3,50301E+15</td><td x:num>7</td>
      <td x:num="27623">17/08/1975</td><td x:num="1.5">###</td></tr></table>"""
    assert rows(page) == [(1, [3503010108800001.0, "7", "17/08/1975", 1.5])]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_that_was_cut_off_is_refused(sheets, encoding):
    """A parser closes what is open, so that nothing seems to be missing."""
    people = "".join(f"<tr><td>{nik(at)}</td><td>ORANG {at}</td></tr>" for at in range(5))
    page = f"<html><body><table border=1>{people}</table></body></html>"
    assert len(sheets(page.encode(encoding))[0][2]) == 5
    for end in ("</tr></table>", "ORANG 4", "<tr><td>" + nik(3)):
        with pytest.raises(UnreadableWorkbook, match="terpotong"):
            sheets(page[: page.index(end) + 5].encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_any_encoding_whatever_the_page_says_of_it(rows, encoding):
    page = "<meta charset=iso-8859-1><table border=1><tr><td>Né\x1bo\x00</td></tr></table>"
    assert rows(page.encode(encoding)) == [(1, ["Néo"])]


@pytest.mark.parametrize(
    "page",
    [
        "<html><body><form>Masuk: <input name=user></form></body></html>",
        "<table><tr><td>Logo<td>PEMERINTAH DESA<tr><td>1<td>2</table>",
        "<html><frameset><frame src=Buku1_files/sheet001.htm></frameset></html>",
        "<div>" * 20_000,
    ],
)
def test_a_page_without_a_list_is_refused(sheets, page):
    with pytest.raises(UnreadableWorkbook, match="halaman web") as refusal:
        sheets(page)
    assert "unggah" in str(refusal.value)


def test_a_list_without_a_border_or_headings_is_read_from_three_rows_on(rows):
    page = "<table>" + "<tr><td>NIK</td><td>Nama</td></tr>" * 3 + "</table>"
    assert len(rows(page)) == 3
