"""What a page does for what is typed on it while there is no connection or no session."""

import pytest
from django.conf import settings
from playwright.sync_api import expect

from tests import people
from tests.pages.browser import HOME, assert_accessible, assert_fits, assert_quiet, open_known
from tests.villages.test_kept_forms import Browser
from tests.workers.asking import NEW, everybody

pytestmark = pytest.mark.django_db
OFFLINE = "() => { window.online = fetch; window.fetch = () => Promise.reject(new TypeError()) }"
ONLINE = "() => { window.fetch = window.online }"


@pytest.fixture
def form(page_at, as_person):
    """The form of a person, with something typed."""
    page = page_at(360, as_person("olan"))
    page.goto(HOME + NEW)
    page.get_by_label("NIK", exact=True).fill(people.nik(1))
    page.get_by_label("Nama lengkap").fill("SITI KENARI")
    return page


def send(page):
    page.get_by_role("button", name="Simpan", exact=True).click()


def test_without_a_connection_what_was_typed_stays_and_is_sent_once_there_is_one(form):
    form.evaluate(OFFLINE)
    send(form)
    alert = form.get_by_role("alert").filter(has_text="Tidak ada sambungan")
    expect(alert).to_be_focused()
    expect(form.get_by_label("Nama lengkap")).to_have_value("SITI KENARI")
    assert everybody() == []
    assert_accessible(form)
    assert_fits(form)
    form.evaluate(ONLINE)
    send(form)
    expect(form.get_by_role("status").first).to_contain_text("SITI KENARI tersimpan")
    assert len(everybody()) == 1


def test_after_the_session_has_ended_it_is_sent_from_the_same_page(form, client):
    client.logout()
    send(form)
    alert = form.get_by_role("alert").filter(has_text="Anda sudah keluar")
    expect(alert).to_be_focused()
    link = alert.get_by_role("link", name="Masuk lagi di tab baru")
    assert link.get_attribute("target") == "_blank"
    assert link.get_attribute("href") == "/masuk/?next=/isian/"
    assert_accessible(form)
    assert_fits(form)
    client.force_login(people.office("olan").user, backend=settings.AUTHENTICATION_BACKENDS[0])
    send(form)
    expect(form.get_by_role("status").first).to_contain_text("SITI KENARI tersimpan")
    assert_quiet(form)


def test_it_is_not_sent_as_somebody_else_who_logged_in_in_another_tab(form, as_person):
    as_person("bagus")
    send(form)
    expect(form.get_by_role("alert")).to_contain_text("Akun atau jabatan lain sedang dipakai")
    assert everybody() == []
    as_person("olan")
    send(form)
    expect(form.get_by_role("status").first).to_contain_text("tersimpan")


def test_the_button_that_was_pressed_is_the_one_that_is_sent(form):
    form.get_by_role("button", name="Simpan dan tambah lagi").click()
    form.wait_for_url("**/pekerja/baru/?sesudah=*")


def test_pressing_twice_sends_once(form):
    button = form.get_by_role("button", name="Simpan", exact=True)
    button.dblclick()
    expect(form.get_by_role("status").first).to_contain_text("tersimpan")
    assert len(everybody()) == 1


def test_who_is_about_to_be_logged_out_is_warned_and_may_stay(page_at, as_person, client):
    as_person("olan")
    session = client.session
    session["seen"] -= settings.SESSION_IDLE - 240  # four minutes are left
    session.save()
    page = page_at(360, client)
    client.get("/sesi/", headers={"X-Automatic": "1"})
    page.goto(f"{HOME}{NEW}?otomatis=1")
    warning = page.get_by_role("alertdialog")
    expect(warning).to_contain_text("Anda akan keluar otomatis")
    expect(warning).to_contain_text("Tinggal 4 menit")
    assert_accessible(page)
    assert_fits(page)
    page.get_by_role("button", name="Tetap masuk").click()
    expect(warning).to_be_hidden()
    assert client.get("/sesi/").json()["left"] > settings.SESSION_IDLE - 60
    assert_quiet(page)


def test_at_the_end_of_the_day_nobody_can_stay_and_is_told_to_send(page_at, as_person, client):
    as_person("olan")
    session = client.session
    session["begun"] -= settings.SESSION_COOKIE_AGE - 240
    session.save()
    page = page_at(360, client)
    page.goto(HOME + NEW)
    page.get_by_role("button", name="Tetap masuk").click()
    expect(page.get_by_text("Batas masuk sehari sudah tercapai")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def test_a_kept_form_is_sent_without_scripts(page_at, as_person, client):
    page = page_at(360, as_person("olan"), javascript=False)
    page.goto(HOME + NEW)
    page.get_by_label("NIK", exact=True).fill(people.nik(1))
    page.get_by_label("Nama lengkap").fill("SITI KENARI")
    del client.cookies[settings.SESSION_COOKIE_NAME]
    send(page)
    expect(page.get_by_text("tidak hilang: disimpan 30 menit")).to_be_visible()
    page.get_by_label("Nama pengguna").fill("olan")
    page.get_by_label("Kata sandi").fill(people.PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Isian yang belum terkirim")).to_be_visible()
    expect(page.get_by_text("SITI KENARI")).to_be_visible()
    judged = page_at(360, client)
    judged.goto(f"{HOME}/isian/")
    assert_accessible(judged)
    assert_fits(judged)
    page.get_by_role("button", name="Kirim sekarang").click()
    expect(page.get_by_role("status").first).to_contain_text("SITI KENARI tersimpan")


def test_without_cookies_and_scripts_what_was_typed_is_sent_from_the_answer(page_at):
    browser = Browser()
    browser.log_in("olan")
    page = page_at(360, browser, javascript=False)
    page.goto(HOME + NEW)
    page.get_by_label("NIK", exact=True).fill(people.nik(1))
    page.get_by_label("Nama lengkap").fill("SITI KENARI")
    browser.cookies.clear()
    send(page)
    expect(page.get_by_role("heading", name="Isian Anda belum terkirim")).to_be_visible()
    judged = page_at(360, browser)
    open_known(judged, NEW, browser.post(NEW, {"name": "SITI KENARI"}))
    assert_accessible(judged)
    assert_fits(judged)
    browser.cookies.clear()
    page.get_by_role("button", name="Kirim sekarang").click()
    browser.log_in("olan")
    page.get_by_role("button", name="Kirim sekarang").click()
    page.get_by_role("button", name="Kirim sebagai Operator desa Senden").click()
    expect(page.get_by_role("status").first).to_contain_text("SITI KENARI tersimpan")


def test_back_gives_back_what_was_typed_where_the_browser_may_remember_it(page_at, as_person):
    """Fields about people say autocomplete=off, so the browser forgets them: decision 19."""
    page = page_at(360, as_person("rini"), javascript=False)
    page.goto(f"{HOME}/program/baru/")
    page.get_by_label("Nama program").fill("Nelayan 2027")
    page.get_by_role("link", name="Beranda").first.click()
    page.go_back()
    expect(page.get_by_label("Nama program")).to_have_value("Nelayan 2027")
