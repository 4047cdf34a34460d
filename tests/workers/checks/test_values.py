"""Sex, phone, money and occupation in every spelling found in village lists."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.workers.checks.values import (
    occupation_index,
    read_decile,
    read_occupation,
    read_phone,
    read_rupiah,
    read_sex,
    split_period,
    tidy,
)
from tests.seeds import OCCUPATIONS


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("  Slamet   Pujiastuti T. ", "Slamet Pujiastuti T."),
        ("Slamet\xa0Riyadi\u200b", "Slamet Riyadi"),
        ("Slamet\nRiyadi\t", "Slamet Riyadi"),
        ("Sla\x00met", "Slamet"),
        ("Sla\ud800met", "Slamet"),
        ("Nur'aini", "Nur'aini"),
        ("O’Brian José", "O’Brian José"),
        (6.0, "6"),
        (6.5, "6.5"),
        (date(1975, 8, 17), "1975-08-17"),
        ("-", ""),
        ("...", ""),
        ("#N/A", ""),
        ("#RUMUS?", ""),
        (None, ""),
        (True, ""),
    ],
)
def test_text_becomes_one_clean_line_and_keeps_its_case(cell, text):
    assert tidy(cell) == text


@given(st.text())
def test_tidy_is_idempotent_and_its_result_can_be_stored(text):
    once = tidy(text, 50)
    assert len(once) <= 50 and "\x00" not in once
    once.encode()
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize(
    ("spellings", "sex"),
    [
        (["L", "l", " L ", "LK", "Lk.", "Laki-laki", "LAKI - LAKI", "Laki Laki", "Laki2"], "L"),
        (["Pria", "laki", 1, 1.0, "1", "01", "1.0", "Laki²", "M", "Male", "L/", "Cowok"], "L"),
        (["1. Laki-laki", "1 = Laki-laki", "Laki-laki (L)", "JK: L", "Laki-lki", "Lelaki"], "L"),
        (["P", "p", "PR", "Pr.", "Perempuan", "PEREMPUAN", "Wanita", 2, 2.0, "2", "Prm"], "P"),
        (["Perempuan (P)", "P (Perempuan)", "Prempuan", "Perempaun", "PEREM PUAN", "WNT"], "P"),
        (["Female", "F", "Cewek", "Perempuan/Wanita", "2. Perempuan"], "P"),
        (["", None, "-"], ""),
        (["X", "3", "0", "L/P", "LP", "1/2", "laki-laki perempuan", 0.5, "Laki-laki (P)"], None),
        (["male/female", "Laki-laki/Perempuan", "tidak tahu", "P x y"], None),
    ],
)
def test_sex_is_what_the_words_name_if_it_is_only_one(spellings, sex):
    assert {spelling: read_sex(spelling) for spelling in spellings} == dict.fromkeys(spellings, sex)


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ("083629171481", ("083629171481", True)),
        ("+6287729409012", ("087729409012", True)),
        ("6287729409012", ("087729409012", True)),
        ("87729409012", ("087729409012", True)),
        (87729409012.0, ("087729409012", True)),
        ("0877-2940-9012", ("087729409012", True)),
        ("+62 877 2940 9012", ("087729409012", True)),
        ("+62 (0)877 29409012", ("087729409012", True)),
        ("’0877 2940 9012\u200b", ("087729409012", True)),
        ("0353 881234", ("0353881234", True)),
        ("0877", ("0877", False)),
        ("08772940901288", ("08772940901288", False)),
        ("0877 x", ("0877 x", False)),
        ("081234567890 / 081234567891", ("081234567890 / 081234567891", False)),
        ("8.77E+10", ("8.77E+10", False)),
        ("HP. 081234567890", ("081234567890", True)),
        ("No. HP/WA : 081234567890", ("081234567890", True)),
        ("081234567890 (WA)", ("081234567890", True)),
        ("81234567890.0", ("081234567890", True)),
        ('="081234567890"', ("081234567890", True)),
        ("006281234567890", ("081234567890", True)),
        ("(0353) 881234", ("0353881234", True)),
        ("081.234.567.000", ("081234567000", True)),
        ("0812345678/9", ("0812345678/9", False)),
        ("081234567890 (anak)", ("081234567890 (anak)", False)),
        ("tidak punya", ("tidak punya", False)),
        ("", ("", True)),
        (None, ("", True)),
        ("-", ("", True)),
        ("0", ("", True)),
    ],
)
def test_a_phone_number_is_normalised_or_kept_as_typed(cell, read):
    assert read_phone(cell) == read


@pytest.mark.parametrize(
    ("cell", "rupiah"),
    [
        (1000000.0, 1_000_000),
        (1250000, 1_250_000),
        ("1000000", 1_000_000),
        ("Rp 1.250.000", 1_250_000),
        ("Rp1.250.000,00", 1_250_000),
        ("1.250.000,-", 1_250_000),
        ("1,250,000", 1_250_000),
        ("1,250,000.00", 1_250_000),
        ("1,5 juta", 1_500_000),
        ("1.5 jt", 1_500_000),
        ("800rb", 800_000),
        ("800 ribu", 800_000),
        (0, 0),
        ("500.000 - 1.000.000", None),
        ("500rb s/d 1 juta", None),
        ("< 1.000.000", None),
        ("kurang dari 1 juta", None),
        ("tidak tentu", None),
        ("-500000", None),
        (-1, None),
        (1e300, None),
        ("1" * 40, None),
        ("999999999999999 triliun", None),
        (float("nan"), None),
        (True, None),
        ("", None),
        ("-", None),
        (None, None),
        (date(2026, 1, 1), None),
    ],
)
def test_an_income_is_read_as_whole_rupiah_or_none(cell, rupiah):
    assert read_rupiah(cell) == rupiah


@pytest.mark.parametrize(
    ("cell", "decile"),
    [
        *((4, 4), (4.0, 4), ("4", 4), ("4.0", 4), ("Desil 4", 4), ("10", 10)),
        *((0, None), ("11", None), ("1-4", None), ("", None), (None, None)),
    ],
)
def test_a_decile_is_read_from_1_to_10(cell, decile):
    assert read_decile(cell) == decile


INDEX = occupation_index(OCCUPATIONS)


@pytest.mark.parametrize(
    ("cell", "key"),
    [
        ("PETANI", "farmer"),
        ("Petani/Pekebun", "farmer"),
        ("petani / pekebun", "farmer"),
        ("Buruh Tani", "farm_labourer"),
        ("TUKANG  OJEK", "motorcycle_taxi_driver"),
        ("Guru Mengaji", "quran_teacher"),
        ("8", "trader"),
        (9.0, "farmer"),
        ("11", "fisher"),
        (19, "day_labourer"),
        ("20", "farm_labourer"),
        ("Pawang hujan", None),
        ("99", None),
    ],
)
def test_an_occupation_is_known_by_its_names_and_civil_registry_code(cell, key):
    assert read_occupation(cell, INDEX)[1] == key


def test_an_occupation_is_kept_as_typed():
    assert read_occupation("  Pawang  Hujan ", INDEX) == ("Pawang Hujan", None)
    assert read_occupation("-", INDEX) == ("", None)


def test_no_spelling_means_two_occupations():
    spellings = [
        spelling
        for key, name, aliases, code in OCCUPATIONS
        for spelling in occupation_index([(key, name, aliases, code)])
    ]
    assert sorted(spellings) == sorted(set(spellings))
    assert set(INDEX.values()) == {key for key, *_ in OCCUPATIONS}


@pytest.mark.parametrize(
    ("source", "parts"),
    [
        ("Damisda 2025-I", ("Damisda", "2025-I")),
        ("DTSEN 2026-2", ("DTSEN", "2026-2")),
        ("P3KE (2024)", ("P3KE", "2024")),
        ("DTKS 2023", ("DTKS", "2023")),
        ("DTSEN", ("DTSEN", "")),
        ("2025", ("2025", "")),
        ("", ("", "")),
    ],
)
def test_a_source_is_split_into_registry_and_period(source, parts):
    assert split_period(source) == parts
