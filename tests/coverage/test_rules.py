"""Months of cover: counted, named, and compared with what is paid already."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.coverage.rules import (
    Kind,
    already_paid,
    arrears,
    in_words,
    is_member,
    kind_of,
    last_paid,
    month_after,
    months_between,
    months_of,
    period,
)

FIRST_MONTHS = st.builds(date, st.integers(2015, 2100), st.integers(1, 12), st.just(1))


def test_cover_may_continue_into_the_next_year():
    assert months_of(date(2025, 11, 1), 3) == (
        date(2025, 11, 1),
        date(2025, 12, 1),
        date(2026, 1, 1),
    )
    assert period(date(2025, 11, 1), 3) == (date(2025, 11, 1), date(2026, 2, 1))


@given(FIRST_MONTHS, st.integers(1, 12))
def test_a_period_holds_its_months_and_no_more(first, count):
    months, (start, after) = months_of(first, count), period(first, count)
    assert len(months) == count
    assert (months[0], month_after(months[-1])) == (start, after)
    assert already_paid((start, after), [(start, after)]) == months
    assert already_paid((start, after), [(after, None), (None, start)]) == ()


def test_only_overlapping_months_are_already_paid():
    year = period(date(2026, 1, 1), 12)
    assert already_paid(year, [period(date(2025, 10, 1), 5)]) == (
        date(2026, 1, 1),
        date(2026, 2, 1),
    )


def test_a_month_paid_from_its_middle_counts_as_paid():
    year = period(date(2026, 1, 1), 12)
    assert already_paid(year, [(date(2026, 3, 15), date(2026, 4, 1))]) == (date(2026, 3, 1),)


def test_a_membership_counts_when_it_is_active_on_any_day_of_the_cover():
    cover = period(date(2026, 1, 1), 12)
    assert is_member(cover, [(None, None)])
    assert is_member(cover, [(date(2020, 5, 1), None)])
    assert is_member(cover, [(None, date(2026, 1, 1))])
    assert is_member(cover, [(date(2026, 12, 31), None)])
    assert not is_member(cover, [(date(2020, 5, 1), date(2025, 12, 31))])
    assert not is_member(cover, [(date(2027, 1, 1), None)])
    assert not is_member(cover, [])


def test_consecutive_months_are_named_as_a_range():
    assert in_words([]) == ""
    assert in_words([date(2026, 8, 1)]) == "Agustus 2026"
    assert in_words(months_of(date(2026, 1, 1), 12)) == "Januari–Desember 2026"
    assert in_words(months_of(date(2025, 11, 1), 3)) == "November 2025–Januari 2026"
    scattered = [date(2026, 5, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 9, 1)]
    assert in_words(scattered) == "Januari–Februari 2026, Mei 2026 dan September 2026"


class TestNewOrContinuing:
    """A membership goes on while at most two months before the month of payment are unpaid."""

    @pytest.mark.parametrize(
        ("last", "first", "kind", "unpaid"),
        [
            (None, "2026-03", Kind.NEW, ()),
            (None, "2026-04", Kind.NEW, ()),
            ("2026-03", "2026-04", Kind.CONTINUING, ()),
            ("2026-02", "2026-04", Kind.CONTINUING, ("2026-03",)),
            ("2026-01", "2026-04", Kind.CONTINUING, ("2026-02", "2026-03")),
            ("2025-12", "2026-04", Kind.NEW, ()),
            ("2025-10", "2026-01", Kind.CONTINUING, ("2025-11", "2025-12")),
        ],
    )
    def test_by_the_last_paid_month(self, last, first, kind, unpaid):
        first, last = month(first), last and month(last)
        assert kind_of(first, last) is kind
        assert arrears(first, last) == tuple(month(each) for each in unpaid)

    @given(FIRST_MONTHS, st.integers(1, 40))
    def test_what_is_unpaid_fills_the_gap_of_who_continues(self, first, gap):
        last = month_after(first, -gap)
        unpaid = arrears(first, last)
        if kind_of(first, last) is Kind.NEW:
            assert gap > 3 and unpaid == ()
        else:
            assert unpaid == months_of(month_after(last), gap - 1)

    def test_the_last_paid_month_lies_before_the_programme(self):
        april = date(2026, 4, 1)
        assert last_paid(april, []) is None
        assert last_paid(april, [period(date(2025, 1, 1), 3)]) == date(2025, 3, 1)
        assert last_paid(april, [(None, None)]) == date(2026, 3, 1)
        assert last_paid(april, [(date(2026, 4, 1), None)]) is None
        assert last_paid(april, [period(date(2026, 1, 1), 12)]) == date(2026, 3, 1)
        earlier, later = period(date(2025, 1, 1), 2), period(date(2025, 6, 1), 3)
        assert last_paid(april, [later, earlier]) == date(2025, 8, 1)

    def test_a_month_paid_to_its_middle_is_paid(self):
        assert last_paid(date(2026, 4, 1), [(None, date(2026, 2, 15))]) == date(2026, 2, 1)


def month(text):
    return date.fromisoformat(f"{text}-01")


def test_the_months_between_two_are_none_where_the_second_is_not_later():
    january = date(2027, 1, 1)
    assert months_between(january, january) == ()
    assert months_between(january, date(2026, 6, 1)) == ()
    assert months_between(january, date(2027, 3, 1)) == (january, date(2027, 2, 1))
    assert months_between(date(2026, 12, 1), january) == (date(2026, 12, 1),)
