"""Dates in every spelling found in village lists."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.workers.checks.dates import oldest_birth, read_date, resolve_century, split_place

TODAY = date(2026, 11, 21)
PROCLAMATION = date(1975, 8, 17)


@pytest.mark.parametrize(
    "cell",
    [
        date(1975, 8, 17),
        datetime(1975, 8, 17, 10, 30),
        27623,
        27623.0,
        27623.5,
        "27623",
        17081975.0,
        "17081975",
        "19750817",
        "17-08-1975",
        "17/08/1975",
        "17.08.1975",
        "17 08 1975",
        " 17 - 8 - 1975 ",
        "'17-08-1975",
        "17/8/75",
        "17-8-75",
        "1975-08-17",
        "1975/08/17",
        "1975-08-17 00:00:00",
        "1975-08-17T00:00:00",
        "17/08/1975 00:00",
        "17 Agustus 1975",
        "17 AGUSTUS 1975",
        "17Agustus1975",
        "17 Agustus, 1975",
        "17 Agu 1975",
        "17 Agt 75",
        "17 Ags 1975",
        "17-Aug-75",
        "17 Agutus 1975",
        "17-VIII-1975",
        "17\xa0Agustus\xa01975",
    ],
)
def test_a_date_is_read_in_every_spelling(cell):
    assert read_date(cell, today=TODAY) == PROCLAMATION


@pytest.mark.parametrize(
    ("month", "spellings"),
    [
        (1, "Januari Jan January Januwari"),
        (2, "Februari Pebruari Febuari Feb Peb"),
        (3, "Maret Mar March Mrt"),
        (4, "April Apr"),
        (5, "Mei May"),
        (6, "Juni Jun June Juny"),
        (7, "Juli Jul July"),
        (8, "Agustus Agust Agt Ags August"),
        (9, "September Sept Sep Sptember"),
        (10, "Oktober Okt October Oct"),
        (11, "November Nopember Nov Nop"),
        (12, "Desember Des December Dec"),
    ],
)
def test_months_are_read_by_their_names_and_misspellings(month, spellings):
    for name in spellings.split():
        assert read_date(f"6 {name} 1972", today=TODAY) == date(1972, month, 6), name


@pytest.mark.parametrize(
    "cell",
    [
        *("31-02-1980", "17-13-1975", "32-01-1980", "0-0-1980", "1975", "Agustus 1975"),
        *("tidak tahu", "17 Xyz 1975", "17-08-1975-2", "17-08-975", "123456789", "-", "", "x" * 99),
        *(None, True, time(1, 2), timedelta(1), 0, -5, 1e12, float("nan"), float("inf")),
    ],
)
def test_a_cell_without_a_valid_date_gives_none(cell):
    assert read_date(cell, today=TODAY) is None


@pytest.mark.parametrize(
    ("day", "month", "year", "born"),
    [
        (17, 8, 75, date(1975, 8, 17)),
        (3, 5, 5, date(2005, 5, 3)),
        (21, 11, 26, TODAY),
        (22, 11, 26, date(1926, 11, 22)),
        (29, 2, 0, date(2000, 2, 29)),
        (29, 2, 28, date(1928, 2, 29)),
        (29, 2, 1, None),
        (31, 4, 80, None),
    ],
)
def test_a_two_digit_year_gives_the_latest_date_not_in_the_future(day, month, year, born):
    assert resolve_century(day, month, year, today=TODAY) == born


@pytest.mark.parametrize(
    ("text", "place", "typed"),
    [
        ("BOJONEGORO, 17-08-1975", "BOJONEGORO", "17-08-1975"),
        ("BOJONEGORO,17-08-1975", "BOJONEGORO", "17-08-1975"),
        ("Bojonegoro / 17 Agustus 1975", "Bojonegoro", "17 Agustus 1975"),
        ("Sumpur Kudus , 21 Februari 1991", "Sumpur Kudus", "21 Februari 1991"),
        ("KAB. JEMBER 17/8/75", "KAB. JEMBER", "17/8/75"),
        ("17-08-1975", "", "17-08-1975"),
        ("BOJONEGORO", "BOJONEGORO", ""),
        ("", "", ""),
    ],
)
def test_place_and_date_in_one_cell_are_split(text, place, typed):
    assert split_place(text) == (place, typed)


@given(st.dates(date(1910, 1, 1), TODAY))
def test_a_date_written_in_a_usual_format_is_read_back(day):
    for pattern in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d%m%Y", "%d %b %Y"):
        assert read_date(day.strftime(pattern), today=TODAY) == day
    assert read_date((day - date(1899, 12, 30)).days, today=TODAY) == day


def test_a_birth_date_may_be_up_to_120_years_ago():
    assert oldest_birth(TODAY) == date(1906, 11, 21)
    assert oldest_birth(date(2020, 2, 29)) == date(1900, 3, 1)  # 1900 had no 29 February
