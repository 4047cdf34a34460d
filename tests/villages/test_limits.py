"""A session ends when nobody uses it, and after a working day."""

import time

import pytest
from django.conf import settings
from django.urls import reverse

from portal.celery import app as celery
from villages import scope
from villages.accounts.limits import BEGUN, EXACT, SEEN
from villages.accounts.models import Session
from villages.accounts.sessions import SessionStore, stored
from villages.accounts.tasks import tidy

pytestmark = pytest.mark.django_db


def move_back(client, **seconds):
    session = client.session
    for key, ago in seconds.items():
        session[key] = int(time.time()) - ago
    session.save()


def is_in(client):
    return client.get("/pekerja/").status_code == 200


def test_an_idle_session_ends_and_says_so(as_person):
    client = as_person("kartika")
    move_back(client, **{SEEN: settings.SESSION_IDLE - 5})
    assert is_in(client)
    move_back(client, **{SEEN: settings.SESSION_IDLE + 5})
    answer = client.get("/pekerja/", follow=True)
    assert answer.request["PATH_INFO"] == reverse("login")
    assert "lama tidak aktif" in answer.text
    assert not is_in(client)


def test_a_session_in_use_ends_after_a_working_day(as_person):
    client = as_person("kartika")
    move_back(client, **{BEGUN: settings.SESSION_COOKIE_AGE - 60})
    assert is_in(client)
    move_back(client, **{BEGUN: settings.SESSION_COOKIE_AGE + 1})
    assert not is_in(client)


def test_using_it_keeps_it_and_is_written_once_a_minute(as_person):
    client = as_person("kartika")
    move_back(client, **{SEEN: EXACT - 10})
    before = client.session[SEEN]
    assert is_in(client)
    assert client.session[SEEN] == before
    move_back(client, **{SEEN: EXACT + 10})
    assert is_in(client)
    assert client.session[SEEN] > before


def test_a_session_from_before_there_were_limits_ends(as_person):
    client = as_person("kartika")
    session = client.session
    del session[BEGUN]
    session.save()
    assert not is_in(client)


def test_a_part_of_a_page_sends_the_whole_page_to_log_in(client):
    """Instead of showing the log-in form inside the page."""
    headers = {"HX-Request": "true", "HX-Current-URL": "https://portal.example/usulan/?q=1"}
    answer = client.get("/pekerja/", headers=headers)
    assert answer["HX-Redirect"] == f"{reverse('login')}?next=%2Fusulan%2F"
    assert client.get("/pekerja/").status_code == 302
    answer = client.get("/pekerja/", headers=headers | {"HX-Current-URL": "https://["})
    assert answer["HX-Redirect"] == f"{reverse('login')}?next=%2F"


def test_a_part_that_was_sent_leaves_the_page_with_what_was_typed(client):
    answer = client.post(reverse("password_change"), headers={"HX-Request": "true"})
    assert answer.status_code == 302
    assert "HX-Redirect" not in answer


def test_beat_deletes_sessions_that_have_ended(client):
    assert "villages.accounts.tasks.tidy" in celery.tasks
    kept = {}
    for age in (-1, 1000):
        session = SessionStore()
        session.set_expiry(age)
        session.create()
        kept[age] = stored(session.session_key)
    tidy()
    for age, key in kept.items():
        with scope.session(key):
            assert Session.objects.filter(pk=key).exists() == (age > 0)
