"""Programmes and lists in a real browser: they react to typing, and work without a script.

tests/pages/test_every_page.py checks that every page is accessible, small and fits a phone.
"""

import pytest
from playwright.sync_api import expect

from tests import people
from tests.pages.browser import HOME, assert_quiet
from tests.proposals import making

pytestmark = pytest.mark.django_db


def test_the_calculator_updates_while_typing(page_at, as_person):
    page = page_at(1280, as_person("rini"))
    page.goto(f"{HOME}/program/baru/")
    page.get_by_label("Sumber dana").select_option("apbd")
    page.get_by_label("Pagu anggaran").fill("1.200.000.000")
    page.get_by_label("Bulan pertama").select_option("1")
    page.get_by_label("Lama perlindungan").fill("10")
    page.get_by_label("Rencana jumlah orang").fill("5600")
    expect(page.locator("#hitungan")).to_contain_text("5.600 orang × 10 bulan × Rp16.800 =")
    expect(page.locator("#hitungan")).to_contain_text("Rp940.800.000")
    expect(page.locator("#hitungan")).to_contain_text("7.142 orang")
    assert_quiet(page)


@pytest.mark.every
def test_the_whole_process_without_a_script(page_at, as_person):
    """Calculate, pick, hand in, return with a reason: only with links, boxes and buttons."""
    page = page_at(360, as_person("rini"), javascript=False)
    page.goto(f"{HOME}/program/baru/")
    page.get_by_label("Sumber dana").select_option("apbd")
    page.get_by_label("Bulan pertama").select_option("1")
    page.get_by_label("Lama perlindungan").fill("12")
    page.get_by_label("Rencana jumlah orang").fill("10000")
    page.get_by_role("button", name="Hitung").click()
    expect(page.locator("#hitungan")).to_contain_text("Rp2.016.000.000")

    proposal = making.draft(making.programme(), 0)
    people.worker(1)
    people.worker(2)
    page = page_at(360, as_person("kartika"), javascript=False)
    page.goto(f"{HOME}/usulan/{proposal.pk}/pilih/")
    page.get_by_label("Pilih Pekerja 1").check()
    page.get_by_role("button", name="Tambahkan yang dipilih").click()
    page.get_by_text("Ajukan ke Dinas").click()
    page.get_by_role("button", name="Ya, ajukan").click()
    expect(page.get_by_text("1 orang diajukan ke Dinas")).to_be_visible()

    page = page_at(360, as_person("vera"), javascript=False)
    page.goto(f"{HOME}/usulan/{proposal.pk}/")
    page.get_by_label("Pilih Pekerja 1").check()
    page.locator("summary", has_text="Kembalikan").click()
    page.get_by_label("Alasan, dibaca oleh pengusul").first.fill("RT keliru")
    page.get_by_role("button", name="Kembalikan").click()
    expect(page.get_by_text("1 orang dikembalikan")).to_be_visible()
    assert making.states(proposal) == {"returned": 1}


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "plain"])
def test_enter_on_a_tick_box_adds_only_ticked_people(page_at, as_person, javascript):
    proposal = making.draft(making.programme(), 0)
    for number in (1, 2, 3):
        people.worker(number)
    page = page_at(1280, as_person("kartika"), javascript=javascript)
    page.goto(f"{HOME}/usulan/{proposal.pk}/pilih/")
    box = page.get_by_label("Pilih Pekerja 2")
    box.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 orang masuk daftar.")).to_be_visible()
    assert making.states(proposal) == {"draft": 1}

    page.goto(f"{HOME}/usulan/{proposal.pk}/pilih/")
    page.get_by_label("Pilih Pekerja 1").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Belum ada yang ditambahkan.")).to_be_visible()
    assert making.states(proposal) == {"draft": 1}


def test_all_people_found_by_the_search_are_added(page_at, as_person):
    proposal = making.draft(making.programme(), 0)
    for number, name in enumerate(["SITI", "BUDI", "SITI AMINAH"]):
        people.worker(number, name=name)
    page = page_at(360, as_person("kartika"))
    page.goto(f"{HOME}/usulan/{proposal.pk}/pilih/?q=siti")
    page.get_by_role("button", name="Tambahkan semua yang memenuhi syarat").click()
    expect(page.get_by_text("2 orang masuk daftar.")).to_be_visible()
    assert making.states(proposal) == {"draft": 2}


@pytest.mark.parametrize("who", ["kartika", "vera", "amir"])
def test_enter_on_a_tick_box_of_a_list_decides_nothing(page_at, as_person, who):
    """A decision needs a press on its button, because some decisions cannot be undone."""
    proposal = {"kartika": making.draft, "vera": making.submitted, "amir": making.verified}[who](
        making.programme(), 2
    )
    before = making.states(proposal)
    page = page_at(1280, as_person(who))
    page.goto(f"{HOME}/usulan/{proposal.pk}/")
    page.locator("[data-pick]").first.focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_timeout(500)
    assert making.states(proposal) == before
