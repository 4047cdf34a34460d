"""What a plan would cost, and what still fits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.programmes.whatif import Plan

YEAR = (16_800,) * 12


def test_ppu_2025_is_over_by_24_million():
    plan = Plan(15_000, YEAR, 3_000_000_000)
    assert (plan.total, plan.over, plan.left) == (3_024_000_000, 24_000_000, 0)
    assert (plan.people_that_fit, plan.left_with_them) == (14_880, 192_000)
    assert plan.months_that_fit == 11


def test_with_the_people_of_the_province():
    assert 15_000 + 5_614 == 20_614
    assert Plan(5_614, YEAR, 10**10).total == 5_614 * 201_600


def test_sampang_2025_does_not_agree_with_what_was_announced():
    plan = Plan(2_289 + 727 + 6_000, (16_800,) * 8, 10**10)
    assert (plan.people, plan.total) == (9_016, 1_211_750_400)
    assert plan.total != 927_000_000
    assert plan.months_of(927_000_000) == 6.12


def test_sijunjung_a_bridge_over_january_to_march():
    assert Plan(6_200, (16_800,) * 3, 10**9).total == 312_480_000


def test_pati_in_two_waves():
    first, second = Plan(2_874, (16_800,) * 6, 0), Plan(3_000, (16_800,) * 3, 0)
    assert first.total + second.total == 440_899_200


def test_prices_of_the_first_months_decide_how_many_fit():
    plan = Plan(1, (16_800,) * 3 + (8_400,) * 9, 16_800 * 3 + 8_400 * 2)
    assert (plan.in_words, plan.months_that_fit) == ("16.800 × 3 + 8.400 × 9", 5)


@pytest.mark.parametrize(("people", "prices"), [(0, YEAR), (10, ())])
def test_nobody_and_no_month_cost_nothing(people, prices):
    plan = Plan(people, prices, 1_000)
    assert (plan.total, plan.over, plan.months_of(5)) == (0, 0, 0.0)


@given(
    st.integers(0, 10**6),
    st.lists(st.integers(1, 200_000), min_size=1, max_size=12),
    st.integers(0, 10**13),
)
def test_what_fits_is_paid_for_and_one_more_is_not(people, prices, ceiling):
    plan = Plan(people, prices, ceiling)
    assert plan.people_that_fit * plan.a_person <= ceiling
    assert (plan.people_that_fit + 1) * plan.a_person > ceiling
    months = plan.months_that_fit
    assert people * sum(prices[:months]) <= ceiling
    if months < len(prices):
        assert people * sum(prices[: months + 1]) > ceiling
    assert plan.total + plan.left - plan.over == ceiling
