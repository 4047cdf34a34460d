"""Every page that a role may open, with something on it, in a browser.

A page on which nothing is of another kind than on the same page before, with other rows or for
another role, is not looked at again.
PICTURES=/a/folder keeps a picture of each.
"""

import os
import re
from pathlib import Path

import pytest
from django.urls import reverse

from tests import people
from tests.access.addresses import DECLARED
from tests.pages import populated
from tests.pages.browser import (
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    transfer_size,
)
from villages.models import Role

pytestmark = pytest.mark.django_db

PHONE, DESK = 360, 1280
VILLAGE = ("kartika", "olan")
WIDER = ("vera", "amir", "rini", "karim", "tani", "bima", "audi")
PARTS = {"import": 5, "proposal": 3, "programme": 4, "worker": 5, "": 12}
"""What an address begins with, "" for the others → how many of them have a page, at least, or the
walk did not get far. Two processes share the parts; what one has seen says nothing of another's,
since an address is of one part."""
CARD = 110
"""Pixels that a card of one person is high on a phone, at most."""
PICTURES = os.environ.get("PICTURES")
ALSO = {
    "worker_list": ["?kelengkapan=belum", "?q=tidak-ada"],
    "import_rows": ["?keadaan=error"],
    "proposal_detail": ["?status=semua", "?status=returned"],
    "programme_people": ["?status=semua", "?status=approved"],
    "duplicate_list": ["?sudah=1"],
}
"""Addresses that show something else with a filter."""
UNFOLD = """() => document.querySelectorAll("details:not([data-menu])")
    .forEach(part => { part.open = true })"""
FOLD = UNFOLD.replace("true", "false")


def test_every_role_looks():
    assert {people.NAMES[name][0] for name in (*VILLAGE, *WIDER)} == set(Role)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part or "others")
def test_every_page_of_every_role(part, as_person, page_at):
    urls, seen, faults = list(addresses(part, populated.build())), set(), []
    for who in VILLAGE + WIDER:
        client = as_person(who)
        page = page_at(PHONE, client)
        for name, url in pages(client, urls, seen):
            open_page(page, url)
            if who in VILLAGE and not 30_000 < transfer_size(page) <= LARGEST:
                faults.append(f"{who} {name} {url}: {transfer_size(page)} bytes")
            for width in (PHONE, DESK):
                try:
                    check(page, width)
                except AssertionError as fault:
                    faults.append(f"{who} {name} {url} at {width} px: {fault}")
                if PICTURES:
                    keep_picture(page, f"{width}-{len(seen):04}-{who}-{name}")
        page.context.close()
    assert len({name for name, _ in seen}) >= PARTS[part]
    assert not faults, "\n\n".join(faults)


def test_a_card_of_a_person_is_small_and_opens_as_a_whole(as_person, page_at):
    for number in range(3):
        people.worker(number)
    page = page_at(360, as_person("kartika"))
    page.goto(HOME + reverse("worker_list"))
    card = page.locator(".rows tbody tr").last
    size = card.bounding_box()
    assert size["height"] <= CARD
    card.click(position={"x": size["width"] - 8, "y": size["height"] - 8})
    page.get_by_role("heading", name="Identitas").wait_for()


def pages(client, urls, seen):
    """(name, url) of each page that the client's person may open and that is not `seen`."""
    for name, url in urls:
        answer = client.get(url)
        if answer.status_code != 200 or answer.streaming or b"<html" not in answer.content:
            continue
        kinds = {(name, kind) for kind in outline_of(answer.content.decode())}
        if not kinds <= seen:
            seen |= kinds
            yield name, url


def addresses(part, sets):
    for name, address in DECLARED.items():
        if address.leaves or part_of(name) != part:
            continue
        for url in sorted(urls_of(name, address, sets)):
            yield from ((name, url + query) for query in ["", *ALSO.get(name, [])])


def part_of(name):
    return next(part for part in PARTS if name.startswith(part))


def urls_of(name, address, sets):
    if address.of is None:
        return {reverse(name)}
    urls = set()
    for rows in sets:
        try:
            urls.add(reverse(name, kwargs=address.of(rows)))
        except AttributeError:  # this set has nothing for this address
            continue
    return urls


def outline_of(html):
    """The kinds of elements on a page, whatever their number and words; tones and icons are
    looked at in the gallery."""
    plain = re.sub(r"<svg.*?</svg>| tone-\w+", "", html, flags=re.S)
    return set(re.findall(r'<(\w+(?: class="[^"]*")?)', plain))


def open_page(page, url):
    page.goto("about:blank")  # ends what the last page still polls for
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.loaded.clear()
    page.complaints.clear()
    page.goto(HOME + url)


def check(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate(FOLD)
    assert_fits(page)
    page.evaluate(UNFOLD)
    assert_fits(page)
    assert_accessible(page)
    assert_quiet(page)


def keep_picture(page, name):
    page.evaluate(FOLD)
    page.screenshot(path=Path(PICTURES) / f"{name}.png", full_page=True)
