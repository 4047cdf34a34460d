"""Every page with its text at one and a half and at twice its size, as phones and browsers can be
set: nothing scrolls sideways, and the whole menu can be reached."""

import pytest

from tests.pages import populated
from tests.pages.browser import Pages, answer_from, launched, open_known
from tests.pages.walk import addresses, pages

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

USUAL = 16  # px
TOO_WIDE = """() => document.documentElement.scrollWidth <= innerWidth ? [] :
  [...document.body.querySelectorAll("*")].filter(
    part => part.checkVisibility() && part.getBoundingClientRect().right > innerWidth + 1
  ).map(part => part.outerHTML.slice(0, 120))"""
MENU_OUT_OF_SIGHT = """() => [...document.querySelectorAll(".nav-foot a, .nav-side a")].filter(
    part => part.checkVisibility() && part.getBoundingClientRect().right > innerWidth + 1
  ).map(part => part.textContent.trim())"""


@pytest.fixture(scope="module")
def sets(kept_for_module):
    return populated.build()


@pytest.mark.parametrize("times", [1.5, 2])
def test_every_page_fits_with_large_text(times, sets, client, as_person, chromium, static_server):
    flag = f"--blink-settings=defaultFontSize={int(USUAL * times)}"
    browser = launched(chromium.browser_type, static_server, flag)
    page, faults, broken, seen = Pages(browser).take(javascript=True), [], [], set()
    answer_from(client, page, broken)
    for who in ("kartika", "rini"):
        for name, url, answer in pages(as_person(who), list(addresses(sets)), seen):
            open_known(page, url, answer)
            for width in (360, 1280):
                page.set_viewport_size({"width": width, "height": 800})
                faults += [f"{name} at {width} px: {part}" for part in page.evaluate(TOO_WIDE)]
                hidden = page.evaluate(MENU_OUT_OF_SIGHT)
                faults += [f"{name} at {width} px: {entry} of the menu" for entry in hidden]
    size = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    browser.close()
    assert size == f"{int(USUAL * times)}px"
    assert len(seen) > 20 and not broken
    assert not faults, "\n".join(faults)
