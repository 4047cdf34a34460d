"""What the letter says, in which order."""

import pytest

from enrollment.decrees.letters.rules import (
    NOT_A_REGULATION,
    bases_of,
    dictums,
    fund_in_words,
    listed,
    numbered,
    rank,
)

UU24 = "Undang-Undang Nomor 24 Tahun 2011 tentang Badan Penyelenggara Jaminan Sosial"
UU40 = "Undang-Undang Nomor 40 Tahun 2004 tentang Sistem Jaminan Sosial Nasional"
PP44 = "Peraturan Pemerintah Nomor 44 Tahun 2015 tentang Program JKK dan JKM"
PERPRES = "Peraturan Presiden Nomor 109 Tahun 2013 tentang Penahapan Kepesertaan"
PERMEN = "Peraturan Menteri Ketenagakerjaan Nomor 5 Tahun 2021"
PERDA = "Peraturan Daerah Kabupaten Sijunjung Nomor 3 Tahun 2019"
PERGUB = "Peraturan Gubernur Sumatera Barat Nomor 1 Tahun 2020"
PERBUP = "Peraturan Bupati Sijunjung Nomor 5 Tahun 2024"
INPRES = "Instruksi Presiden Nomor 2 Tahun 2021"


def test_regulations_stand_by_rank_and_of_one_rank_by_age():
    mixed = [PERBUP, INPRES, PP44, PERDA, UU24, PERMEN, PERGUB, UU40, PERPRES]
    found = bases_of(mixed)
    assert found.regulations == [
        f"{line};" for line in (UU40, UU24, PP44, PERPRES, PERMEN, PERGUB, PERDA, PERBUP)
    ]
    assert found.others == [f"{INPRES};"]


@pytest.mark.parametrize(
    ("typed", "like"),
    [
        ("UU 40/2004", UU40),
        ("PP Nomor 44 Tahun 2015", PP44),
        ("Perpres 109/2013", PERPRES),
        ("Permenaker Nomor 5 Tahun 2021", PERMEN),
        ("PMK 72/2024", PERMEN),
        ("Perda Nomor 3 Tahun 2019", PERDA),
        ("Perbup 5/2024", PERBUP),
        ("Peraturan Wali Kota Padang Nomor 8 Tahun 2022", PERBUP),
    ],
)
def test_short_names_have_the_same_rank(typed, like):
    assert rank(typed) == rank(like)


@pytest.mark.parametrize(
    "line", [INPRES, "Keputusan Bupati Nomor 3", "Surat Edaran Nomor 1", "PPKM tahun 2021"]
)
def test_what_is_no_regulation(line):
    assert rank(line) == NOT_A_REGULATION


def test_a_decree_without_any_regulation_still_has_a_basis():
    found = bases_of([INPRES])
    assert found.regulations == [f"{INPRES};"]
    assert found.others == []


def test_a_single_basis_has_no_number():
    assert numbered(["a;"]) == [{"nomor": "", "isi": "a;"}]
    assert [line["nomor"] for line in numbered(["a;", "b;"])] == ["1.", "2."]


def test_dictums_are_counted_in_words():
    assert [line["ke"] for line in dictums(["x"] * 4)] == ["KESATU", "KEDUA", "KETIGA", "KEEMPAT"]


def test_words_are_joined_as_in_a_sentence():
    assert listed(["JKK", "JKM"]) == "JKK dan JKM"
    assert listed(["JKK", "JKM", "JHT"]) == "JKK, JKM, dan JHT"


def test_a_fund_is_written_out():
    words = {"government": "Kota Padang", "province": "Sumatera Barat", "fund": "APBD kabupaten"}
    asked = {key: fund_in_words(words | {"fund_key": key}) for key in ("apbd", "csr")}
    assert asked["apbd"] == "Anggaran Pendapatan dan Belanja Daerah Kota Padang"
    assert asked["csr"] == "APBD kabupaten"
