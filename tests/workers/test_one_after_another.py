"""Entering people one after another: with the keyboard, a page load each, nothing typed twice."""

import pytest
from playwright.sync_api import expect

from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.selection import short
from tests.workers.asking import COMPLETE, NEW, everybody

pytestmark = pytest.mark.django_db
PLACE = ("address", "hamlet", "rt", "rw", "occupation")
NEXT = {"lagi": "1"}
WOMAN = "3503075203800001"
"""The NIK of a woman born on 12 March 1980."""


def test_the_next_form_keeps_the_place_of_the_person_before_and_nothing_else(as_person):
    typed = COMPLETE | NEXT | {"nik": people.nik(1), "hamlet": "Krajan", "phone": "081234567890"}
    answer = as_person("olan").post(NEW, typed, follow=True)
    assert answer.redirect_chain[0][0].startswith(f"{NEW}?sesudah=")
    assert people.nik(1) not in answer.redirect_chain[0][0]
    form = answer.context["form"]
    kept = {name: form[name].value() for name in form.fields if form[name].value()}
    assert set(kept) == set(PLACE)
    assert kept["hamlet"] == "Krajan" and kept["rt"] == "002"
    assert answer.text.count("Dari orang sebelumnya") == len(PLACE)
    assert "SITI AMINAH tersimpan" in answer.text


def test_what_was_changed_is_not_marked_as_kept_when_the_form_comes_back(as_person):
    client = as_person("olan")
    there = client.post(NEW, COMPLETE | NEXT | {"nik": people.nik(1)}).url
    answer = client.post(there, COMPLETE | NEXT | {"nik": "12", "address": "Jl. Lain", "rt": "002"})
    assert "NIK harus tepat 16 angka" in answer.text
    marked = {name for name in PLACE if "is-kept" in answer.context["form"].fields[name].css}
    assert marked == {"rt", "occupation"}


def test_somebody_elses_person_is_no_person_before(as_person):
    stranger = people.worker(1, people.BOGORAN, address="Jl. Rahasia")
    client = as_person("olan")
    for wrong in (stranger.public_id, "palsu", ""):
        answer = client.get(f"{NEW}?sesudah={wrong}")
        assert answer.status_code == 200 and "Rahasia" not in answer.text


def test_without_scripts_a_button_fills_in_what_the_nik_says(as_person):
    client = as_person("olan")
    answer = client.post(NEW, {"nik": WOMAN, "name": "SITI", "dari_nik": "1"})
    form = answer.context["form"]
    assert (form["birth_date"].value(), form["sex"].value()) == ("12-03-1980", "P")
    assert form["name"].value() == "SITI"
    assert "Diusulkan dari NIK" in answer.text and "Belum tersimpan" not in answer.text
    assert everybody() == []
    typed = {"nik": WOMAN, "birth_date": "13-03-1980", "dari_nik": "1"}
    assert client.post(NEW, typed).context["form"]["birth_date"].value() == "13-03-1980"
    assert "NIK belum diisi dengan benar" in client.post(NEW, {"nik": "12", "dari_nik": "1"}).text


def test_the_proposal_is_given_to_who_enters_people_and_knows_the_century(as_person):
    client = as_person("olan")
    there = f"{NEW}dari-nik/"
    assert client.post(there, {"nik": WOMAN}).json() == {"birth_date": "12-03-1980", "sex": "P"}
    young = "3503071502070001"
    assert client.post(there, {"nik": young}).json() == {"birth_date": "15-02-2007", "sex": "L"}
    for wrong in ("12", "", "3503073113800001", "x" * 500):
        assert client.post(there, {"nik": wrong}).json() == {}
    assert as_person("vera").post(there, {"nik": WOMAN}).status_code == 403


class Keyboard:
    """Types with the keys of a page and counts them: those that are data, and the others."""

    def __init__(self, page):
        self.page, self.data, self.others = page, 0, 0

    def type(self, text):
        self.data += len(text)
        self.page.keyboard.type(text)

    def press(self, key, times=1):
        self.others += times
        for _ in range(times):
            self.page.keyboard.press(key)


def _enter(keys, number):
    """A person of the village of the person before, who is a man born on 1 January 1980."""
    page = keys.page
    expect(page.get_by_label("NIK", exact=True)).to_be_focused()
    keys.type(people.nik(number))
    keys.press("Tab")
    keys.type(f"SITI AMINAH WAT{chr(65 + number)}")
    expect(page.get_by_label("Tanggal lahir")).to_have_value("01-01-1980")
    keys.press("Tab")
    keys.type("Trenggalek")
    keys.press("Tab", times=3)
    keys.type(f"SUMIYATI BINTI {number:04}")
    keys.press("Enter")


@pytest.mark.parametrize("count", short([3, 10]))
def test_each_person_is_one_page_load_and_a_handful_of_keys_beyond_what_is_data(
    page_at, as_person, count
):
    first = people.worker(99, name="AHMAD", hamlet="Krajan")
    page = page_at(1280, as_person("olan"))
    page.goto(f"{HOME}{NEW}?sesudah={first.public_id}")
    page.get_by_label("NIK", exact=True).wait_for()
    loads = []
    page.on("load", lambda _: loads.append(page.url))
    keys = Keyboard(page)
    for number in range(count):
        _enter(keys, number)
        expect(page.get_by_role("status").first).to_contain_text("tersimpan")
        expect(page.get_by_label("NIK", exact=True)).to_have_value("")
    entered = [person for person in everybody() if person.pk != first.pk]
    assert len(entered) == count
    assert {(p.hamlet, p.address, p.rt, p.occupation_text) for p in entered} == {
        ("Krajan", first.address, "001", "Petani")
    }
    assert {(p.sex, str(p.birth_date)) for p in entered} == {("L", "1980-01-01")}
    assert len(loads) == count
    assert keys.data == count * 61
    assert keys.others <= count * 7
    assert_quiet(page)


def test_a_kept_value_is_replaced_by_typing_and_cleared_with_one_key(page_at, as_person):
    first = people.worker(99, hamlet="Krajan")
    page = page_at(360, as_person("olan"))
    page.goto(f"{HOME}{NEW}?sesudah={first.public_id}")
    hamlet, address = page.get_by_label("Dusun"), page.get_by_label("Alamat")
    expect(hamlet).to_have_value("Krajan")
    hamlet.focus()
    page.keyboard.press("Escape")
    expect(hamlet).to_have_value("")
    address.focus()
    page.keyboard.type("X")
    expect(address).to_have_value("X")
    assert_accessible(page)
    assert_fits(page)


def test_a_proposal_follows_the_nik_until_somebody_types_over_it(page_at, as_person):
    page = page_at(360, as_person("olan"))
    page.goto(f"{HOME}{NEW}")
    nik, born = page.get_by_label("NIK", exact=True), page.get_by_label("Tanggal lahir")
    nik.fill(WOMAN)
    expect(born).to_have_value("12-03-1980")
    expect(page.get_by_label("Perempuan")).to_be_checked()
    expect(page.get_by_text("Diusulkan dari NIK").first).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    nik.fill(people.nik(1))
    expect(born).to_have_value("01-01-1980")
    expect(page.get_by_label("Laki-laki")).to_be_checked()
    born.fill("02-01-1980")
    nik.fill(WOMAN)
    expect(page.get_by_label("Perempuan")).to_be_checked()
    expect(born).to_have_value("02-01-1980")
    assert_quiet(page)
