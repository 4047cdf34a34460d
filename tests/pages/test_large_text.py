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
    assert all(misfit.startswith("with text of 32 px: ") for misfit in misfits)
    assert any("<h1" in misfit for misfit in misfits)


def test_an_entry_of_the_menu_beyond_the_screen_is_noticed(page):
    page.evaluate(WIDEN, [".nav-foot a", "30rem"])
    assert any(misfit.endswith("of the menu") for misfit in misfits_with_large_text(page))
