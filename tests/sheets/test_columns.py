"""Which column holds which field: headings and cells weighed together."""

import pytest

from enrollment.sheets.headings import describe
from tests.sheets.knowing import Known


def nik(serial, born="170875"):
    return f"350307{born}{serial:04d}"


def columns(headings, *rows):
    return describe(1, [headings.split("|")], [list(row) for row in rows], Known())


@pytest.mark.parametrize(
    ("headings", "field", "chosen"),
    [
        ("NIK LAMA|NAMA LAMA|NIK PENGGANTI|NAMA PENGGANTI", "nik", 2),
        ("Nama Semula|NIK|Nama Menjadi", "name", 2),
        ("Nama Pemilik|NIK|Nama Pekerja", "name", 2),
        ("Nama Kelompok Tani|NIK|Nama Petani", "name", 2),
        ("Nama Ketua RT|NIK|Nama", "name", 2),
        ("Nama Ibu|NIK|Nama|Nama Ayah", "name", 2),
        ("NIK|Nama|Alamat Email|Alamat", "address", 3),
    ],
)
def test_of_two_columns_of_a_kind_the_persons_own_is_taken(headings, field, chosen):
    assert columns(headings).fields[field] == chosen


@pytest.mark.parametrize(
    "other",
    ["No. Rekening", "NPWP", "NIK Ayah", "Kode Pos", "Tanggal Input", "Nama Bank", "Umur", "SHDK",
     "Pekerjaan Ibu", "Nama Kapal", "Status Kawin", "Hub. Kel."],
)  # fmt: skip
def test_a_column_about_something_else_holds_no_field(other):
    heading = columns(f"NIK|Nama|{other}", *[[nik(at), "SITI", "PETANI"] for at in range(4)])
    assert heading.fields == {"nik": 0, "name": 1}


def test_an_unknown_word_beside_the_name_is_asked_about():
    (name,) = [each for each in columns("NIK|Nama Penggarap").columns if each.field == "name"]
    assert name.guessed


def test_a_name_above_numbers_is_a_guess():
    rows = [[nik(at), str(at), "SITI"] for at in range(4)]
    heading = columns("NIK|Nama|Orangnya", *rows)
    assert heading.columns[1].guessed


def test_dates_that_are_in_the_nik_are_the_birth_date_whatever_the_heading():
    rows = [[nik(1), "SITI", "17-08-1975"], [nik(2, "010190"), "BUDI", "01-01-1990"]]
    assert columns("NIK|Nama|Kolom C", *rows).fields["birth_date"] == 2
    others = [[nik(1), "SITI", "17-08-2020"], [nik(2, "010190"), "BUDI", "01-01-2021"]]
    assert "birth_date" not in columns("NIK|Nama|Kolom C", *others).fields


def test_niks_below_an_unknown_heading_are_sure_if_the_birth_dates_agree():
    rows = [["SITI", nik(1), "17-08-1975"], ["BUDI", nik(2, "010190"), "01-01-1990"]]
    assert not columns("Nama|Angka|Tanggal Lahir", *rows).columns[1].guessed
    assert columns("Nama|Angka|Alamat", *rows).columns[1].guessed


def test_a_heading_over_two_columns_is_divided_by_what_they_hold():
    row = [nik(1), "SITI", "KAMPAK", "17-08-1975", "003", "001"]
    fields = columns("NIK|Nama|Tempat/Tgl Lahir||RT/RW|", row).fields
    assert [fields[name] for name in ("birth_place", "birth_date", "rt", "rw")] == [2, 3, 4, 5]


def test_sixteen_boxes_first_and_last_name_and_parts_of_a_date_are_put_together():
    boxes = columns(f"NIK{'|' * 16}Nama", [*nik(1), "SITI"], [*nik(2), "BUDI"])
    assert boxes.parts["nik"] == tuple(range(16))
    assert boxes.fields["name"] == 16
    names = columns("NIK|Nama Depan|Nama Belakang", [nik(1), "SITI", "AMINAH"])
    assert names.parts["name"] == (1, 2)
    dates = columns("NIK|Nama|Tgl Lahir|Bln Lahir|Thn Lahir", [nik(1), "SITI", 17, 8, 1975])
    assert dates.parts["birth_date"] == (2, 3, 4)


def test_a_column_that_says_nik_but_holds_something_else_is_no_rival():
    rows = [[nik(at), "SITI", "2", nik(at + 50)] for at in range(3)]
    heading = columns("NIK|Nama|ktp_el|No KTP", *rows)
    assert [column.rival for column in heading.columns] == [None, None, None, "nik"]


@pytest.mark.parametrize("heading", ["Nama / NIK", "NIK/NAMA", "NAMA DAN NIK", "Nama & No. KTP"])
@pytest.mark.parametrize("cell", ["{} / {}", "{}\n{}", "{}, NIK {}", "{} ({})", "{} - NIK: {}"])
def test_a_name_and_the_nik_in_one_cell_are_divided(heading, cell):
    rows = [[1, cell.format("SITI AMINAH", nik(1)), "JL. A"]]
    found = columns(f"No|{heading}|Alamat", *rows)
    assert found.divided == (1, 3)
    assert (found.columns[1].below, found.columns[3].below) == (("SITI AMINAH",), (nik(1),))
    assert not any(column.guessed for column in found.columns)


@pytest.mark.parametrize(
    "cell", [f"SITI {nik(1)} BUDI {nik(2)}", f"SITI 12 / {nik(1)}", "SITI / 35030717087", nik(1)]
)
def test_a_cell_that_may_be_divided_in_several_ways_is_asked_about(cell):
    assert columns("No|Nama / NIK", [1, cell]).divided is None


def test_of_a_heading_over_several_lines_the_lowest_tells_who_is_replaced():
    lines = [["PENGGANTIAN", "", ""], ["Keluar", "", "Masuk"], ["NIK", "Nama", "Nama"]]
    heading = describe(1, lines, [[nik(1), "SITI", "RARA"]], Known())
    assert heading.fields["name"] == 2
