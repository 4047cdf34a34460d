"""The pages about people in a real browser: on a phone, with and without JavaScript."""

import re

import pytest
from playwright.sync_api import expect

from enrollment.workers import actions, checking
from enrollment.workers.checks.rules import check_person
from enrollment.workers.rechecks import actions as rechecks
from tests import people
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

pytestmark = pytest.mark.django_db
PHONE, DESK = 360, 1280
CARD = 110
"""Pixels that a card of one person is high on a phone, at most."""


@pytest.mark.parametrize("path", short(["{worker}/ubah/", "{ended}/", "{ended}/buka/"]))
def test_pages_of_a_person_with_findings_and_an_ended_one_are_accessible(page_at, as_person, path):
    faulty = {"kk": "12", "rt": "", "findings": ["rt.missing", "kk.format"]}
    worker = people.worker(1, name="SITI AMINAH", position="Ketua RT 02", **faulty)
    ended = people.worker(2, ended_on="2026-08-17", ended_reason="died", ended_document="Surat 1")
    page = page_at(PHONE, as_person("rini"))
    page.goto(f"{HOME}/pekerja/{path.format(worker=worker.public_id, ended=ended.public_id)}")
    assert transfer_size(page) < LARGEST
    assert_quiet(page)
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        assert_accessible(page)
        assert_fits(page)


def test_a_person_is_entered_on_a_phone_without_javascript(page_at, as_person):
    people.worker(1, name="SITI AMINAH")
    page = page_at(PHONE, as_person("olan"), javascript=False)
    page.goto(f"{HOME}/pekerja/")
    page.get_by_role("link", name="Tambah pekerja").click()
    nik = page.get_by_label("NIK", exact=True)
    assert nik.get_attribute("inputmode") == "numeric"
    nik.fill("3503 0701")
    page.get_by_label("Nama lengkap").fill("Siti Aminah")
    page.get_by_label("Tanggal lahir").fill("1 Januari 1980")
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("NIK harus tepat 16 angka")
    assert page.get_by_label("Tanggal lahir").input_value() == "1 Januari 1980"
    page.get_by_label("NIK", exact=True).fill(people.nik(2))
    page.get_by_role("button", name="Simpan", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("Periksa dahulu")
    page.get_by_role("button", name="Simpan, sudah benar").click()
    expect(page.get_by_role("status")).to_contain_text("Siti Aminah tersimpan")


def test_a_nik_typed_in_the_search_never_reaches_the_address(page_at, as_person):
    worker = people.worker(1)
    page = page_at(PHONE, as_person("kartika"))
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{HOME}/pekerja/")
    page.get_by_label("Cari nama atau NIK").fill(worker.nik)
    page.get_by_role("button", name="Cari").click()
    page.wait_for_url(re.compile(str(worker.public_id)))
    assert not [url for url in asked if worker.nik in url]
    page.get_by_role("button", name="Tampilkan NIK").click()
    expect(page.locator("dd.nik").first).to_have_text(worker.nik)
    assert_accessible(page)
    page.goto(f"{HOME}/pekerja/{worker.public_id}/")
    expect(page.locator("dd.nik").first).not_to_have_text(worker.nik)


def test_a_refused_change_shows_both_versions(page_at, as_person):
    worker = people.worker(1, address="Jl. Lama")
    page = page_at(PHONE, as_person("kartika"))
    page.goto(f"{HOME}/pekerja/{worker.public_id}/ubah/")
    with scope.enter(people.office("olan")):
        typed = checking.typed_of(worker) | {"address": "Jl. Olan"}
        actions.change(by=people.office("olan"), worker=worker, consent=False,
                       checked=check_person(typed, **checking.basis()),
                       version=actions.version_of(worker))  # fmt: skip
    page.get_by_label("Alamat").fill("Jl. Kartika")
    page.get_by_role("button", name="Simpan").click()
    alert = page.get_by_role("alert")
    expect(alert).to_be_focused()
    expect(alert).to_contain_text("Olan menyimpannya")
    expect(page.get_by_role("row", name=re.compile("Alamat"))).to_contain_text("Jl. Olan")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Simpan, sudah benar").click()
    expect(page.get_by_text("Pekerja 1 tersimpan.")).to_be_visible()
    expect(page.get_by_text("Jl. Kartika").first).to_be_visible()


@pytest.mark.every
def test_the_page_of_a_recheck_shows_the_result_once_it_is_finished(page_at, as_person):
    people.worker(1, rt="")
    client = as_person("vera")
    office = people.office("vera")
    with scope.enter(office):
        job = rechecks.start(by=office, area=people.TRENGGALEK)
    page = page_at(DESK, client)
    page.goto(f"{HOME}/periksa/{job.pk}/")
    expect(page.get_by_role("progressbar")).to_be_visible()
    assert_accessible(page)
    rechecks.proceed(job.pk)
    page.get_by_role("link", name="1 orang").click(timeout=10_000)
    expect(page.get_by_role("row", name=re.compile("Pekerja 1"))).to_be_visible()


def test_a_card_of_a_person_is_small_and_opens_as_a_whole(as_person, page_at):
    for number in range(3):
        people.worker(number)
    page = page_at(PHONE, as_person("kartika"))
    page.goto(f"{HOME}/pekerja/")
    card = page.locator(".rows tbody tr").last
    size = card.bounding_box()
    assert size["height"] <= CARD
    card.click(position={"x": size["width"] - 8, "y": size["height"] - 8})
    page.get_by_role("heading", name="Identitas").wait_for()
