"""Programmes and lists in a real browser: accessible, fit for a phone, alive without a script."""

import pytest
from playwright.sync_api import expect

from enrollment.proposals import decisions
from tests import people
from tests.pages.browser import (
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    transfer_size,
)
from tests.proposals import making

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    """One list with people in every state."""
    subsidy = making.programme(village_quota=6, people_paid=3)
    proposal = making.approved(subsidy, 1)
    making.verified(subsidy, 1, first=10)
    making.submitted(subsidy, 4, first=20, findings=["nik.sex_mismatch"])
    rows = [row.pk for row in making.entries(proposal) if row.state == "submitted"]
    why = "Nama ibu kandung berbeda dari kartu keluarga, cocokkan lebih dahulu"
    making.act("vera", decisions.send_back, proposal, pks=rows[:1], reason=why)
    making.act("vera", decisions.reject, proposal, pks=rows[1:2], reason="Sudah peserta aktif")
    making.submitted(subsidy, 3, first=30)
    making.draft(subsidy, 2, first=40, findings=["rt.missing", "mother_name.missing"])
    people.worker(50, findings=["rt.missing"])
    return proposal


PAGES = {
    "rini": [
        "/program/",
        "{draft}",
        "/program/baru/",
        "{programme}",
        "{programme}ubah/",
        "{programme}kuota/",
    ],
    "kartika": ["/usulan/", "{list}", "{list}pilih/", "{programme}", "{entry}"],
    "vera": ["/usulan/", "{submissions}", "{submissions}orang/?status=semua", "{entry}"],
    "amir": ["{list}"],
}


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("who", PAGES)
def test_pages_are_accessible_small_and_fit(page_at, as_person, world, who, width):
    addresses = {
        "list": f"/usulan/{world.pk}/",
        "programme": f"/program/{world.programme_id}/",
        "submissions": f"/usulan/program/{world.programme_id}/",
        "entry": f"/usulan/orang/{making.entries(world)[-1].public_id}/",
    }
    client = as_person(who)
    addresses["draft"] = f"/program/{making.programme(name='Nanti', opened=False).pk}/"
    page = page_at(width, client)
    for address in PAGES[who]:
        page.loaded.clear()
        page.goto(HOME + address.format(**addresses))
        if who == "kartika" and width == 360:  # villages have slow lines; measuring takes a while
            assert transfer_size(page) < LARGEST, address
        page.evaluate("document.querySelectorAll('main details').forEach(one => one.open = true)")
        assert_accessible(page)
        assert_fits(page)
        assert_quiet(page)


def test_the_calculator_follows_the_typing(page_at, as_person):
    page = page_at(1280, as_person("rini"))
    page.goto(f"{HOME}/program/baru/")
    page.get_by_label("Sumber dana").select_option("apbd")
    page.get_by_label("Pagu anggaran").fill("1.200.000.000")
    page.get_by_label("Lama perlindungan").fill("10")
    page.get_by_label("Rencana jumlah orang").fill("5600")
    expect(page.locator("#hitungan")).to_contain_text("5.600 orang × 10 bulan × Rp16.800 =")
    expect(page.locator("#hitungan")).to_contain_text("Rp940.800.000")
    expect(page.locator("#hitungan")).to_contain_text("7.142 orang")
    assert_quiet(page)


def test_the_whole_way_without_a_script(page_at, as_person):
    """Calculate, pick, hand in, return with a reason: links, boxes and buttons alone."""
    page = page_at(360, as_person("rini"), javascript=False)
    page.goto(f"{HOME}/program/baru/")
    page.get_by_label("Sumber dana").select_option("apbd")
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
