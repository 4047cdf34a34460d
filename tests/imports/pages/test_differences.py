"""The differences of a list, and undoing an import, in a browser: with htmx and without it."""

import os

import pytest
from django.urls import reverse

from enrollment.imports import actions
from enrollment.workers.models import Worker
from tests import people
from tests.imports.lists import current, person, take
from tests.pages.browser import (
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    transfer_size,
)
from tests.selection import short
from villages import scope

PICTURES = os.environ.get("PICTURES")
pytestmark = pytest.mark.django_db


@pytest.fixture
def job(handed_in):
    for number in range(1, 4):
        people.worker(number, name=f"ORANG {number}", address="Jl. Pahlawan No. 4", rt="002")
    return handed_in("kartika", *(person(number, f"ORANG {number}") for number in range(1, 6)))


def look(page, name, width):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/{name}-{width}.png", full_page=True)
        page.complaints.clear()  # a picture needs styles of its own


def chosen(job):
    with scope.whole_country("test"):
        return list(job.rows.values_list("overwrite", flat=True))[:3]


@pytest.mark.parametrize("width", short([360, 1280]))
def test_a_choice_for_a_person_updates_that_part_of_the_page(
    job, page_at, client, as_person, width
):
    as_person("kartika")
    page = page_at(width, client)
    page.goto(HOME + reverse("import_differences", args=[job.pk]))
    assert transfer_size(page) <= LARGEST
    page.locator("#orang-2").get_by_role("button", name="Perbarui").click()
    page.locator("#orang-2").get_by_role("button", name="Ikut pilihan").wait_for()
    assert chosen(job) == [None, True, None]
    look(page, "differences", width)
    assert_fits(page)
    assert_accessible(page)
    assert_quiet(page)


@pytest.mark.parametrize("width", short([360, 1280]))
def test_choosing_and_undoing_work_without_javascript(job, page_at, client, as_person, width):
    as_person("kartika")
    page = page_at(width, client, javascript=False)
    page.goto(HOME + reverse("import_detail", args=[job.pk]))
    page.get_by_role("link", name="Lihat dan pilih orang demi orang").click()
    page.locator("#orang-3").get_by_role("button", name="Biarkan").click()
    assert page.url.endswith("#orang-3") and chosen(job) == [None, None, False]
    take(job, update=True)
    page.goto(HOME + reverse("import_detail", args=[job.pk]))
    page.locator("summary", has_text="Batalkan impor ini").click()
    look(page, "undo", width)
    page.get_by_role("button", name="Ya, batalkan").click()
    actions.advance(job.pk)
    page.goto(HOME + reverse("import_detail", args=[job.pk]))
    assert page.get_by_role("heading", name="Impor ini dibatalkan").is_visible()
    look(page, "undone", width)
    assert (current(job).undone, current(job).phase) == (4, "undone")
    with scope.whole_country("test"):
        assert set(Worker.objects.values_list("address", flat=True)) == {"Jl. Pahlawan No. 4"}
