"""The pages of what changes a decree, in a browser."""

import os

import pytest
from django.urls import reverse

from enrollment.proposals.models import Entry
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.amendments.making import amend, amended, correct
from tests.decrees.revoking.test_revoking import revoked
from tests.leavings import stories
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.selection import short
from villages import scope

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.fixture
def chain(monkeypatch):
    """An issued decree, an issued amendment of it, and a draft of the next."""
    stories.today_is(monkeypatch, stories.MAY)
    subsidy = making.programme()
    making.approved(subsidy, 4)
    base = signing.fresh(drafts.issue(drafts.draft(subsidy)))
    with scope.whole_country("tests"):
        first, second, third, _ = Entry.objects.select_related("worker").order_by("pk")
    correct(first.worker, name="Siti Aminah")
    stories.left(second)
    making.approved(subsidy, 2, by="bagus", area=people.BOGORAN, first=500)
    june = amended(base, day=stories.MAY.replace(day=10))
    stories.left(third)
    return base, june, amend(base)


@pytest.mark.parametrize("width", short([360, 1280]))
def test_every_page_fits_and_is_accessible(page_at, as_person, chain, width):
    base, june, draft = chain
    page = page_at(width, as_person("rini"))
    for name, decree in (
        ("decree_detail", base), ("decree_detail", june), ("decree_detail", draft),
        ("amendment_changes", june), ("list_in_force", base), ("decree_revoke", base),
    ):  # fmt: skip
        page.goto(f"{HOME}{reverse(name, args=[decree.pk])}")
        assert_accessible(page)
        assert_fits(page)
        assert_quiet(page)
        look(page, f"{name}-{decree.ordinal}-{decree.state}-{width}")


@pytest.mark.parametrize("width", short([360, 1280]))
def test_a_revoked_decree(page_at, as_person, chain, width):
    base, june, draft = chain
    client = as_person("rini")
    client.post(reverse("decree_discard", args=[draft.pk]))
    revoked(base, day=stories.MAY.replace(day=12))
    page = page_at(width, client)
    for address in (
        reverse("decree_detail", args=[base.pk]), reverse("decree_detail", args=[june.pk]),
        reverse("public_decree", args=[june.header["code"]]),
        reverse("public_decree", args=[base.header["code"]]),
    ):  # fmt: skip
        page.goto(f"{HOME}{address}")
        assert "dicabut" in page.inner_text("main").lower()
        assert_accessible(page)
        assert_fits(page)
        look(page, f"revoked-{address.strip('/').split('/')[0]}-{address[-6:-1]}-{width}")


def look(page, name):
    """Keep a picture where somebody wants to look (`PICTURES`)."""
    if place := os.environ.get("PICTURES"):
        page.screenshot(path=f"{place}/{name}.png", full_page=True)
