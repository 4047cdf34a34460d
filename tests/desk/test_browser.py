"""The desk in a browser: decided by keyboard alone; and without scripts."""

import pytest
from playwright.sync_api import expect

from enrollment.workers.models import Worker
from tests import people
from tests.desk.asking import desk_of
from tests.pages.browser import (
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    transfer_size,
)
from tests.proposals import making
from tests.proposals.asking import of
from tests.selection import short
from villages import scope

pytestmark = [pytest.mark.django_db, pytest.mark.browser]
CUT = """() => document.body.addEventListener("htmx:configRequest", event => {
    event.detail.path = "/tidak-ada/";
}, { once: true })"""
IS_CLEAR_OF_THE_BAR = """() => {
    const [here, bar] = [document.activeElement, document.querySelector(".desk-bar")];
    const [own, its] = [here.getBoundingClientRect(), bar.getBoundingClientRect()];
    const apart = own.bottom <= its.top || own.top >= its.bottom || own.left >= its.right;
    return bar.contains(here) || apart;
}"""
IS_AT_THE_TOP = """() => {
    const { top } = document.querySelector("[data-desk-person]").getBoundingClientRect();
    return top > 0 && top < 220;
}"""
NAMES = ["ANI", "BUDI", "CICI", "DEDI", "EKO", "FITRI", "GITA"]


@pytest.fixture
def seven():
    """Seven people of a family who wait for the verifier, with something to look at."""
    values = {"findings": ["kk.format"], "kk": "3503070101200001"}
    proposal = making.submitted(making.programme(), 7, **values)
    with scope.whole_country("tests"):
        for row, name in zip(making.entries(proposal), NAMES, strict=True):
            Worker.objects.filter(pk=row.worker_id).update(name=name)
    people.worker(70, people.BOGORAN, name="ANI")
    return proposal


def at(page, name):
    expect(page.locator("[data-desk-person]")).to_have_text(name)


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def test_five_are_decided_by_keyboard_and_one_is_taken_back(page_at, as_person, seven):
    page = page_at(1280, as_person("vera"))
    page.goto(HOME + desk_of(seven))
    at(page, "ANI")
    press(page, "v")
    at(page, "BUDI")
    press(page, "k", "1")  # the first of the usual reasons
    at(page, "CICI")
    press(page, "l")
    at(page, "DEDI")
    press(page, "t", "0")
    page.keyboard.type("tetap verifikasi")  # letters of verbs, in a field
    press(page, "Enter")
    at(page, "EKO")
    press(page, "m")
    at(page, "CICI")
    press(page, "v")
    at(page, "EKO")
    press(page, "v")
    at(page, "FITRI")
    assert making.states(seven) == {"verified": 3, "returned": 1, "rejected": 1, "submitted": 2}
    assert page.locator("#meja-kabar").inner_text() == "EKO diverifikasi."
    for name in ("EKO", "CICI", "DEDI", "BUDI"):
        press(page, "u")
        at(page, name)
    assert making.states(seven) == {"verified": 1, "submitted": 6}
    assert_quiet(page)
    page.get_by_role("link", name="Buka daftarnya").click()
    page.wait_for_url(HOME + of(seven))
    assert page.locator("tbody tr").count() == 6


def test_enter_in_an_empty_own_reason_decides_nothing(page_at, as_person, seven):
    page = page_at(1280, as_person("vera"))
    page.goto(HOME + desk_of(seven))
    at(page, "ANI")
    press(page, "k", "0", "Enter")
    expect(page.locator("[data-own]:focus")).to_be_visible()
    press(page, "Escape", "t", "0", " ", "Enter")  # the browser takes a space for an answer
    expect(page.locator("#meja-kabar")).to_contain_text("Tulis alasannya")
    at(page, "ANI")
    assert making.states(seven) == {"submitted": 7}
    assert_quiet(page)


def test_a_sheet_that_is_closed_by_its_letter_or_its_button_leaves_the_keys_at_work(
    page_at, as_person, seven
):
    page = page_at(1280, as_person("vera"))
    page.goto(HOME + desk_of(seven))
    at(page, "ANI")
    summary = page.locator("summary", has_text="Kembalikan")
    press(page, "k")
    expect(page.locator("[data-reason]:focus")).to_be_visible()
    press(page, "k")
    expect(summary).to_be_focused()
    press(page, "k")
    expect(page.locator("[data-reason]:focus")).to_be_visible()
    summary.dispatch_event("click")  # as a screen reader presses it, without moving the focus
    expect(summary).to_be_focused()
    press(page, "v")
    at(page, "BUDI")


def test_a_letter_among_other_people_leads_back_to_the_person_and_decides_nothing(
    page_at, as_person, seven
):
    page = page_at(1280, as_person("vera"))
    page.goto(HOME + desk_of(seven))
    at(page, "ANI")
    for others in (".desk-beside", ".desk-around"):
        page.locator(others).get_by_role("link", name="BUDI").focus()
        press(page, "v")
        expect(page.locator("[data-desk-person]")).to_be_focused()
    assert making.states(seven) == {"submitted": 7}
    press(page, "v")
    at(page, "BUDI")
    assert making.states(seven) == {"verified": 1, "submitted": 6}


def test_what_was_done_is_said_in_the_same_place_and_the_next_stands_at_the_top(
    page_at, as_person, seven
):
    page = page_at(1280, as_person("vera"))
    page.goto(HOME + desk_of(seven))
    at(page, "ANI")
    # A screen reader reads what comes into a place that it knows.
    page.evaluate("() => { document.getElementById('meja-kabar').isKnown = true; }")
    press(page, "v")
    at(page, "BUDI")
    news = page.locator("#meja-kabar")
    expect(news).to_be_in_viewport()
    assert news.inner_text() == "ANI diverifikasi."
    assert page.evaluate("() => document.getElementById('meja-kabar').isKnown")
    page.wait_for_function(IS_AT_THE_TOP)
    page.locator("[data-desk-person]").focus()
    for _ in range(12):
        press(page, "Tab")
        page.wait_for_function(IS_CLEAR_OF_THE_BAR)


@pytest.mark.parametrize("width", short([360, 1280]))
def test_is_accessible_fits_and_is_small(page_at, as_person, seven, width):
    page = page_at(width, as_person("vera"))
    page.goto(HOME + desk_of(seven))
    at(page, "ANI")
    assert transfer_size(page) < LARGEST
    assert_accessible(page)
    assert_fits(page)
    press(page, "k")
    assert_accessible(page)
    assert_fits(page)
    press(page, "Escape", "v")
    at(page, "BUDI")
    assert_accessible(page)
    assert_fits(page)
    press(page, "?")
    expect(page.get_by_role("dialog", name="Tombol cepat")).to_be_visible()
    assert_accessible(page)
    press(page, "v")
    assert making.states(seven) == {"verified": 1, "submitted": 6}, "no key decides in the dialog"
    press(page, "Escape")
    expect(page.get_by_role("dialog", name="Tombol cepat")).to_be_hidden()
    assert_quiet(page)


def test_keys_can_be_switched_off_and_act_only_at_the_desk(page_at, as_person, seven):
    page = page_at(1280, as_person("vera"))
    page.goto(HOME + desk_of(seven))
    at(page, "ANI")
    page.get_by_role("link", name="Beranda").first.focus()
    press(page, "v")
    page.get_by_role("button", name="Tombol cepat").click()
    page.get_by_label("Pakai tombol cepat").uncheck()
    press(page, "Escape", "v")
    page.reload()
    press(page, "v")
    at(page, "ANI")
    assert page.locator("#meja kbd:visible").count() == 0
    assert making.states(seven) == {"submitted": 7}, "nothing was decided by a key"
    page.get_by_role("button", name="Verifikasi").click()
    at(page, "BUDI")
    assert_quiet(page)


def test_what_is_not_sent_is_said_and_can_be_sent_again(page_at, as_person, seven):
    page = page_at(1280, as_person("vera"))
    page.goto(HOME + desk_of(seven))
    page.evaluate(CUT)
    press(page, "v")
    expect(page.locator("#meja-terputus")).to_be_visible()
    page.complaints.clear()  # the browser's own, of the address that is not there
    at(page, "ANI")
    press(page, "v")
    at(page, "BUDI")
    expect(page.locator("#meja-terputus")).to_be_hidden()
    assert making.states(seven) == {"verified": 1, "submitted": 6}


def test_everything_works_without_scripts(page_at, as_person, seven):
    page = page_at(360, as_person("vera"), javascript=False)
    page.goto(HOME + desk_of(seven))
    assert page.locator("kbd:visible").count() == 0, "no keys are promised"
    page.get_by_role("button", name="Verifikasi").click()
    assert page.locator("[data-desk-person]").inner_text() == "BUDI"
    page.locator("summary", has_text="Kembalikan").click()
    page.get_by_role("button", name="Tanggal lahir berbeda dari KTP").click()
    assert page.locator("[data-desk-person]").inner_text() == "CICI"
    page.get_by_role("link", name="Lewati").click()
    page.get_by_role("button", name="Urungkan").click()
    assert page.locator("[data-desk-person]").inner_text() == "BUDI"
    assert making.states(seven) == {"verified": 1, "submitted": 6}
