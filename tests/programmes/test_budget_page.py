"""The page of a programme's money: by wave, fund and village, and what another plan would cost."""

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollment.programmes import budget
from tests import people
from tests.decrees import drafts
from tests.leavings import stories
from tests.pages.browser import HOME, assert_accessible, assert_fits
from tests.pages.source import on_one_line
from tests.programmes.test_waves import pati, second
from tests.proposals import making
from tests.reports import reading
from tests.selection import short
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def shown(client, subsidy, **asked):
    answer = client.get(f"/program/{subsidy.pk}/anggaran/", {"hitung": 1, **asked} if asked else {})
    assert answer.status_code == 200
    return on_one_line(answer.content.decode())


def test_ceiling_committed_and_what_still_fits(as_person):
    subsidy = making.approved(making.programme(people_paid=10), 3).programme
    page = shown(as_person("rini"), subsidy)
    assert "<b>Rp604.800</b> dari pagu Rp2.016.000" in page
    assert "cukup untuk <b>7</b> orang lagi selama 12 bulan" in page


def test_each_wave_and_each_fund(as_person):
    first = pati()
    later = second(first, fund_id="provinsi")
    making.approved(later, 2)
    page = shown(as_person("rini"), first)
    assert "Rp440.899.200" in page
    assert "DBHCHT" in page and "APBD provinsi" in page
    assert "2.998 orang" in page  # of the second wave


@pytest.fixture
def with_five_months_left(monkeypatch):
    """A wave of two people, all of whose money is used, has begun. One left in May: of the ceiling
    seven months of one person are left, and from August on five can still be paid."""
    stories.today_is(monkeypatch, stories.MAY)
    proposal = stories.decreed(2, people_paid=2)
    stories.left(making.entries(proposal)[0])
    stories.today_is(monkeypatch, date(2026, 7, 10))
    return making.fresh(proposal.programme)


def test_once_the_months_have_begun_the_rest_is_counted_at_the_months_that_remain(
    as_person, with_five_months_left
):
    subsidy = with_five_months_left
    assert subsidy.left == 7 * stories.MONTH  # less than a person costs for the whole wave
    told = "cukup untuk <b>1</b> orang lagi selama 5 bulan (Rp84.000 seorang)"
    rini = as_person("rini")
    assert told in shown(rini, subsidy)
    assert told in on_one_line(rini.get(f"/program/{subsidy.pk}/").content.decode())
    plans = shown(rini, subsidy, people="3")
    assert "Masih muat sekarang" in plans and "16.800 × 5" in plans


def test_over_budget_says_how_many_people_and_months_still_fit(with_five_months_left):
    subsidy = with_five_months_left
    more = making.verified(subsidy, 2, by="bagus", area=people.BOGORAN, first=40)
    with pytest.raises(Refusal) as refused:
        making.act("amir", "approve", more)
    told = "cukup untuk 1 orang selama 5 bulan atau 2 orang selama 3 bulan, sedangkan yang dipilih"
    assert told in str(refused.value) and "2 orang (Rp168.000)" in str(refused.value)


def test_over_budget_in_thousands_is_written_with_dots():
    """PPU 2025 (M5) where the money is committed, and not only on the page of another plan."""
    subsidy = making.programme(ceiling=3_000_000_000)
    told = (
        "Sisa pagu Rp3.000.000.000 cukup untuk 14.880 orang selama 12 bulan atau 15.000 orang "
        "selama 11 bulan, sedangkan yang dipilih 15.000 orang (Rp3.024.000.000)"
    )
    with scope.enter(people.office("amir")):
        with pytest.raises(Refusal, match=re.escape(told)):
            budget.commit(subsidy, 15_000, 15_000 * making.YEAR)
        budget.commit(subsidy, 14_880, 14_880 * making.YEAR)
    assert making.fresh(subsidy).left == 192_000


def test_in_the_last_month_nothing_fits_any_more(as_person, with_five_months_left, monkeypatch):
    stories.today_is(monkeypatch, date(2026, 12, 5))
    page = shown(as_person("rini"), with_five_months_left, people="3")
    assert "Tidak ada lagi bulan yang dapat dibayar" in page


def test_each_wave_counts_its_own_months_with_one_query(monkeypatch, django_assert_num_queries):
    first = making.approved(pati(), 1).programme
    later = making.approved(second(first), 1, first=40).programme
    for number, wave in enumerate((first, later)):
        drafts.issue(drafts.draft(wave, number=f"100.3.3.2/{number}"))
    first, later = making.fresh(first), making.fresh(later)
    stories.today_is(monkeypatch, date(2026, 10, 8))
    with scope.enter(people.office("rini")), django_assert_num_queries(1):
        fits = budget.fitting_each([first, later])
    assert [fits[wave.pk].months for wave in (first, later)] == [2, 2]
    stories.today_is(monkeypatch, date(2026, 9, 30))
    with scope.enter(people.office("rini")):
        fits = budget.fitting_each([first, later])
    assert [fits[wave.pk].months for wave in (first, later)] == [3, 3]
    assert fits[later.pk].people_that_fit == 3_000 - 1


def test_a_village_with_its_approved_people_and_their_money(as_person):
    subsidy = making.approved(making.programme(village_quota=5), 2).programme
    url = f"/program/{subsidy.pk}/anggaran/?urut=-terpakai"
    page = on_one_line(as_person("rini").get(url).content.decode())
    row = page[page.index("Senden") :]
    assert "Rp403.200" in row[: row.index("</tr>")]


def test_every_number_of_people_leads_to_as_many(as_person):
    """An approved person whom a decree names stands in another list, so also in another column."""
    subsidy = stories.decreed(2, village_quota=5).programme
    making.approved(subsidy, 1, first=40)
    rini = as_person("rini")
    page = rini.get(f"/program/{subsidy.pk}/anggaran/?urut=-terpakai").content.decode()
    row = page[page.index(people.SENDEN) :]
    links = re.findall(r'href="([^"]*status=\w+)"\s*>([\d.]+)</a>', row[: row.index("</tr>")])
    told = {parse_qs(urlsplit(unescape(url)).query)["status"][0]: int(n) for url, n in links}
    assert told in ({"approved": 1, "decreed": 2}, {"held": 3, "approved": 1, "decreed": 2})
    for url, number in links:
        assert reading.total(rini.get(unescape(url)).content.decode()) == int(number), url


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (
            {"people": "15.000", "ceiling": "3.000.000.000"},
            ["Kurang Rp24.000.000", "<b>14.880 orang</b> selama 12 bulan (sisa Rp192.000)",
             "15.000 orang selama <b>11 bulan</b>"],
        ),
        ({"people": "10", "months": "3", "start": "10"}, ["Cukup", "16.800 × 3", "Rp504.000"]),
        (
            {"people": "9.016", "months": "8", "ceiling": "2.000.000.000",
             "announced": "927.000.000"},
            ["Diumumkan Rp927.000.000, hitungannya Rp1.211.750.400", "cukup untuk 6,12 bulan"],
        ),
        ({"people": "seribu"}, ["bukan angka"]),
        ({"people": "10", "start": "13"}, ["Bagaimana bila"]),
    ],
)  # fmt: skip
def test_another_plan(as_person, asked, told):
    page = shown(as_person("rini"), making.programme(), **asked)
    for words in told:
        assert words in page


def test_a_discount_in_the_year_is_part_of_another_plan(as_person):
    subsidy = making.programme(fund_id="csr", first_month=date(2026, 1, 1), months=3)
    page = shown(as_person("rini"), subsidy, people="1", months="12")
    assert "16.800 × 3 + 8.400 × 9" in page
    assert "Rp126.000" in page


def test_a_village_may_not_see_it(as_person):
    subsidy = making.programme()
    assert as_person("kartika").get(f"/program/{subsidy.pk}/anggaran/").status_code == 403


def test_queries_do_not_grow_with_the_villages(as_person):
    rini, subsidy = as_person("rini"), making.programme()
    counts = []
    for village, area in (("kartika", people.SENDEN), ("bagus", people.BOGORAN)):
        making.approved(subsidy, 1, by=village, area=area, first=len(counts) * 10)
        with CaptureQueriesContext(connection) as queries:
            shown(rini, subsidy)
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("width", short([360, 1280]))
def test_the_page_is_accessible_and_fits(page_at, as_person, width):
    first = pati(village_quota=5)
    making.approved(second(first), 2)
    page = page_at(width, as_person("rini"))
    page.goto(f"{HOME}/program/{first.pk}/anggaran/?hitung=1&people=15.000&announced=5.000")
    assert_accessible(page)
    assert_fits(page)


def test_a_button_beside_a_field_stands_level_with_it(page_at, as_person):
    subsidy = making.programme()
    page = page_at(1280, as_person("rini"))
    page.goto(f"{HOME}/program/{subsidy.pk}/anggaran/")
    field = page.get_by_label("Jumlah yang diumumkan").bounding_box()
    button = page.get_by_role("button", name="Hitung").bounding_box()
    assert button["y"] + button["height"] == pytest.approx(field["y"] + field["height"], abs=2)
