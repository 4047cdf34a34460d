"""Who takes the place of somebody who left is paid for the months that remain, everywhere alike."""

from datetime import date

import pytest
from openpyxl import load_workbook

from enrollment.coverage.models import Cover
from enrollment.programmes import months
from enrollment.proposals import bulk, candidates, costs, replacing, repricing
from enrollment.proposals.models import Entry, Proposal
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts
from tests.leavings import stories
from tests.leavings.stories import MAY, MONTH
from tests.proposals import making
from tests.proposals import test_two_programmes as two_programmes
from tests.proposals.asking import of, text
from tests.proposals.making import YEAR
from tests.proposals.test_repricing import half_from_july
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
JUNE, NEXT_YEAR = date(2026, 6, 1), date(2027, 1, 1)


@pytest.fixture(autouse=True)
def in_may(monkeypatch):
    stories.today_is(monkeypatch, MAY)


def replaced(**values):
    """Somebody left in May, and who waited has been approved in their place: (list, their row)."""
    proposal = stories.decreed(2, village_quota=2, people_paid=2, **values)
    making.submitted(proposal.programme, 1, first=40)
    stories.left(making.entries(proposal)[0])
    kartika = people.office("kartika")
    with scope.enter(kartika):
        replacing.take(proposal, by=kartika)
    making.act("vera", "verify", proposal)
    making.act("amir", "approve", proposal)
    return proposal, making.entries(proposal)[2]


def test_their_months_begin_with_the_next_one():
    proposal, entry = replaced()
    assert (entry.state, entry.first_month, entry.cost) == ("approved", JUNE, 7 * MONTH)
    assert stories.committed(proposal.programme) == 2 * YEAR  # the ceiling: five months and seven
    assert stories.used(proposal.programme) == 2


def test_before_the_months_begin_they_are_paid_for_the_whole_wave(monkeypatch):
    stories.today_is(monkeypatch, date(2025, 12, 20))
    proposal = stories.decreed(2, village_quota=2, people_paid=2)
    making.submitted(proposal.programme, 1, first=40)
    stories.left(making.entries(proposal)[0], reason="refused", by="vera", on=date(2025, 12, 19))
    making.act("vera", "admit", proposal)
    making.act("vera", "verify", proposal)
    making.act("amir", "approve", proposal)
    entry = making.entries(proposal)[2]
    assert (entry.first_month, entry.cost) == (None, YEAR)


def test_whoever_is_approved_before_a_decree_is_paid_for_the_whole_wave():
    entry = making.entries(making.approved(making.programme(), 1))[0]
    assert (entry.first_month, entry.cost) == (None, YEAR)


def test_in_the_last_month_nobody_is_approved_any_more(monkeypatch):
    proposal = stories.decreed(1)
    more = making.verified(proposal.programme, 1, by="bagus", area=people.BOGORAN, first=40)
    stories.today_is(monkeypatch, date(2026, 12, 1))
    with pytest.raises(Refusal, match="tidak menyisakan bulan"):
        making.act("amir", "approve", more)
    stories.today_is(monkeypatch, date(2026, 11, 30))
    making.act("amir", "approve", more)
    assert making.entries(more)[0].cost == MONTH


def test_taking_the_approval_back_forgets_the_month():
    proposal, entry = replaced()
    making.act("amir", "unapprove", proposal, pks=[entry.pk])
    assert making.entries(proposal)[2].first_month is None
    assert stories.committed(proposal.programme) == stories.cost_of_everybody(proposal.programme)


def test_the_decree_names_pays_and_seals_their_own_months():
    proposal, entry = replaced()
    decree = drafts.issue(drafts.draft(proposal.programme, number="188/2", date=date(2026, 5, 20)))
    with scope.whole_country("tests"):
        row = decree.entries.get()
        assert (row.entry_id, row.months, row.premium, row.cost) == (entry.pk, 7, MONTH, 7 * MONTH)
        assert decree.total == 7 * MONTH
        assert (decree.header["first_month"], decree.header["months"]) == ("2026-06-01", 7)
    assert stories.months_of(entry) == (JUNE, NEXT_YEAR)


def test_the_annex_says_which_months():
    proposal, _ = replaced()
    decree = drafts.issue(drafts.draft(proposal.programme, number="188/2", date=date(2026, 5, 20)))
    annex = drafts.printed(decree)["full"]
    with scope.whole_country("tests"), annex.file.open("rb") as file:
        cells = [cell.value for row in load_workbook(file).active for cell in row if cell.value]
    assert any("Juni–Desember 2026 (7 bulan)" in str(value) for value in cells)


def test_months_that_another_fund_paid_before_are_no_double_cover():
    """The person's months count, not those of the wave."""
    proposal = stories.decreed(2, village_quota=2)
    making.submitted(proposal.programme, 1, first=40)
    waiting = making.entries(proposal)[2]
    people.cover(waiting.worker, date(2026, 1, 1), JUNE)
    found = against(proposal.programme, waiting)
    assert found == []
    people.cover(waiting.worker, JUNE, date(2026, 7, 1))
    assert against(proposal.programme, waiting) == ["coverage.double"]


def against(programme, entry):
    with scope.enter(people.office("vera")):
        workers = Worker.objects.filter(pk=entry.worker_id)
        verdict = candidates.examine(making.fresh(programme), workers)[entry.worker_id]
    return [finding.code for finding in verdict.against]


def test_another_wave_may_pay_for_the_months_before():
    """What is promised to a replacement are their own months, in the SQL as well."""
    _, entry = replaced()
    other = making.programme(name="Awal tahun", first_month=date(2026, 2, 1), months=4)
    assert against(other, entry) == []
    later = making.programme(name="Tengah tahun", first_month=date(2026, 2, 1), months=5)
    assert against(later, entry) == ["coverage.double"]


def test_who_has_left_is_promised_nothing_but_what_was_paid():
    proposal = stories.decreed(1)
    entry = making.entries(proposal)[0]
    other = making.programme(name="Tengah tahun", first_month=JUNE, months=6)
    assert against(other, entry) == ["coverage.double"]
    stories.left(entry)
    assert against(other, entry) == []
    with scope.whole_country("tests"):
        assert Cover.objects.get().months.upper == JUNE


def test_repricing_gives_each_the_prices_of_their_own_months():
    proposal, entry = replaced()
    half_from_july()
    rini = people.office("rini")
    with scope.enter(rini):
        programme = making.fresh(proposal.programme)
        seen = repricing.outlook(programme)
        job = repricing.start(programme, by=rini, seen=seen.mark)
    repricing.proceed(job.pk)
    gone, stayed, came = making.entries(proposal)
    assert gone.cost == 5 * MONTH  # what was paid stays as it was paid
    assert stayed.cost == 6 * MONTH + 6 * MONTH // 2
    assert (came.pk, came.cost, came.first_month) == (entry.pk, MONTH + 6 * MONTH // 2, JUNE)
    assert stories.committed(programme) == stories.cost_of_everybody(programme)
    assert making.fresh(job).difference == seen.difference == -2 * 6 * MONTH // 2


def test_the_rule_of_months_in_sql_is_that_of_python():
    proposal, entry = replaced()
    other = making.programme(name="Lain", first_month=date(2026, 2, 1), months=4)
    with scope.enter(people.office("vera")):
        ((_, first, after),) = candidates._asked("promised_months", other, [entry.worker_id])
        assert (first, after) == months.of(proposal.programme, entry.first_month)


def test_a_job_reserves_what_their_months_cost():
    proposal = stories.decreed(1, people_paid=2)
    more = making.verified(proposal.programme, 1, by="bagus", area=people.BOGORAN, first=40)
    with scope.enter(people.office("amir")):
        programme = making.fresh(proposal.programme)
        assert costs.of_everybody(programme, Entry.objects.filter(proposal=more)) == 7 * MONTH
    job = making.begin(people.office("amir"), "approve", programme, proposal=more)
    bulk.proceed(job.pk)
    assert making.entries(more)[0].cost == 7 * MONTH
    assert stories.committed(programme) == YEAR + 7 * MONTH


def test_who_has_left_is_told_on_the_next_list_without_the_reason(as_person):
    proposal = stories.decreed(2)
    stories.left(making.entries(proposal)[0], reason="withdrew", words="Sering sesak")
    later = making.programme(name="Tahun depan", first_month=date(2027, 1, 1), months=12, year=2027)
    there = of(two_programmes.also(later, proposal))
    for who in ("kartika", "vera"):
        page = text(as_person(who).get(there, {"status": "semua"}))
        assert page.count("Pernah keluar dari program") == 1, who
        assert "Tercatat keluar dari Pekerja rentan 2026." in page and "sesak" not in page


def test_what_was_left_long_ago_is_not_told(as_person):
    proposal = stories.decreed(1)
    stories.left(making.entries(proposal)[0])
    later = making.programme(name="Jauh", first_month=date(2028, 1, 1), months=12, year=2028)
    page = text(
        as_person("vera").get(of(two_programmes.also(later, proposal)), {"status": "semua"})
    )
    assert "Pekerja 0" in page and "Pernah keluar" not in page


def free_place():
    """Somebody has left, and one person waits for the place."""
    proposal = stories.decreed(2, village_quota=2, people_paid=10)
    making.submitted(proposal.programme, 1, first=40)
    stories.left(making.entries(proposal)[0])
    return proposal


def offered_and_taken(proposal):
    """(what the pages offer, what taking it says)."""
    kartika = people.office("kartika")
    with scope.enter(kartika):
        seen = Proposal.objects.select_related("programme").get(pk=proposal.pk)
        shown = (replacing.offer_of(seen), *replacing.offers(kartika, 10))
        try:
            return shown, replacing.take(seen, by=kartika)
        except Refusal as refusal:
            return shown, str(refusal)


def test_an_open_programme_offers_the_place():
    shown, taken = offered_and_taken(free_place())
    assert ([offer.people for offer in shown], taken) == ([1, 1], 1)


@pytest.mark.parametrize("state", ["draft", "closed"])
def test_a_programme_that_is_not_open_offers_no_place(state):
    proposal = free_place()
    with scope.whole_country("tests"):
        type(proposal.programme).objects.update(state=state)
    shown, taken = offered_and_taken(proposal)
    assert shown == (None,)
    assert "tidak sedang dibuka" in taken


def test_in_the_last_month_no_place_is_offered_any_more(monkeypatch):
    proposal = free_place()
    stories.today_is(monkeypatch, date(2026, 12, 1))
    shown, taken = offered_and_taken(proposal)
    assert shown == (None,)
    assert "tidak menyisakan bulan" in taken
