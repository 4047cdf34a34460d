"""The grid of bad rows in a browser, also used by the keyboard alone."""

import os

import pytest
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.mending.grid import ROWS_A_PAGE
from enrollment.workers.models import Worker
from tests import people
from tests.imports.pages.test_mending import SEVEN, address, current, handed_in, sent
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

PICTURES = os.environ.get("PICTURES")
TALLEST = 3_000
"""Pixels that the rows of a page take at 1280 px."""
WHERE = "document.activeElement"
RIGHT = [*(people.nik(number) for number in range(901, 906)), "SITI AMINAH", "17-08-1975"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def grid_at(page_at, client, as_person):
    """`grid_at(360)` opens the grid of seven bad rows as Kartika."""

    def open_grid(width, **options):
        job = handed_in(SEVEN)
        as_person("kartika")
        page = page_at(width, client, **options)
        page.goto(HOME + reverse("import_mend", args=[job.pk]))
        return job, page

    return open_grid


def look(page, name):
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/mend-{name}.png", full_page=True)
        page.complaints.clear()  # a picture needs styles of its own


def tab_to(page, condition, key="Tab"):
    """Press Tab until the focused element meets a condition (JavaScript about `it`)."""
    for _ in range(150):
        page.keyboard.press(key)
        if page.evaluate(f"(it => {condition})({WHERE})"):
            return
    raise AssertionError(f"Tab does not lead to {condition}")


def type_over(page, text):
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(text)


@pytest.mark.parametrize("width", short([360, 1280]))
def test_rows_can_be_corrected_and_saved_by_the_keyboard_alone(grid_at, width):
    job, page = grid_at(width)
    look(page, f"before-{width}")
    assert_accessible(page)
    assert_fits(page)
    assert transfer_size(page) < LARGEST
    tab_to(page, "it.matches('[data-row] input')")
    for number, text in enumerate(RIGHT, start=1):
        type_over(page, text)
        page.keyboard.press("Enter")
        page.locator(".mend-row.tone-good").nth(number - 1).wait_for()
        if number < len(RIGHT):
            assert page.evaluate(f"{WHERE}.matches('.tone-refused input')")
    assert page.locator("[data-row]").count() == 7
    assert page.evaluate(f"{WHERE}.matches('[data-row]')")
    assert "Tidak ada lagi yang perlu diperbaiki. 200 orang siap" in page.inner_text("#sisa")
    look(page, f"after-{width}")
    assert_accessible(page)
    assert_fits(page)

    tab_to(page, "it.textContent.includes('Selesai memperbaiki')", "Shift+Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Simpan 200 orang ke daftar").wait_for()
    tab_to(page, "it.textContent.includes('Simpan 200 orang ke daftar')")
    page.keyboard.press("Enter")
    page.get_by_text("Menyimpan ke daftar pekerja").first.wait_for()
    assert_quiet(page)
    actions.advance(job.pk)
    assert current(job).taken == 200
    with scope.whole_country("test"):
        assert Worker.objects.count() == 200


def test_escape_restores_the_text_and_arrows_stay_in_the_column(grid_at):
    job, page = grid_at(1280)
    first, second = page.locator("[data-row] input[name=sel-nik][aria-invalid]").all()[:2]
    before = second.input_value()
    second.focus()
    type_over(page, "123")
    page.keyboard.press("Escape")
    assert second.input_value() == before
    page.keyboard.press("ArrowUp")
    assert first.evaluate(f"it => it === {WHERE}")
    page.keyboard.press("ArrowDown")
    assert second.evaluate(f"it => it === {WHERE}")
    assert current(job).good == 193


def test_a_row_that_is_still_wrong_keeps_its_text_and_does_not_take_the_focus(grid_at):
    job, page = grid_at(1280)
    tab_to(page, "it.matches('[data-row] input')")
    type_over(page, "3503")
    page.keyboard.press("Enter")
    page.get_by_text("angka").first.wait_for()
    row = page.locator("[data-row]").first
    row.get_by_text("4 angka").wait_for()
    assert row.locator("input[aria-invalid]").input_value() == "3503"
    second = page.locator("[data-row] input[aria-invalid]").nth(1)
    assert second.evaluate(f"it => it === {WHERE}")
    row.get_by_role("button", name="Periksa baris ini").click()
    row.locator("input[aria-invalid]").fill(people.nik(900))
    row.get_by_role("button", name="Periksa baris ini").click()
    page.locator(".mend-row.tone-good").wait_for()
    assert page.evaluate(f"{WHERE}.id === document.querySelector('[data-row]').id")
    assert current(job).good == 194
    assert_quiet(page)


def test_other_cells_can_be_opened_and_a_row_changed_meanwhile_shows_both_texts(grid_at, client):
    job, page = grid_at(360)
    row = page.locator("[data-row]").nth(4)
    row.locator("summary").click()
    row.get_by_label("Alamat").fill("JL. BARU NO. 1")
    look(page, "other-cells-360")
    with scope.whole_country("test"):
        seen = job.rows.get(row=154)
    client.post(address(job, seen), sent(seen, address="JL. ORANG LAIN"))
    row.get_by_role("button", name="Periksa baris ini").click()
    row.get_by_text("baru saja diperbaiki orang lain").wait_for()
    assert row.get_by_label("Alamat").input_value() == "JL. BARU NO. 1"
    assert "JL. ORANG LAIN" in row.inner_text()
    look(page, "stale-360")
    assert_accessible(page)
    row.get_by_role("button", name="Periksa baris ini").click()
    row.get_by_text("baru saja").wait_for(state="detached")
    with scope.whole_country("test"):
        assert job.rows.get(row=154).address == "JL. BARU NO. 1"


def test_a_row_that_cannot_be_sent_keeps_its_text_and_says_so(grid_at, client):
    """For example when the user was logged out meanwhile: the answer is another page."""
    job, page = grid_at(360)
    row = page.locator("[data-row]").first
    client.logout()
    row.locator("input[aria-invalid]").fill(people.nik(901))
    row.get_by_role("button", name="Periksa baris ini").click()
    page.get_by_text("Belum terkirim").wait_for()
    assert row.locator("input[aria-invalid]").input_value() == people.nik(901)
    assert current(job).good == 193


@pytest.mark.every
def test_without_javascript_each_row_has_its_own_button(grid_at):
    job, page = grid_at(360, javascript=False)
    look(page, "plain-360")
    for number, text in enumerate(RIGHT):
        row = page.locator(".mend-row.tone-refused").first
        field = row.locator("input[aria-invalid]")
        if number == 0:
            field.fill("350307")
            row.get_by_role("button", name="Periksa baris ini").click()
            row = page.locator(".mend-row.tone-refused").first
            field = row.locator("input[aria-invalid]")
            assert field.input_value() == "350307"
        field.fill(text)
        row.get_by_role("button", name="Periksa baris ini").click()
        assert page.locator(".mend-row.tone-good").count() == 1
    page.get_by_role("link", name="Selesai memperbaiki").click()
    page.get_by_role("button", name="Simpan 200 orang ke daftar").click()
    actions.advance(job.pk)
    assert current(job).taken == 200


@pytest.mark.parametrize("width", short([360, 1280]))
@pytest.mark.every
def test_left_over_rows_can_be_corrected_and_saved_after_the_rest(grid_at, width):
    job, page = grid_at(width)
    page.get_by_role("link", name="Selesai memperbaiki").click()
    look(page, f"preview-{width}")
    page.get_by_role("button", name="Simpan 193 orang ke daftar").click()
    page.get_by_text("Menyimpan ke daftar pekerja").first.wait_for()
    actions.advance(job.pk)
    page.goto(HOME + reverse("import_detail", args=[job.pk]))
    page.get_by_role("link", name="perbaiki", exact=True).click()
    row = page.locator("[data-row]").first
    row.locator("input[aria-invalid]").fill(people.nik(901))
    row.get_by_role("button", name="Periksa baris ini").click()
    page.get_by_text("1 orang siap disimpan").wait_for()
    page.get_by_role("link", name="Selesai memperbaiki").click()
    save = page.get_by_role("button", name="Simpan 1 orang yang sudah diperbaiki")
    save.wait_for()
    look(page, f"waiting-{width}")
    assert_accessible(page)
    assert_fits(page)
    save.click()
    page.get_by_text("Menyimpan ke daftar pekerja").first.wait_for()
    actions.advance(job.pk)
    assert current(job).taken == 194
    assert_quiet(page)


def test_text_typed_while_waiting_for_the_answer_is_kept_and_sent_next(grid_at):
    job, page = grid_at(1280)
    field = page.locator("[data-row] input[aria-invalid]").first
    field.focus()
    field.evaluate(
        "(it, nik) => { it.value = '35'; it.form.requestSubmit(); it.value = nik }", people.nik(901)
    )
    page.locator("[data-row] >> nth=0 >> form:not([data-sent])").wait_for(state="attached")
    assert field.input_value() == people.nik(901)
    assert field.evaluate(f"it => it === {WHERE}")
    assert current(job).good == 193
    page.keyboard.press("ArrowDown")
    page.locator(".mend-row.tone-good").wait_for()
    assert current(job).good == 194
    assert_quiet(page)


def test_a_page_of_bad_rows_is_dense_and_says_what_repeats_once(
    page_at, client, as_person, workbook
):
    names = ["ANI", "BUDI", "CITRA", "DEWI", "EKO", "FAJAR"]
    rows = [[people.nik(number)[:15], f"{names[number % 6]} {names[number // 6]}"]
            for number in range(30)]  # fmt: skip
    job = handed_in(workbook({"Warga": [["NIK", "Nama"], *rows]}))
    as_person("kartika")
    page = page_at(1280, client)
    page.goto(HOME + reverse("import_mend", args=[job.pk]))
    assert page.locator("[data-row]").count() == ROWS_A_PAGE
    look(page, "dense")
    assert page.locator(".mend").bounding_box()["height"] <= TALLEST
    assert page.get_by_text("Cocokkan dengan KTP atau KK.").count() == 1
    assert page.get_by_text("di sini terbaca 15 angka").count() == ROWS_A_PAGE
    assert_fits(page)
