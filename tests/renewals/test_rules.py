"""What a gap destroys, on plain values: C8 and what follows from C5."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.coverage.rules import Kind, kind_of, last_payable, month_after
from enrollment.proposals.rules import age_on
from enrollment.renewals.rules import (
    LESS_FOR_A_FAMILY,
    Crowd,
    Loss,
    Paid,
    earliest_birth,
    is_too_old,
    loss_of,
    outcomes,
    together,
)

BEGINS = date(2027, 1, 1)
DECEMBER = date(2026, 12, 1)
YOUNG = date(1990, 1, 1)


def sixteen_eight(month):
    return 16_800


@pytest.mark.parametrize(
    ("last", "day"),
    [
        (date(2026, 12, 1), date(2027, 3, 31)),
        (date(2023, 6, 1), date(2023, 9, 30)),  # paid through June: over on 1 October
        (date(2024, 3, 1), date(2024, 6, 30)),  # Serang: over on 1 July
        (date(2025, 11, 1), date(2026, 2, 28)),
    ],
)
def test_the_last_day_on_which_arrears_keep_the_membership(last, day):
    assert last_payable(last) == day


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 9))
def test_whoever_pays_by_that_day_goes_on_and_later_is_new(day, later):
    last = day.replace(day=1)
    first = month_after(last, later)
    assert (kind_of(first, last) is Kind.CONTINUING) == (first <= last_payable(last))


@pytest.mark.parametrize(
    ("birth_date", "months", "loss"),
    [
        (date(1961, 12, 31), 12, Loss.FOREVER),
        (date(1961, 12, 31), 40, Loss.FOREVER),
        (date(1962, 4, 1), 12, Loss.FOREVER),  # 65 on the day on which they would be new
        (date(1962, 4, 2), 12, Loss.CLOCKS),
        (YOUNG, 29, Loss.CLOCKS),
        (YOUNG, 30, Loss.SCHOLARSHIP),
        (YOUNG, 36, Loss.SCHOLARSHIP),
        (YOUNG, 120, Loss.SCHOLARSHIP),
        (YOUNG, 1, Loss.BEGINNING),
        (YOUNG, 3, Loss.BEGINNING),
        (YOUNG, 4, Loss.CLOCKS),
        (None, 12, Loss.CLOCKS),
    ],
)
def test_what_a_gap_destroys(birth_date, months, loss):
    assert loss_of(birth_date, Paid(DECEMBER, months), BEGINS) is loss


def test_of_whom_nothing_is_known_only_the_age_counts():
    assert loss_of(date(1962, 1, 1), None, BEGINS) is Loss.FOREVER
    assert loss_of(date(1962, 1, 2), None, BEGINS) is Loss.CLOCKS


@given(
    st.dates(date(1940, 1, 1), date(2010, 1, 1)),
    st.dates(date(2026, 1, 1), date(2036, 1, 1)),
)
def test_the_earliest_birth_date_says_who_is_too_old(birth, day):
    assert (birth <= earliest_birth(day)) == is_too_old(birth, day) == (age_on(day, birth) >= 65)


def test_the_bridge_of_sijunjung():
    """C8: 6,200 people, cover ends in December, a decree in April."""
    crowds = [Crowd(6_200, Paid(DECEMBER, 12), too_old=False)]
    whole = together(outcomes(crowds, date(2027, 4, 1), sixteen_eight).values())
    assert whole.bridge == 6_200 * 3 * 16_800 == 312_480_000
    assert (whole.restart, whole.arrears) == (6_200, 0)
    assert LESS_FOR_A_FAMILY == 32_000_000


@pytest.mark.parametrize(
    ("resumes", "restart", "arrears", "covered", "months"),
    [
        (date(2027, 1, 1), 0, 0, 10, 0),
        (date(2027, 2, 1), 0, 10, 0, 1),
        (date(2027, 3, 1), 0, 10, 0, 2),
        (date(2027, 4, 1), 10, 0, 0, 3),
        (date(2027, 9, 1), 10, 0, 0, 8),
    ],
)
def test_who_begins_anew_and_who_owes_arrears(resumes, restart, arrears, covered, months):
    crowds = [Crowd(10, Paid(DECEMBER, 12), too_old=False)]
    found = outcomes(crowds, resumes, sixteen_eight)[Loss.CLOCKS]
    assert (found.restart, found.arrears, found.covered) == (restart, arrears, covered)
    assert found.bridge == 10 * months * 16_800


def test_each_crowd_is_in_the_group_of_what_it_loses():
    crowds = [
        Crowd(3, Paid(DECEMBER, 40), too_old=True),
        Crowd(5, Paid(DECEMBER, 33), too_old=False),
        Crowd(7, Paid(DECEMBER, 2), too_old=False),
        Crowd(11, Paid(DECEMBER, 12), too_old=False),
        Crowd(13, Paid(date(2027, 2, 1), 14), too_old=False),  # paid further by somebody else
        Crowd(17, None, too_old=False),
    ]
    found = outcomes(crowds, date(2027, 4, 1), sixteen_eight)
    assert {loss.value: part.restart for loss, part in found.items()} == {1: 3, 2: 5, 3: 7, 4: 11}
    assert (found[Loss.CLOCKS].people, found[Loss.CLOCKS].arrears) == (24, 13)
    assert found[Loss.CLOCKS].bridge == (11 * 3 + 13) * 16_800


def test_prices_may_differ_by_month():
    crowds = [Crowd(10, Paid(DECEMBER, 12), too_old=False)]
    found = outcomes(crowds, date(2027, 3, 1), lambda month: 8_400 * month.month)
    assert together(found.values()).bridge == 10 * (8_400 + 16_800)
