"""How parts stand on a page: what belongs in one line stands in one line, and the width is used."""

import pytest

from tests import people
from tests.pages.browser import HOME
from tests.proposals import making

pytestmark = pytest.mark.django_db

TOPS = """() => [...document.querySelectorAll(".tiles .tile b")]
    .map(number => Math.round(number.getBoundingClientRect().top))"""
PLACES = """() => [...document.querySelectorAll(".tiles:not(.tiles-slim) .tile")]
    .map(tile => Math.round(tile.querySelector("b").getBoundingClientRect().top
      - tile.getBoundingClientRect().top))"""
SHOW = """number => {
    document.querySelector(".tiles:not(.tiles-slim) .tile b").textContent = number;
}"""
TRAIL = """() => [...document.querySelectorAll(".trail li")]
    .filter(part => part.checkVisibility())
    .map(part => [getComputedStyle(part, "::after").content, part.offsetTop])"""
LINES = """() => [...document.querySelectorAll(".rows tbody th a")]
    .map(name => Math.round(name.getBoundingClientRect().height))"""
HEIGHT = "document.documentElement.scrollHeight"


@pytest.mark.parametrize("width", [360, 1280])
def test_numbers_of_tiles_stand_in_one_line_although_one_has_a_note(page_at, as_person, width):
    people.worker(1)
    page = page_at(width, as_person("kartika"))
    page.goto(f"{HOME}/")
    tops = page.evaluate(TOPS)
    assert len(tops) == 2 and page.locator(".tile-note").count() == 1
    assert len(set(tops)) == 1


@pytest.mark.urls("tests.pages.urls")
@pytest.mark.parametrize("width", [360, 1280])
def test_a_long_number_stands_where_a_short_one_stands(page_at, client, width):
    """As of 40 villages of 157, or of tens of thousands of people."""
    page = page_at(width, client)
    page.goto(f"{HOME}/rancangan/")
    for number in ("40 dari 157", "157.058", "7"):
        page.evaluate(SHOW, number)
        assert len(set(page.evaluate(PLACES))) == 1, number


def test_on_a_phone_the_trail_is_the_page_above_and_no_slash_hangs(page_at, as_person):
    long = "Perlindungan pekerja rentan sektor perikanan tangkap"
    proposal = making.submitted(making.programme(name=long), 2)
    making.act("vera", "return", proposal, reason="Alamat belum jelas")
    entry = making.entries(proposal)[0]
    client = as_person("kartika")
    for width, parts in ((360, 1), (1280, 4)):
        page = page_at(width, client)
        page.goto(f"{HOME}/usulan/orang/{entry.public_id}/perbaiki/")
        trail = page.evaluate(TRAIL)
        assert len(trail) == parts
        if width == 360:
            assert [slash for slash, _ in trail if "/" in slash] == []


def test_usual_names_stand_in_one_line_on_a_wide_screen(page_at, as_person):
    names = ["NGADIMAN PAMUNGKAS", "KARSONO NUGROHO", "SITI AMINAH", "TRI WAHYUNINGSIH LESTARI"]
    for number, name in enumerate(names):
        people.worker(number, name=name, occupation_text="Buruh harian lepas")
    page = page_at(1280, as_person("kartika"))
    page.goto(f"{HOME}/pekerja/")
    heights = page.evaluate(LINES)
    assert len(heights) == len(names)
    assert max(heights) <= 24


def test_the_form_of_a_programme_uses_the_width_and_closes_what_is_not_used(page_at, as_person):
    client = as_person("rini")
    page = page_at(1280, client)
    page.goto(f"{HOME}/program/baru/")
    assert page.evaluate(HEIGHT) < 1500
    assert page.locator("details.panel[open]").count() == 0
    programme = making.programme(village_quota=5)
    page.goto(f"{HOME}/program/{programme.pk}/ubah/")
    assert page.locator("details.panel[open]").count() == 1
