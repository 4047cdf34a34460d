"""Large text is seen to fit on every page (test_every_page); here, that misfits are noticed."""

import pytest

from tests.pages.browser import HOME
from tests.pages.large_text import misfits_with_large_text

pytestmark = pytest.mark.urls("tests.pages.urls")
GALLERY = f"{HOME}/rancangan/"
WIDEN = """([selector, width]) => {
    const part = document.querySelector(selector);
    part.style.position = "absolute";
    part.style.minWidth = width;
}"""


@pytest.fixture
def page(page_at, client):
    opened = page_at(360, client)
    opened.goto(GALLERY)
    return opened


def test_the_gallery_fits(page):
    assert misfits_with_large_text(page) == []


def test_what_is_as_wide_as_many_letters_is_noticed_at_the_size_at_which_it_no_longer_fits(page):
    page.evaluate(WIDEN, ["h1", "14rem"])  # 336 px at 24 px a letter, 448 at 32
    misfits = misfits_with_large_text(page)
    assert misfits
    assert all(misfit.startswith("with text of 32 px") for misfit in misfits)
    assert any("<h1" in misfit for misfit in misfits)


def test_an_entry_of_the_menu_beyond_the_screen_is_noticed(page):
    page.evaluate(WIDEN, [".nav-foot a", "30rem"])
    assert any(misfit.endswith("of the menu") for misfit in misfits_with_large_text(page))


def test_what_flows_out_of_a_narrow_part_is_noticed(page):
    """Nothing that is drawn stands beyond the screen then but words."""
    page.evaluate("""() => {
        const part = document.querySelector("h1");
        part.style.width = "1px";
        part.style.overflowWrap = "normal";
        part.style.whiteSpace = "nowrap";
    }""")
    misfits = misfits_with_large_text(page)
    assert any("px too wide" in misfit for misfit in misfits)
    assert any("<h1" in misfit for misfit in misfits)


def test_what_is_folded_is_measured_too(page):
    page.evaluate("""() => {
        const part = document.createElement("details");
        part.innerHTML = "<summary>Buka</summary><p>Isi</p>";
        document.querySelector("main").append(part);
        part.querySelector("p").style.minWidth = "20rem";
    }""")
    assert any("<p" in misfit for misfit in misfits_with_large_text(page))
    assert page.evaluate("[...document.querySelectorAll('main details')].at(-1).open") is False
