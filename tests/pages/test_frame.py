"""The frame of every page: logging in, choosing an office, and a menu that fits the role."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from portal import navigation
from tests import people
from tests.pages.browser import (
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    transfer_size,
)
from villages import scope
from villages.models import Area, Role
from villages.permissions import MAY

pytestmark = pytest.mark.django_db


def log_in(page, username, password=people.PASSWORD):
    page.goto(f"{HOME}/masuk/")
    page.get_by_label("Nama pengguna").fill(username)
    page.get_by_label("Kata sandi").fill(password)
    page.get_by_role("button", name="Masuk").click()


@pytest.mark.parametrize("width", [360, 1280])
def test_log_in_page_is_accessible_small_and_fits(page_at, client, width):
    page = page_at(width, client)
    page.goto(f"{HOME}/masuk/")
    assert transfer_size(page) < LARGEST
    assert_accessible(page)
    assert_fits(page)
    assert_quiet(page)


def test_a_user_logs_in_and_out(page_at, client):
    people.office("kartika")
    page = page_at(360, client)
    log_in(page, "kartika")
    expect(page.get_by_text("Kepala desa Senden").first).to_be_visible()
    assert_accessible(page)
    assert_fits(page)
    assert_quiet(page)
    page.locator(".office summary").click()
    page.get_by_role("button", name="Keluar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anda sudah keluar")
    assert_accessible(page)
    page.goto(f"{HOME}/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Masuk")


def test_a_wrong_password_is_reported_and_the_name_is_kept(page_at, client):
    people.office("kartika")
    page = page_at(360, client)
    log_in(page, "kartika", "bukan-kata-sandinya")
    expect(page.get_by_role("alert")).to_contain_text("tidak cocok")
    assert page.get_by_label("Nama pengguna").input_value() == "kartika"
    assert_accessible(page)


def test_the_office_can_be_changed_without_javascript(page_at, client):
    people.office("kartika")
    other = people.hold("kartika", Role.VILLAGE_OPERATOR, people.BOGORAN).area
    page = page_at(1280, client, javascript=False)
    log_in(page, "kartika")
    page.locator(".office summary").click()
    page.get_by_label("Bertindak sebagai").select_option(label=f"Operator desa {other}")
    page.get_by_role("button", name="Ganti jabatan", exact=True).click()
    expect(page.locator(".office summary")).to_contain_text(f"Operator desa {other}")


def test_a_nagari_is_not_called_desa(page_at, client):
    people.regency(people.SIJUNJUNG, village_word="nagari", village_head_word="wali nagari")
    with scope.whole_country("test"):
        nagari = Area.objects.villages().within(people.SIJUNJUNG).order_by("code").first()
    people.hold("wati", Role.VILLAGE_HEAD, nagari.code)
    people.hold("wati", Role.VILLAGE_OPERATOR, nagari.code)
    page = page_at(1280, client)
    log_in(page, "wati")
    page.locator(".office summary").click()
    shown = page.locator("body").inner_text()
    assert f"Wali nagari {nagari}" in shown
    assert f"Operator nagari {nagari}" in shown
    assert "desa" not in shown.replace("LindungDesa", "").lower()


@pytest.mark.parametrize("name", people.NAMES)
def test_the_menu_shows_exactly_what_the_role_may_open(client, name):
    office = people.office(name)
    client.force_login(office.user, backend="villages.backends.OfficeHolderBackend")
    shown = [entry["url"] for entry in navigation.menu(office, "/")]
    assert all(client.get(url, follow=True).status_code == 200 for url in shown)
    withheld = {
        reverse(entry.url_name)
        for entry in navigation.MENU
        if entry.verb and office.role not in MAY[entry.verb]
    }
    assert not withheld & set(shown)


def test_a_page_that_becomes_inaccessible_is_found(page_at, client):
    """axe is loaded into a document only once, but checks its current content."""
    page = page_at(360, client)
    page.goto(f"{HOME}/masuk/")
    assert_accessible(page)
    page.evaluate("document.querySelectorAll('label').forEach(label => label.remove())")
    with pytest.raises(AssertionError, match="label: Form elements must have labels"):
        assert_accessible(page)
