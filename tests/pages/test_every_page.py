"""Every page that a role may open, with something on it, in a browser.

A page is skipped when it shows only kinds of elements that the same page has shown before, with
other rows or for another role. axe checks each address once at phone width, and also each page that
shows a kind of element that axe has not checked before; only there does it look at colours. At desk
width the same elements are only arranged differently, so new kinds are rare; each address is looked
at there once, and with EVERY=1 each page.

The people of WALK open everything: a village head, who has the smallest pages to wait for, and an
admin. The others open their home page and what nobody before them may open; with EVERY=1 they open
everything too. PICTURES=/a/folder saves a picture of each page.
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
    assert_tables_fit,
    open_known,
    shows_another_kind,
    transfer_size,
)
from tests.pages.large_text import misfits_with_large_text
from tests.pages.walk import FOLD, NO_PAGE, UNFOLD, addresses, pages
from tests.selection import EVERY
from villages.models import Role

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PHONE, DESK = 360, 1280
VILLAGE = ("kartika", "olan")
WALK = ("kartika", "rini")
OTHERS = ("vera", "olan", "amir", "karim", "dewi", "tani", "bima", "audi")
PARTS = {
    **{"import_d": 2, "import": 4, "proposal": 3, "programme_p": 1, "programme": 3, "worker": 5},
    **{"entry": 2, "decree": 4, "account": 6, "a": 5, "d": 3, "quota": 3, "re": 4, "": 12},
}
"""Beginning of an address ("" for all others) → the least number of its addresses that have a page;
fewer mean that the walk stopped early. Test processes share these parts. Each address belongs to
one part, so no process needs to know what another has seen."""
PICTURES = os.environ.get("PICTURES")


def test_the_walk_covers_every_role():
    assert {people.NAMES[name][0] for name in (*WALK, *OTHERS)} == set(Role)


@pytest.fixture(scope="module")
def sets(kept_for_module):
    return populated.build()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part or "others")
def test_every_page_of_every_role(part, sets, client, as_person, page_at):
    urls = list(addresses(sets, of=lambda name: part_of(name) == part))
    seen, checked, opened, faults = set(), set(), [], []
    page = page_at(PHONE, client)
    for who in (*WALK, *OTHERS):
        new = urls if EVERY or who in WALK else not_yet(opened, urls)
        for name, url, answer in pages(as_person(who), new, seen, opened):
            open_known(page, url, answer)
            if who in VILLAGE and not 30_000 < transfer_size(page) <= LARGEST:
                faults.append(f"{who} {name} {url}: {transfer_size(page)} bytes")
            for width in (PHONE, DESK) if EVERY or name not in checked else (PHONE,):
                page.set_viewport_size({"width": width, "height": 800})
                try:
                    check(page, first=width == PHONE and name not in checked)
                    if width == DESK:
                        assert_tables_fit(page)
                except AssertionError as fault:
                    faults.append(f"{who} {name} {url} at {width} px: {fault}")
                if PICTURES:
                    keep_picture(page, f"{width}-{len(seen):04}-{who}-{name}")
            checked.add(name)
    assert len({name for name, kind in seen if kind != NO_PAGE}) >= PARTS[part]
    assert not faults, "\n\n".join(faults)


def part_of(name):
    return next(part for part in PARTS if name.startswith(part))


def not_yet(opened, urls):
    """What nobody has opened, and the home page, which differs most from role to role."""
    done = {name for name, _ in opened} - {"home"}
    return [(name, url) for name, url in urls if name not in done]


def check(page, *, first):
    """`first`: axe has not checked another page of the same address."""
    misfits = misfits_with_large_text(page)
    assert not misfits, "\n".join(misfits)
    page.evaluate(FOLD)
    assert_fits(page)
    if page.evaluate(UNFOLD):
        assert_fits(page)
    if first or shows_another_kind(page):
        assert_accessible(page)
    assert_quiet(page)


def keep_picture(page, name):
    page.evaluate(FOLD)
    page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
