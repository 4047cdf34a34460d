"""The home pages in a real browser, at the width of a phone."""

from datetime import date

import pytest

from tests import people
from tests.decrees import drafts
from tests.pages.browser import (
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    transfer_size,
)
from tests.proposals import making
from tests.selection import short
from villages import scope

pytestmark = pytest.mark.django_db

ABOVE_THE_MENU = """() => {
    const button = document.querySelector(".todos .btn").getBoundingClientRect()
    return button.bottom <= document.querySelector(".nav-foot").getBoundingClientRect().top
}"""


@pytest.fixture
def work(db):
    """Rows that give every role something to do."""
    subsidy = making.programme()
    sent = making.submitted(subsidy, 3)
    with scope.whole_country("tests"):
        back = list(sent.entries.values_list("pk", flat=True)[:1])
    making.act("vera", "return", sent, pks=back, reason="Alamat belum jelas")
    making.verified(subsidy, 2, by="bagus", first=20, area=people.BOGORAN)
    making.submitted(subsidy, 2, by="tani", first=40)
    first = date(2098, 1, 1)
    decreed = drafts.programme(name="Tahun lalu", year=2098, first_month=first, months=12,
                               maximum_age=150)  # fmt: skip
    drafts.approve(decreed, drafts.village_of(60))
    drafts.issue(drafts.draft(decreed))
    drafts.approve(subsidy, drafts.village_of(61))


@pytest.mark.parametrize(
    "name",
    short(["kartika", "vera", "rini", "amir", "karim", "olan", "tani", "bima", "audi"], keep=4),
)
def test_the_next_step_is_on_the_first_screen_of_a_phone(page_at, as_person, work, name):
    page = page_at(360, as_person(name))
    page.goto(f"{HOME}/")
    assert page.evaluate(ABOVE_THE_MENU)
    assert_accessible(page)
    assert_fits(page)
    assert_quiet(page)
    assert transfer_size(page) < LARGEST


def test_the_home_page_works_without_scripts(page_at, as_person, work):
    page = page_at(360, as_person("kartika"), javascript=False)
    page.goto(f"{HOME}/")
    page.click(".todos .btn >> nth=0")
    assert "status=unrepaired" in page.url
