"""The cost of protection, checked against figures that the regencies published."""

from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.programmes.models import Tariff, TariffDiscount
from enrollment.programmes.rules import (
    DiscountLine,
    ProgrammeError,
    TariffLine,
    check_components,
    check_months,
    monthly_premium,
    people_reached,
    usual_months,
)
from tests.seeds import DISCOUNTS, TARIFFS

JANUARY = date(2025, 1, 1)
SMALLEST = 16_800


def premium(segment="BPU", components=("JKK", "JKM"), month=JANUARY, income=None, **given_):
    return monthly_premium(segment, components, TARIFFS, month, income, **given_)


def code_of(function, *arguments, **named):
    with pytest.raises(ProgrammeError) as refused:
        function(*arguments, **named)
    assert str(refused.value).endswith(".")
    return refused.value.code


class TestVectors:
    """People × months × premium, from the regencies' own announcements."""

    @pytest.mark.parametrize(
        ("people", "months", "rupiah"),
        [
            (10_000, 12, 2_016_000_000),  # Trenggalek 2025
            (5_600, 3, 282_240_000),  # Trenggalek 2023, of a budget of 365 million
            (2_274, 12, 458_438_400),
            (5_387, 5, 452_508_000),
            (6_043, 9, 913_701_600),
            (13_250, 1, 222_600_000),
            (100, 12, 20_160_000),  # a nagari's quota in Sijunjung
        ],
    )
    def test_cost(self, people, months, rupiah):
        assert people * months * premium() == rupiah
        assert people_reached(rupiah, months * premium()) == people
        assert people_reached(rupiah - 1, months * premium()) == people - 1

    def test_people_reached_by_a_given_budget(self):
        assert people_reached(1_200_000_000, 10 * premium()) == 7_142  # Trenggalek 2024
        assert people_reached(365_000_000, 3 * premium()) == 7_242

    def test_quotas_of_every_nagari_together(self):
        people = 62 * 100
        assert people * 12 * premium() == 62 * 20_160_000
        assert 17_143 + people == 23_343

    def test_neighbourhood_heads_as_wage_earners(self):
        assert premium("PPU", income=1_500_000) == 8_100  # 0.54% of 1.5 million


class TestBpu:
    def test_the_smallest_package_is_accident_and_death(self):
        assert premium() == SMALLEST
        assert premium(income=0) == SMALLEST
        assert premium(income=1_099_000) == SMALLEST

    @pytest.mark.parametrize(
        ("income", "accident"),
        [
            (1_099_999, 10_000),
            (1_100_000, 12_000),
            (1_299_999, 12_000),
            (1_300_000, 14_000),
            (2_699_999, 26_000),
            (2_700_000, 29_500),
            (3_199_999, 29_500),
            (3_200_000, 34_500),
            (8_199_999, 79_500),
            (8_200_000, 87_000),
            (20_199_999, 197_000),
            (20_200_000, 207_000),
            (900_000_000, 207_000),
        ],
    )
    def test_brackets_of_the_accident_premium(self, income, accident):
        assert premium(income=income) - 6_800 == accident

    def test_old_age_may_be_added(self):
        assert premium(components=("JKK", "JKM", "JHT")) == SMALLEST + 20_000
        assert premium(components=("JKK", "JKM", "JHT"), income=1_200_000) == 18_800 + 24_000

    def test_a_component_given_twice_is_paid_once(self):
        assert premium(components=("JKK", "JKM", "JKK")) == SMALLEST

    def test_a_pension_is_refused_with_the_reason(self):
        with pytest.raises(ProgrammeError, match="hanya untuk penerima upah") as refused:
            premium(components=("JKK", "JKM", "JP"))
        assert refused.value.code == "component.jp_for_bpu"

    @pytest.mark.parametrize("components", [(), ("JKK",), ("JKM",), ("JHT",), ("JKM", "JHT")])
    def test_accident_and_death_come_together(self, components):
        assert code_of(check_components, "BPU", components) == "component.compulsory"

    def test_job_loss_is_not_offered(self):
        assert code_of(check_components, "BPU", ("JKK", "JKM", "JKP")) == "component.unknown"

    def test_an_unknown_segment(self):
        assert code_of(check_components, "PMI", ("JKK", "JKM")) == "segment.unknown"


class TestPpu:
    ALL = ("JKK", "JKM", "JHT", "JP")

    def test_a_pension_may_be_taken(self):
        # 0.24 + 0.30 + 5.7 + 3 percent of two million
        assert premium("PPU", self.ALL, income=2_000_000) == 4_800 + 6_000 + 114_000 + 60_000

    @pytest.mark.parametrize(
        ("month", "ceiling"),
        [
            (date(2025, 2, 1), 10_042_300),
            (date(2025, 3, 1), 10_547_400),
            (date(2026, 2, 1), 10_547_400),
            (date(2026, 3, 1), 11_086_300),
        ],
    )
    def test_the_wage_for_a_pension_has_a_ceiling(self, month, ceiling):
        def pension(wage):
            without = premium("PPU", self.ALL[:3], month, wage)
            return premium("PPU", self.ALL, month, wage) - without

        assert pension(50_000_000) == pension(ceiling) == round(ceiling * 3 / 100)
        assert pension(ceiling - 100) == pension(ceiling) - 3

    def test_the_wage_must_be_known(self):
        assert code_of(premium, "PPU") == "income.missing"

    def test_a_wage_is_not_negative(self):
        assert code_of(premium, "PPU", income=-1) == "income.negative"

    @pytest.mark.parametrize(
        ("wage", "rupiah"),
        [(1_000, 2 + 3), (208, 0 + 1), (209, 1 + 1), (166, 0 + 0), (625, 2 + 2)],
    )
    def test_each_component_is_rounded_to_whole_rupiah_halves_up(self, wage, rupiah):
        assert premium("PPU", income=wage) == rupiah


class TestTariffTable:
    LINE = TariffLine(segment="BPU", component="JKK", valid_from=date(2020, 1, 1), amount=10_000)
    DEATH = replace(LINE, component="JKM", amount=6_800)

    def price(self, month, *lines):
        return monthly_premium("BPU", ("JKK", "JKM"), [self.DEATH, *lines], month)

    def test_a_month_without_a_tariff_says_who_must_add_it(self):
        with pytest.raises(ProgrammeError, match="JKK BPU untuk Desember 2019") as refused:
            premium_before = replace(self.DEATH, valid_from=date(2010, 1, 1))
            monthly_premium("BPU", ("JKK", "JKM"), [premium_before, self.LINE], date(2019, 12, 1))
        assert refused.value.code == "tariff.missing"

    def test_a_new_tariff_follows_the_old_one(self):
        old = replace(self.LINE, valid_until=date(2025, 12, 31))
        new = replace(self.LINE, valid_from=date(2026, 1, 1), amount=11_000)
        assert self.price(date(2025, 12, 1), old, new) == 16_800
        assert self.price(date(2026, 1, 1), old, new) == 17_800

    def test_two_tariffs_for_one_month_are_refused(self):
        new = replace(self.LINE, valid_from=date(2026, 1, 1))
        assert code_of(self.price, date(2026, 1, 1), self.LINE, new) == "tariff.overlap"

    def test_a_line_without_amount_and_rate_has_no_price(self):
        with pytest.raises(ValueError, match="an amount or a rate"):
            self.price(date(2026, 1, 1), replace(self.LINE, amount=None))

    def test_any_day_of_a_month_gives_the_same_price(self):
        old = replace(self.LINE, valid_until=date(2025, 12, 31))
        assert self.price(date(2025, 12, 31), old) == 16_800

    @given(st.integers(0, 10**12), st.dates(date(2015, 7, 1), date(2100, 1, 1)))
    def test_every_income_has_exactly_one_bracket(self, income, month):
        assert 16_800 <= premium(month=month, income=income) <= 213_800

    @given(st.integers(0, 10**9), st.integers(0, 10**9))
    def test_a_higher_income_never_pays_less(self, one, other):
        low, high = sorted((one, other))
        assert premium(income=low) <= premium(income=high)


class TestDiscount:
    MAY = date(2026, 5, 1)

    def half(self, fund, month=MAY):
        return premium(month=month, fund=fund, discounts=DISCOUNTS)

    def test_a_company_pays_half(self):
        assert self.half("csr") == 8_400

    @pytest.mark.parametrize("fund", ["apbd", "dbhcht", "apbdes"])
    def test_public_money_gets_no_discount(self, fund):
        assert self.half(fund) == SMALLEST

    @pytest.mark.parametrize(
        ("month", "rupiah"),
        [
            (date(2026, 3, 1), 16_800),
            (date(2026, 4, 1), 8_400),
            (date(2026, 12, 1), 8_400),
            (date(2027, 1, 1), 16_800),
        ],
    )
    def test_it_ends(self, month, rupiah):
        assert self.half("csr", month) == rupiah

    def test_old_age_is_never_cut(self):
        components = ("JKK", "JKM", "JHT")
        cut = premium(components=components, month=self.MAY, discounts=DISCOUNTS)
        assert cut == 8_400 + 20_000

    def test_only_the_largest_discount_counts(self):
        lines = [
            DiscountLine(
                segment="BPU",
                component="JKM",
                valid_from=self.MAY,
                valid_until=self.MAY,
                percent=percent,
            )
            for percent in (25, 50, 40)
        ]
        assert premium(month=self.MAY, discounts=lines) == 10_000 + 3_400


class TestMonths:
    @pytest.mark.parametrize("count", [-1, 0, 13])
    def test_cover_is_one_to_twelve_months(self, count):
        assert code_of(check_months, JANUARY, count) == "months.range"

    @pytest.mark.parametrize("count", [1, 3, 5, 7, 9, 10, 12])
    def test_lengths_that_occur(self, count):
        check_months(JANUARY, count, year=2025)

    def test_a_budget_year_ends_in_december(self):
        check_months(date(2025, 10, 1), 3, year=2025)
        with pytest.raises(ProgrammeError, match="Januari–Februari 2026 di luar") as refused:
            check_months(date(2025, 10, 1), 5, year=2025)
        assert refused.value.code == "months.outside_year"
        check_months(date(2025, 10, 1), 5)


class TestBudget:
    def test_an_empty_budget_reaches_zero_people(self):
        assert people_reached(0, 12 * SMALLEST) == 0
        assert people_reached(-5, 12 * SMALLEST) == 0

    def test_people_reached_is_refused_for_a_premium_of_zero(self):
        assert code_of(people_reached, 1_000, 0) == "premium.zero"

    @given(st.integers(0, 10**13), st.integers(1, 12 * 10**7))
    def test_the_people_reached_are_paid_for_and_one_more_is_not(self, budget, per_person):
        people = people_reached(budget, per_person)
        assert people * per_person <= budget < (people + 1) * per_person


@pytest.mark.parametrize(("model", "plain"), [(Tariff, TariffLine), (TariffDiscount, DiscountLine)])
def test_a_row_of_the_database_can_stand_for_the_plain_line(model, plain):
    assert {field.name for field in fields(plain)} == {
        field.name for field in model._meta.fields if not field.primary_key
    }


def test_the_first_table_breaks_no_constraint_of_the_database():
    keys = [(t.segment, t.component, t.valid_from, t.income_from) for t in TARIFFS]
    assert len(keys) == len(set(keys)) == 33 * 2 + 1 + 3 + 3 * 2
    assert all((line.rate is None) != (line.amount is None) for line in TARIFFS)


@pytest.mark.parametrize(
    ("today", "usual"),
    [
        (date(2026, 1, 31), (date(2026, 2, 1), 11)),
        (date(2026, 11, 27), (date(2026, 12, 1), 1)),
        (date(2026, 12, 1), (date(2027, 1, 1), 12)),
    ],
)
def test_a_new_programme_begins_next_month_and_ends_with_its_year(today, usual):
    assert usual_months(today) == usual
