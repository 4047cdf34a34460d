"""How lists look: as many rows as the work needs on a wide screen, and a clean table on paper."""

import re

import pytest

from tests import people
from tests.pages import populated
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_tables_fit
from tests.pages.walk import addresses
from tests.proposals import making
from tests.proposals.asking import of
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
    subsidy = making.programme()
    with scope.whole_country("tests"):
        Area.objects.filter(pk=people.SENDEN).update(name="Masaran")
        Area.objects.filter(pk=people.KAMPAK).update(name="Munjungan")
        Area.objects.filter(pk=people.BOGORAN).update(name="Masaran")
    returned = making.submitted(
        subsidy, 2, name="SUPARTININGSIH WIDYANINGRUM", occupation_text="Penangkap kepiting"
    )
    making.act("vera", "return", returned, reason="Nama ibu kandung kurang")
    making.submitted(subsidy, 2, by="bagus", first=10, area=people.BOGORAN)
    page = page_at(1280, as_person("vera"))
    page.goto(f"{HOME}/usulan/program/{subsidy.pk}/orang/?status=semua")
    assert page.get_by_text("Masaran (Kec. Munjungan)").count()
    assert page.locator("thead th").count() == 10
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


NO_LISTS = {
    "account": "the devices of one's own account",
    "account_detail": "the offices of one account",
    "area_detail": "who holds an office in one area",
    "settings": "what can be set up",
    "role_pairs": "a setting: which roles exclude each other, changed here",
    "approval_bands": "a setting: how many approvers, in two or three rows changed here",
    "home": "sums that link to their lists",
    "worker_detail": "one person",
    "proposal_list": "sums of each programme that link to their lists",
    "bulk_detail": "sums that link to their lists",
    "recheck_detail": "sums; its people have a file of their own",
    "quota_bulk": "a form; the list is quota_list",
    "import_mend": "rows to be corrected here; they have a file of their own",
    "import_differences": "a choice for each person",
    "renewal_gap": "sums of a simulation",
    "renewal_notes": "a letter for each person, all of them to be printed",
    "legal_bases": "the regulations of one programme, put in order here; the programme shows them",
}
"""Addresses whose tables or pages are no lists that anybody prints or takes along → what they are.
"""
A_LIST = re.compile(r'<table class="rows"|<nav class="pages"')
PAPER, FILE, OWN_FILE = "cetak=1", "unduh=xlsx", re.compile(r'href="[^"]*/unduh/')
"""Links to print all rows, to take them along, and to a workbook that can be uploaded again
(villages/settings/uploads.py)."""


@pytest.fixture(scope="module")
def sets(kept_for_module):
    return populated.build()


NAMED = re.compile(r"<th[^>]*>\s*(?:<a[^>]*>\s*)?Nama\b")
SORTED = re.compile(r'[?&;]urut=|name="urutkan"')
NOT_SORTED = {
    "import_rows": "in the order of the sheet, beside which it is read",
    "decree_detail": "in the order of the annex",
    "duplicate_list": "cases of two people each, the oldest first",
    "fund_list": "the few funds of the regulations, in their order",
    "reason_list": "in the order in which they are offered",
}
"""Lists with names that nobody sorts → why."""


@pytest.mark.slow
def test_every_list_with_names_is_sorted_by_the_columns_that_people_sort_by(sets, as_person):
    sorts, not_sorted = set(), {}
    for who in ("rini", "vera", "kartika", "audi"):
        client = as_person(who)
        for name, url in addresses(sets, of=lambda name: name not in sorts | NO_LISTS.keys()):
            answer = client.get(url)
            is_page = answer.status_code == 200 and "html" in answer["Content-Type"]
            if not is_page or not NAMED.search(answer.text):
                continue
            sorts.add(name) if SORTED.search(answer.text) else not_sorted.setdefault(name, url)
    less = {name: url for name, url in not_sorted.items() if name not in sorts}
    assert less.keys() == NOT_SORTED.keys(), less
    assert {"account_list", "renewal_gap_people", "programme_people"} <= sorts


@pytest.mark.slow
def test_every_list_can_be_printed_and_taken_along(sets, as_person):
    whole, less = set(), {}
    for who in ("rini", "vera", "kartika", "audi"):
        client = as_person(who)
        for name, url in addresses(sets, of=lambda name: name not in whole | less.keys()):
            answer = client.get(url)
            is_page = answer.status_code == 200 and "html" in answer["Content-Type"]
            if not is_page or not A_LIST.search(answer.text):
                continue
            offered = PAPER in answer.text and (FILE in answer.text or OWN_FILE.search(answer.text))
            whole.add(name) if offered else less.setdefault(name, url)
    assert less.keys() == NO_LISTS.keys(), less
    assert {"change_list", "retention_list", "agency_list", "duplicate_list"} <= whole
