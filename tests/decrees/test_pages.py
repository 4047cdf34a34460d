"""The decree's pages in a real browser, as wide as a phone and as a desk."""

import pytest
from django.urls import reverse

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

pytestmark = pytest.mark.django_db


@pytest.fixture
def addresses():
    """Each page of the room with something on it."""
    incomplete, subsidy = drafts.programme("Nelayan"), drafts.programme()
    drafts.approve(incomplete, people.worker(9, name="JOKO"))
    names = ["SITI AMINAH", "NI LUH PUTU AYU WIDYASTUTI KUSUMANINGRUM", "BAMBANG"]
    drafts.approve(subsidy, *(people.worker(n, name=name) for n, name in enumerate(names)))
    ready = drafts.draft(subsidy)
    lacking = drafts.draft(incomplete, number="", legal_basis="", date=None)
    waiting = drafts.programme("Ojek")
    drafts.approve(waiting, people.worker(20))
    drafts.approve(drafts.programme("Nelayan Prigi"), people.worker(22))
    other = drafts.programme("Pedagang")
    drafts.approve(other, people.worker(21, people.BOGORAN, name="MARYAM"))
    issued = drafts.issue(drafts.draft(other, number="188/280/KEP/412.013/2026"))
    drafts.printed(issued)
    return {
        "list": reverse("decree_list"),
        "choose": reverse("decree_new"),
        "new": reverse("decree_new") + f"?program={waiting.pk}",
        "ready": reverse("decree_detail", args=[ready.pk]),
        "lacking": reverse("decree_detail", args=[lacking.pk]),
        "change": reverse("decree_change", args=[lacking.pk]),
        "paid": reverse("decree_paid", args=[lacking.pk]),
        "issued": reverse("decree_detail", args=[issued.pk]),
    }


@pytest.mark.parametrize("width", [360, 1280])
def test_pages_fit_and_are_open_to_everybody(width, addresses, as_person, page_at):
    page = page_at(width, as_person("rini"))
    for name, address in addresses.items():
        page.loaded.clear()
        page.goto(HOME + address)
        assert transfer_size(page) <= LARGEST, name
        assert_fits(page)
        assert_accessible(page)
        assert_quiet(page)
