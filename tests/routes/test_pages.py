"""The pages of ways and of checking, in a browser."""

import pytest

from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.routes.test_ways import by_way
from tests.selection import short

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("width", short([360, 1280]))
def test_the_pages_of_who_checks(page_at, as_person, width):
    subsidy = by_way(desa="dpmd", kelurahan="kecamatan")
    proposal = making.submitted(subsidy, 3)
    making.act("dewi", "return", proposal, pks=[making.entries(proposal)[0].pk], reason="Alamat")
    seen = {
        "rini": [f"/program/{subsidy.pk}/jalur/", "/pengaturan/rangkap/"],
        "dewi": [
            "/",
            f"/usulan/{proposal.pk}/",
            f"/usulan/program/{subsidy.pk}/orang/",
            "/usulan/",
        ],
        "vera": [f"/usulan/program/{subsidy.pk}/?q=Senden"],
        "kartika": ["/"],
    }
    for name, addresses in seen.items():
        page = page_at(width, as_person(name))
        for address in addresses:
            page.goto(f"{HOME}{address}")
            assert_accessible(page)
            assert_fits(page)
            assert_quiet(page)


@pytest.mark.parametrize("ticked", short([True, False]))
@pytest.mark.parametrize("height", short([420, 740]))
def test_the_button_of_a_question_in_the_bar_is_not_under_the_menu(
    page_at, as_person, height, ticked
):
    """On a phone, with the keyboard open (420) and without."""
    subsidy = by_way(desa="dpmd")
    making.submitted(subsidy, 9)
    page = page_at(360, as_person("dewi"))
    page.set_viewport_size({"width": 360, "height": height})
    page.goto(f"{HOME}/usulan/program/{subsidy.pk}/orang/?status=checking")
    if ticked:
        page.locator("[data-pick]").first.check()
    summary = page.locator(".bulk summary", has_text="Kembalikan")
    # As far down as it can be touched: what it opens lies below.
    summary.evaluate("s => scrollBy(0, s.getBoundingClientRect().bottom - innerHeight + 64)")
    summary.evaluate("summary => summary.click()")
    button = page.locator(".bulk .confirm[open] .actions .btn")
    if height == 420:  # the bar itself is scrolled
        page.locator(".bulk").evaluate("bar => { bar.scrollTop = bar.scrollHeight }")
    assert button.evaluate(
        "button => { const box = button.getBoundingClientRect();"
        " return button.contains(document.elementFromPoint("
        "(box.left + box.right) / 2, box.bottom - 2)); }"
    )
    page.set_viewport_size({"width": 360, "height": 740})
