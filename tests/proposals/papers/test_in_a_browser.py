"""Papers on a phone and on paper: they fit, axe finds nothing, sheets are numbered."""

import re
from datetime import date

import pytest

from enrollment.proposals.papers.rules import Nik
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.proposals.papers import signing
from tests.selection import short

pytestmark = pytest.mark.django_db
SHEETS = {"a4": (594.96, 841.92), "f4": (609.12, 935.04)}
"""Size of paper in points, as Chromium writes it: whole CSS pixels."""


@pytest.fixture
def proposal():
    subsidy = making.programme(people_paid=1000)
    signing.ask(subsidy, niks=Nik.WHOLE)
    proposal = making.draft(subsidy, 60)
    making.draft(subsidy, 1, first=100, name="W" * 150, address="W" * 250)
    return proposal


@pytest.mark.parametrize("width", short([360, 1280]))
def test_the_pages_fit_and_are_accessible_at_each_stage(page_at, as_person, proposal, width):
    page = page_at(width, as_person("kartika"))

    def look(*addresses):
        for address in addresses:
            page.goto(HOME + address)
            assert_accessible(page)
            assert_fits(page)
            assert_quiet(page)

    lists = f"/usulan/{proposal.pk}/"
    look(lists, f"{lists}naskah/")
    paper, _ = signing.make(proposal)
    there = f"/usulan/naskah/{paper.pk}/"
    sheets = ["pernyataan/", "berita-acara/", "daftar/", "daftar/?kertas=f4"]
    look(lists, f"{lists}naskah/", there, *(there + sheet for sheet in sheets))
    signing.scan(paper)
    look(lists, there, f"{there}pindaian/", f"/program/{proposal.programme_id}/")


def sheets_of(printed):
    found = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", printed)
    return [(float(wide), float(high)) for wide, high in found]


@pytest.mark.parametrize("size", ["a4", "f4"])
def test_the_list_to_sign_is_printed_with_its_head_on_each_sheet(
    page_at, as_person, proposal, size
):
    paper, _ = signing.make(proposal)
    page = page_at(1280, as_person("kartika"))
    page.goto(f"{HOME}/usulan/naskah/{paper.pk}/daftar/?kertas={size}")
    printed = page.pdf(prefer_css_page_size=True)
    sheets = sheets_of(printed)
    assert len(sheets) >= 4
    assert all(sheet == pytest.approx(SHEETS[size], abs=1) for sheet in sheets)
    head = page.evaluate("getComputedStyle(document.querySelector('.signing thead')).display")
    assert head == "table-header-group"
    page.emulate_media(media="print")
    assert not page.locator(".desk-bar").is_visible()
    assert page.locator(".sheet-digits").inner_text().replace(" ", "") == paper.sha256
    page.emulate_media(media="screen")


def test_each_sheet_says_the_papers_number_and_the_begin_of_the_seal(page_at, as_person, proposal):
    """Chromium takes the foot from the stylesheet of these papers."""
    paper, _ = signing.make(proposal)
    page = page_at(1280, as_person("kartika"))
    page.goto(f"{HOME}/usulan/naskah/{paper.pk}/daftar/")
    rules = page.evaluate(
        "[...document.styleSheets].flatMap(sheet => [...sheet.cssRules].map(rule => rule.cssText))"
        ".filter(text => text.includes('@page'))"
    )
    foot = f"Naskah Nomor {paper.number}  ·  kode {paper.short_seal}"
    assert any(foot in rule for rule in rules), rules
    assert any("counter(pages)" in rule for rule in rules)


def test_names_are_text_in_the_page_whatever_they_are(page_at, as_person):
    subsidy = making.programme()
    proposal = making.draft(subsidy, 1, name="<img src=x onerror=document.title='x'>")
    making.draft(subsidy, 1, first=5, name="\N{RIGHT-TO-LEFT OVERRIDE}TERBALIK")
    paper, _ = signing.make(proposal)
    page = page_at(360, as_person("kartika"))
    page.goto(f"{HOME}/usulan/naskah/{paper.pk}/daftar/")
    assert page.locator(".signing img").count() == 0
    assert page.locator(".signing td:nth-child(2) b").all_inner_texts() == [
        "<img src=x onerror=document.title='x'>", "\N{RIGHT-TO-LEFT OVERRIDE}TERBALIK",
    ]  # fmt: skip
    assert_quiet(page)


def test_the_statement_of_work_stands_across_the_row(page_at, as_person):
    """In the narrow column of the occupation it took ten lines, and 21 people took four sheets."""
    subsidy = making.programme(people_paid=1000)
    proposal = making.draft(
        subsidy, 21, workplace="Kebun kopi Dusun Krajan", work="memetik dan menjemur kopi",
        work_said_by="Suparman, ketua RT 004", work_said_on=date(2026, 4, 18),
    )  # fmt: skip
    paper, _ = signing.make(proposal)
    page = page_at(1280, as_person("kartika"))
    page.goto(f"{HOME}/usulan/naskah/{paper.pk}/daftar/")
    printed = page.pdf(prefer_css_page_size=True)
    assert len(sheets_of(printed)) <= 3
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 654, "height": 900})  # what an A4 sheet has between margins
    heights = page.locator(".signing-statement td").evaluate_all(
        "all => all.map(e => e.offsetHeight)"
    )
    page.emulate_media(media="screen")
    assert "pada 18 April 2026" in page.locator(".signing-statement").first.inner_text()
    assert len(heights) == 21 and max(heights) < 40
