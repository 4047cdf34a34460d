"""Exports and sheets as systems and offices make them: which people are read, with which cells."""

import pytest

from enrollment.imports.reading.checking import Checker
from enrollment.imports.reading.places import Places
from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import read
from tests import people as invented
from villages import scope

KK = "3503071203100001"


def nik(serial):
    return f"350307170875{serial:04d}"


def cells(line):
    return line.split("|")


def test_the_civil_registrys_export_with_its_field_names_is_read(people):
    found, _ = people(
        [
            cells(
                "NO_KK|NIK|NAMA_LGKP|JENIS_KLMIN|TMPT_LHR|TGL_LHR|AGAMA|STAT_KWN|STAT_HBKEL|PDDK_AKH|"
                "JENIS_PKRJN|NAMA_LGKP_IBU|NAMA_LGKP_AYAH|NO_PROP|NO_KAB|NO_KEC|NO_KEL|NAMA_KEC|"
                "NAMA_KEL|ALAMAT|NO_RT|NO_RW"
            ),
            cells(
                f"{KK}|{nik(1)}|SITI|2|TRENGGALEK|1975-08-17|1|2|3|5|PETANI|AMINAH|KASAN|35|3|7|2007|"
                "KAMPAK|SENDEN|JL. A|3|1"
            ),
        ]
    )
    assert found[0].cells == {
        "kk": KK, "nik": nik(1), "name": "SITI", "sex": "2", "birth_place": "TRENGGALEK",
        "birth_date": "1975-08-17", "occupation": "PETANI", "mother_name": "AMINAH",
        "district": "KAMPAK", "village": "SENDEN", "address": "JL. A", "rt": "3", "rw": "1",
    }  # fmt: skip


def test_the_civil_registrys_report_with_codes_before_names_of_places_is_read(people):
    found, report = people(
        [
            ["DINAS KEPENDUDUKAN DAN PENCATATAN SIPIL"],
            ["Kecamatan", "", ": 07 KAMPAK"],
            ["Desa/Kelurahan", "", ": 2007 SENDEN"],
            ["NO", "NIK", "NAMA LENGKAP", "JENIS KLMIN", "NIK AYAH", "NIK IBU", "NAMA IBU"],
            [1, nik(1), "SITI", "PEREMPUAN", nik(8), nik(9), "AMINAH"],
            ["Total : 1 Orang"],
            ["Dicetak tanggal 12-03-2025 oleh operator"],
            ["Halaman 1 dari 1"],
        ]
    )
    assert [(person.village, person.district) for person in found] == [("SENDEN", "KAMPAK")]
    assert found[0].cells == {
        "nik": nik(1), "name": "SITI", "sex": "PEREMPUAN", "mother_name": "AMINAH"
    }  # fmt: skip
    assert report.rows == 8


def test_an_export_of_the_village_system_with_the_parents_is_read(people):
    found, _ = people(
        [
            cells(
                "Nomor KK|Nama Kepala Keluarga|NIK|Nama|Dusun|RW|RT|Umur|Pekerjaan|Jenis Kelamin|"
                "Tanggal Lahir|Ayah|Ibu|NIK Ayah|NIK Ibu|Hubungan Keluarga|No Telepon|"
                "Status Dasar"
            ),
            cells(
                f"{KK}|KASAN|{nik(1)}|SITI|KRAJAN|01|03|49|PETANI|PEREMPUAN|17 AGUSTUS 1975|PAK|BU|"
                f"{nik(8)}|{nik(9)}|ISTRI|081234567890|HIDUP"
            ),
        ]
    )
    assert found[0].cells == {
        "kk": KK, "nik": nik(1), "name": "SITI", "hamlet": "KRAJAN", "rw": "01", "rt": "03",
        "occupation": "PETANI", "sex": "PEREMPUAN", "birth_date": "17 AGUSTUS 1975",
        "mother_name": "BU", "phone": "081234567890", "status": "HIDUP",
    }  # fmt: skip


def test_a_social_registrys_export_with_one_word_headings_is_read(people):
    found, _ = people(
        [
            cells(
                "id_keluarga|nik|nama|nokk|tgl_lahir|jenis_kelamin|hubungan_krt|desil_nasional|kdprop|"
                "nmprop|kdkab|nmkab|kdkec|nmkec|kddesa|nmdesa|alamat|rt|rw"
            ),
            cells(
                f"A1|{nik(1)}|SITI|{KK}|1975-08-17|Perempuan|KRT|1|35|JAWA TIMUR|3503|TRENGGALEK|"
                "3503070|KAMPAK|3503070007|SENDEN|JL. A|3|1"
            ),
        ]
    )
    assert found[0].cells == {
        "nik": nik(1), "name": "SITI", "kk": KK, "birth_date": "1975-08-17", "sex": "Perempuan",
        "decile": "1", "province": "JAWA TIMUR", "regency": "TRENGGALEK", "district": "KAMPAK",
        "village": "SENDEN", "address": "JL. A", "rt": "3", "rw": "1",
    }  # fmt: skip


def test_parents_under_group_headings_and_columns_with_letters_are_read(people):
    found, report = people(
        [
            ["NO", "NIK", "NAMA", "NAMA ORANG TUA", "", "NIK ORANG TUA", ""],
            ["", "", "", "AYAH", "IBU", "AYAH", "IBU"],
            ["a", "b", "c", "d", "e", "f", "g"],
            [1, nik(1), "SITI", "KASAN", "AMINAH", nik(8), nik(9)],
        ],
        merged=["D1:E1", "F1:G1"],
    )
    assert [person.cells for person in found] == [
        {"nik": nik(1), "name": "SITI", "mother_name": "AMINAH"}
    ]
    assert report.skipped["column_numbers"].rows == [3]


def test_a_sheet_with_letterhead_groups_totals_signatures_and_notes_is_read(workbook):
    rows = [
        ["PEMERINTAH KABUPATEN TRENGGALEK"],
        ["KECAMATAN KAMPAK"],
        ["DESA SENDEN"],
        ["Jalan Raya Kampak No. 1 Telp. (0355) 123456"],
        [],
        ["NO", "IDENTITAS", "", "", "TEMPAT & TANGGAL LAHIR", "", "L/P", "ALAMAT", "", "", "IBU"],
        ["", "NO KK", "NIK", "NAMA", "TEMPAT", "TANGGAL", "", "DUSUN", "RT", "RW", ""],
        list(range(1, 12)),
        ["A", "DUSUN KRAJAN"],
        [1, KK, nik(1), "SITI", "Tulungagung", "17-08-1975", "P", "KRAJAN", "3", "1", "AMINAH"],
        ["", "", "", "Sub Jumlah", "", "", "1"],
        ["B", "DUSUN TENGAH"],
        [1, KK, nik(2), "BUDI", "Tulungagung", "17-08-1975", "L", "TENGAH", "3", "1", "AMINAH"],
        ["", "", "", "Sub Jumlah", "", "", "1"],
        ["", "", "", "JUMLAH A + B", "", "", "2"],
        [],
        ["", "", "", "", "", "", "", "", "Senden, 3 Maret 2025"],
        ["", "Mengetahui", "", "", "", "", "", "", "Petugas Pendata"],
        ["", "KEPALA DESA SENDEN"],
        ["", "SUPRIYANTO, S.Sos", "", "", "", "", "", "", "ANDIK PRASETYO"],
        ["", "NIP. 19700101 199003 1 001"],
        ["Ket:"],
        ["1. L = laki-laki"],
        ["2. P = perempuan"],
    ]
    codes = [["KODE", "NAMA PEKERJAAN"], ["1", "Petani"], ["2", "Nelayan"]]
    old = [["NIK", "NAMA"], [nik(3), "LAMA"]]
    path = workbook({"Data": rows, "Kode": codes, "2023": old}, hidden=["2023"])
    reading = Reading(read(path))
    found = [(person.row, person.cells["name"], person.cells["hamlet"]) for person in reading]
    assert found == [
        (10, "SITI", "KRAJAN"),
        (13, "BUDI", "TENGAH"),
    ]
    data, kode, hidden = reading.reports
    assert {kind: skipped.rows for kind, skipped in data.skipped.items()} == {
        "title": [1, 2, 3, 4],
        "heading": [6, 7],
        "column_numbers": [8],
        "group": [9, 12],
        "total": [11, 14, 15],
        "signature": [17, 18, 19, 20, 21],
        "note": [22, 23, 24],
    }
    assert (kode.people, hidden.rows) == (0, 0)


def test_rows_hidden_by_a_filter_are_read(workbook):
    """Filtering a list before saving it does not mean to remove anybody."""
    import openpyxl

    path = workbook({"Data": [["NIK", "Nama"], [nik(1), "A"], [nik(2), "B"]]})
    book = openpyxl.load_workbook(path)
    book["Data"].row_dimensions[3].hidden = True
    book.save(path)
    assert [person.row for person in Reading(read(path))] == [2, 3]


@pytest.mark.django_db
def test_the_nagari_is_read_from_the_name_of_a_numbered_sheet(workbook):
    head = ["NO", "NIK", "NAMA"]
    path = workbook(
        {
            "1. Pulasan": [head, [1, nik(1), "A"]],
            "2. Timbulun": [["REKAP NAGARI TIMBULUN"], head, [1, nik(2), "B"]],
            "REKAP": [["NO", "NAMA NAGARI", "JUMLAH"], [1, "PULASAN", 1], [2, "TIMBULUN", 1]],
        }
    )
    with scope.whole_country("test"):
        checker = Checker(invented.SIJUNJUNG)
        reading = Reading(read(path), knowledge=checker.knowledge)
        staged = [checker.stage(at, person) for at, person in enumerate(reading, 1)]
    assert [(row.sheet, row.person.name, row.village_id) for row in staged] == [
        ("1. Pulasan", "A", "13.03.03.2004"),
        ("2. Timbulun", "B", "13.03.03.2001"),
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("written", ["Senden", "DESA SENDEN", "2007 SENDEN", "1. Ds. Senden"])
def test_a_village_is_found_with_a_number_or_a_word_before_its_name(written):
    with scope.whole_country("test"):
        assert Places(invented.TRENGGALEK).find(written, "07 KAMPAK").code == invented.SENDEN
