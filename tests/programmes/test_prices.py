"""What a person costs, month by month and by sector, as regencies and regulations have published
it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.coverage.rules import months_of
from enrollment.programmes.prices import GENERAL, PriceList, in_words
from enrollment.programmes.rules import monthly_premium, people_reached
from tests.seeds import DISCOUNTS, TARIFFS

TRANSPORT = "transport"
JANUARY = date(2026, 1, 1)


def priced(fund, first=JANUARY, months=12):
    def price(month, sector):
        return monthly_premium(
            "BPU", ("JKK", "JKM"), TARIFFS, month,
            fund=fund, sector=sector, discounts=DISCOUNTS,
        )  # fmt: skip

    return PriceList.made(months_of(first, months), [TRANSPORT], price)


class TestPP50Of2025:
    """Half of JKK and JKM: transport January 2026 to March 2027, others April to December 2026;
    nothing for money of APBN and APBD."""

    @pytest.mark.parametrize(
        ("fund", "sector", "rupiah", "words"),
        [
            ("csr", GENERAL, 126_000, "16.800 × 3 + 8.400 × 9"),
            ("csr", TRANSPORT, 100_800, "8.400 × 12"),
            ("asn", GENERAL, 126_000, "16.800 × 3 + 8.400 × 9"),
            ("apbd", GENERAL, 201_600, "16.800 × 12"),
            ("apbd", TRANSPORT, 201_600, "16.800 × 12"),
            ("dbhcht", TRANSPORT, 201_600, "16.800 × 12"),
        ],
    )
    def test_of_one_person(self, fund, sector, rupiah, words):
        prices = priced(fund)
        assert prices.cost(sector) == rupiah
        assert in_words(prices.of(sector)) == words

    @pytest.mark.parametrize(
        ("fund", "sector", "rupiah"),
        [
            ("csr", TRANSPORT, 100_800_000),
            ("csr", GENERAL, 126_000_000),
            ("apbd", GENERAL, 201_600_000),
        ],
    )
    def test_of_1_000_people_for_all_of_2026(self, fund, sector, rupiah):
        assert 1_000 * priced(fund).cost(sector) == rupiah

    def test_public_money_of_later_funds_gets_none_in_a_new_portal(self):
        """The migration adds them to the discounts that were there before."""
        later = [line for line in DISCOUNTS if line.sectors]
        assert {"dbhsawit", "provinsi"} <= set(later[0].excluded_funds)

    def test_transport_from_january_2026_to_april_2027(self):
        prices = priced("csr", months=16)
        assert sum(prices.of(TRANSPORT)[:15]) == 15 * 8_400 == 126_000
        assert prices.of(TRANSPORT)[15] == 16_800

    def test_public_money_has_one_price_for_all_sectors(self):
        assert not priced("apbd").differs
        assert priced("csr").differs


class TestWhatHasBeenPublished:
    """People × months × 16,800, from the regencies' own announcements."""

    YEAR = priced("apbd").cost()

    def of(self, months):
        return priced("apbd", months=months).cost()

    def test_subang_2025_three_months(self):
        by_occupation = (396, 278, 500, 826)
        assert sum(by_occupation) == 2_000
        assert [round(number / 20, 1) for number in by_occupation] == [19.8, 13.9, 25.0, 41.3]
        assert 2_000 * self.of(3) == 100_800_000

    def test_manggarai_barat_2025(self):
        assert 2_829 * self.YEAR == 570_326_400

    def test_pati_2025_in_two_waves(self):
        first, second = 2_874 * self.of(6), 3_000 * self.of(3)
        assert (first, second, first + second) == (289_699_200, 151_200_000, 440_899_200)

    def test_lombok_timur_2023_nine_months(self):
        assert 12_698 * self.of(9) == 1_919_937_600

    def test_ppu_2025_wanted_more_than_its_ceiling_pays_for(self):
        ceiling = 3_000_000_000
        assert 15_000 * self.YEAR - ceiling == 24_000_000
        reached = people_reached(ceiling, self.YEAR)
        assert (reached, ceiling - reached * self.YEAR) == (14_880, 192_000)

    def test_sampang_2025_does_not_agree_with_its_press(self):
        people = 2_289 + 727 + 6_000
        assert (people, people * self.of(8)) == (9_016, 1_211_750_400)
        assert round(927_000_000 / (people * 16_800), 2) == 6.12

    def test_bandung_barat_2024_refused_people_free_their_money(self):
        assert 594 * self.YEAR == 119_750_400
        assert 557 * self.YEAR == 112_291_200
        assert 37 * self.YEAR == 7_459_200

    def test_sijunjung_62_nagari_of_100(self):
        assert 62 * 100 * self.YEAR == 1_249_920_000
        assert 100 * self.YEAR == 20_160_000


rupiah = st.integers(0, 200_000)
lists = st.builds(
    PriceList.made,
    st.lists(st.integers(), min_size=1, max_size=12),
    st.sets(st.sampled_from(["transport", "laut", "tani"])),
    st.functions(like=lambda month, sector: 0, returns=rupiah, pure=True),
)


@given(lists)
def test_a_price_list_is_kept_as_it_is(prices):
    assert PriceList.kept(prices.as_json()) == prices


@given(lists, st.sampled_from(["transport", "laut", "tani", "lain", None]))
def test_only_sectors_that_differ_have_prices_of_their_own(prices, sector):
    own = prices.of(sector) != prices.general
    assert (prices.key_of(sector) == sector) is own
    assert prices.cost(prices.key_of(sector)) == prices.cost(sector)


@given(st.lists(st.integers(1, 99_999), min_size=1, max_size=12))
def test_prices_in_words_add_up(prices):
    parts = [part.split(" × ") for part in in_words(prices).split(" + ")]
    numbers = [(int(price.replace(".", "")), int(months)) for price, months in parts]
    assert sum(price * months for price, months in numbers) == sum(prices)
    assert sum(months for _, months in numbers) == len(prices)
