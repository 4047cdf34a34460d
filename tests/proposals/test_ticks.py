"""Ticks, place and page of a list: they hold while turning pages and after an act."""

import re

import pytest
from playwright.sync_api import expect

from enrollment import paging
from tests import people
from tests.pages.browser import HOME, assert_fits, assert_quiet
from tests.proposals import making
from tests.proposals.asking import acting_on, begun, finish, of, picks, text
from tests.selection import short

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_a_page(monkeypatch):
    def listed(rows, asked, **options):
        return paging_listed(rows, asked, **{**options, "a_page": 2})

    paging_listed = paging.listed
    monkeypatch.setattr("enrollment.proposals.lists.listed", listed)
    monkeypatch.setattr("enrollment.proposals.views.listed", listed)


@pytest.mark.parametrize("javascript", short([True, False]), ids=["script", "plain"])
def test_ticks_hold_from_page_to_page(page_at, as_person, two_a_page, javascript):
    proposal = making.submitted(making.programme(), 5)
    page = page_at(1280, as_person("vera"), javascript=javascript)
    page.goto(f"{HOME}{of(proposal)}")
    page.get_by_label("Pilih Pekerja 0").check()
    page.get_by_role("button", name="Berikutnya").click()
    expect(page.locator("[data-pick-count]")).to_have_text("1")
    expect(page.get_by_text("1 di halaman lain")).to_be_visible()
    page.get_by_label("Pilih Pekerja 3").check()
    page.get_by_role("button", name="Berikutnya").click()
    page.get_by_role("button", name="Sebelumnya").click()
    expect(page.get_by_label("Pilih Pekerja 3")).to_be_checked()
    expect(page.get_by_label("Pilih Pekerja 2")).not_to_be_checked()
    page.get_by_role("button", name="Verifikasi").click()
    expect(page.get_by_text("2 orang diverifikasi")).to_be_visible()
    assert_quiet(page)
    assert making.states(proposal) == {"submitted": 3, "verified": 2}


def test_nobody_is_to_be_ticked_where_nothing_can_be_done_with_anybody(as_person):
    """An agency's people are on the village's pages too, and only the agency takes them back."""
    proposal = making.submitted(making.programme(), 2, by="tani")
    making.act("vera", "return", proposal, reason="Alamat")
    shown = f"/usulan/program/{proposal.programme_id}/orang/?status=returned"
    page = text(as_person("tani").get(shown))
    assert page.count('name="pick"') == 2 and "data-pick-all" in page and "Tarik" in page
    page = text(as_person("kartika").get(shown))
    assert "Pekerja 1" in page
    assert "data-pick" not in page and "Tarik" not in page
    assert making.act("kartika", "withdraw", proposal, reason="Coba").done == 0
    own = making.submitted(proposal.programme, 1, first=50)
    making.act("vera", "return", own, reason="Alamat")
    page = text(as_person("kartika").get(shown))
    assert page.count('name="pick"') == 1 and "Tarik" in page


@pytest.mark.parametrize("typed", short(["350307", ""]), ids=["digits", "everybody"])
@pytest.mark.parametrize("javascript", short([True, False]), ids=["script", "plain"])
def test_ticks_hold_while_the_list_is_sorted(page_at, as_person, two_a_page, javascript, typed):
    proposal = making.submitted(making.programme(), 5)
    page = page_at(1280, as_person("vera"), javascript=javascript)
    page.goto(f"{HOME}{of(proposal)}")
    page.get_by_label("Cari nama atau NIK").fill(typed)
    page.get_by_role("button", name="Cari").click()
    page.get_by_role("button", name="Berikutnya").click()
    page.get_by_label("Pilih Pekerja 2").check()
    page.get_by_role("button", name="Nama").click()
    expect(page.locator("tbody th")).to_have_text(["Pekerja 4", "Pekerja 3"])
    expect(page.get_by_text("1 di halaman lain")).to_be_visible()
    assert_fits(page)
    page.get_by_role("button", name="Berikutnya").click()
    expect(page.get_by_label("Pilih Pekerja 2")).to_be_checked()
    page.get_by_role("button", name="Verifikasi").click()
    expect(page.get_by_text("1 orang diverifikasi")).to_be_visible()
    assert_quiet(page)
    assert making.states(proposal) == {"submitted": 4, "verified": 1}


@pytest.mark.parametrize("javascript", short([True, False]), ids=["script", "plain"])
def test_ticks_hold_while_the_list_is_filtered(page_at, as_person, javascript):
    proposal = making.submitted(making.programme(), 5)
    page = page_at(1280, as_person("vera"), javascript=javascript)
    page.goto(f"{HOME}{of(proposal)}")
    page.get_by_label("Pilih Pekerja 0").check()
    page.get_by_label("Cari nama atau NIK").fill("pekerja 3")
    page.get_by_role("button", name="Cari").click()
    expect(page.locator("tbody th")).to_have_text(["Pekerja 3"])
    expect(page.get_by_text("1 di halaman lain")).to_be_visible()
    page.get_by_label("Pilih Pekerja 3").check()
    page.get_by_label("Cari nama atau NIK").fill("nobody")
    page.get_by_role("button", name="Cari").click()
    expect(page.get_by_text("Tidak ada yang cocok")).to_be_visible()
    assert_fits(page)
    page.get_by_role("button", name="Hapus saringan").click()
    expect(page.get_by_label("Pilih Pekerja 0")).to_be_checked()
    page.get_by_role("button", name="Verifikasi").click()
    expect(page.get_by_text("2 orang diverifikasi")).to_be_visible()
    assert_quiet(page)
    assert making.states(proposal) == {"submitted": 3, "verified": 2}


def test_everybody_means_whom_the_applied_filters_find(page_at, as_person):
    """And not what stands in their fields; new filters take the choice of everybody back."""
    proposal = making.submitted(making.programme(), 4)
    page = page_at(1280, as_person("vera"))
    page.goto(f"{HOME}{of(proposal)}")
    page.get_by_label("Pilih Pekerja 0").check()
    page.get_by_label("Semua yang disaring").check()
    page.get_by_label("Cari nama atau NIK").fill("pekerja 3")
    page.get_by_role("button", name="Cari").click()
    expect(page.locator("tbody th")).to_have_text(["Pekerja 3"])
    expect(page.get_by_label("Semua yang disaring")).not_to_be_checked()
    page.get_by_label("Semua yang disaring").check()
    page.get_by_label("Cari nama atau NIK").fill("pekerja")
    page.get_by_role("button", name="Verifikasi").click()
    expect(page).to_have_url(re.compile("/usulan/proses/"))
    finish()
    assert making.states(proposal) == {"submitted": 3, "verified": 1}


def test_after_an_act_the_same_page_of_the_same_list_follows(as_person, two_a_page):
    proposal = making.submitted(making.programme(), 6)
    vera = as_person("vera")
    chosen = picks(proposal)[2:3]
    given = {"act": "verify", "pick": chosen, "page": "2", "q": "pekerja", "urut": "-lahir"}
    answer = vera.post(of(proposal, "tindak/"), given)
    assert answer.url == f"{of(proposal)}?q=pekerja&page=2&urut=-lahir"
    assert vera.get(answer.url).context["page"].number == 2


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("Alamat di KTP lain", "Centang orangnya lebih dahulu"),
        ("Alamat di KTP lain " * 60, "Alasan paling panjang 1.000 huruf; ini 1.139."),
    ],
)
def test_a_reason_is_not_lost_where_nothing_could_be_done(as_person, reason, said):
    proposal = making.submitted(making.programme(), 2)
    given = {"act": "return", "reason_return": reason, "pick": []}
    if "ini" in said:
        given["pick"] = picks(proposal)
    page = text(as_person("vera").post(of(proposal, "tindak/"), given, follow=True))
    assert said in page
    assert (
        f"{reason.strip()[:60]}" in page.split('id="alasan-return"', 1)[1].split("</textarea>")[0]
    )
    assert making.states(proposal) == {"submitted": 2}


def test_who_could_not_take_part_stays_ticked(as_person):
    proposal = making.submitted(making.programme(), 3)
    entries = making.entries(proposal)
    with making.scope.whole_country("test"):
        entries[1].worker.consent_on = None
        entries[1].worker.birth_date = "1930-01-01"
        entries[1].worker.save()
    answer = as_person("vera").post(
        of(proposal, "tindak/"), {"act": "verify", "pick": picks(proposal)}
    )
    page = text(answer)
    assert "2 orang diverifikasi" in page
    assert page.count("data-pick checked") == 1
    assert making.states(proposal) == {"submitted": 1, "verified": 2}


def test_choosing_everybody_says_so(page_at, as_person):
    """Not how many of the page are ticked, which is another number."""
    proposal = making.submitted(making.programme(), 3)
    page = page_at(1280, as_person("vera"))
    page.goto(f"{HOME}{of(proposal)}")
    page.get_by_label("Pilih Pekerja 0").check()
    page.locator("#semua").check()
    expect(page.locator("[data-pick-count]")).to_have_text("Semua")
    page.locator("#semua").uncheck()
    expect(page.locator("[data-pick-count]")).to_have_text("1")


def test_ticks_of_people_who_are_gone_meanwhile_are_dropped(as_person, two_a_page):
    proposal = making.submitted(making.programme(), 4)
    chosen = picks(proposal)
    making.act("vera", "reject", proposal, pks=[making.entries(proposal)[0].pk], reason="Salah")
    given = {"pick": chosen[:2], "page": "2", "seen": "x", "status": "submitted"}
    page = text(as_person("vera").post(of(proposal), given))
    assert page.count("data-elsewhere") == 1


def test_turning_pages_decides_nothing_and_needs_no_right_to_decide(as_person):
    proposal = making.submitted(making.programme(), 2)
    for who in ("vera", "audi", "kartika"):
        given = {"pick": picks(proposal), "page": "1", "seen": "x", "act": "verify"}
        assert as_person(who).post(of(proposal), given).status_code == 200
    assert making.states(proposal) == {"submitted": 2}


def test_ticks_hold_while_people_are_picked(page_at, as_person, two_a_page):
    proposal = making.draft(making.programme(), 0)
    for number in range(4):
        people.worker(number)
    page = page_at(360, as_person("kartika"), javascript=False)
    page.goto(f"{HOME}{of(proposal, 'pilih/')}")
    page.get_by_label("Pilih Pekerja 1").check()
    page.get_by_role("button", name="Berikutnya").click()
    page.get_by_label("Pilih Pekerja 2").check()
    page.set_viewport_size({"width": 1280, "height": 800})
    page.get_by_role("button", name="Lahir").click()
    page.get_by_role("button", name="Berikutnya").click()
    expect(page.locator("[aria-sort=ascending]")).to_have_text("Lahir")
    page.get_by_role("button", name="Tambahkan yang dipilih").click()
    expect(page.get_by_text("2 orang masuk daftar.")).to_be_visible()


class TestSearching:
    def test_the_digits_shown_find_people_of_the_list(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        vera = as_person("vera")
        answer = vera.post(of(proposal), {"q": "350307"})
        assert len(answer.context["page"]) == 2
        assert len(vera.post(of(proposal), {"q": "357801"}).context["page"]) == 0

    def test_a_name_gets_an_address_and_digits_do_not(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        vera = as_person("vera")
        assert vera.post(of(proposal), {"q": "pekerja 1"}).url == f"{of(proposal)}?q=pekerja+1"
        answer = vera.get(of(proposal), {"q": "350307"})
        assert answer.url == of(proposal)

    def test_a_whole_nik_leads_to_its_person_on_the_list(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        entry = making.entries(proposal)[1]
        vera = as_person("vera")
        answer = vera.post(of(proposal), {"q": entry.worker.nik})
        assert answer.url == f"/usulan/orang/{entry.public_id}/"
        answer = vera.post(of(proposal), {"q": people.nik(77)}, follow=True)
        assert "Tidak ada orang dengan NIK itu di daftar ini" in answer.text
        assert people.nik(77) not in answer.text

    def test_everybody_found_by_digits_may_be_decided_about(self, as_person):
        proposal = making.submitted(making.programme(), 2)
        nik = making.entries(proposal)[0].worker.nik
        given = {"act": "verify", "all": "1", "q": nik, "status": "submitted"}
        answer = as_person("vera").post(acting_on(proposal), given)
        assert "/proses/" in answer.url
        assert begun().chosen["q"] == "350307"
        finish()
        assert making.states(proposal) == {"verified": 2}

    def test_candidates_are_found_by_the_digits_shown(self, as_person):
        proposal = making.draft(making.programme(), 0)
        people.worker(1)
        kartika = as_person("kartika")
        url = of(proposal, "pilih/")
        assert len(kartika.post(url, {"q": "350307"}).context["page"]) == 1
        assert kartika.post(url, {"q": "siti"}).url == f"{url}?q=siti"


def test_a_list_sorted_by_a_persons_data_keeps_who_moved_out_of_sight(as_person):
    proposal = making.submitted(making.programme(), 3)
    with making.scope.whole_country("test"):
        worker = making.entries(proposal)[1].worker
        type(worker).objects.filter(pk=worker.pk).update(area="13.03.04.2001")
    for sort in ("nama", "-lahir", "pekerjaan", "alamat", "status", "wilayah"):
        answer = as_person("vera").get(of(proposal), {"urut": sort, "status": "semua"})
        assert len(answer.context["page"]) == 3, sort


def test_the_list_of_a_verifier_tells_what_the_work_needs(as_person):
    proposal = making.submitted(making.programme(), 1, hamlet="Krajan", sex="P")
    page = text(as_person("vera").get(of(proposal)))
    row = re.search(r"<tbody.*?</tbody>", page, re.S)[0]
    for shown in ("1980", ">P<", "Petani", "RT 001/002 Krajan"):
        assert shown in row, shown
