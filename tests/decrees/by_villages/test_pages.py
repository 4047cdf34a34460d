"""Pages of a village's own decree on a phone and on a screen, for its head and for the Dinas."""

import pytest
from django.urls import reverse

from tests.decrees.by_villages import own
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.selection import short

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def draft(story):
    """One more list, for which the money that is left does not suffice."""
    own.approved(story.subsidy, 2, first=300)
    own.budget(story.subsidy, ceiling=own.THREE + 16_800)
    return own.unnumbered(story.subsidy)


@pytest.mark.parametrize("width", short([360, 1280]))
def test_pages_of_the_head(width, story, draft, page_at, as_person):
    page = page_at(width, as_person("kartika"))
    for address in (
        reverse("decree_list"),
        reverse("village_budget", args=[story.subsidy.pk]),
        reverse("signatory_list"),
        reverse("signatory_new"),
        reverse("decree_detail", args=[draft.pk]),
        reverse("decree_freeze", args=[draft.pk]),
        reverse("decree_detail", args=[story.decree.pk]),
    ):
        page.goto(f"{HOME}{address}")
        assert_accessible(page)
        assert_fits(page)
        assert_quiet(page)


@pytest.mark.parametrize("width", short([360, 1280]))
def test_pages_of_the_regency(width, story, page_at, as_person):
    page = page_at(width, as_person("rini"))
    for address in (
        reverse("decree_list"),
        reverse("who_decides", args=[story.subsidy.pk]),
        reverse("programme_detail", args=[story.subsidy.pk]),
        reverse("decree_detail", args=[story.decree.pk]),
    ):
        page.goto(f"{HOME}{address}")
        assert_accessible(page)
        assert_fits(page)
        assert_quiet(page)
