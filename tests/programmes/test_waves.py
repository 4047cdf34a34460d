"""Waves (tahap): months, money and places of their own; together they are the programme."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from enrollment.programmes import actions, waves
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import actions as proposals
from enrollment.workers.models import Occupation, Worker
from tests import people
from tests.asked import insist
from tests.pages.source import on_one_line
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
TODAY = date(2026, 5, 20)
PATI = {"first_month": date(2026, 7, 1), "months": 6, "fund_id": "dbhcht"}


def pati(**values):
    """The programme of Pati in 2025, a year later: 2,874 people for six months."""
    return making.programme(**PATI | {"ceiling": 2_874 * 6 * 16_800} | values)


def add(to, *, opened=True, by="rini", **values):
    office = people.office(by)
    with scope.enter(office):
        wave = waves.following(to, TODAY)
        for name, value in values.items():
            setattr(wave, name, value)
        actions.add_wave(wave, to=to, occupations=to.occupations.all(), by=office)
        if opened:
            actions.open_for_lists(wave, by=office)
    return making.fresh(wave)


def second(first, **values):
    """Its second wave: 3,000 people from October to December."""
    october = {"first_month": date(2026, 10, 1), "months": 3, "ceiling": 3_000 * 3 * 16_800}
    return add(first, **october | values)


def test_a_programme_of_one_wave_has_no_words_for_it():
    subsidy = pati()
    assert (str(subsidy), subsidy.wave, subsidy.wave_name) == ("Pekerja rentan 2026", 1, "")
    with scope.enter(people.office("rini")):
        assert waves.of(subsidy, people.office("rini")) is None


def test_the_programme_sums_its_waves():
    later = second(pati())
    with scope.enter(people.office("rini")):
        whole = waves.of(later, people.office("rini"))
    assert [str(wave) for wave in whole.waves] == [
        "Pekerja rentan 2026, Tahap 1",
        "Pekerja rentan 2026, Tahap 2",
    ]
    assert whole.ceiling == 289_699_200 + 151_200_000 == 440_899_200


def test_places_money_and_lists_belong_to_a_wave():
    first = pati(village_quota=5)
    later = second(first, village_quota=2)
    making.approved(first, 3)
    making.approved(later, 2, first=10)
    first, later = making.fresh(first), making.fresh(later)
    assert (first.committed, later.committed) == (3 * 100_800, 2 * 50_400)
    with scope.whole_country("tests"):
        used = {wave.wave: wave.quotas.get(area=people.SENDEN).used for wave in (first, later)}
    assert used == {1: 3, 2: 2}


def test_the_next_wave_begins_with_the_rules_of_the_latest_one():
    first = pati(minimum_age=20, required_registry="DTSEN", months=3)
    with scope.enter(people.office("rini")):
        wave = waves.following(first, TODAY)
    assert (wave.wave, wave.wave_name, wave.source) == (2, "Tahap 2", "perubahan")
    assert (wave.minimum_age, wave.required_registry, wave.fund_id) == (20, "DTSEN", "dbhcht")
    assert (wave.first_month, wave.months) == (date(2026, 10, 1), 3)


@pytest.mark.parametrize(
    ("months", "today", "first_month"),
    [
        (3, date(2026, 5, 20), date(2026, 10, 1)),  # after the months of the first wave
        (6, date(2026, 8, 20), date(2026, 9, 1)),  # these last to December: after this month
        (6, date(2025, 11, 28), date(2026, 1, 1)),  # the year has not begun: all of it
        (6, date(2027, 2, 1), date(2026, 12, 1)),  # the year is over: the form asks
    ],
)
def test_when_it_may_begin(months, today, first_month):
    first = pati(months=months)
    with scope.enter(people.office("rini")):
        assert waves.following(first, today).first_month == first_month


def test_the_third_wave_is_numbered_after_the_second():
    first = pati()
    later = second(first)
    third = add(later, ceiling=1_000_000, name="Lain", year=2031)
    assert (third.wave, third.first_id) == (3, first.pk)
    assert (third.name, third.year) == ("Pekerja rentan", 2026)


class TestTheDatabaseKeepsWavesAlike:
    def test_a_new_name_is_that_of_all_waves(self):
        later = second(pati())
        with scope.enter(people.office("rini")):
            first = PremiumSubsidy.objects.get(pk=later.first_id)
            first.name = "Petani dan nelayan"
            actions.change(first, occupations=[], by=people.office("rini"))
        assert str(making.fresh(later)) == "Petani dan nelayan 2026, Tahap 2"

    @pytest.mark.parametrize(
        ("values", "broken"),
        [
            ({"name": "Lain"}, "subsidy_waves_alike"),
            ({"year": 2027}, "subsidy_waves_alike"),
            ({"first": None}, "subsidy_first_wave_is_one"),
            ({"wave_name": ""}, "subsidy_wave_has_a_name"),
        ],
    )
    def test_another_wave_cannot_differ(self, values, broken):
        later = second(pati())
        with (
            scope.whole_country("tests"),
            pytest.raises(IntegrityError, match=broken),
            transaction.atomic(),
        ):
            PremiumSubsidy.objects.filter(pk=later.pk).update(**values)

    def test_the_year_of_a_programme_with_waves_stays(self):
        later = second(pati())
        with scope.enter(people.office("rini")), pytest.raises(Refusal, match="bertahap"):
            first = PremiumSubsidy.objects.get(pk=later.first_id)
            first.year, first.first_month = 2027, date(2027, 1, 1)
            actions.change(first, occupations=[], by=people.office("rini"))


class TestOnePersonInTwoWaves:
    def test_of_different_months_is_protected_in_both(self):
        first = pati(months=3)
        proposal = making.approved(first, 1)
        later = second(first)
        again = making.draft(later, 0)
        self.pick(again, proposal)
        assert making.states(again) == {"draft": 1}
        self.hand_in(again)
        assert making.states(again) == {"submitted": 1}

    def test_of_the_same_months_is_refused(self):
        first = pati()
        proposal = making.approved(first, 1)
        again = making.draft(second(first), 0)
        self.pick(again, proposal)
        with pytest.raises(Refusal, match="Belum ada yang dapat diajukan"):
            self.hand_in(again)
        assert making.states(again) == {"draft": 1}

    def pick(self, again, proposal):
        office = people.office("kartika")
        with scope.enter(office):
            chosen = Worker.objects.filter(entries__proposal=proposal)
            proposals.pick(again, chosen, by=office)

    def hand_in(self, again):
        office = people.office("kartika")
        with scope.enter(office):
            proposals.submit(again, by=office)


class TestPages:
    TYPED = {
        "wave_name": "Tahap perubahan", "source": "perubahan", "fund": "dbhcht",
        "category": "rentan", "segment": "BPU", "components": ["JKK", "JKM"], "start": "10",
        "months": "3", "wage": "1.000.000", "ceiling": "151.200.000", "minimum_age": "17",
        "maximum_age": "65", "save": "1",
    }  # fmt: skip

    def test_a_wave_is_added_and_all_are_shown(self, as_person):
        subsidy = pati()
        rini = as_person("rini")
        asked = on_one_line(rini.get(f"/program/{subsidy.pk}/tahap/").content.decode())
        assert 'name="year"' not in asked
        answer = insist(rini, f"/program/{subsidy.pk}/tahap/", self.TYPED, follow=True)
        shown = on_one_line(answer.content.decode())
        assert "Pekerja rentan 2026, Tahap perubahan tersimpan" in shown
        assert "dari <b>Rp440.899.200</b>" in shown

    def test_the_form_begins_with_the_occupations_of_the_latest_wave(self, as_person):
        """A fund for tobacco farmers stays one: nobody has to tick them again."""
        first = pati(minimum_age=20)
        fishers = Occupation.objects.filter(name="Nelayan")
        with scope.whole_country("tests"):
            first.occupations.set(fishers)
        asked = as_person("rini").get(f"/program/{first.pk}/tahap/")
        assert list(asked.context["form"]["occupations"].value()) == ["fisher"]
        assert asked.context["form"].limits_are_used

    def test_a_village_adds_none(self, as_person):
        subsidy = pati()
        assert as_person("kartika").get(f"/program/{subsidy.pk}/tahap/").status_code == 403

    def test_a_wave_is_changed_without_its_programme(self, as_person):
        later = second(pati(), opened=False)
        typed = {**self.TYPED, "name": "Lain", "year": "2031"}
        insist(as_person("rini"), f"/program/{later.pk}/ubah/", typed)
        kept = making.fresh(later)
        assert str(kept) == "Pekerja rentan 2026, Tahap perubahan"
