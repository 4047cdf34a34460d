"""Every part in every state is small and accessible, fits a phone and works without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from tests.pages.browser import (
    FONT_FAMILIES,
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    shows_another_kind,
    transfer_size,
)
from tests.selection import short

pytestmark = pytest.mark.urls("tests.pages.urls")
GALLERY = f"{HOME}/rancangan/"
WIDTHS = [360, 768, 1024, 1280]


def test_parts_are_accessible_and_fit(page_at, client):
    page = page_at(360, client)
    page.goto(GALLERY)
    assert_accessible_and_fits(page, WIDTHS)
    assert_quiet(page)


def test_opened_parts_are_accessible_and_fit(page_at, client):
    page = page_at(360, client)
    page.goto(GALLERY)
    page.evaluate("document.querySelectorAll('details').forEach(part => { part.open = true })")
    assert_accessible_and_fits(page, [360, 1280])


def assert_accessible_and_fits(page, widths):
    """axe checks the page at phone width, and wider ones only if they show something else."""
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        if width == widths[0] or shows_another_kind(page):
            assert_accessible(page)
        assert_fits(page)


USE_FONT = """family => {
    document.documentElement.style.setProperty("--bs-body-font-family", `"${family}"`);
    return document.body.offsetHeight;  // lays the page out
}"""


def test_pages_are_measured_in_the_fonts_of_the_tests(page_at, client):
    page = page_at(360, client)
    page.goto(GALLERY)
    devtools = page.context.new_cdp_session(page)
    devtools.send("DOM.enable")
    devtools.send("CSS.enable")
    for family in FONT_FAMILIES:
        page.evaluate(USE_FONT, family)
        root = devtools.send("DOM.getDocument")["root"]["nodeId"]
        heading = devtools.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})
        used = devtools.send("CSS.getPlatformFontsForNode", heading)["fonts"]
        assert [font["familyName"] for font in used] == [family]
    devtools.detach()


def test_the_largest_page_is_small(page_at, client):
    page = page_at(360, client)
    page.goto(GALLERY)
    assert transfer_size(page) < LARGEST


@pytest.mark.parametrize("width", short([360, 1280]))
def test_a_refused_form_shows_where_and_keeps_what_was_typed(page_at, client, width):
    page = page_at(width, client)
    page.goto(GALLERY)
    page.get_by_label("NIK", exact=True).fill("350315")
    page.get_by_role("button", name="Simpan", exact=True).click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    summary.get_by_role("link", name=re.compile("Nama lengkap")).click()
    name = page.get_by_label("Nama lengkap")
    expect(name).to_be_focused()
    assert name.get_attribute("aria-invalid") == "true"
    described = name.get_attribute("aria-describedby")
    assert "Belum diisi" in page.locator(f"#{described}").inner_text()
    assert page.get_by_label("NIK", exact=True).input_value() == "350315"
    assert_accessible(page)
    assert_fits(page)


def test_ticking_counts_and_one_box_ticks_all(page_at, client):
    page = page_at(1280, client)
    page.goto(GALLERY)
    page.get_by_label("Pilih JOKO").check()
    assert page.get_by_text("1 orang dipilih").is_visible()
    page.get_by_label("Pilih semua").check()
    assert page.get_by_text("5 orang dipilih").is_visible()


def test_menus_close_on_escape(page_at, client):
    page = page_at(1280, client)
    page.goto(GALLERY)
    page.locator(".office summary").click()
    assert page.get_by_role("button", name="Keluar").is_visible()
    page.keyboard.press("Escape")
    assert not page.get_by_role("button", name="Keluar").is_visible()


TWO_CLICKS = """button => {
    let sent = 0;
    document.addEventListener("submit", event => {
        sent += !event.defaultPrevented;
        event.preventDefault();
    });
    button.click();
    button.click();
    return sent;
}"""


def test_a_second_click_sends_nothing(page_at, client):
    page = page_at(1280, client)
    page.goto(GALLERY)
    assert page.get_by_role("button", name="Loloskan").evaluate(TWO_CLICKS) == 1


def test_everything_is_reachable_without_javascript(page_at, client):
    page = page_at(360, client, javascript=False)
    page.goto(GALLERY)
    page.locator(".office summary").click()
    assert page.get_by_role("button", name="Keluar").is_visible()
    page.locator(".office summary").click()
    page.get_by_text("Lainnya").click()
    assert page.locator(".nav-more").get_by_role("link", name="Keputusan").is_visible()
    page.get_by_text("Lainnya").click()
    page.get_by_text("Tolak orang ini").click()
    assert page.get_by_role("button", name="Ya, tolak").is_visible()


def test_table_stays_a_table_where_it_looks_like_cards(page_at, client):
    """With `display: block` screen readers no longer see a table; ARIA roles restore it."""
    page = page_at(360, client)
    page.goto(GALLERY)
    table = page.get_by_role("table", name="Pekerja dalam daftar")
    assert table.get_by_role("row").count() == 6
    assert table.get_by_role("rowheader", name="SITI AMINAH").count() == 1
    assert table.get_by_role("columnheader", name="Status").count() == 1
