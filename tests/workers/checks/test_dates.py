"""Dates in every spelling found in village lists."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.workers.checks.dates import (
    oldest_birth,
    read_birth,
    read_date,
    resolve_century,
)

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
        "27623.0",
        "17081975.0",
        "170875",
        "17/08/1975 00.00.00",
        "17/08/1975 pukul 10.00 WIB",
        "8/17/1975",
        "8/17/1975 12:00:00 AM",
        "8/17/75",
        "75-08-17",
        "1975-17-08",
        "17-AUG-75 12.00.00.000000 AM",
        "17AUG1975:00:00:00",
        "Sun Aug 17 1975 00:00:00 GMT+0700 (Western Indonesia Time)",
        "1975-08-17T00:00:00+07:00",
        "17-08-1975 (50 th)",
        "17-08-1975 / 50 tahun",
        "17-08-1975, umur 50",
        "Minggu, 17 Agustus 1975",
        "Jum'at, 17 Agustus 1975",
        "17th August 1975",
        "August 17, 1975",
        "1975 Agustus 17",
        "17 Agsutus 1975",
        "17 Agst '75",
        "17 Agustus Tahun 1975",
        "tgl 17 bln 8 thn 1975",
        "l7-O8-1975",
    ],
)
def test_a_date_is_read_in_every_spelling(cell):
    assert read_date(cell, today=TODAY) == PROCLAMATION


@pytest.mark.parametrize(
    ("month", "spellings"),
    [
        (1, "Januari Jan January Januwari Jnauari"),
        (2, "Februari Pebruari Febuari Feb Peb"),
        (3, "Maret Mar March Mrt"),
        (4, "April Apr"),
        (5, "Mei May"),
        (6, "Juni Jun June Juny"),
        (7, "Juli Jul July"),
        (8, "Agustus Agust Agt Ags August"),
        (9, "September Sept Sep Sptember Spetember Sepetmber"),
        (10, "Oktober Okt October Oct"),
        (11, "November Nopember Nov Nop"),
        (12, "Desember Des December Dec Desmber Dsember"),
    ],
)
def test_months_are_read_by_their_names_and_misspellings(month, spellings):
    for name in spellings.split():
        assert read_date(f"6 {name} 1972", today=TODAY) == date(1972, month, 6), name


@pytest.mark.parametrize(
    "cell",
    [
        *("31-02-1980", "17-13-1975", "32-01-1980", "0-0-1980", "1975", "Agustus 1975"),
        *("Desa 29, 1990", "17-08-1975 s/d 18-08-1975"),
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
    ("text", "place"),
    [
        ("BOJONEGORO, 17-08-1975", "BOJONEGORO"),
        ("BOJONEGORO,17-08-1975", "BOJONEGORO"),
        ("Bojonegoro / 17 Agustus 1975", "Bojonegoro"),
        ("Sumpur Kudus , 17 Agustus 1975", "Sumpur Kudus"),
        ("KAB. JEMBER 17/8/75", "KAB. JEMBER"),
        ("TRENGGALEK/17 Agt 1975", "TRENGGALEK"),
        ("TRENGGALEK, 170875", "TRENGGALEK"),
        ("17-08-1975 Trenggalek", "Trenggalek"),
        ("17 Agustus 1975, Trenggalek", "Trenggalek"),
        ("17-08-1975 (Trenggalek)", "Trenggalek"),
        ("Trenggalek (17-08-1975)", "Trenggalek"),
        ("Tulungagung, Tgl. 17 Agustus 1975", "Tulungagung"),
        ("17-08-1975", ""),
    ],
)
def test_place_and_date_in_one_cell_are_told_apart_in_any_order(text, place):
    assert read_birth(text, today=TODAY) == (place, PROCLAMATION)


@pytest.mark.parametrize("text", ["BOJONEGORO", "Jalan 12", ""])
def test_a_place_without_a_date_is_a_place(text):
    assert read_birth(text, today=TODAY) == (text, None)


def of_nik(ddmmyy):
    return f"350307{ddmmyy}0001"


@pytest.mark.parametrize(
    ("cell", "within_nik", "born"),
    [
        ("5/4/1988", "050488", date(1988, 4, 5)),
        ("5/4/1988", "450488", date(1988, 4, 5)),
        ("5/4/1988", "040588", date(1988, 5, 4)),
        ("4/5/1988", "050488", date(1988, 4, 5)),  # month first
        ("4/5/1988", "170875", date(1988, 5, 4)),  # neither: the day comes first
        (date(1988, 5, 4), "050488", date(1988, 4, 5)),  # a spreadsheet in US setting
        (date(1988, 5, 4), "170875", date(1988, 5, 4)),
        ("05-08-17", "170805", date(2005, 8, 17)),
        ("750817", "170875", PROCLAMATION),
        ("081775", "170875", PROCLAMATION),
        (50375, "050375", date(1975, 3, 5)),  # 050375, of which Excel has cut the 0
        (5031981, "050381", date(1981, 3, 5)),
        (27623, "170875", PROCLAMATION),
        (26161, "170875", PROCLAMATION),  # counted from 1904
        ("1975-08-16T17:00:00.000Z", "170875", PROCLAMATION),  # midnight in Jakarta
        ("1975-08-16T17:00:00.000Z", "160875", date(1975, 8, 16)),
    ],
)
def test_of_several_readings_the_one_in_the_nik_is_taken(cell, within_nik, born):
    assert read_date(cell, today=TODAY, nik=of_nik(within_nik)) == born


@given(st.text(max_size=130), st.sampled_from(["", of_nik("170875")]))
def test_no_text_raises_and_a_place_holds_no_date(text, nik):
    place, born = read_birth(text, today=TODAY, nik=nik)
    assert born is None or isinstance(born, date)
    assert place == place.strip()


@given(st.dates(date(1910, 1, 1), TODAY))
def test_a_date_written_in_a_usual_format_is_read_back(day):
    for pattern in ("%d-%m-%Y", "%d/%m/%Y", "%Y-%m-%d", "%d.%m.%Y", "%d%m%Y", "%d %b %Y"):
        assert read_date(day.strftime(pattern), today=TODAY) == day
    assert read_date((day - date(1899, 12, 30)).days, today=TODAY) == day


def test_a_birth_date_may_be_up_to_120_years_ago():
    assert oldest_birth(TODAY) == date(1906, 11, 21)
    assert oldest_birth(date(2020, 2, 29)) == date(1900, 3, 1)  # 1900 had no 29 February
