"""Setting many quotas in a real browser: what was ticked and typed is there on every page."""

import pytest
from playwright.sync_api import expect

from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.selection import short

pytestmark = pytest.mark.django_db


def look_at(page):
    assert_accessible(page)
    assert_fits(page)
    assert_quiet(page)


@pytest.mark.parametrize(("width", "javascript"), short([(360, False), (1280, True)]))
def test_ticks_and_number_are_kept_from_page_to_page(page_at, as_person, width, javascript):
    subsidy = making.programme()
    page = page_at(width, as_person("rini"), javascript=javascript)
    page.goto(f"{HOME}/program/{subsidy.pk}/kuota/sekaligus/")
    page.locator("[name=pick]").nth(2).check()
    page.get_by_label("Kuota baru").fill("7")
    page.get_by_role("button", name="Berikutnya").click()
    expect(page.get_by_text("1 di luar halaman ini")).to_be_visible()
    expect(page.get_by_label("Kuota baru")).to_have_value("7")
    if javascript:
        look_at(page)
    page.get_by_role("button", name="Sebelumnya").click()
    expect(page.locator("[name=pick]").nth(2)).to_be_checked()
    page.get_by_role("button", name="Lihat pratinjau").click()
    expect(page.get_by_text("1 wilayah yang berubah")).to_be_visible()
    page.get_by_role("button", name="Pilih lagi").click()
    expect(page.locator("[name=pick]").nth(2)).to_be_checked()


@pytest.mark.parametrize(("width", "javascript"), short([(360, False), (1280, True)]))
def test_ticks_and_number_are_kept_while_filters_change(page_at, as_person, width, javascript):
    subsidy = making.programme()
    page = page_at(width, as_person("rini"), javascript=javascript)
    page.goto(f"{HOME}/program/{subsidy.pk}/kuota/sekaligus/")
    page.locator("[name=pick]").nth(2).check()
    page.get_by_label("Kuota baru").fill("7")
    page.get_by_label("Cari nama").fill("Senden")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_label("Pilih Senden")).to_be_visible()
    expect(page.get_by_text("1 di luar halaman ini")).to_be_visible()
    expect(page.get_by_label("Kuota baru")).to_have_value("7")
    page.get_by_label("Pilih Senden").check()
    if javascript:
        look_at(page)
    page.get_by_label("Cari nama").fill("entah di mana")
    page.get_by_label("Cari nama").press("Enter")
    expect(page.get_by_text("Tidak ada yang cocok")).to_be_visible()
    expect(page.locator("[data-pick-count]")).to_have_text("2")
    page.get_by_role("button", name="Lihat pratinjau").click()
    expect(page.get_by_text("2 wilayah yang berubah")).to_be_visible()
    page.get_by_role("button", name="Pilih lagi").click()
    page.get_by_role("button", name="Hapus saringan").click()
    expect(page.get_by_label("Cari nama")).to_have_value("")
    expect(page.locator("[name=pick]").nth(2)).to_be_checked()
