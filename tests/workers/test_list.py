"""The list of people: whom it shows, its filters and its search.

Kartika heads Senden, where Olan is her operator; Bagus heads Bogoran; Rini administers the
regency and Audi audits it; Tani enters the people of her own agency.
"""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import expect

from enrollment import paging
from enrollment.workers.models import WorkerSource
from tests import people
from tests.pages.browser import HOME, assert_fits
from tests.workers.asking import LIST, NEW, names, url
from villages import scope

pytestmark = pytest.mark.django_db


def test_list_shows_people_of_the_offices_area_only(as_person):
    people.worker(1, name="SITI AMINAH")
    people.worker(2, people.BOGORAN, name="RAHASIA")
    text = as_person("kartika").get(LIST).text
    assert "SITI AMINAH" in text
    assert "RAHASIA" not in text


def test_list_masks_niks(as_person):
    worker = people.worker(1)
    text = as_person("kartika").get(LIST).text
    assert f"{worker.nik[:6]}**********" in text
    assert worker.nik not in text


@pytest.mark.parametrize("who", ["olan", "karim", "vera", "amir", "rini", "audi", "tani"])
def test_list_is_open_to_every_role_but_bpjs(as_person, who):
    assert as_person(who).get(LIST).status_code == 200


def test_bpjs_gets_403_for_the_list(as_person):
    people.worker(1)
    assert as_person("bima").get(LIST).status_code == 403


@pytest.mark.parametrize(("who", "offered"), [("kartika", True), ("rini", True), ("audi", False)])
def test_adding_is_offered_only_to_roles_that_may(as_person, who, offered):
    assert (f'href="{NEW}"' in as_person(who).get(LIST).text) is offered


def test_an_agency_sees_only_its_own_people(as_person):
    tani = people.office("tani")
    people.worker(1, name="MILIK DINAS", agency_id=tani.agency_id)
    people.worker(2, name="RAHASIA DESA")
    text = as_person("tani").get(LIST).text
    assert "MILIK DINAS" in text
    assert "RAHASIA DESA" not in text


def test_each_filter_leaves_the_right_people(as_person):
    people.worker(1, name="ANI", hamlet="Krajan", rt="003", findings=["rt.missing"])
    people.worker(2, name="BUDI", findings=["kk.format"])
    people.worker(3, people.BOGORAN, name="CICI")
    people.worker(4, name="DEDE", ended_on=date(2026, 1, 1), ended_reason="died")
    client = as_person("vera")
    assert names(client) == ["CICI", "ANI", "BUDI"]
    assert names(client, dusun="krajan") == ["ANI"]
    assert names(client, rt="3") == ["ANI"]
    assert names(client, kelengkapan="belum") == ["ANI"]
    assert names(client, kelengkapan="lengkap") == ["CICI", "BUDI"]
    assert names(client, temuan="kk.format") == ["BUDI"]
    assert names(client, temuan="ada") == ["ANI", "BUDI"]
    assert names(client, wilayah=people.BOGORAN) == ["CICI"]
    assert names(client, wilayah=people.KAMPAK) == ["CICI", "ANI", "BUDI"]
    assert names(client, status="berakhir") == ["DEDE"]
    assert names(client, status="semua") == ["CICI", "ANI", "BUDI", "DEDE"]


def test_people_are_filtered_by_registry_and_period(as_person):
    ani, budi = people.worker(1, name="ANI"), people.worker(2, name="BUDI")
    with scope.whole_country("test"):
        for worker, period in [(ani, "2025-I"), (budi, "2025-II")]:
            WorkerSource.objects.create(
                worker=worker, area_id=worker.area_id, registry="Damisda", period=period
            )
    client = as_person("kartika")
    assert names(client, sumber="damisda") == ["ANI", "BUDI"]
    assert names(client, sumber="Damisda 2025-II") == ["BUDI"]


@pytest.mark.parametrize("typed", ["siti", "aminah siti", "SITI AMINA", "sitti aminah"])
def test_search_ignores_case_word_order_and_a_wrong_letter(as_person, typed):
    people.worker(1, name="SITI AMINAH")
    people.worker(2, name="BAMBANG")
    assert names(as_person("kartika"), q=typed) == ["SITI AMINAH"]


def test_a_posted_search_is_redirected_to_a_url_of_its_own(as_person):
    answer = as_person("kartika").post(LIST, {"q": "siti", "rt": "", "status": "semua"})
    assert answer.status_code == 302
    assert answer.url == f"{LIST}?q=siti&status=semua"


@pytest.mark.parametrize("write", [str, "'{}".format, lambda nik: f"{nik[:4]} {nik[4:]}"])
def test_a_posted_nik_is_redirected_to_the_persons_page(as_person, write):
    worker = people.worker(1)
    answer = as_person("kartika").post(LIST, {"q": write(worker.nik)})
    assert answer.url == url(worker)


def test_a_posted_nik_of_another_village_finds_nobody(as_person):
    stranger = people.worker(1, people.BOGORAN, name="RAHASIA")
    answer = as_person("kartika").post(LIST, {"q": stranger.nik})
    assert "tidak ditemukan" in answer.text
    assert "RAHASIA" not in answer.text
    assert f'value="{stranger.nik}"' in answer.text  # what was typed stays


@pytest.mark.parametrize("typed", ["350307", "35.03.07", "3503", "350307**********"])
def test_the_digits_that_a_list_shows_find_its_people_without_an_address(as_person, typed):
    found = people.worker(1, name="SITI")
    with_other_digits = people.worker(2, name="DARI JAUH")
    with scope.whole_country("test"):
        with_other_digits.nik = "3578010101800001"
        with_other_digits.save()
    answer = as_person("kartika").post(LIST, {"q": typed, "rt": "1"})
    assert answer.status_code == 200
    assert [worker.pk for worker in answer.context["page"]] == [found.pk]
    assert with_other_digits.name not in answer.text
    assert f'value="{typed}"' in answer.text


def test_people_found_by_digits_are_sorted_by_the_headings(page_at, as_person, monkeypatch):
    """Digits may not stand in an address, so the headings are buttons as the pages are."""
    monkeypatch.setattr(
        paging.listed, "__kwdefaults__", {**paging.listed.__kwdefaults__, "a_page": 2}
    )
    for number, year in enumerate((1980, 1970, 1990)):
        people.worker(number, birth_date=date(year, 1, 1))
    page = page_at(1280, as_person("kartika"), javascript=False)
    page.goto(f"{HOME}{LIST}")
    page.get_by_label("Cari nama atau NIK").fill("350307")
    page.get_by_role("button", name="Cari").click()
    rows = page.locator("tbody th")
    expect(rows).to_have_text(["Pekerja 0", "Pekerja 1"])
    page.get_by_role("button", name="Lahir").click()
    expect(rows).to_have_text(["Pekerja 1", "Pekerja 0"])
    page.get_by_role("button", name="Berikutnya").click()
    expect(rows).to_have_text(["Pekerja 2"])
    page.get_by_role("button", name="Lahir").click()
    expect(rows).to_have_text(["Pekerja 2", "Pekerja 0"])
    expect(page.locator("[aria-sort=descending]")).to_have_text("Lahir")
    assert page.url == f"{HOME}{LIST}?"
    assert_fits(page)


def test_further_digits_are_not_tried_out(as_person):
    """Whoever could search by seven digits would find the rest of a masked NIK digit by digit."""
    worker = people.worker(1)
    client = as_person("kartika")
    for seventh in "0123456789":
        answer = client.post(LIST, {"q": worker.nik[:6] + seventh})
        assert [found.pk for found in answer.context["page"]] == [worker.pk]
        assert "hanya enam angka pertama, 350307" in answer.text


def test_digits_are_removed_from_the_address(as_person):
    people.worker(1)
    answer = as_person("kartika").get(LIST, {"q": "350307", "rt": "1"}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?rt=1", 302)]


def test_people_found_by_digits_are_paged_by_buttons(as_person):
    for number in range(52):
        people.worker(number)
    client = as_person("kartika")
    first = client.post(LIST, {"q": "350307"})
    assert 'name="page" value="2"' in " ".join(first.text.split())
    assert "unduh=" not in first.text and "page=" not in first.text, "no address has the digits"
    second = client.post(LIST, {"q": "350307", "page": "2"})
    assert len(second.context["page"]) == 2


def test_search_finds_the_ended_and_says_so(as_person):
    people.worker(1, name="SITI AMINAH")
    people.worker(2, name="SITI MARYAM", ended_on=date(2026, 2, 3), ended_reason="died")
    client = as_person("kartika")
    assert names(client) == ["SITI AMINAH"]
    assert names(client, q="siti") == ["SITI AMINAH", "SITI MARYAM"]
    assert names(client, q="siti", status="aktif") == ["SITI AMINAH"]
    text = client.get(LIST, {"q": "maryam"}).text
    assert "Meninggal" in text
    assert "berakhir 3 Februari 2026" in text


def test_names_are_sorted_by_their_letters(as_person):
    for number, name in enumerate(["budi", "CICI", "Ani", "ani kecil", "BUDI SANTOSO"]):
        people.worker(number, name=name)
    sorted_names = ["Ani", "ani kecil", "budi", "BUDI SANTOSO", "CICI"]
    client = as_person("kartika")
    assert names(client) == sorted_names
    assert names(client, urut="-nama") == sorted_names[::-1]


@pytest.mark.parametrize(
    ("sort", "sorted_names"),
    [("lahir", "BCA"), ("-lahir", "CBA"), ("pekerjaan", "CBA"), ("alamat", "CAB"),
     ("nik", "ABC"), ("-", "ABC"), ("password", "ABC")],
)  # fmt: skip
def test_a_list_is_sorted_by_what_it_offers_and_unknown_values_come_last(
    as_person, sort, sorted_names
):
    people.worker(1, name="A", birth_date=None, occupation_text="Tukang", hamlet="Krajan")
    people.worker(2, name="B", birth_date=date(1970, 1, 1), occupation_text="nelayan", hamlet="X")
    people.worker(3, name="C", birth_date=date(1980, 1, 1), occupation_text="BURUH", hamlet="")
    assert names(as_person("kartika"), urut=sort) == list(sorted_names)


def test_headings_link_to_sorts_that_keep_the_filters(as_person):
    people.worker(1)
    page = " ".join(as_person("kartika").get(LIST, {"rt": "1", "urut": "lahir"}).text.split())
    assert 'aria-sort="ascending" role="columnheader"' in page
    assert "?rt=1&amp;urut=-lahir" in page
    assert "?rt=1&amp;urut=nama" in page


def test_a_list_that_is_too_long_keeps_its_order(as_person, monkeypatch):
    monkeypatch.setattr(paging, "MOST_SORTED", 2)
    for number, day in enumerate([3, 2, 1]):
        people.worker(number, birth_date=date(1980, 1, day))
    client = as_person("kartika")
    assert names(client, urut="lahir") == ["Pekerja 0", "Pekerja 1", "Pekerja 2"]
    long = " ".join(client.get(LIST, {"urut": "lahir"}).text.split())
    assert "baris, jadi urutannya tetap: menurut wilayah, lalu nama." in long
    assert "urut=" not in client.get(LIST).text
    assert names(client, urut="-lahir", q="pekerja 2") == ["Pekerja 2"]
    assert "urutannya tetap" not in client.get(LIST, {"q": "pekerja 2"}).text


@pytest.mark.parametrize("digits", ["3503070101800", "35.03.07.010180.0002", "3503070101800002"])
def test_a_nik_is_removed_from_the_url(as_person, digits):
    people.worker(1)
    answer = as_person("kartika").get(LIST, {"q": digits, "rt": "1"}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?rt=1", 302)]
    assert "NIK tidak boleh ada di alamat" in answer.text
    assert digits not in answer.text


def test_three_people_take_as_many_queries_as_one(as_person):
    client = as_person("vera")
    counts = []
    for batch in (range(1), range(1, 3)):
        for number in batch:
            people.worker(
                number, people.SENDEN if number else people.BOGORAN, findings=["kk.format"]
            )
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(LIST).context["page"].paginator.count == batch.stop
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_list_is_paged_and_shows_the_total(as_person):
    for number in range(53):
        people.worker(number)
    client = as_person("kartika")
    first, second = client.get(LIST), client.get(LIST, {"page": 2})
    assert len(first.context["page"]) == 50
    assert len(second.context["page"]) == 3
    assert "<b>53</b>" in first.text


def test_an_empty_list_tells_what_to_do(as_person):
    client = as_person("kartika")
    assert "Belum ada pekerja" in client.get(LIST).text
    assert "Tidak ada yang cocok" in client.get(LIST, {"q": "siti"}).text


def test_pages_say_nagari_instead_of_desa_where_villages_are_called_so(as_person, client):
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    head = people.hold("wali", people.Role.VILLAGE_HEAD, "13.03.04.2001")
    admin = people.hold("rina", people.Role.REGENCY_ADMIN, people.SIJUNJUNG)
    worker = people.worker(1, "13.03.04.2001", findings=["rt.missing"])
    for office in (head, admin):
        client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
        for page in (LIST, NEW, url(worker), url(worker, "ubah/"), url(worker, "akhiri/")):
            answer = client.get(page)
            assert answer.status_code == 200
            # Without the options: the name of a nagari may contain "Desa".
            own_words = re.sub("<option.*?</option>|/bantuan/kepala-desa/", "", answer.text)
            assert "desa" not in own_words.lower().replace("lindungdesa", "")
        assert "Nagari" in client.get(url(worker)).text
