"""Sex, RT/RW, phone, money, occupation and status in every spelling found in village lists."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.workers.checks.values import (
    find_rt_rw,
    has_ended,
    occupation_index,
    read_decile,
    read_occupation,
    read_phone,
    read_rt_rw,
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
        (["Pria", "laki", 1, 1.0, "1"], "L"),
        (["P", "p", "PR", "Pr.", "Perempuan", "PEREMPUAN", "Wanita", 2, 2.0, "2"], "P"),
        (["", None, "-"], ""),
        (["X", "3", "L/P", "laki-laki perempuan", 0.5], None),
    ],
)
def test_sex_is_read_in_every_spelling(spellings, sex):
    assert {spelling: read_sex(spelling) for spelling in spellings} == dict.fromkeys(spellings, sex)


@pytest.mark.parametrize(
    ("cell", "pair"),
    [
        ("006", ("006", "")),
        ("6", ("006", "")),
        (6.0, ("006", "")),
        (6, ("006", "")),
        ("6.0", ("006", "")),
        ("10.0", ("010", "")),
        ("RT 06", ("006", "")),
        ("RT.06", ("006", "")),
        ("005/004", ("005", "004")),
        ("5 / 4", ("005", "004")),
        ("05-04", ("005", "004")),
        ("RT 05/RW 04", ("005", "004")),
        ("RT. 005 RW. 004", ("005", "004")),
        ("RT 5/4", ("005", "004")),
        ("RW 04 RT 05", ("005", "004")),
        ("RW 04", ("", "004")),
        ("-", ("", "")),
        ("", ("", "")),
        (None, ("", "")),
        ("000", ("", "")),
        (0, ("", "")),
        ("0/2", ("", "002")),
        ("III", ("III", "")),
        (datetime(2026, 4, 5), ("", "")),
        (date(2026, 4, 5), ("", "")),
        ("2026-04-05", ("", "")),
    ],
)
def test_rt_and_rw_are_read_from_their_cell(cell, pair):
    assert read_rt_rw(cell) == pair


@pytest.mark.parametrize(
    ("address", "pair"),
    [
        ("DUSUN KRAJAN RT 05 RW 02", ("005", "002")),
        ("Jl. Melati RT.05/RW.02", ("005", "002")),
        ("Jl. Melati RT 5/2", ("005", "002")),
        ("Dsn. Sumber Rt: 3", ("003", "")),
        ("JL. ARTERI NO. 12", ("", "")),
        ("JL. MULYANI NO. 1", ("", "")),
        ("PERT 5", ("", "")),
        ("", ("", "")),
    ],
)
def test_rt_and_rw_are_found_in_an_address(address, pair):
    assert find_rt_rw(address) == pair


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


@pytest.mark.parametrize(
    "status", ["Meninggal", "MENINGGAL DUNIA", "Sudah meninggal", "Mati", "Wafat", "Alm.", "Pindah"]
)
def test_a_status_of_death_or_moving_away_counts_as_ended(status):
    assert has_ended(status)


@pytest.mark.parametrize(
    "status",
    ["Hidup", "", "Aktif", "Tetap", "Cerai Mati", "Pindah Datang", "Pindah masuk", "Belum pindah"],
)
def test_any_other_status_does_not_count_as_ended(status):
    assert not has_ended(status)


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
