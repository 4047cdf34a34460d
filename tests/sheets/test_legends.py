"""Legends: what a list says that its codes mean, and what becomes of codes that it leaves open."""

import pytest

from enrollment.sheets.legends import explained, in_heading, is_legend
from tests.sheets.test_tables import nik, read, status_of

HEAD = ["No", "NIK", "Nama", "Status"]
LEGEND = ["1 = Hidup; 2 = Meninggal; 3 = Pindah"]


def people(*codes):
    return [[at, nik(at), f"ORANG {'ABCDEFG'[at]}", code] for at, code in enumerate(codes)]


@pytest.mark.parametrize(
    "text",
    [
        "A = Aktif, M = Meninggal",
        "Keterangan: A: Aktif; M: Meninggal",
        "A=Aktif/M=Meninggal",
        "Catatan: A= Aktif dan M= Meninggal",
    ],
)
def test_a_legend_is_read_however_it_is_divided(text):
    assert explained(text) == {"a": "Aktif", "m": "Meninggal"}
    assert is_legend(text)


@pytest.mark.parametrize(
    "text", ["RT = 003", "SENDEN", "1. SENDEN 2. BOGORAN", "Tahun: 2024", "Ds : SENDEN"]
)
def test_other_texts_are_no_legend(text):
    assert not is_legend(text)


def test_a_heading_may_number_its_codes():
    assert in_heading("3. Status (1. Hidup 2. Mati)") == {"1": "Hidup", "2": "Mati"}
    assert in_heading("3. Status") == {}


@pytest.mark.parametrize(
    "legend",
    [
        [["Keterangan:"], ["A = Aktif"], ["M = Meninggal"]],
        [["Ket: A = Aktif, M : Meninggal"]],
        [["A: Aktif; M: Meninggal"]],
        [["", "A", "=", "Aktif"], ["", "M", "=", "Meninggal"]],
    ],
)
def test_codes_of_a_status_mean_what_a_legend_below_the_list_says(legend):
    for gap in ([[]], []):
        found, _ = read(HEAD, *people("A", "M", "A"), *gap, *legend)
        assert status_of(found) == ["Aktif", "Meninggal", "Aktif"]


def test_codes_mean_what_the_heading_or_the_letterhead_says():
    found, _ = read(["No", "NIK", "Nama", "Status (1=Hidup, 2=Meninggal)"], *people(1, 2.0))
    assert status_of(found) == ["Hidup", "Meninggal"]
    found, _ = read(["Keterangan status: 1 = Hidup, 2 = Meninggal"], HEAD, *people("1", "2"))
    assert status_of(found) == ["Hidup", "Meninggal"]


@pytest.mark.parametrize("heading", ["Hasil Verifikasi", "A = Ada, M = Meninggal"])
def test_codes_under_an_unknown_heading_mean_what_the_list_says(heading):
    below = [] if "=" in heading else [["A = Ada, M = Meninggal"]]
    found, _ = read([*HEAD[:3], heading], *people("A", "M", "A"), [], *below)
    assert status_of(found) == ["", "Meninggal", ""]


def test_a_code_that_may_mean_dead_and_is_not_explained_is_said_to_be_unexplained():
    found, _ = read(HEAD, *people("A", "A", "M", "A"))
    assert status_of(found) == ["A", "A", "M (perlu penjelasan)", "A"]


def test_a_short_word_that_everybody_knows_is_no_code():
    found, _ = read(HEAD, *people("A", "A", "MD", "A"))
    assert status_of(found) == ["A", "A", "MD", "A"]


@pytest.mark.parametrize("no", ["Tidak", "tidak ada", "Non Aktif"])
def test_who_is_not_what_the_status_asks_needs_a_word_about_it(no):
    found, _ = read([*HEAD[:3], "Status Aktif"], *people("Ya", no))
    assert status_of(found) == ["Ya", f"Status Aktif: {no} (perlu penjelasan)"]


def test_the_legend_of_the_sex_explains_no_status():
    found, _ = read(HEAD, *people("A", "A", "P"), [], ["L = Laki-laki, P = Perempuan"])
    assert status_of(found)[2] == "P (perlu penjelasan)"


def test_the_sex_means_what_its_heading_says():
    head = ["No", "NIK", "Nama", "JK (1=Perempuan, 2=Laki-laki)"]
    found, _ = read(head, *people(1, "2", 2.0))
    assert [each.cells["sex"] for each in found] == ["Perempuan", "Laki-laki", "Laki-laki"]


def test_codes_of_the_sex_mean_what_a_legend_below_the_list_says():
    head, below = ["No", "NIK", "Nama", "JK"], ["Keterangan: 1 = Perempuan, 2 = Laki-laki"]
    found, _ = read(head, *people(1, "2", 2.0), [], below)
    assert [each.cells["sex"] for each in found] == ["Perempuan", "Laki-laki", "Laki-laki"]
    found, _ = read(head, *people("L", "P"), [], ["L = Lajang, P = Perempuan"])
    assert [each.cells["sex"] for each in found] == ["L", "P"]


def test_the_numbers_of_rows_are_no_codes_of_a_legend():
    head = ["", "NIK", "Nama", "Status"]
    found, _ = read(head, *[[at + 1, *row[1:]] for at, row in enumerate(people(1, 1, 2))], LEGEND)
    assert status_of(found) == ["Hidup", "Hidup", "Meninggal"]


def test_a_line_of_a_legend_right_below_a_person_is_not_about_that_person():
    lines = ["Keterangan:"], ["1 : Hidup"], ["2 : Meninggal"]
    found, _ = read(HEAD, *people(2, 1), *lines)
    assert status_of(found) == ["Meninggal", "Hidup"]
