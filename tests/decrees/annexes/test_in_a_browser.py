"""Arranging an annex in a browser: the picture follows what is typed; without scripts there is a
PDF."""

import pytest
from django.urls import reverse

from tests.pages.browser import HOME, LARGEST, assert_accessible, assert_fits, transfer_size
from tests.selection import short

pytestmark = [pytest.mark.django_db, pytest.mark.browser]


@pytest.mark.parametrize("width", short([360, 1280]))
def test_the_picture_follows_what_is_typed(page_at, as_person, width):
    page = page_at(width, as_person("rini"))
    page.goto(HOME + reverse("annex_arrangement"))
    assert transfer_size(page) < LARGEST  # the picture is not part of it
    page.get_by_label("Judul Nama", exact=True).fill("Nama penerima")
    first = page.wait_for_selector("img.first-page").get_attribute("src")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("Urutan NIK, nomor KK", exact=True).fill("")
    page.wait_for_function(
        "before => document.querySelector('img.first-page').src !== before", arg=first
    )
    page.get_by_label("Urutan Nama", exact=True).fill("")
    page.wait_for_selector("text=Kolom nama harus ada")
