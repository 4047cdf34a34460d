"""A list as a workbook and on paper: the same rows and words as its page, and masked like it."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from enrollment import paging
from enrollment.workers.models import Disclosure
from tests import people
from tests.proposals import making
from tests.proposals.asking import of
from tests.workers.asking import LIST
from villages import scope

pytestmark = pytest.mark.django_db


def rows_of(answer):
    assert answer["Content-Type"].endswith("spreadsheetml.sheet")
    sheet = load_workbook(BytesIO(answer.content)).active
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def records():
    with scope.whole_country("test"):
        return list(Disclosure.objects.filter(kind="export").order_by("pk"))


def test_the_file_has_the_columns_and_words_of_the_page(as_person):
    people.worker(1, name="SITI AMINAH", hamlet="Krajan", birth_date=date(1975, 8, 17))
    people.worker(2, name="BUDI", findings=["rt.missing"])
    given = rows_of(as_person("kartika").get(LIST, {"unduh": "xlsx"}))
    assert given[0][0] == "Pekerja"
    assert given[1][0] == "Pekerja rentan yang terdaftar di Senden."
    assert "oleh Kartika" in given[2][0]
    head = ["Nama", "NIK", "Alamat", "Lahir", "L/P", "Pekerjaan", "Status"]
    assert given[4] == head
    budi, siti = given[5:]
    masked = f"{people.nik(1)[:6]}**********"
    assert siti == ["SITI AMINAH", masked, "RT 001/002 Krajan", "1975", "L", "Petani", "Lengkap"]
    assert budi[0] == "BUDI"
    assert budi[-1].startswith("Belum lengkap")


def test_a_file_holds_every_row_of_the_filtered_list_and_says_the_filter(as_person):
    for number in range(60):
        people.worker(number, rt="003" if number % 2 else "004")
    given = rows_of(as_person("kartika").get(LIST, {"rt": "3", "unduh": "xlsx", "page": "2"}))
    assert len(given) == 6 + 30
    assert given[2][0] == "RT: 3"


@pytest.mark.parametrize("who", ["kartika", "vera", "audi"])
def test_no_file_shows_a_nik_or_birth_date_in_full(as_person, who):
    worker = people.worker(1, birth_date=date(1975, 8, 17))
    text = str(rows_of(as_person(who).get(LIST, {"unduh": "xlsx"})))
    assert worker.name in text
    assert worker.nik not in text
    assert "17" not in text.replace(f"{date.today().year}", "").split("Pekerja 1")[1]


def test_each_file_of_people_is_recorded_with_how_many_it_shows(as_person):
    people.worker(1)
    people.worker(2)
    client = as_person("kartika")
    client.get(LIST)
    client.get(LIST, {"cetak": "1"})
    assert records() == []
    client.get(LIST, {"unduh": "xlsx"})
    (record,) = records()
    assert (record.people, record.area_id, record.why) == (2, people.SENDEN, "")
    assert record.subject == "list:people"


def test_a_file_of_a_proposed_list_names_the_list_in_its_record(as_person):
    proposal = making.submitted(making.programme(), 3)
    given = rows_of(as_person("vera").get(of(proposal), {"unduh": "xlsx"}))
    assert [row[0] for row in given[6:]] == ["Pekerja 0", "Pekerja 1", "Pekerja 2"]
    assert given[1][0].startswith("Pekerja rentan 2026: 12 bulan sejak Januari 2026")
    assert given[2][0] == "Status: Diajukan"
    assert given[0][0] == "Daftar Senden"
    (record,) = records()
    assert (record.subject, record.people) == (f"proposal:{proposal.pk}", 3)


def test_a_list_that_is_too_long_for_a_file_is_not_cut_off(as_person, monkeypatch):
    monkeypatch.setattr(paging, "MOST_IN_A_FILE", 2)
    for number in range(3):
        people.worker(number)
    client = as_person("kartika")
    answer = client.get(LIST, {"unduh": "xlsx", "rt": "1"}, follow=True)
    assert answer.redirect_chain == [(f"{LIST}?rt=1", 302)]
    assert "Satu berkas memuat paling banyak 2 baris" in answer.text
    assert records() == []
    people_left = client.get(LIST, {"unduh": "xlsx", "q": "pekerja 1"})
    assert len(rows_of(people_left)) == 7


def test_money_and_counts_are_numbers_that_can_be_added_up(as_person):
    making.programme(people_paid=10)
    given = rows_of(as_person("rini").get("/program/", {"unduh": "xlsx"}))
    assert given[4] == ["Program", "Sumber dana", "Perlindungan", "Pagu", "Terpakai", "Status"]
    assert given[5][3:5] == [10 * making.YEAR, 0]
    assert records() == []  # no people in it


def test_all_rows_stand_on_one_page_to_be_printed(as_person):
    for number in range(60):
        people.worker(number)
    answer = as_person("kartika").get(LIST, {"cetak": "1"})
    assert len(answer.context["page"]) == 60
    assert "data-print" in answer.text
    assert "Baris 1–60 dari 60" in answer.text


@pytest.mark.parametrize("query", [{"unduh": "xlsx"}, {"cetak": "1"}])
def test_a_file_shows_nobody_of_another_village(as_person, query):
    people.worker(1)
    people.worker(2, people.BOGORAN, name="RAHASIA")
    answer = as_person("kartika").get(LIST, query)
    assert "RAHASIA" not in (str(rows_of(answer)) if "unduh" in query else answer.text)


@pytest.mark.parametrize("url", [f"{LIST}?q=zzzz", "/impor/?", "/keputusan/?", "/periksa/?"])
def test_an_empty_list_gives_no_file_but_says_so(as_person, url):
    answer = as_person("rini").get(f"{url}&unduh=xlsx", follow=True)
    assert answer.status_code == 200
    assert "Daftar ini kosong, jadi tidak ada yang diunduh." in answer.text
    assert records() == []


def test_sorting_by_birth_tells_no_more_than_the_year(as_person):
    """Two birthdays that somebody knows must not bracket the others."""
    for number, day in enumerate([date(1980, 12, 1), date(1980, 1, 20), date(1979, 5, 5)]):
        people.worker(number, name=f"{'ABC'[number]}NI", birth_date=day)
    page = as_person("audi").get(LIST, {"urut": "lahir"}).context["page"]
    assert [worker.name for worker in page] == ["CNI", "ANI", "BNI"]


def test_what_six_digits_find_is_printed_and_taken_along(as_person):
    """These digits may not stand in an address, so buttons ask for all rows, not links."""
    for number in range(60):
        people.worker(number)
    people.worker(1, "35.03.01.2001", name="ORANG LAIN")
    client, asked = as_person("vera"), {"q": "350307"}
    page = client.post(LIST, asked)
    assert "unduh=xlsx" not in page.text and "cetak=1" not in page.text
    for button in ('name="unduh" value="xlsx"', 'name="cetak" value="1"'):
        assert button in page.text
    printed = client.post(LIST, {**asked, "cetak": "1"})
    assert len(printed.context["page"]) == 60
    given = rows_of(client.post(LIST, {**asked, "unduh": "xlsx"}))
    assert len([row for row in given if row[1] == "350307**********"]) == 60
    assert "ORANG LAIN" not in str(given)
    assert [record.people for record in records()] == [60]


def test_a_search_by_digits_is_not_lost_where_it_gives_no_file(as_person, monkeypatch):
    monkeypatch.setattr(paging, "MOST_IN_A_FILE", 2)
    for number in range(60):
        people.worker(number)
    client = as_person("kartika")
    answer = client.post(LIST, {"q": "350307", "unduh": "xlsx"})
    assert "Satu berkas memuat paling banyak 2 baris" in answer.text
    assert "Baris 1–50 dari 60" in answer.text
    answer = client.post(LIST, {"q": "119999", "unduh": "xlsx"})
    assert "Daftar ini kosong, jadi tidak ada yang diunduh." in answer.text
    assert records() == []


def test_a_list_of_proposals_found_by_digits_is_taken_along_too(as_person):
    proposal = making.submitted(making.programme(), 3)
    client = as_person("vera")
    page = client.post(of(proposal), {"q": "350307"})
    assert 'name="unduh" value="xlsx"' in page.text
    given = rows_of(client.post(of(proposal), {"q": "350307", "unduh": "xlsx"}))
    assert [row[0] for row in given[-3:]] == ["Pekerja 0", "Pekerja 1", "Pekerja 2"]
