"""Deciding, undoing and reading the answer in a real browser, on a phone and at a desk."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import people
from tests.decrees import drafts
from tests.duplicates.test_whole_person import CLAIM, claimed, decide
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.proposals import making
from tests.selection import short

pytestmark = pytest.mark.django_db
WIDTHS = pytest.mark.parametrize("width", short([360, 1280]))


def look_at(page, name):
    """The page is accessible, fits and is quiet; a picture is kept as in test_every_page.py."""
    assert_accessible(page)
    assert_fits(page)
    assert_quiet(page)
    if folder := os.environ.get("PICTURES"):
        width = page.viewport_size["width"]
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


@pytest.fixture
def listed():
    """Two approved people of Senden, in a draft; Bogoran claims the first."""
    proposal = making.approved(making.programme(village_quota=5), 2)
    drafts.draft(proposal.programme)
    return claimed(making.entries(proposal)[0].worker, **{**CLAIM, "rw": ""})


@WIDTHS
def test_deciding_says_what_moves_and_can_be_undone(page_at, as_person, listed, width):
    page = page_at(width, as_person("vera"))
    page.goto(f"{HOME}/data-ganda/")
    expect(page.get_by_text("ada di rancangan keputusan")).to_be_visible()
    look_at(page, "putuskan")
    page.get_by_label("Alasan keputusan").fill("KTP terbaru di Bogoran")
    page.get_by_role("button", name="Pindah ke").click()
    expect(page.get_by_text("Keputusan tersimpan")).to_be_visible()
    expect(page.get_by_text("Keluar dari 1 daftar usulan")).to_be_visible()
    look_at(page, "sudah-diputuskan")
    page.goto(f"{HOME}/data-ganda/?sudah=1")
    page.locator("summary", has_text="Batalkan keputusan").click()
    look_at(page, "batalkan")
    page.get_by_role("button", name="Ya, batalkan keputusan").click()
    expect(page.get_by_text("Keputusan dibatalkan: data ganda ini")).to_be_visible()
    look_at(page, "dibatalkan")
    assert making.fresh(listed.worker).area_id == people.SENDEN


@WIDTHS
def test_the_approver_is_told_at_home(page_at, as_person, listed, width):
    decide(listed)
    page = page_at(width, as_person("amir"))
    page.goto(HOME)
    look_at(page, "beranda-penyetuju")
    page.get_by_role("link", name="Lihat orangnya").click()
    look_at(page, "persetujuan-berakhir")
    page.get_by_role("button", name="Saya sudah tahu").click()
    expect(page.get_by_text("Tercatat: Anda sudah tahu.")).to_be_visible()
    expect(page.get_by_text("berakhir karena data ganda")).to_have_count(0)


@WIDTHS
def test_who_claimed_somebody_reads_the_answer(page_at, as_person, width):
    for number, decision in enumerate(("stay", "move", "other")):
        name = f"ORANG {number}" if number else "SITI " + "A" * 120
        decide(claimed(people.worker(number), name=name), decision)
    page = page_at(width, as_person("bagus"))
    page.goto(HOME)
    look_at(page, "beranda-desa")
    page.get_by_role("link", name="Baca", exact=True).click()
    look_at(page, "jawaban")
    page.get_by_role("button", name="Sudah saya baca").click()
    expect(page.get_by_text("tidak tampil lagi")).to_be_visible()
    page.goto(f"{HOME}/data-ganda/jawaban/")
    look_at(page, "jawaban-kosong")


@WIDTHS
def test_taking_out_of_turn_asks_first(page_at, as_person, width):
    proposal = making.submitted(making.programme(village_quota=2), 5)
    first = making.entries(proposal)[0]
    making.act("vera", "return", proposal, pks=[first.pk], reason="RT keliru")
    page = page_at(width, as_person("vera"))
    page.goto(HOME)
    look_at(page, "beranda-verifikator")
    page.get_by_role("link", name="Ambil", exact=True).click()
    page.get_by_label("Pilih Pekerja 4").check()
    page.get_by_role("button", name="Ambil dari daftar tunggu").click()
    expect(page.get_by_text("Senden, nomor tunggu 1:")).to_be_visible()
    look_at(page, "dilewati")
    page.get_by_role("button", name="Ya, tetap ambil").click()
    expect(page.get_by_text("1 orang diambil dari daftar tunggu")).to_be_visible()


@WIDTHS
def test_one_step_back(page_at, as_person, width):
    proposal = making.verified(making.programme(village_quota=5), 3)
    making.act("vera", "unverify", proposal, pks=[making.entries(proposal)[0].pk])
    making.act("vera", "reject", proposal, pks=[making.entries(proposal)[0].pk], reason="Ganda")
    page = page_at(width, as_person("vera"))
    page.goto(f"{HOME}/usulan/{proposal.pk}/?status=semua")
    page.get_by_label("Pilih Pekerja 1").check()
    page.locator("summary", has_text="Batalkan verifikasi").click()
    look_at(page, "satu-langkah-kembali")
    page.get_by_role("button", name="Ya, batalkan verifikasi").click()
    expect(page.get_by_text("1 orang batal diverifikasi")).to_be_visible()
    page.goto(f"{HOME}/usulan/orang/{making.entries(proposal)[0].public_id}/")
    page.locator("summary", has_text="Buka kembali").click()
    look_at(page, "buka-kembali")
    page.get_by_role("button", name="Ya, buka kembali").click()
    expect(page.get_by_text("1 orang dibuka kembali")).to_be_visible()


@pytest.mark.every
def test_all_of_it_works_without_a_script(page_at, as_person, listed):
    page = page_at(360, as_person("vera"), javascript=False)
    page.goto(f"{HOME}/data-ganda/")
    page.get_by_label("Alasan keputusan").fill("KTP terbaru di Bogoran")
    page.get_by_role("button", name="Pindah ke").click()
    page.goto(f"{HOME}/data-ganda/?sudah=1")
    page.locator("summary", has_text="Batalkan keputusan").click()
    page.get_by_role("button", name="Ya, batalkan keputusan").click()
    expect(page.get_by_text("Keputusan dibatalkan: data ganda ini")).to_be_visible()
    assert making.fresh(listed.worker).area_id == people.SENDEN

    proposal = making.submitted(making.programme(name="Lain", village_quota=1), 3, first=20)
    making.act("vera", "return", proposal, pks=[making.entries(proposal)[0].pk], reason="RT")
    page.goto(f"{HOME}/usulan/{proposal.pk}/?status=waiting")
    page.get_by_label("Pilih Pekerja 22").check()
    page.get_by_role("button", name="Ambil dari daftar tunggu").click()
    page.get_by_role("button", name="Ya, tetap ambil").click()
    expect(page.get_by_text("1 orang diambil dari daftar tunggu")).to_be_visible()
