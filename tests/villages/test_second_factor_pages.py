"""The pages of the second factor in a browser, on a phone and on a desk, without scripts too.

PICTURES=/a/folder saves a picture of each page.
"""

import os
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet
from tests.selection import short
from tests.villages.second_factor import code_of, give, later
from tests.villages.test_second_factor import logged_in, move_proof_back
from villages import scope
from villages.accounts.factor import resets
from villages.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PHONE, DESK = 360, 1280
PICTURES = os.environ.get("PICTURES")
CODE = "Kode 6 angka dari aplikasi"


def look_at(page, name):
    """Check the page in both widths, with everything unfolded."""
    page.evaluate("document.querySelectorAll('details.toggle').forEach(it => { it.open = true })")
    for width in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": 800})
        if PICTURES:
            page.screenshot(path=Path(PICTURES) / f"{name}-{width}.png", full_page=True)
        assert_fits(page)
    page.set_viewport_size({"width": PHONE, "height": 800})
    assert_accessible(page)
    assert_quiet(page)


def open_page(page, url, name):
    page.goto(f"{HOME}{url}")
    look_at(page, name)


@pytest.mark.parametrize("javascript", short([True, False]))
def test_setting_up_and_logging_in_with_a_code(page_at, as_person, client, javascript):
    user = people.office("kartika").user
    page = page_at(PHONE, as_person("kartika"), javascript=javascript)
    page.goto(f"{HOME}{reverse('account')}")
    page.get_by_role("link", name="Pasang verifikasi dua langkah").click()
    if javascript:
        look_at(page, "pasang")
    assert page.locator("img[alt^='Gambar QR']").evaluate("img => img.naturalWidth") > 200
    page.get_by_label(CODE).fill("000000")
    page.get_by_role("button", name="Pasang").click()
    page.get_by_text("Kode tidak cocok").first.wait_for()
    page.get_by_label(CODE).fill(code_of(user))
    page.get_by_role("button", name="Pasang").click()
    page.get_by_role("heading", name="Kode pemulihan Anda").wait_for()
    if javascript:
        look_at(page, "kode-pemulihan")
    page.get_by_role("link", name="Sudah saya simpan").click()
    client.post("/keluar/")
    later(user)
    page.goto(f"{HOME}/usulan/")
    page.get_by_label("Nama pengguna").fill("kartika")
    page.get_by_label("Kata sandi").fill(people.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    page.get_by_label(CODE).wait_for()
    if javascript:
        look_at(page, "kode-masuk")
    page.get_by_label(CODE).fill(code_of(user))
    page.get_by_role("button", name="Lanjut").click()
    page.wait_for_url("**/usulan/")


def test_asked_again_the_person_goes_on_with_what_was_typed(page_at):
    user, kartika = people.office("rini").user, people.office("kartika").user
    give("rini")
    client = logged_in(user)
    page = page_at(PHONE, client)
    page.goto(f"{HOME}{reverse('account_edit', args=[kartika.pk])}")
    page.get_by_label("Nama", exact=True).fill("Kartika Dewi")
    move_proof_back(client)
    later(user)
    page.get_by_role("button", name="Simpan", exact=True).click()
    page.get_by_role("heading", name="sekali lagi").wait_for()
    look_at(page, "kode-lagi")
    page.get_by_label(CODE).fill(code_of(user))
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_text("Akun kartika tersimpan").wait_for()
    with scope.whole_country("tests"):
        assert User.objects.get(pk=kartika.pk).first_name == "Kartika Dewi"


@pytest.mark.every
def test_the_other_pages(page_at):
    amir, vera = people.office("amir").user, people.office("vera").user
    give("amir")
    client = logged_in(amir)
    other = Client()
    other.force_login(amir, backend="villages.backends.OfficeHolderBackend")
    page = page_at(PHONE, client)
    for name in ("account", "recovery_codes", "factor_off"):
        open_page(page, reverse(name), name)
    rini = people.office("rini")
    with scope.enter(rini):
        resets.ask(vera, by=rini, asker=rini.user)
    open_page(page, reverse("reset_list"), "permintaan")
    client.force_login(rini.user, backend="villages.backends.OfficeHolderBackend")
    open_page(page, reverse("reset_ask", query={"akun": "vera"}), "minta")


def test_who_must_set_it_up_sees_why(page_at, as_person, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    page = page_at(PHONE, as_person("audi"))
    page.goto(f"{HOME}/")
    page.get_by_text("Harus dipasang dahulu").wait_for()
    look_at(page, "wajib")
