"""What arrives without a session, or with an old token, can be sent again: nothing is lost."""

import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.navigation import MENU
from tests import people
from tests.access.forms import forms_of
from tests.workers.asking import COMPLETE, NEW, everybody
from villages import scope
from villages.accounts import kept, tasks
from villages.accounts.models import KeptForm
from villages.models import Office

pytestmark = pytest.mark.django_db
KEPT, TOKEN = "/isian/", "csrfmiddlewaretoken"
TYPED = COMPLETE | {"nik": people.nik(1), "name": "SITI <KENARI>"}


class Browser(Client):
    """A browser whose forms carry the token of their page."""

    def __init__(self):
        super().__init__(enforce_csrf_checks=True)

    def post(self, path, data=None, *, headers=None, **more):
        from_here = {"origin": "http://testserver"}
        return super().post(path, data, headers=from_here | (headers or {}), **more)

    def log_in(self, name):
        """Through the page, as a new token is given there. Returns where it leads."""
        people.office(name)
        token = self.token_at("/masuk/")
        given = {"username": name, "password": people.PASSWORD, "csrfmiddlewaretoken": token}
        return self.post("/masuk/", given).url

    def token_at(self, url):
        return str(self.get(url).context["csrf_token"])

    def lose_session(self):
        del self.cookies[settings.SESSION_COOKIE_NAME]


def rows():
    with scope.whole_country("test"):
        # Row security shows an account its own forms alone.
        users = [people.office(name).user_id for name in ("olan", "kartika")]
    found = []
    for user in users:
        with scope.identity(user_id=user):
            found += list(KeptForm.objects.all())
    return found


@pytest.fixture
def olan():
    browser = Browser()
    browser.log_in("olan")
    return browser


def sent_too_late(browser, **more):
    """The form of a person, opened in time and sent without a session."""
    token = browser.token_at(NEW)
    browser.lose_session()
    return browser.post(NEW, TYPED | more | {"csrfmiddlewaretoken": token})


def given_back(answer):
    """The form on a page that gives back what was sent, or None."""
    found = forms_of(NEW, answer.text) if answer.status_code == 403 else []
    return found[0] if found else None


def the_form(browser, number=0):
    page = browser.get(KEPT)
    found = [form for form in forms_of(KEPT, page.text) if "isian_tertahan" in form.values]
    return found[number] if len(found) > number else None


def test_what_was_sent_after_the_session_ended_is_sent_after_logging_in_again(olan):
    answer = sent_too_late(olan)
    assert answer.url == f"/masuk/?next={KEPT.replace('/', '%2F')}"
    assert "tidak hilang: disimpan 30 menit" in olan.get(answer.url).text
    assert everybody() == []
    assert olan.log_in("olan") == KEPT
    form = the_form(olan)
    assert form.action == NEW
    assert {name: form.values[name] for name in TYPED} == TYPED
    assert olan.post(form.action, form.values).status_code == 302
    assert [person.name for person in everybody()] == ["SITI <KENARI>"]
    assert the_form(olan) is None and rows() == []


@pytest.fixture
def two_offices(olan):
    """Olan's second office, of another village."""
    first = people.office("olan")
    with scope.whole_country("test"):
        return Office.objects.create(
            user_id=first.user_id, role=first.role, area_id=people.BOGORAN, starts_on="2020-01-01"
        )


def act_as(browser, office, **more):
    token = browser.token_at("/")
    given = {"office": office.public_id, "csrfmiddlewaretoken": token, **more}
    return browser.post("/jabatan/", given)


def test_a_form_of_another_tab_is_not_sent_in_the_office_taken_meanwhile(olan, two_offices):
    token = olan.token_at(NEW)
    act_as(olan, two_offices)
    answer = olan.post(NEW, TYPED | {"csrfmiddlewaretoken": token})
    assert answer.url == KEPT
    assert everybody() == []
    page = olan.get(KEPT).text
    assert "Diisi sebagai" in page and "Kirim sekarang" not in page
    first = people.office("olan")
    assert act_as(olan, first, isian="1").url == KEPT
    form = the_form(olan)
    assert olan.post(form.action, form.values).status_code == 302
    assert [person.area_id for person in everybody()] == [first.area_id]


def test_a_kept_form_is_sent_in_its_own_office_after_logging_in_again(olan, two_offices):
    act_as(olan, two_offices)
    sent_too_late(olan)
    assert olan.log_in("olan") == KEPT  # acting in the first office again
    assert the_form(olan) is None
    act_as(olan, two_offices, isian="1")
    form = the_form(olan)
    olan.post(form.action, form.values)
    assert [person.area_id for person in everybody()] == [people.BOGORAN]


def test_an_idle_session_loses_nothing_either(olan):
    token = olan.token_at(NEW)
    session = olan.session
    session["seen"] -= settings.SESSION_IDLE + 1
    session.save()
    olan.post(NEW, TYPED | {"csrfmiddlewaretoken": token})
    assert olan.log_in("olan") == KEPT
    assert the_form(olan).values["name"] == TYPED["name"]


def test_two_tabs_the_form_of_one_has_an_old_token_after_a_log_in_in_the_other(olan):
    token = olan.token_at(NEW)
    olan.post("/keluar/", {"csrfmiddlewaretoken": token})
    olan.log_in("olan")
    answer = olan.post(NEW, TYPED | {"csrfmiddlewaretoken": token})
    assert (answer.status_code, answer.url) == (302, KEPT)
    assert "dalam jabatan lain" not in olan.get(KEPT).text
    form = the_form(olan)
    assert olan.post(form.action, form.values).status_code == 302
    assert len(everybody()) == 1


def test_going_back_from_the_log_in_page_still_leads_to_what_was_typed(olan):
    sent_too_late(olan)
    assert olan.get(NEW).url == f"/masuk/?next={NEW}"
    assert olan.log_in("olan") == KEPT


def test_it_is_given_to_nobody_else_and_in_no_other_browser(olan):
    sent_too_late(olan)
    other = Browser()
    assert other.log_in("olan") == "/"
    assert the_form(other) is None
    assert olan.log_in("kartika") == "/"
    assert the_form(olan) is None and "KENARI" not in olan.get(KEPT).text
    olan.lose_session()
    assert olan.log_in("olan") == KEPT
    assert the_form(olan)


def test_nobody_leaves_a_form_for_somebody_else_with_the_page_that_they_left_open(olan):
    """Neither while logged in nor afterwards, nor with the cookie of before; what was typed is on
    the answer, and is sent as who presses its button."""
    token = olan.token_at(NEW)
    before = olan.cookies[settings.KEPT_COOKIE_NAME].value
    olan.lose_session()
    olan.log_in("kartika")
    olan.get("/")
    typed = TYPED | {"csrfmiddlewaretoken": token}
    now = given_back(olan.post(NEW, typed))
    assert now.values.items() >= TYPED.items()
    session = olan.cookies[settings.SESSION_COOKIE_NAME].value
    olan.lose_session()
    olan.post(NEW, typed)
    olan.cookies[settings.SESSION_COOKIE_NAME] = session
    olan.cookies[settings.KEPT_COOKIE_NAME] = before
    assert given_back(olan.post(NEW, typed))
    assert rows() == [] and everybody() == []


def test_a_form_left_open_is_sent_by_its_owner_after_somebody_else_was_here(olan):
    token = olan.token_at(NEW)
    olan.lose_session()
    olan.log_in("kartika")
    answer = olan.post(NEW, TYPED | {"csrfmiddlewaretoken": token})
    assert "Kirim sebagai Kepala desa Senden" in answer.text
    olan.lose_session()
    olan.log_in("olan")
    answer = olan.post(NEW, given_back(answer).values)
    assert "Kirim sebagai Operator desa Senden" in answer.text
    assert olan.post(NEW, given_back(answer).values).status_code == 302
    assert [person.name for person in everybody()] == ["SITI <KENARI>"]


def test_without_any_cookie_the_answer_has_what_was_typed_and_sends_it_after_logging_in(olan):
    token = olan.token_at(NEW)
    olan.cookies.clear()
    answer = olan.post(NEW, TYPED | {"kode_verifikasi": "1", "csrfmiddlewaretoken": token})
    form = given_back(answer)
    assert {name: value for name, value in form.values.items() if name != TOKEN} == TYPED
    assert "Anda sudah keluar" in answer.text and "Masuk lagi di tab baru" in answer.text
    assert given_back(olan.post(NEW, form.values)), "pressed before logging in"
    olan.log_in("olan")
    again = given_back(olan.post(NEW, form.values))
    assert everybody() == []
    assert olan.post(NEW, again.values).status_code == 302
    assert len(everybody()) == 1


def test_a_password_and_what_another_site_made_up_are_not_given_back(olan):
    olan.cookies.clear()
    forged = {"origin": "https://jahat.example"}
    for headers in (forged, {"origin": "null"}):
        answer = olan.post(NEW, TYPED | {"csrfmiddlewaretoken": "x" * 64}, headers=headers)
        assert answer.status_code == 403 and "KENARI" not in answer.text
    change = {"old_password": "rahasia-lama", "new_password1": "b", "new_password2": "b"}
    answer = olan.post("/kata-sandi/", change | {"csrfmiddlewaretoken": "x" * 64}, follow=True)
    assert "rahasia-lama" not in answer.text


def test_what_the_table_holds_cannot_be_read(olan):
    sent_too_late(olan)
    [row] = rows()
    content = bytes(row.content)
    assert b"KENARI" not in content and TYPED["nik"].encode() not in content
    with scope.enter(people.office("rini")):
        assert not KeptForm.objects.exists()


def test_no_other_site_can_have_a_form_kept(olan):
    """It has neither the cookie, which browsers send along with our own forms only, nor a token."""
    assert olan.cookies[settings.KEPT_COOKIE_NAME]["samesite"] == "Lax"
    assert olan.cookies[settings.KEPT_COOKIE_NAME]["httponly"]
    for forged in ({}, {"csrfmiddlewaretoken": "x" * 64}, {"csrfmiddlewaretoken": "?"}):
        assert olan.post(NEW, TYPED | forged).status_code == 403
    token = olan.token_at(NEW)
    del olan.cookies[settings.KEPT_COOKIE_NAME]
    olan.lose_session()
    assert given_back(olan.post(NEW, TYPED | {"csrfmiddlewaretoken": token}))
    assert rows() == []


def test_passwords_and_codes_are_never_kept(olan):
    change = {"old_password": "a", "new_password1": "b", "new_password2": "b"}
    token = olan.token_at("/kata-sandi/")
    olan.lose_session()
    olan.post("/kata-sandi/", change | {"csrfmiddlewaretoken": token})
    olan.post(NEW, TYPED | {"kode_verifikasi": "123456", "csrfmiddlewaretoken": token})
    assert len(rows()) == 1
    olan.log_in("olan")
    assert "kode_verifikasi" not in the_form(olan).values
    late = olan.post("/kata-sandi/", change | {"csrfmiddlewaretoken": token}, follow=True)
    assert late.status_code == 200 and "sudah lama terbuka" in late.text


def test_an_old_log_in_page_comes_back_empty_with_a_sentence():
    browser = Browser()
    browser.get("/masuk/")
    given = {"username": "olan", "password": "x", "csrfmiddlewaretoken": "y" * 64}
    answer = browser.post("/masuk/", given, follow=True)
    assert answer.status_code == 200 and "izinkan cookie" in answer.text


def test_a_button_without_anything_typed_leads_back_to_its_page(olan):
    worker = people.worker(1)
    page = f"/pekerja/{worker.public_id}/"
    token = olan.token_at(page)
    olan.lose_session()
    olan.log_in("olan")
    answer = olan.post(
        f"{page}nik/",
        {"csrfmiddlewaretoken": token},
        headers={"referer": f"http://testserver{page}"},
    )
    assert answer.url == page
    assert "sudah lama terbuka" in olan.get(page).text


def test_it_is_gone_after_half_an_hour(olan):
    sent_too_late(olan)
    with scope.identity(user_id=people.office("olan").user_id):
        KeptForm.objects.update(kept_at=timezone.now() - timedelta(minutes=31))
    assert olan.log_in("olan") == "/"
    assert the_form(olan) is None
    tasks.tidy()
    assert rows() == []


def test_the_latest_few_are_kept(olan):
    token = olan.token_at(NEW)
    olan.lose_session()
    for number in range(kept.MOST + 2):
        olan.post(NEW, TYPED | {"rt": str(number), "csrfmiddlewaretoken": token})
    assert len(rows()) == kept.MOST
    olan.log_in("olan")
    assert the_form(olan).values["rt"] == str(kept.MOST + 1)


def test_what_is_too_large_to_be_kept_is_given_back_in_the_answer(olan):
    answer = sent_too_late(olan, address="x" * kept.LARGEST)
    assert rows() == []
    assert given_back(answer).values["address"] == "x" * kept.LARGEST


def test_what_is_not_wanted_any_more_is_thrown_away(olan):
    sent_too_late(olan)
    olan.log_in("olan")
    name = the_form(olan).values["isian_tertahan"]
    token = olan.token_at(KEPT)
    for wrong in ("palsu", "", "00000000-0000-0000-0000-000000000000"):
        olan.post("/isian/buang/", {"isian": wrong, "csrfmiddlewaretoken": token})
    assert len(rows()) == 1
    olan.post("/isian/buang/", {"isian": name, "csrfmiddlewaretoken": token})
    assert rows() == []


def test_files_are_not_kept_and_the_page_says_so(olan):
    url = reverse("import_new")
    token = olan.token_at(url)
    olan.lose_session()
    file = SimpleUploadedFile("daftar.csv", b"NIK,Nama\n")
    olan.post(url, {"file": file, "csrfmiddlewaretoken": token})
    olan.log_in("olan")
    assert "Berkas tidak ikut disimpan" in olan.get(KEPT).text
    form = the_form(olan)
    answer = olan.post(url, dict(form.values))
    assert answer.status_code == 200 and answer.context["form"]["file"].errors


def test_a_part_of_a_page_is_left_to_the_page_that_still_has_it(olan):
    token = olan.token_at(NEW)
    olan.lose_session()
    olan.post(NEW, TYPED | {"csrfmiddlewaretoken": token}, headers={"HX-Request": "true"})
    assert rows() == []


def test_the_script_is_told_how_long_the_session_lasts_and_whose_it_is(olan):
    state = olan.get("/sesi/").json()
    assert 0 < state["left"] <= settings.SESSION_IDLE
    body = re.search(r'data-who="(\w+)"', olan.get("/").text)
    assert state["who"] == body[1]
    assert olan.post("/isian/buang/", {"csrfmiddlewaretoken": state["token"]}).status_code == 302
    session = olan.session
    session["seen"] -= 1800
    session.save()
    still = olan.get("/sesi/", headers={"X-Automatic": "1"}).json()["left"]
    assert still <= settings.SESSION_IDLE - 1800
    assert olan.get("/sesi/").json()["left"] > still
    olan.lose_session()
    assert olan.get("/sesi/").json() == {"left": 0, "who": ""}


def test_a_kept_form_is_named_by_the_entry_of_the_menu_where_it_was_filled_in():
    """A form of a room that is missing would be told as "Formulir" alone."""
    without_forms = {"home", "change_list", "guide_list"}
    entries = [entry for entry in MENU if entry.url_name not in without_forms]
    rooms = {reverse(entry.url_name).split("/")[1]: entry.label for entry in entries}
    assert rooms == kept.PLACES
