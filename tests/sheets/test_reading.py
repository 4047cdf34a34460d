"""Which rows of a sheet are people and which are not, in layouts as offices make them."""

import json
from pathlib import Path

import pytest

from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import UnreadableWorkbook, read

SAMPLES = Path(__file__).parents[1] / "samples"
EXPECTED = json.loads((SAMPLES / "expected.json").read_text())
PEOPLE_ON = {
    "02-desk-data-kop-dan-judul-gabung.xlsx": {"DATA": [9, 74]},
    "05-opensid-43-kolom.xlsx": {"Data Penduduk": [2, 81]},
    "06-bnba.csv": {"06-bnba": [2, 151]},
    "07-satu-nagari-100.xlsx": {
        "Sumpur Kudus Selatan": [4, 108],
        "Pulasan": [4, 108],
        "Maloro": [4, 108],
    },
    "08-rt-rw.ods": {"RT RW": [2, 51]},
}


def nik(serial):
    return f"350301010175{serial:04d}"


def person(serial, *rest):
    return [serial, nik(serial), f"ORANG {serial}", *rest]


def account(report):
    """Kind of skipped row → row numbers."""
    return {kind: skipped.rows for kind, skipped in report.skipped.items()}


@pytest.mark.parametrize("name", EXPECTED)
def test_exactly_the_people_of_each_sample_are_read(name):
    reading = Reading(read(SAMPLES / name))
    people = list(reading)

    assert len(people) == EXPECTED[name]["rows"]
    rows = {(person.sheet, person.row) for person in people}
    assert len(rows) == len(people)
    named = {(finding["sheet"], finding["row"]) for finding in EXPECTED[name]["findings"]}
    assert named <= rows
    for sheet, (first, last) in PEOPLE_ON.get(name, {}).items():
        of_sheet = [person.row for person in people if person.sheet == sheet]
        assert (min(of_sheet), max(of_sheet)) == (first, last)
    for report in reading.reports:
        skipped = sum(rows.count for rows in report.skipped.values())
        assert report.rows == report.people + skipped


def test_every_row_of_the_desk_data_sheet_is_accounted_for():
    reading = Reading(read(SAMPLES / "02-desk-data-kop-dan-judul-gabung.xlsx"))
    people = list(reading)
    data, hidden = reading.reports

    assert account(data) == {
        "title": [1, 2, 3],
        "heading": [5, 6],
        "column_numbers": [7],
        "group": [8, 25, 42, 59],
        "total": [76],
        "signature": [78, 79, 83],
    }
    assert data.sentence == (
        "12 baris dilewati: kop surat, nomor kolom, judul kelompok, jumlah, tanda tangan"
    )
    assert hidden.sentence == "lembar tersembunyi, tidak dibaca"
    assert (people[0].village, people[0].district) == ("SENDEN", "KAMPAK")
    assert [people[at].cells["hamlet"] for at in (0, 15, 30, 45)] == [
        "DUSUN ZAINURI",
        "DUSUN RUSLAN",
        "DUSUN HARTONO",
        "DUSUN JUMADI",
    ]


def test_the_nagari_is_read_from_the_title_of_each_sheet():
    people = list(Reading(read(SAMPLES / "07-satu-nagari-100.xlsx")))
    assert {(person.sheet, person.village) for person in people} == {
        ("Sumpur Kudus Selatan", "SUMPUR KUDUS SELATAN"),
        ("Pulasan", "PULASAN"),
        ("Maloro", "MALORO"),
    }


@pytest.mark.parametrize("height", [0, 1, 4, 12, 40])
def test_a_letterhead_may_have_any_height(people, height):
    letterhead = [[f"BARIS KOP {line}"] for line in range(height)]
    found, report = people([*letterhead, ["No", "NIK", "Nama"], person(1), person(2)])
    assert [person.row for person in found] == [height + 2, height + 3]
    assert report.rows == height + 3


def test_a_heading_of_three_lines_is_read(people):
    found, report = people(
        [
            ["DAFTAR PEKERJA RENTAN"],
            ["", "IDENTITAS PEKERJA", "", "", "", "ALAMAT", "", "", "IBU KANDUNG", ""],
            ["NO", "NOMOR INDUK", "NAMA", "LAHIR", "", "JALAN", "RT", "RW", "NAMA", "NIK"],
            ["", "KEPENDUDUKAN", "LENGKAP", "TEMPAT LAHIR", "TGL LAHIR", "", "", "", "", ""],
            [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
            [1, nik(1), "A", "Kampak", "1-1-1975", "JL. X", "1", "2", "SITI", nik(9)],
        ]
    )
    assert [person.row for person in found] == [6]
    assert found[0].cells == {
        "nik": nik(1),
        "name": "A",
        "birth_place": "Kampak",
        "birth_date": "1-1-1975",
        "address": "JL. X",
        "rt": "1",
        "rw": "2",
        "mother_name": "SITI",
    }
    assert account(report) == {"title": [1], "heading": [2, 3, 4], "column_numbers": [5]}


def test_sex_is_read_from_two_columns_to_tick(people):
    found, _ = people(
        [
            ["NO", "NIK", "NAMA", "JENIS KELAMIN", "", "PEKERJAAN"],
            ["", "", "", "L", "P", ""],
            person(1, "v", "", "Petani"),
            person(2, "", "√", "Petani"),
            person(3, "", "", "Petani"),
        ],
        merged=["D1:E1"],
    )
    assert [person.cells["sex"] for person in found] == ["L", "P", ""]
    assert set(found[0].cells) == {"nik", "name", "sex", "occupation"}


def test_a_kk_column_before_the_nik_and_trailing_empty_columns_are_no_problem(people):
    found, _ = people(
        [
            ["No. KK", "Pekerjaan", "Nama Lengkap", "L/P", "No KTP", "", ""],
            ["3503010101750009", "Petani", "A", "L", nik(1), "", ""],
        ]
    )
    assert found[0].cells["nik"] == nik(1)
    assert found[0].cells["kk"] == "3503010101750009"


def test_a_second_table_below_with_other_columns_is_read(people):
    found, report = people(
        [
            ["DESA SENDEN"],
            ["No", "NIK", "Nama", "Alamat"],
            person(1, "JL. A"),
            ["", "Jumlah", 1],
            ["", "", "Senden, 1 Maret 2025"],
            ["", "", "KEPALA DESA"],
            ["", "", "SUPRIYANTO"],
            ["DESA BOGORAN"],
            ["No", "Nama", "Alamat", "NIK"],
            [1, "B", "JL. B", nik(2)],
        ]
    )
    read_as = [(who.row, who.village, who.cells["nik"], who.cells["name"]) for who in found]
    assert read_as == [
        (3, "SENDEN", nik(1), "ORANG 1"),
        (10, "BOGORAN", nik(2), "B"),
    ]
    assert len(report.headings) == 2
    assert account(report)["total"] == [4]
    assert account(report)["signature"] == [5, 6, 7]


def test_a_heading_repeated_on_every_printed_page_is_skipped(people):
    head = ["No", "NIK", "Nama"]
    found, report = people([head, person(1), person(2), head, [1, 2, 3], person(3), head])
    assert [person.row for person in found] == [2, 3, 6]
    assert account(report) == {"heading": [1, 4, 7], "column_numbers": [5]}


@pytest.mark.parametrize(
    "heading",
    [
        ["NIK", "Nama", "", "NIK", "Nama"],
        ["NIK", "Nama", "", "No KTP", "Nama Peserta"],
        ["NIK", "Nama", "No", "No KTP", "Nama Peserta"],
    ],
)
def test_two_tables_side_by_side_are_refused(people, heading):
    with pytest.raises(UnreadableWorkbook, match="berdampingan"):
        people([["No", *heading], [1, nik(1), "A", 2 if heading[2] else "", nik(2), "B"]])


@pytest.mark.parametrize(
    "words",
    ["JUMLAH", "Jumlah : 2 orang", "TOTAL", "Sub Total", "SUBTOTAL", "Sub-total Dusun A", "Jml"],
)
@pytest.mark.parametrize("column", [0, 1, 2])
def test_totals_are_skipped_and_people_below_them_are_read(people, words, column):
    sums = ["", "", "", 2_000_000, "2 orang"]
    sums[column] = words
    head = ["No", "NIK", "Nama", "Penghasilan", "Alamat"]
    found, report = people([head, person(1), sums, person(2), [3, "", "TANPA NIK"], sums])
    assert [person.row for person in found] == [2, 4, 5]
    assert account(report)["total"] == [3, 6]


def test_a_breakdown_below_the_total_is_skipped(people):
    head = ["No", "NIK", "Nama", "Alamat"]
    sums = [["", "", "Jumlah", 2], ["", "", "Laki-laki", 1], ["", "", "Perempuan", 1]]
    found, report = people([head, person(1, "JL. A"), [2, "", "TANPA NIK", "JL. B"], *sums])
    assert [person.row for person in found] == [2, 3]
    assert account(report)["total"] == [4, 5, 6]


def test_a_csv_with_two_people_in_one_row_is_refused(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"NIK;Nama\n{nik(1)};A\n{nik(2)};B{nik(3)};C;{nik(4)};D\n")
    with pytest.raises(UnreadableWorkbook, match="Baris 3 lebih panjang"):
        list(Reading(read(path)))


def test_signatures_and_legends_below_the_table_are_skipped(people):
    found, report = people(
        [
            ["No", "NIK", "Nama", "L/P", "Alamat", "Pekerjaan"],
            person(1, "L", "JL. A", "Petani"),
            [],
            ["", "Mengetahui,", "", "", "Senden, ........ 2025"],
            ["", "Camat Kampak", "", "", "Kepala Desa Senden"],
            ["", "", "", "", ""],
            ["", "Drs. H. AHMAD", "", "", "SUPRIYANTO"],
            ["", "NIP. 196912311990031005", "", "", ""],
            [],
            ["Keterangan:"],
            [1, "L = Laki-laki"],
            [2, "P = Perempuan"],
            ["*) coret yang tidak perlu"],
        ]
    )
    assert [person.row for person in found] == [2]
    assert account(report) == {
        "heading": [1],
        "signature": [4, 5, 7, 8],
        "note": [10, 11, 12, 13],
    }


def test_prepared_rows_that_were_left_empty_are_skipped(people):
    head = ["No", "NIK", "Nama", "Kecamatan", "Desa", "Alamat"]
    prepared = [[at, "", "", "Kampak", "Senden", ""] for at in range(2, 100)]
    found, report = people([head, person(1, "Kampak", "Senden", "JL. A"), *prepared])
    assert len(found) == 1
    assert report.skipped["unfilled"].count == 98


@pytest.mark.parametrize(
    "row",
    [
        [5, "", "TANPA NIK", "", ""],
        ["", "", "TANPA NIK DAN NOMOR", "JL. A", "Petani"],
        [5, nik(5), "", "", ""],
        ["", nik(5), "", "JL. A", "Petani"],
        [5, "-", "NIK STRIP", "", ""],
        [5, "belum ada", "NIK MENYUSUL", "JL. A", ""],
        [5, "3503 0101", "NIK PENDEK", "", ""],
        [5, "3.52210E+15", "NIK RUSAK", "", ""],
        [5, "", "KEPALA DUSUN", "JL. A", "Petani"],
        [5, "", "", "JL. A", "Petani"],
        [5, nik(5), "JUMLAHIR", "", ""],
    ],
)
def test_every_row_that_could_be_a_person_is_read(people, row):
    found, _ = people([["No", "NIK", "Nama", "Alamat", "Pekerjaan"], person(1, "JL"), row])
    assert [person.row for person in found] == [2, 3]


def test_a_name_alone_is_a_person_where_people_are_not_numbered(people):
    found, report = people([["NIK", "Nama"], [nik(1), "A"], ["", "B"], ["", "DUSUN KRAJAN"]])
    assert [person.row for person in found] == [2, 3]
    assert account(report)["group"] == [4]


def test_hamlet_and_rt_are_read_from_group_titles_where_there_is_no_column(people):
    found, _ = people(
        [
            ["No", "NIK", "Nama"],
            ["DUSUN KRAJAN"],
            ["RT 03 / RW 01"],
            person(1),
            ["DUSUN TENGAH"],
            person(2),
        ]
    )
    cells = [person.cells for person in found]
    assert [row.get("hamlet") for row in cells] == ["DUSUN KRAJAN", "DUSUN TENGAH"]
    assert [(row["rt"], row["rw"]) for row in cells] == [("03", "01"), ("", "")]


@pytest.mark.parametrize(
    ("title", "village", "district"),
    [
        (["NAGARI PULASAN"], "PULASAN", ""),
        (["DESA SENDEN KECAMATAN KAMPAK TAHUN 2025"], "SENDEN", "KAMPAK"),
        (["PEMERINTAH DESA SUMBER REJO"], "SUMBER REJO", ""),
        (["Desa", ": Senden"], "Senden", ""),
        (["Kelurahan : Ngantru, Kec. Trenggalek"], "Ngantru", "Trenggalek"),
        (["DESA/KELURAHAN : NGANTRU"], "NGANTRU", ""),
        (["DINAS PEMBERDAYAAN MASYARAKAT DAN DESA"], "", ""),
        (["DATA PEKERJA RENTAN DESA TAHUN 2025"], "", ""),
    ],
)
def test_village_and_district_are_read_from_the_title(people, title, village, district):
    found, _ = people([title, ["NIK", "Nama", "Alamat"], [nik(1), "A", "JL. B"]])
    assert (found[0].village, found[0].district) == (village, district)


def test_hidden_sheets_and_legends_are_not_read(workbook):
    head = ["NIK", "Nama"]
    path = workbook(
        {
            "Data": [head, [nik(1), "A"]],
            "Lama": [head, [nik(2), "B"]],
            "Petunjuk": [["Kolom", "Keterangan"], ["NIK", "16 angka"], ["Nama", "sesuai KTP"]],
            "Kode": [["Pekerjaan", "Kode"], *[[f"PEKERJAAN {at}", at] for at in range(3000)]],
        },
        hidden=["Lama"],
    )
    reading = Reading(read(path))
    assert [(person.sheet, person.row) for person in reading] == [("Data", 2)]
    assert [report.rows for report in reading.reports] == [2, 0, 3, 3001]
    assert reading.reports[3].skipped["no_heading"].count == 3001
    assert len(reading.reports[3].skipped["no_heading"].rows) == 200


def test_nobody_is_read_from_a_sheet_that_explains_the_columns(workbook):
    explained = [
        ["Kolom", "Wajib", "Cara mengisi"],
        ["NIK", "ya", "16 angka"],
        ["Nama", "ya", "sesuai KTP"],
        ["Alamat", "tidak", "tempat tinggal"],
        ["Pekerjaan", "tidak", "pekerjaan utama"],
    ]
    path = workbook({"Data": [["NIK", "Nama"], [nik(1), "A"]], "Petunjuk": explained})
    assert [(person.sheet, person.row) for person in Reading(read(path))] == [("Data", 2)]


def test_a_nik_column_with_another_heading_is_guessed_from_its_cells(people):
    found, report = people(
        [["No", "Nomor Peserta", "Nama", "Alamat"], *[person(at, "JL. A") for at in range(1, 20)]]
    )
    assert found[0].cells["nik"] == nik(1)
    assert report.headings[0].columns[1].guessed


UNKNOWN = [["Orang", "Nama", "Alamat", "Ibu"], ["belum ada", "A", "JL. B", "S"]]


def test_a_list_without_a_recognised_nik_column_is_refused_and_offered_for_matching(workbook):
    reading = Reading(read(workbook({"Data": UNKNOWN})))
    with pytest.raises(UnreadableWorkbook, match="Kolom NIK tidak dikenali di lembar “Data”"):
        list(reading)
    near = reading.reports[0].near
    assert (near.columns[0].heading, near.columns[0].field) == ("Orang", None)
    assert near.columns[0].samples == ("belum ada",)


def test_a_correction_is_applied_to_the_same_headings(workbook):
    path = workbook({"Data": UNKNOWN})
    reading = Reading(read(path))
    with pytest.raises(UnreadableWorkbook):
        list(reading)
    signature = reading.reports[0].near.signature

    corrected = Reading(read(path), {signature: {"nik": 0, "name": 1, "hamlet": 2}})
    assert [person.cells for person in corrected] == [
        {"nik": "belum ada", "name": "A", "hamlet": "JL. B"}
    ]
    assert corrected.reports[0].headings[0].corrected


def test_a_row_that_the_user_said_is_a_person_is_read_as_one(workbook):
    rows = [["No", "NIK", "Nama"], person(1), ["", "", "KETUA JUMLAH"], person(2)]
    path = workbook({"Lembar": rows, "Lain": rows})
    before, after = Reading(read(path)), Reading(read(path), people={"Lembar": [3]})
    assert [(each.sheet, each.row) for each in before] == [
        ("Lembar", 2), ("Lembar", 4), ("Lain", 2), ("Lain", 4)
    ]  # fmt: skip
    assert [(each.sheet, each.row) for each in after] == [
        ("Lembar", 2), ("Lembar", 3), ("Lembar", 4), ("Lain", 2), ("Lain", 4)
    ]  # fmt: skip
    for report in (*before.reports, *after.reports):
        skipped = sum(rows.count for rows in report.skipped.values())
        assert (report.rows, report.rows + report.blank) == (report.people + skipped, 4)
