"""Setting up, changing, opening and closing a programme."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from enrollment.programmes import actions, budget, pricing, quotas
from enrollment.programmes.models import PremiumSubsidy, Quota, Tariff, TariffDiscount
from enrollment.programmes.prices import PriceList
from enrollment.programmes.rules import ProgrammeError
from enrollment.workers.models import Occupation
from tests import people
from tests.proposals import making
from tests.seeds import DISCOUNTS, TARIFFS
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def change(subsidy, *, by="rini", **values):
    rini = people.office(by)
    with scope.enter(rini):
        edited = PremiumSubsidy.objects.get(pk=subsidy.pk)
        for name, value in values.items():
            setattr(edited, name, value)
        actions.change(edited, occupations=[], by=rini)


def quota_of(subsidy, area=people.SENDEN):
    with scope.whole_country("tests"):
        return Quota.objects.get(programme=subsidy, area=area)


def test_a_new_portal_has_the_contribution_table():
    assert Tariff.objects.count() == len(TARIFFS)
    assert TariffDiscount.objects.count() == len(DISCOUNTS)


class TestPrices:
    def test_come_from_the_tariff(self):
        assert making.programme().prices == {"": [16_800] * 12}
        Tariff.objects.filter(segment="BPU", component="JKM").update(valid_until=date(2026, 12, 31))
        Tariff.objects.create(
            segment="BPU", component="JKM", valid_from=date(2027, 1, 1), amount=7_000, source="Uji"
        )
        later = making.programme(name="Nanti", year=2027, first_month=date(2027, 1, 1))
        assert later.price_list.a_month == 17_000

    def test_a_month_without_a_tariff_is_refused(self):
        with pytest.raises(ProgrammeError, match="Belum ada tarif"):
            making.programme(year=2015, first_month=date(2015, 1, 1))

    def test_a_company_pays_half_for_a_while(self):
        subsidy = making.programme(fund_id="csr", first_month=date(2026, 3, 1), months=2)
        assert subsidy.price_list.general == (16_800, 8_400)
        assert (subsidy.price_in_words, subsidy.cost_a_person) == ("16.800 × 1 + 8.400 × 1", 25_200)

    def test_a_pension_for_wage_earners(self):
        everything = ["JKK", "JKM", "JHT", "JP"]
        subsidy = making.programme(segment="PPU", components=everything, wage=2_000_000)
        assert subsidy.price_list.a_month == 184_800

    def test_no_pension_without_a_wage(self):
        with pytest.raises(ProgrammeError, match="hanya untuk penerima upah") as refused:
            making.programme(components=["JKK", "JKM", "JP"])
        assert refused.value.code == "component.jp_for_bpu"


class TestChange:
    def test_the_ceiling_stays_above_what_is_committed(self):
        subsidy = making.approved(making.programme(), 2).programme
        with pytest.raises(Refusal, match=r"di bawah Rp403\.200, yang sudah terpakai"):
            change(subsidy, ceiling=403_199)
        change(subsidy, ceiling=403_200)
        assert making.fresh(subsidy).ceiling == 403_200

    def test_what_a_person_costs_is_fixed_once_somebody_is_approved(self):
        subsidy = making.programme()
        change(subsidy, months=6)
        assert making.fresh(subsidy).months == 6
        subsidy = making.approved(making.programme(name="Lain"), 1).programme
        with pytest.raises(Refusal, match="Buat program baru"):
            change(subsidy, months=6)
        change(subsidy, name="Nama baru")

    def test_an_edit_does_not_undo_approvals_that_came_while_the_form_was_open(self):
        subsidy = making.programme()
        rini = people.office("rini")
        with scope.enter(rini):
            opened_early = PremiumSubsidy.objects.get(pk=subsidy.pk)
        making.approved(subsidy, 2)
        with scope.enter(rini):
            actions.change(opened_early, occupations=[], by=rini)
        assert making.fresh(subsidy).committed == 2 * making.YEAR

    def test_a_name_is_unique_in_a_year(self):
        making.programme()
        with pytest.raises(Refusal, match="Beri nama lain"):
            making.programme()

    def test_drafts_are_not_shown_to_villages(self):
        making.programme(opened=False)
        for who, seen in (("kartika", 0), ("tani", 0), ("rini", 1), ("vera", 1)):
            office = people.office(who)
            with scope.enter(office):
                assert PremiumSubsidy.objects.visible_to(office).count() == seen, who


class TestQuotas:
    def test_every_village_gets_one_when_the_programme_opens(self):
        subsidy = making.programme(village_quota=40)
        with scope.whole_country("tests"):
            rows = Quota.objects.filter(programme=subsidy)
            assert set(rows.values_list("people", flat=True)) == {40}
            assert rows.count() == 152 + 5

    def test_opening_twice_changes_nothing(self):
        subsidy = making.programme(village_quota=40)
        quotas_before = quota_of(subsidy).pk
        rini = people.office("rini")
        with scope.enter(rini):
            actions.open_for_lists(subsidy, by=rini)
            actions.close(subsidy, by=rini)
            actions.open_for_lists(subsidy, by=rini)
        assert quota_of(subsidy).pk == quotas_before

    def test_an_exception_is_kept_when_the_quota_of_the_programme_changes(self):
        subsidy = making.programme(village_quota=40)
        rini = people.office("rini")
        with scope.enter(rini):
            quotas.change(quota_of(subsidy), people=70, by=rini)
        change(subsidy, village_quota=50)
        assert quota_of(subsidy).people == 70
        assert quota_of(subsidy, people.BOGORAN).people == 50

    def test_a_limit_can_be_set_and_lifted_while_lists_are_coming_in(self):
        subsidy = making.programme()
        making.submitted(subsidy, 3)
        change(subsidy, village_quota=3)
        assert (quota_of(subsidy).people, quota_of(subsidy).left) == (3, 0)
        change(subsidy, village_quota=None)
        assert quota_of(subsidy).left is None

    def test_a_quota_cannot_be_below_the_places_held(self):
        subsidy = making.programme(village_quota=5)
        making.submitted(subsidy, 3)
        rini = people.office("rini")
        with scope.enter(rini), pytest.raises(Refusal, match="di bawah jumlah orang"):
            quotas.change(quota_of(subsidy), people=2, by=rini)
        with pytest.raises(Refusal, match="di bawah jumlah orang"):
            change(subsidy, village_quota=2)


class TestAVillageWithoutAQuota:
    """One that came after the programme opened. Places are counted nowhere but in its quota."""

    def without_quota(self, **values):
        subsidy = making.programme(**values)
        with scope.whole_country("tests"):
            Quota.objects.filter(programme=subsidy, area=people.SENDEN).delete()
        return subsidy

    def test_gets_the_quota_of_the_programme_with_its_first_list(self):
        subsidy = self.without_quota(village_quota=2)
        making.submitted(subsidy, 3)
        quota = quota_of(subsidy)
        assert (quota.people, quota.used, quota.queued) == (2, 2, 1)

    def test_gives_places_back_as_any_other(self):
        subsidy = self.without_quota()
        proposal = making.submitted(subsidy, 3)
        making.act("vera", "reject", proposal, reason="Data salah.")
        assert quota_of(subsidy).used == 0


def test_a_quota_that_counts_places_cannot_be_deleted():
    subsidy = making.programme(village_quota=5)
    making.submitted(subsidy, 3)
    with scope.whole_country("tests"):
        with pytest.raises(IntegrityError, match="cannot be deleted"), transaction.atomic():
            Quota.objects.filter(programme=subsidy, area=people.SENDEN).delete()
        assert Quota.objects.filter(programme=subsidy, area=people.BOGORAN).delete()[0] == 1


class TestAPriceAtWhichSomebodyIsApproved:
    """The tariff table may change later; what was approved keeps its price."""

    def test_stays_when_the_programme_is_renamed(self, monkeypatch):
        subsidy = making.programme()
        making.approved(subsidy, 2)
        monkeypatch.setattr(pricing, "price_list", lambda programme: PriceList((33_600,) * 12))
        change(subsidy, name="Nama baru")
        kept = making.fresh(subsidy)
        assert (kept.name, kept.price_list.a_month) == ("Nama baru", 16_800)
        assert kept.committed == 2 * making.YEAR

    def test_follows_the_tariff_while_nobody_is_approved(self, monkeypatch):
        subsidy = making.programme()
        monkeypatch.setattr(pricing, "price_list", lambda programme: PriceList((33_600,) * 12))
        change(subsidy, name="Nama baru")
        assert making.fresh(subsidy).price_list.a_month == 33_600

    def test_stays_where_whoever_is_approved_costs_nothing(self):
        """No money is committed then, and a decree names their months all the same."""
        subsidy = self.free_for_drivers()
        proposal = making.approved(subsidy, 1, occupation=Occupation.objects.get(pk="driver"))
        assert making.fresh(subsidy).committed == 0
        for values in ({"months": 3}, {"first_month": date(2026, 6, 1), "months": 3}, {"wage": 2}):
            with pytest.raises(Refusal, match="Sudah ada orang yang disetujui"):
                change(subsidy, **values)
        change(subsidy, name="Nama baru")
        making.act("amir", "unapprove", proposal)
        change(subsidy, months=3)
        assert making.fresh(subsidy).months == 3

    def test_no_script_moves_the_months_of_whoever_is_approved(self):
        waves = [making.programme(), making.programme(name="Lain")]
        making.approved(waves[0], 1)
        with scope.whole_country("tests"):
            row, other = (PremiumSubsidy.objects.filter(pk=wave.pk) for wave in waves)
            for values in ({"months": 1}, {"first_month": date(2026, 2, 1)}):
                with (
                    pytest.raises(IntegrityError, match="stay as they are"),
                    transaction.atomic(),
                ):
                    row.update(**values)
                assert other.update(**values) == 1

    def free_for_drivers(self):
        for component in ("JKK", "JKM"):
            TariffDiscount.objects.create(
                segment="BPU", component=component, percent=100, source="Uji",
                sectors=["transport"], valid_from=date(2026, 1, 1),
                valid_until=date(2026, 12, 31),
            )  # fmt: skip
        TariffDiscount.objects.exclude(source="Uji").delete()
        return making.programme(fund_id="csr")

    def test_is_not_one_that_was_changed_while_somebody_approved(self):
        stale = making.programme()
        change(making.fresh(stale), months=1)
        with scope.enter(people.office("amir")), pytest.raises(Refusal, match="baru saja diubah"):
            budget.commit(stale, 2, 2 * making.YEAR)
        assert making.fresh(stale).committed == 0


def test_places_taken_while_a_quota_is_edited_are_kept():
    subsidy = making.programme(village_quota=10)
    stale = quota_of(subsidy)
    making.submitted(subsidy, 3)
    with scope.enter(people.office("rini")):
        stale.people = 9
        stale.save()
    assert (quota_of(subsidy).people, quota_of(subsidy).used) == (9, 3)
