"""What the dates of a programme allow on a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.schedules.rules import Dates, Move, closed, impossible, in_words

FIRST, LAST = date(2026, 3, 1), date(2026, 3, 31)
MARCH = Dates(submit_from=FIRST, submit_until=LAST)


@pytest.mark.parametrize(
    ("today", "extended", "says"),
    [
        (date(2026, 2, 28), None, "baru dibuka 1 Maret 2026"),
        (FIRST, None, ""),
        (LAST, None, ""),
        (date(2026, 4, 1), None, "31 Maret 2026 sudah lewat"),
        (date(2026, 4, 1), date(2026, 4, 5), ""),
        (date(2026, 4, 6), date(2026, 4, 5), "5 April 2026 sudah lewat"),
        (date(2026, 4, 1), date(2026, 3, 15), "31 Maret 2026 sudah lewat"),
        (date(2026, 2, 28), date(2026, 4, 5), "baru dibuka"),
    ],
)
def test_lists_are_handed_in_on_these_days(today, extended, says):
    told = closed(MARCH, today, extended)
    assert says in told and bool(told) == bool(says)


def test_without_dates_there_is_no_limit():
    assert closed(Dates(), date(2031, 1, 1)) == ""
    assert closed(Dates(), date(2031, 1, 1), date(2026, 1, 1)) == ""
    assert Dates().due(Move.SUBMIT, date(2026, 1, 1)) is None  # more time of dates since removed


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2026, 3, 19), "paling lambat 31 Maret 2026, 12 hari lagi"),
        (LAST, "paling lambat 31 Maret 2026, hari ini"),
        (date(2026, 4, 3), "paling lambat 31 Maret 2026, terlambat 3 hari"),
    ],
)
def test_until_when_in_words(today, words):
    assert in_words(LAST, today) == words
    assert in_words(None, today) == ""


def test_each_step_has_its_day():
    dates = Dates(None, LAST, date(2026, 4, 10), date(2026, 4, 20))
    assert [dates.due(move) for move in Move] == [
        LAST,
        date(2026, 4, 10),
        date(2026, 4, 10),
        date(2026, 4, 20),
        None,
    ]


def test_days_that_cannot_follow_one_another():
    wrong = impossible(Dates(submit_until=LAST, approve_until=FIRST))
    assert "“Paling lambat disetujui” (1 Maret 2026) lebih awal" in wrong
    assert impossible(MARCH) == ""


days = st.none() | st.dates(date(2026, 1, 1), date(2026, 1, 9))


@given(st.builds(Dates, days, days, days, days))
def test_only_days_in_order_are_possible(dates):
    known = [
        day
        for day in (dates.submit_from, dates.submit_until, dates.verify_until, dates.approve_until)
        if day
    ]
    assert (impossible(dates) == "") is (known == sorted(known))
