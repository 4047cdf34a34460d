"""Prices follow a tariff that has changed in the year, for the approved people too."""

from datetime import date

import pytest
from django.db.models import Sum

from enrollment.programmes.models import PremiumSubsidy, Tariff, TariffDiscount
from enrollment.proposals import repricing
from enrollment.proposals.models import Entry, Repricing
from enrollment.workers.models import Occupation, Worker
from tests import people
from tests.pages.source import on_one_line
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
HALF_FROM_JULY = 6 * 16_800 + 6 * 8_400


def half_from_july(**values):
    for component in ("JKK", "JKM"):
        TariffDiscount.objects.create(
            segment="BPU", component=component, valid_from=date(2026, 7, 1),
            valid_until=date(2026, 12, 31), percent=50, source="Uji", **values,
        )  # fmt: skip


def dearer_from_july():
    Tariff.objects.filter(segment="BPU", component="JKM").update(valid_until=date(2026, 6, 30))
    Tariff.objects.create(
        segment="BPU", component="JKM", valid_from=date(2026, 7, 1), amount=7_000, source="Uji"
    )


def start(subsidy, seen=None):
    rini = people.office("rini")
    with scope.enter(rini):
        programme = PremiumSubsidy.objects.get(pk=subsidy.pk)
        mark = seen or repricing.outlook(programme).mark
        return repricing.start(programme, by=rini, seen=mark)


def money(subsidy):
    """(committed, sum of the approved people's costs)"""
    with scope.whole_country("tests"):
        rows = Entry.objects.filter(programme=subsidy, state="approved")
        return (
            PremiumSubsidy.objects.get(pk=subsidy.pk).committed,
            rows.aggregate(cost=Sum("cost", default=0))["cost"],
        )


def test_a_cheaper_tariff_gives_money_back():
    proposal = making.approved(making.programme(), 3)
    half_from_july()
    job = start(proposal.programme)
    assert making.fresh(proposal.programme).price_in_words == "16.800 × 6 + 8.400 × 6"
    assert money(proposal.programme) == (3 * making.YEAR, 3 * making.YEAR)
    repricing.proceed(job.pk)
    assert money(proposal.programme) == (3 * HALF_FROM_JULY, 3 * HALF_FROM_JULY)
    job = making.fresh(job)
    assert (job.state, job.changed, job.difference) == ("done", 3, 3 * -50_400)


def test_only_the_sector_of_the_discount_pays_less():
    subsidy = making.programme()
    drivers = Occupation.objects.get(pk="motorcycle_taxi_driver")
    making.approved(subsidy, 2)
    proposal = making.approved(subsidy, 1, by="bagus", first=50, area=people.BOGORAN,
                               occupation=drivers)  # fmt: skip
    half_from_july(sectors=["transport"])
    repricing.proceed(start(subsidy).pk)
    assert money(subsidy) == (2 * making.YEAR + HALF_FROM_JULY,) * 2
    (driver,) = making.entries(proposal)
    assert (driver.sector_id, driver.cost) == ("transport", HALF_FROM_JULY)


def test_a_dearer_tariff_needs_room_under_the_ceiling():
    subsidy = making.approved(making.programme(people_paid=2), 2).programme
    dearer_from_july()
    with pytest.raises(Refusal, match=r"Pagu kurang Rp2\.400"):
        start(subsidy)
    with scope.whole_country("tests"):
        PremiumSubsidy.objects.filter(pk=subsidy.pk).update(ceiling=2 * making.YEAR + 2_400)
    repricing.proceed(start(subsidy).pk)
    assert money(subsidy) == (2 * making.YEAR + 2_400,) * 2


def test_money_that_is_used_up_on_the_way_stops_the_job_and_everything_still_agrees(monkeypatch):
    monkeypatch.setattr(repricing, "BATCH", 1)
    subsidy = making.approved(making.programme(people_paid=3), 2).programme
    dearer_from_july()
    job = start(subsidy)
    with scope.whole_country("tests"):  # as if others were approved meanwhile
        PremiumSubsidy.objects.filter(pk=subsidy.pk).update(ceiling=2 * making.YEAR + 1_200)
    repricing.proceed(job.pk)
    job = making.fresh(job)
    assert (job.state, job.changed) == ("refused", 1)
    assert "Pagu kurang Rp1.200" in job.message
    assert money(subsidy) == (2 * making.YEAR + 1_200,) * 2
    with scope.whole_country("tests"):
        PremiumSubsidy.objects.filter(pk=subsidy.pk).update(ceiling=2 * making.YEAR + 2_400)
    repricing.proceed(start(subsidy).pk)
    assert money(subsidy) == (2 * making.YEAR + 2_400,) * 2


def test_who_is_approved_meanwhile_costs_the_new_price_once():
    subsidy = making.programme()
    making.approved(subsidy, 1)
    half_from_july()
    job = start(subsidy)
    making.approved(subsidy, 2, by="bagus", first=50, area=people.BOGORAN)
    repricing.proceed(job.pk)
    assert money(subsidy) == (3 * HALF_FROM_JULY,) * 2
    assert making.fresh(job).changed == 1


def test_what_changed_since_it_was_shown_is_shown_again():
    subsidy = making.approved(making.programme(), 1).programme
    half_from_july()
    with scope.enter(people.office("rini")):
        seen = repricing.outlook(PremiumSubsidy.objects.get(pk=subsidy.pk)).mark
    making.approved(subsidy, 1, by="bagus", first=50, area=people.BOGORAN)
    with pytest.raises(Refusal, match="sekali lagi"):
        start(subsidy, seen)
    assert making.fresh(subsidy).price_list.a_month == 16_800


def test_there_is_one_at_a_time():
    subsidy = making.approved(making.programme(), 1).programme
    half_from_july()
    start(subsidy)
    with pytest.raises(Refusal, match="masih berjalan"):
        start(subsidy)


def test_without_approved_people_nothing_is_left_to_do():
    subsidy = making.programme()
    half_from_july()
    assert start(subsidy) is None
    assert making.fresh(subsidy).cost_a_person == HALF_FROM_JULY
    assert not Repricing.objects.exists()


def test_the_pages_lead_from_the_programme_to_the_result(as_person):
    subsidy = making.approved(making.programme(), 2).programme
    rini, url = as_person("rini"), f"/usulan/program/{subsidy.pk}/iuran/"
    assert "Lihat dan sesuaikan" not in shown(rini, f"/program/{subsidy.pk}/")
    assert "Iurannya sudah sesuai tarif" in shown(rini, url)
    half_from_july()
    assert "Lihat dan sesuaikan" in shown(rini, f"/program/{subsidy.pk}/")
    page = shown(rini, url)
    assert "Rp403.200 menjadi <b>Rp302.400</b>" in page
    seen = page.partition('name="seen" value="')[2].partition('"')[0]
    rini.post(url, {"seen": seen})
    assert "Menyesuaikan iuran" in shown(rini, url)
    with scope.whole_country("tests"):
        job = Repricing.objects.get()
    repricing.proceed(job.pk)
    assert "2 orang, selisih -Rp100.800" in shown(rini, url)


def test_a_village_may_not(as_person):
    subsidy = making.programme()
    url = f"/usulan/program/{subsidy.pk}/iuran/"
    assert as_person("kartika").post(url, {"seen": ""}).status_code == 403


def test_the_price_of_the_sector_holds_from_approval_on():
    """An occupation that is changed later changes nothing."""
    half_from_july(sectors=["transport"])
    drivers = Occupation.objects.get(pk="driver")
    subsidy = making.programme()
    proposal = making.approved(subsidy, 2, occupation=drivers)
    assert money(subsidy) == (2 * HALF_FROM_JULY,) * 2
    with scope.whole_country("tests"):
        Worker.objects.update(occupation="farmer")
    making.act("amir", "unapprove", proposal)
    assert money(subsidy) == (0, 0)


def shown(client, url):
    return on_one_line(client.get(url).content.decode())
