"""Somebody leaves after the prices have changed and before their own row costs what they say."""

from datetime import date

import pytest
from django.urls import reverse

from enrollment.leavings import actions
from enrollment.programmes.models import PremiumSubsidy, TariffDiscount
from enrollment.proposals import repricing
from tests import people
from tests.leavings import stories
from tests.leavings.stories import MONTH
from tests.proposals import making
from tests.proposals.test_repricing import half_from_july
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
NOVEMBER = date(2026, 11, 3)


@pytest.fixture
def cheap(monkeypatch):
    """Three people are decreed at a discount, which has ended: their row costs less than the
    programme says, for the job has not run. Returns (list, job)."""
    stories.today_is(monkeypatch, date(2026, 11, 10))
    TariffDiscount.objects.create(
        segment="BPU", component="JKM", percent=50, source="Uji", sectors=[],
        valid_from=date(2026, 1, 1), valid_until=date(2026, 12, 31),
    )  # fmt: skip
    proposal, rini = stories.decreed(3), people.office("rini")
    TariffDiscount.objects.all().delete()
    with scope.enter(rini):
        wave = making.fresh(proposal.programme)
        job = repricing.start(wave, by=rini, seen=repricing.outlook(wave).mark)
    assert making.entries(proposal)[0].cost < 11 * MONTH  # what stays costs more than all did
    return proposal, job


def test_what_comes_free_has_the_prices_of_today(cheap):
    proposal, job = cheap
    leaving = stories.left(making.entries(proposal)[0], on=NOVEMBER)
    assert (leaving.freed, making.entries(proposal)[0].cost) == (MONTH, 11 * MONTH)
    assert stories.committed(proposal.programme) == stories.cost_of_everybody(proposal.programme)
    repricing.proceed(job.pk)
    assert stories.committed(proposal.programme) == (11 + 12 + 12) * MONTH


def test_it_is_the_same_after_the_job(cheap):
    proposal, job = cheap
    repricing.proceed(job.pk)
    leaving = stories.left(making.entries(proposal)[0], on=NOVEMBER)
    assert (leaving.freed, making.entries(proposal)[0].cost) == (MONTH, 11 * MONTH)
    assert stories.committed(proposal.programme) == (11 + 12 + 12) * MONTH


def test_a_ceiling_that_cannot_bear_it_is_a_sentence(cheap, as_person):
    proposal, _ = cheap
    leaving = stories.filed(making.entries(proposal)[0], on=NOVEMBER)
    with scope.whole_country("tests"):
        wave = PremiumSubsidy.objects.filter(pk=proposal.programme_id)
        wave.update(ceiling=making.fresh(proposal.programme).committed)
    with pytest.raises(Refusal, match="Pagu kurang"):
        stories.do("amir", actions.approve, leaving)
    amir, page = as_person("amir"), reverse("leaving_detail", args=[leaving.public_id])
    assert "Rp16.800" in amir.get(page).text
    answer = amir.post(reverse("leaving_approve", args=[leaving.public_id]), follow=True)
    assert "Pagu kurang" in answer.text
    assert making.entries(proposal)[0].state == "approved"


def test_a_worker_dies_on_the_way_and_two_leave_before_another_goes_on(monkeypatch):
    """One of the two has the new price already, the other the old one; nothing is counted twice."""
    stories.today_is(monkeypatch, stories.MAY)
    monkeypatch.setattr(repricing, "BATCH", 2)
    proposal, rini = stories.decreed(5), people.office("rini")
    half_from_july()
    with scope.enter(rini):
        wave = making.fresh(proposal.programme)
        job = repricing.start(wave, by=rini, seen=repricing.outlook(wave).mark)
    reprice, turns = repricing._reprice, []

    def then_it_dies(programme, held):
        changed = reprice(programme, held)
        turns.append(changed)
        if len(turns) == 2:
            raise SystemExit
        return changed

    monkeypatch.setattr(repricing, "_reprice", then_it_dies)
    with pytest.raises(SystemExit):
        repricing.proceed(job.pk)
    assert making.fresh(job).cursor == 2
    year, cheaper = 12 * MONTH, 6 * MONTH + 6 * MONTH // 2
    rows = making.entries(proposal)
    assert [row.cost for row in rows] == [cheaper, cheaper, year, year, year]
    assert stories.committed(wave) == stories.cost_of_everybody(wave)
    for row in (rows[0], rows[4]):
        stories.left(row)
        assert stories.committed(wave) == stories.cost_of_everybody(wave)
    repricing.proceed(job.pk)
    assert making.fresh(job).state == "done"
    costs = [row.cost for row in making.entries(proposal)]
    assert costs == [5 * MONTH, cheaper, cheaper, cheaper, 5 * MONTH]
    assert stories.committed(wave) == sum(costs)
