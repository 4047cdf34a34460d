"""The page for matching columns in a browser, and matching through the real queue."""

import os
import threading
import time

import pytest
from django.db import connection
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.jobs import actions as jobs
from tests import people
from tests.imports.columns.test_matching import GUESSED, PEOPLE, PLAIN, RIGHT, STRANGE, post
from tests.imports.pages.test_lists import page as page_of
from tests.imports.pages.test_lists_in_a_browser import current, handed_in
from tests.imports.test_jobs import ready, wait
from tests.pages.browser import (
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    shows_another_kind,
    transfer_size,
)
from villages import scope
from villages.refusals import Refusal

PICTURES = os.environ.get("PICTURES")
WIDE = [
    ["NO", "NIK", "NAMA KEPALA KELUARGA", *[f"Isian tambahan nomor {at}" for at in range(60)]],
    *[[at, nik, name, *[home] * 60] for at, (nik, name, home) in enumerate(PEOPLE, 1)],
]


def cases(workbook):
    """Pages to look at: (name, import, button to press or None)."""
    yield "strange", handed_in(workbook({"Data": STRANGE}, name="strange.xlsx")), None
    yield "guessed", handed_in(workbook({"Data": GUESSED}, name="guessed.xlsx")), None
    sheets = {"Warga": PLAIN, "Lain": STRANGE, "Lain 2": STRANGE}
    yield "several", handed_in(workbook(sheets, name="several.xlsx")), None
    yield "wide", handed_in(workbook({"Data": WIDE}, name="wide.xlsx")), None
    yield "again", handed_in(workbook({"Data": PLAIN}, name="again.xlsx")), None
    yield "wrong", handed_in(workbook({"Data": STRANGE}, name="wrong.xlsx")), "Lanjut periksa"


@pytest.mark.django_db
def test_the_page_is_accessible_fits_and_is_small(page_at, client, as_person, workbook):
    as_person("kartika")
    page = page_at(360, client)
    for name, job, button in cases(workbook):
        page.loaded.clear()
        page.set_viewport_size({"width": 360, "height": 800})
        page.goto(HOME + reverse("import_columns", args=[job.pk]))
        assert transfer_size(page) < LARGEST, name
        if button:
            page.get_by_role("button", name=button).click()
            page.get_by_role("alert").wait_for()
        for width in (360, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            if width == 360 or shows_another_kind(page):
                assert_accessible(page)
            assert_fits(page)
            if PICTURES:
                page.screenshot(path=f"{PICTURES}/columns-{name}-{width}.png", full_page=True)
                page.complaints.clear()  # a picture needs styles of its own
        assert_quiet(page)


@pytest.mark.django_db
def test_unused_columns_are_folded_away_until_one_is_chosen(page_at, client, as_person, workbook):
    as_person("kartika")
    job = handed_in(workbook({"Data": WIDE}))
    page = page_at(360, client)
    page.goto(HOME + reverse("import_columns", args=[job.pk]))
    last = page.get_by_label("Isian tambahan nomor 59")
    assert not last.is_visible()
    page.get_by_text("60 kolom lain yang tidak dipakai").click()
    last.select_option(label="NIK")
    page.get_by_role("button", name="Lanjut periksa").click()
    page.get_by_role("alert").get_by_text("NIK sudah dipilih untuk kolom “NIK”").wait_for()
    assert last.is_visible()


@pytest.mark.django_db
def test_columns_can_be_matched_without_javascript(page_at, client, as_person, workbook):
    as_person("kartika")
    job = handed_in(workbook({"Data": STRANGE}))
    page = page_at(360, client, javascript=False)
    page.goto(HOME + reverse("import_detail", args=[job.pk]))
    page.get_by_label("Panggilan").select_option(label="Nama")
    page.get_by_label("Tinggal di").select_option(label="Alamat")
    page.get_by_role("button", name="Lanjut periksa").click()
    actions.advance(job.pk)
    page.goto(HOME + reverse("import_detail", args=[job.pk]))
    if PICTURES:
        page.screenshot(path=f"{PICTURES}/columns-used-360.png", full_page=True)
    page.get_by_role("link", name="Ubah kolom").click()
    assert page.get_by_label("Panggilan").input_value() == "name"
    page.get_by_role("link", name="Batal").click()
    page.get_by_role("button", name="Simpan 4 orang ke daftar").click()
    assert current(job).phase == "take"


@pytest.mark.django_db(transaction=True)
def test_a_matched_list_gets_to_its_preview_through_the_queue(queue_worker, as_person, workbook):
    client, path = as_person("kartika"), workbook({"Data": STRANGE})

    def upload():
        with path.open("rb") as file:
            answer = client.post(reverse("import_new"), {"file": file})
        pk = answer["Location"].split("/")[-2]
        return wait(Import(pk=pk), ready)

    job = upload()
    assert (job.phase, job.state) == ("match", "waiting")
    post(client, job, RIGHT)
    job = wait(job, ready)
    assert (job.phase, job.people, job.good) == ("preview", 4, 4)
    assert "Simpan 4 orang ke daftar" in page_of(client, "import_detail", job.pk)
    assert upload().phase == "preview"


@pytest.mark.django_db(transaction=True)
def test_of_two_matches_at_once_one_is_refused(workbook, monkeypatch):
    monkeypatch.setattr(jobs, "enqueue", lambda job: None)
    job, office = handed_in(workbook({"Data": STRANGE})), people.office("kartika")
    signature, start, outcomes = job.tables[0]["signature"], threading.Barrier(2), []

    def match(chosen):
        try:
            with scope.enter(office):
                start.wait()
                actions.correct_reading(by=office, job=job, answers={signature: chosen})
                time.sleep(0.2)  # the other waits for the row meanwhile
            outcomes.append("matched")
        except Refusal as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    matches = (RIGHT, {0: "name", 1: "nik"})
    pair = [threading.Thread(target=match, args=[chosen]) for chosen in matches]
    for thread in pair:
        thread.start()
    for thread in pair:
        thread.join()
    assert sorted(outcomes) == [actions.NOT_WAITING, "matched"]


@pytest.mark.django_db(transaction=True)
def test_a_confirmed_guess_gets_to_its_preview_through_the_queue(queue_worker, as_person, workbook):
    client, path = as_person("kartika"), workbook({"Data": GUESSED})
    with path.open("rb") as file:
        answer = client.post(reverse("import_new"), {"file": file})
    job = wait(Import(pk=answer["Location"].split("/")[-2]), ready)
    assert job.phase == "match"
    post(client, job, {0: "nik", 1: "name", 2: "address"})
    job = wait(job, ready)
    assert (job.phase, job.good) == ("preview", 4)
