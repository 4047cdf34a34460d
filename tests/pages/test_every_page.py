"""Every page that a role may open, with something on it, in a browser.

A page is skipped when it shows only kinds of elements that the same page has shown before, with
other rows or for another role. axe checks each page at phone width. At desk width the same elements
are only arranged differently, so axe checks a page there only if it shows a new kind of element.
PICTURES=/a/folder saves a picture of each page.
"""

import os
from pathlib import Path

import pytest

from tests import people
from tests.pages import populated
from tests.pages.browser import (
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    open_known,
    transfer_size,
)
from tests.pages.walk import FOLD, NO_PAGE, UNFOLD, addresses, pages
from villages.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PHONE, DESK = 360, 1280
VILLAGE = ("kartika", "olan")
WIDER = ("vera", "amir", "rini", "karim", "tani", "bima", "audi")
PARTS = {"import": 5, "proposal": 3, "programme": 4, "worker": 5, "": 12}
"""Beginning of an address ("" for all others) → the least number of its addresses that have a page;
fewer mean that the walk stopped early. Test processes share these parts. Each address belongs to
one part, so no process needs to know what another has seen."""
PICTURES = os.environ.get("PICTURES")


def test_the_walk_covers_every_role():
    assert {people.NAMES[name][0] for name in (*VILLAGE, *WIDER)} == set(Role)


@pytest.fixture(scope="module")
def sets(kept_for_module):
    return populated.build()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part or "others")
def test_every_page_of_every_role(part, sets, client, as_person, page_at):
    urls = list(addresses(sets, of=lambda name: part_of(name) == part))
    seen, judged, faults = set(), set(), []
    page = page_at(PHONE, client)
    for who in VILLAGE + WIDER:
        for name, url, answer in pages(as_person(who), urls, seen):
            page.set_viewport_size({"width": PHONE, "height": 800})
            open_known(page, url, answer)
            if who in VILLAGE and not 30_000 < transfer_size(page) <= LARGEST:
                faults.append(f"{who} {name} {url}: {transfer_size(page)} bytes")
            for width in (PHONE, DESK):
                try:
                    check(page, width, judged if width == DESK else None)
                except AssertionError as fault:
                    faults.append(f"{who} {name} {url} at {width} px: {fault}")
                if PICTURES:
                    keep_picture(page, f"{width}-{len(seen):04}-{who}-{name}")
    assert len({name for name, kind in seen if kind != NO_PAGE}) >= PARTS[part]
    assert not faults, "\n\n".join(faults)


def part_of(name):
    return next(part for part in PARTS if name.startswith(part))


def check(page, width, judged):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(FOLD)
    assert_fits(page)
    page.evaluate(UNFOLD)
    assert_fits(page)
    assert_accessible(page, judged)
    assert_quiet(page)


def keep_picture(page, name):
    page.evaluate(FOLD)
    page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
