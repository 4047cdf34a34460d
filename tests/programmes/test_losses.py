"""How many to propose so that enough remain, checked against figures that regencies published."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enrollment.programmes.losses import Acceptance, read_percent, together
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry
from tests import people
from tests.leavings import stories
from tests.pages.source import on_one_line
from tests.proposals import making
from villages import scope

KBB = Acceptance(557, 594)
NGAWI = Acceptance(8_502, 10_000)
MONTH = 16_800


def test_ngawi_proposes_11762_to_land_at_10000():
    assert NGAWI.percent == "85,02%"
    assert NGAWI.percent_lost == "14,98%"
    assert NGAWI.to_propose(10_000) == 11_762
    assert read_percent("85,02").to_propose(10_000) == 11_762


def test_bandung_barat_lost_37_of_594_and_their_money_came_free():
    assert (KBB.percent, KBB.refused, KBB.percent_lost) == ("93,77%", 37, "6,23%")
    assert KBB.proposed * 12 * MONTH == 119_750_400
    assert KBB.accepted * 12 * MONTH == 112_291_200
    assert KBB.refused * 12 * MONTH == 7_459_200
    assert KBB.to_propose(557) == 594


def test_bojonegoro_needs_more_than_twice_as_many():
    rt_rw = read_percent("46,50")
    assert rt_rw.percent == "46,50%"
    assert rt_rw.to_propose(1_000) == 2_151


SHARES = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(1, n), st.just(n)))


def remaining(acceptance, proposed):
    """How many remain of the proposed, rounded down."""
    return proposed * acceptance.accepted // acceptance.proposed


@given(SHARES, st.integers(0, 1_000_000))
def test_as_many_as_wanted_remain_and_one_fewer_would_not_be_enough(share, wanted):
    acceptance = Acceptance(*share)
    proposed = acceptance.to_propose(wanted)
    assert remaining(acceptance, proposed) >= wanted
    assert not wanted or remaining(acceptance, proposed - 1) < wanted


@pytest.mark.parametrize(
    ("typed", "accepted"),
    [("85", 8_500), ("85,02", 8_502), ("85.02", 8_502), (" 7,5 % ", 750), ("100", 10_000)],
)
def test_percentages_as_they_are_typed(typed, accepted):
    assert read_percent(typed) == Acceptance(accepted, 10_000)


@pytest.mark.parametrize("typed", ["", "0", "0,00", "100,01", "850", "-5", "85,023", "banyak", "²"])
def test_what_is_no_percentage_is_refused_with_an_example(typed):
    with pytest.raises(ValueError, match="misalnya 85,02"):
        read_percent(typed)


def test_several_rounds_count_by_their_people():
    assert together([KBB, NGAWI]) == Acceptance(9_059, 10_594)
    assert together([]) is None
    assert together([Acceptance(0, 7)]) is None


@pytest.mark.django_db
class TestThePanel:
    """On the programme's page, for who sets it up."""

    @pytest.fixture
    def next_year(self):
        """Last year four of five were accepted."""
        last = making.programme(year=2025, first_month=date(2025, 1, 1))
        proposal = making.verified(last, 5)
        rejected, *others = [entry.pk for entry in making.entries(proposal)]
        making.act("amir", "reject", proposal, pks=[rejected], reason="Sudah dilindungi")
        making.act("amir", "approve", proposal, pks=others)
        return making.programme(people_paid=1_000)

    def panel(self, client, subsidy, query=""):
        return on_one_line(client.get(f"/program/{subsidy.pk}/{query}").content.decode())

    def test_earlier_rounds_say_how_many_to_propose_for_the_whole_ceiling(
        self, next_year, as_person
    ):
        page = self.panel(as_person("rini"), next_year)
        assert "Usulkan <b>1.250</b> orang untuk mendapat 1.000: dengan 80,00% diterima" in page
        assert "Pekerja rentan 2025" in page

    def test_who_left_was_accepted_if_months_of_theirs_had_been_paid(self, as_person, monkeypatch):
        stories.today_is(monkeypatch, date(2025, 5, 15))
        last = stories.decreed(5, year=2025, first_month=date(2025, 1, 1))
        one, other, *_ = making.entries(last)
        rini = as_person("rini")
        following = making.programme(people_paid=1_000)
        assert "dengan 100,00% diterima" in self.panel(rini, following)
        stories.left(one, on=date(2025, 5, 3))
        assert "dengan 100,00% diterima" in self.panel(rini, following)
        stories.left(other, reason="refused", by="vera", on=date(2025, 5, 4))
        assert "Usulkan <b>1.250</b> orang untuk mendapat 1.000: dengan 80,00%" in self.panel(
            rini, following
        )

    def test_a_typed_percentage_replaces_them(self, next_year, as_person):
        page = self.panel(as_person("rini"), next_year, "?wanted=10.000&percent=85,02")
        assert "Usulkan <b>11.762</b> orang untuk mendapat 10.000" in page

    def test_where_everybody_is_accepted_nobody_is_said_to_be_lost(self, next_year, as_person):
        page = self.panel(as_person("rini"), next_year, "?wanted=30&percent=100")
        assert "untuk mendapat 30: dengan 100,00% diterima, semuanya lolos." in page

    def test_without_earlier_rounds_it_waits_for_a_percentage(self, as_person):
        assert "Usulkan <b>" not in self.panel(as_person("rini"), making.programme())

    def test_bad_input_is_told_beside_its_field(self, next_year, as_person):
        page = self.panel(as_person("rini"), next_year, "?wanted=1,5&percent=banyak")
        assert "Belum dapat dihitung:" in page
        assert "Tulis persen dari 0,01 sampai 100, misalnya 85,02." in page
        assert "Usulkan <b>" not in page

    def test_the_waiting_list_is_the_reserve(self, as_person):
        subsidy = making.programme(village_quota=2)
        making.submitted(subsidy, 5)
        assert "3 orang di daftar tunggu" in self.panel(as_person("rini"), subsidy)

    def test_only_who_sets_it_up_sees_it(self, next_year, as_person):
        assert "Berapa yang perlu diusulkan" not in self.panel(as_person("vera"), next_year)

    def test_a_reserve_replaces_a_refusal_inside_the_wave(self):
        subsidy = making.programme(village_quota=2)
        proposal = making.submitted(subsidy, 3)
        first, _, waits = making.entries(proposal)
        making.act("vera", "reject", proposal, pks=[first.pk], reason="Ditolak BPJS")
        making.act("vera", "admit", proposal, pks=[waits.pk])
        assert making.states(proposal) == {"rejected": 1, "submitted": 2}
        with scope.whole_country("tests"):
            assert subsidy.quotas.get(area=people.SENDEN).used == 2
            assert Entry.objects.get(pk=waits.pk).programme == PremiumSubsidy.objects.get()
