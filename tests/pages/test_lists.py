"""How lists look: as many rows as the work needs on a wide screen, and a clean table on paper."""

import re

import pytest

from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_tables_fit
from tests.proposals import making
from tests.proposals.asking import of
from tests.routes.test_ways import by_way
from tests.statements.test_programmes import SAID
from villages import scope
from villages.models import Area

pytestmark = pytest.mark.django_db

HEIGHTS = """() => [...document.querySelectorAll(".rows tbody tr")]
    .map(row => row.getBoundingClientRect().height)"""
TOP = "document.querySelector('.rows').getBoundingClientRect().top"
SEEN = """part => [...document.querySelectorAll(part)]
    .filter(each => each.checkVisibility() && each.getBoundingClientRect().height).length"""


@pytest.fixture
def fifty(as_person):
    """A verifier before a list of fifty people, a few with something to look at: the others have
    said that they work, which is asked of every new member."""
    subsidy = making.programme()
    making.draft(subsidy, 46, **SAID)
    return making.submitted(subsidy, 4, first=50, findings=["kk.format"], **SAID)


def test_fifty_people_are_low_rows_and_begin_on_the_first_screen(page_at, as_person, fifty):
    page = page_at(1280, as_person("vera"))
    page.goto(f"{HOME}{of(fifty)}?status=semua")
    heights = page.evaluate(HEIGHTS)
    assert len(heights) == 50
    assert min(heights) <= 36  # one line
    assert max(heights) <= 56
    assert page.evaluate(TOP) < 500
    assert not page.locator("details.filters-more").get_attribute("open")


def test_a_note_below_a_status_makes_a_row_of_two_lines(page_at, as_person):
    """Of a list in which everybody lacks the same: it would be three screens longer."""
    proposal = making.submitted(making.programme(), 9)
    making.draft(proposal.programme, 1, first=20)
    page = page_at(1280, as_person("kartika"))
    page.goto(f"{HOME}{of(proposal)}?status=semua")
    notes = page.locator("tbody .toggle", has_text="Pernyataan belum lengkap")
    assert notes.count() == 10
    assert max(page.evaluate(HEIGHTS)) <= 60
    notes.first.locator("summary").click()
    assert_accessible(page)


@pytest.mark.parametrize("width", [768, 1024])
def test_on_a_tablet_a_wide_table_is_moved_and_not_the_page(page_at, as_person, fifty, width):
    page = page_at(width, as_person("vera"))
    page.goto(f"{HOME}/usulan/program/{fifty.programme_id}/orang/?status=semua")
    room = page.locator(".rows-room")
    assert room.evaluate("room => room.scrollWidth > room.clientWidth"), "as wide as a table gets"
    assert_fits(page)
    assert_accessible(page)


def test_on_a_desk_the_widest_list_stands_in_its_frame(page_at, as_person):
    """Ten columns, a village that is told apart by its kecamatan, the longest state."""
    subsidy = by_way(desa="dpmd")
    with scope.whole_country("tests"):
        Area.objects.filter(pk=people.SENDEN).update(name="Masaran")
        Area.objects.filter(pk=people.KAMPAK).update(name="Munjungan")
        Area.objects.filter(pk=people.BOGORAN).update(name="Masaran")
    returned = making.submitted(
        subsidy, 2, name="SUPARTININGSIH WIDYANINGRUM", occupation_text="Penangkap kepiting"
    )
    making.act("dewi", "return", returned, reason="Nama ibu kandung kurang")
    other = making.submitted(subsidy, 3, by="bagus", first=10, area=people.BOGORAN)
    making.act("dewi", "pass", other, pks=[making.entries(other)[0].pk])
    page = page_at(1280, as_person("vera"))
    page.goto(f"{HOME}/usulan/program/{subsidy.pk}/orang/?status=semua")
    assert page.get_by_text("Masaran (Kec. Munjungan)").count()
    assert page.locator("thead th").count() == 10
    assert page.locator("tbody").get_by_text("Diperiksa kecamatan/DPMD").count() == 2
    assert_tables_fit(page)


# A4 without its margins, upright and broad, in CSS pixels.
@pytest.mark.parametrize("width", [718, 1047])
def test_on_paper_a_list_is_a_table_with_its_title_and_filters(page_at, as_person, fifty, width):
    page = page_at(width, as_person("vera"))
    page.goto(f"{HOME}{of(fifty)}?status=semua&cetak=1")
    page.emulate_media(media="print")
    for part in ("nav.trail", ".nav-side", ".nav-foot", ".filters", ".bulk", ".btn", ".pick"):
        assert page.evaluate(SEEN, part) == 0, part
    for part in ("h1", ".list-about", ".pages p", ".rows thead th:nth-child(2)"):
        assert page.evaluate(SEEN, part), part
    assert page.locator(".list-about").inner_text() == "Status: Semua"
    assert page.evaluate("getComputedStyle(document.querySelector('.rows tr')).display") == (
        "table-row"
    )
    assert max(page.evaluate(HEIGHTS)) < 45
    printed = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/MediaBox \[0 0 841\.\d+ 59[45]", printed)) >= 2  # A4, broad
    page.emulate_media(media="screen")
