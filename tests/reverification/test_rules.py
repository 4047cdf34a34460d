"""How long a verification holds, on plain values."""

from datetime import date

import pytest

from enrollment.reverification.rules import Asked, Demand, Standing, demand_in_words, holds_until

NEW_YEAR = date(2027, 1, 1)


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        (date(2026, 10, 1), 3, date(2027, 1, 1)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 3, 15), 12, date(2027, 3, 15)),
    ],
)
def test_it_holds_until_the_same_day_of_a_later_month(day, months, until):
    assert holds_until(day, months) == until


@pytest.mark.parametrize(
    ("months", "day", "met"),
    [
        (3, date(2026, 9, 30), False),
        (3, date(2026, 10, 1), True),
        (3, date(2027, 2, 1), True),
        (1, date(2026, 11, 30), False),
        (1, date(2026, 12, 1), True),
    ],
)
def test_months_are_counted_back_from_the_first_month_of_the_wave(months, day, met):
    asked = Asked(Demand(months, NEW_YEAR), {"village": day})
    assert asked.is_met_by("village") is met
    assert not asked.is_met_by("another")


@pytest.mark.parametrize("months", [1, 3, 5, 12, 24])
def test_what_lets_people_go_on_holds_on_the_first_day_and_the_day_before_does_not(months):
    demand = Demand(months, NEW_YEAR)
    assert holds_until(demand.since, months) == NEW_YEAR
    assert Standing(demand, demand.since, demand.since).lets_go_on


@pytest.mark.parametrize(
    ("last", "today", "is_due", "words"),
    [
        (None, date(2026, 11, 1), True, "sekarang, karena belum pernah"),
        (date(2026, 10, 20), date(2026, 11, 1), False,
         "paling lambat 20 Januari 2027, 80 hari lagi"),
        (date(2026, 10, 20), date(2027, 1, 1), True, "paling lambat 20 Januari 2027, 19 hari lagi"),
        (date(2026, 10, 20), date(2027, 1, 20), True, "paling lambat 20 Januari 2027, hari ini"),
        (date(2026, 10, 20), date(2027, 1, 22), True,
         "seharusnya 20 Januari 2027, terlambat 2 hari"),
        # It holds for two months more, and yet not on the first day of the wave.
        (date(2026, 9, 15), date(2026, 10, 1), True,
         "paling lambat 15 Desember 2026, 75 hari lagi"),
        (date(2026, 9, 15), date(2026, 9, 30), False,
         "paling lambat 15 Desember 2026, 76 hari lagi"),
    ],
)  # fmt: skip
def test_when_the_next_one_is_due(last, today, is_due, words):
    standing = Standing(Demand(3, NEW_YEAR), last, today)
    assert (standing.is_due, standing.in_words) == (is_due, words)


def test_in_words():
    assert demand_in_words(3) == "Lanjut hanya bila diverifikasi ulang tiap 3 bulan"
