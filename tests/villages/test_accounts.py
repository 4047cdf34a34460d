"""Logging in with a password, logging out, and changing the password."""

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError

from tests import people
from villages import scope
from villages.models import User

pytestmark = pytest.mark.django_db
LOG_IN, CHANGE = "/masuk/", "/kata-sandi/"
NEW = "sawah-hijau-pagi-77"


def log_in(client, username, password=people.PASSWORD):
    return client.post(LOG_IN, {"username": username, "password": password})


@pytest.fixture
def kartika(client):
    people.office("kartika")
    log_in(client, "kartika")
    return client


def test_the_right_password_logs_in(client):
    people.office("kartika")
    answer = log_in(client, "kartika")
    assert answer.url == "/"
    assert client.get("/pekerja/").status_code == 200


def test_a_name_may_be_typed_as_phones_write_it(client):
    people.office("kartika")
    assert log_in(client, "Kartika ").url == "/"


def test_two_accounts_do_not_differ_in_capitals_alone(as_person):
    people.office("kartika")
    page = as_person("rini").post("/pengaturan/akun/baru/", {"username": "KARTIKA"})
    assert "Nama pengguna ini sudah dipakai" in page.text
    with (
        pytest.raises(IntegrityError, match="username_in_small_letters"),
        scope.whole_country("test"),
    ):
        User.objects.filter(username="kartika").update(username="Kartika")


def test_the_time_of_the_log_in_is_recorded(kartika):
    with scope.whole_country("test"):
        assert User.objects.get(username="kartika").last_login


@pytest.mark.parametrize(
    ("username", "password"),
    [("kartika", "salah"), ("tidakada", people.PASSWORD), ("kartika", ""), ("", ""), ("a\0b", "x")],
)
def test_a_wrong_name_or_password_does_not_log_in(client, username, password):
    people.office("kartika")
    answer = log_in(client, username, password)
    assert answer.status_code == 200
    assert SESSION_KEY not in client.session


def test_an_inactive_account_cannot_log_in(client):
    office = people.office("kartika")
    with scope.whole_country("test"):
        office.user.is_active = False
        office.user.save()
    assert log_in(client, "kartika").status_code == 200
    assert SESSION_KEY not in client.session


def test_deactivating_an_account_ends_its_session(kartika):
    with scope.whole_country("test"):
        User.objects.filter(username="kartika").update(is_active=False)
    assert kartika.get("/pekerja/").status_code == 302


def test_logging_in_does_not_redirect_to_another_site(client):
    people.office("kartika")
    form = {"username": "kartika", "password": people.PASSWORD, "next": "https://jahat.example/"}
    assert client.post(LOG_IN, form).url == "/"


def test_logging_out_ends_the_session(kartika):
    answer = kartika.post("/keluar/")
    assert answer.status_code == 200
    assert "Anda sudah keluar" in answer.text
    assert kartika.get("/pekerja/").status_code == 302


def test_logging_out_needs_a_post(kartika):
    assert kartika.get("/keluar/").status_code == 302
    assert kartika.get("/pekerja/").status_code == 200


def change(client, old=people.PASSWORD, new=NEW, again=None):
    fields = {"old_password": old, "new_password1": new, "new_password2": again or new}
    return client.post(CHANGE, fields, follow=True)


def test_a_person_changes_the_password(kartika, client):
    assert kartika.get(CHANGE).status_code == 200
    assert "Kata sandi Anda sudah diganti" in change(kartika).text
    assert kartika.get("/pekerja/").status_code == 200
    kartika.post("/keluar/")
    log_in(client, "kartika")
    assert SESSION_KEY not in client.session
    log_in(client, "kartika", NEW)
    assert SESSION_KEY in client.session


@pytest.mark.parametrize(
    "fields", [{"old": "salah"}, {"new": "pendek"}, {"new": "1234567890"}, {"again": "lain-sekali"}]
)
def test_a_weak_or_mistyped_password_is_refused(kartika, client, fields):
    assert "Belum tersimpan" in change(kartika, **fields).text
    kartika.post("/keluar/")
    log_in(client, "kartika")
    assert SESSION_KEY in client.session


def test_a_new_password_ends_the_other_sessions(kartika, django_user_model):
    from django.test import Client

    elsewhere = Client()
    log_in(elsewhere, "kartika")
    change(kartika)
    assert elsewhere.get("/pekerja/").status_code == 302


def test_a_password_is_not_in_the_history(kartika):
    from villages.models import UserEvent

    change(kartika)
    assert "password" not in [field.name for field in UserEvent._meta.get_fields()]
