"""Sessions: the table opens nothing, shows each account its own, and their owner can end them."""

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.test import Client
from django.urls import reverse

from tests import people
from tests.villages.test_limits import move_back
from villages import scope
from villages.accounts import devices
from villages.accounts.limits import AUTOMATIC, BEGUN, EXACT, SEEN
from villages.accounts.models import Session
from villages.accounts.sessions import SessionStore, stored

pytestmark = pytest.mark.django_db
PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/126.0.0.0 Mobile Safari/537.36"
)


def rows_of(name):
    """The keys in the table that belong to one of the people."""
    with scope.identity(user_id=people.office(name).user_id):
        return list(Session.objects.values_list("session_key", flat=True))


def is_kept(key):
    with scope.session(stored(key)):
        return Session.objects.filter(pk=stored(key)).exists()


def key_of(client):
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def home_with(client, key):
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client.get("/").status_code


def logged_in(name, **headers):
    client = Client(headers=headers)
    words = {"username": people.office(name).user.username, "password": people.PASSWORD}
    assert client.post(reverse("login"), words).status_code == 302
    return client


def test_a_key_from_the_table_opens_nothing(as_person):
    client = as_person("kartika")
    own = key_of(client)
    (key,) = rows_of("kartika")
    assert key == stored(own) != own
    assert home_with(client, own) == 200
    assert home_with(client, key) == 302


def test_logging_out_and_in_again_leaves_one_session(as_person, client):
    as_person("kartika")
    own = key_of(client)
    client.post("/keluar/")
    assert rows_of("kartika") == []
    assert home_with(client, own) == 302
    as_person("kartika")
    assert len(rows_of("kartika")) == 1


def test_a_new_key_keeps_what_the_session_holds():
    session = SessionStore()
    session["office"] = "1"
    session.create()
    first = session.session_key
    session.cycle_key()
    assert SessionStore(session.session_key)["office"] == "1"
    assert not session.exists(first)
    assert is_kept(session.session_key)


@pytest.mark.django_db(transaction=True)
def test_the_asynchronous_ways_are_the_same():
    """In a thread of its own, since a browser of earlier tests may run a loop in this one."""

    async def ways():
        session = SessionStore()
        await session.acreate()
        session["office"] = "1"
        await session.asave()
        key = session.session_key
        kept = await sync_to_async(is_kept)(key)
        again = await SessionStore(key).aload()
        found = [await session.aexists(key), await session.aexists(stored(key))]
        await session.adelete()
        left = await sync_to_async(is_kept)(key)
        await sync_to_async(connections.close_all)()
        return kept, again, found, left

    with ThreadPoolExecutor(1) as thread:
        told = thread.submit(asyncio.run, ways()).result()
    assert told == (True, {"office": "1"}, [True, False], False)


def test_no_scope_shows_sessions_of_others(as_person):
    as_person("kartika")
    assert rows_of("kartika"), "there is one to see"
    assert not Session.objects.exists()
    with scope.whole_country("tests"):
        assert not Session.objects.exists()
    for other in ("olan", "rini"):
        with scope.enter(people.office(other)):
            assert not Session.objects.exists()
            assert not Session.objects.all().delete()[0]
    assert rows_of("kartika")


def test_the_account_page_lists_own_sessions_and_marks_this_one():
    logged_in("olan", user_agent=PHONE)
    elsewhere = logged_in("kartika", user_agent=PHONE)
    here = logged_in("kartika", user_agent="Mozilla/5.0 (Windows NT 10.0; rv:128.0) Firefox/128.0")
    page = here.get(reverse("account"))
    assert [(s.device, s.here) for s in page.context["sessions"]] == [
        ("Firefox di komputer Windows", True),
        ("Chrome di HP Android", False),
    ]
    for key in (key_of(elsewhere), key_of(here)):
        assert key not in page.text
        assert stored(key) not in page.text


def test_one_other_session_is_ended_or_all_of_them():
    here, *others = (logged_in("kartika") for _ in range(4))
    bystander = logged_in("olan")
    listed = here.get(reverse("account")).context["sessions"]
    here.post(reverse("sessions_end"), {"perangkat": listed[1].name})
    assert sum(other.get("/").status_code == 200 for other in others) == 2
    answer = here.post(reverse("sessions_end"), follow=True)
    assert "2 perangkat lain" in answer.text
    assert [other.get("/").status_code for other in others] == [302] * 3
    assert here.get("/").status_code == bystander.get("/").status_code == 200


def test_nobody_ends_a_session_of_somebody_else():
    kartika, olan = logged_in("kartika"), logged_in("olan")
    name = kartika.get(reverse("account")).context["sessions"][0].name
    olan.post(reverse("sessions_end"), {"perangkat": name})
    assert kartika.get("/").status_code == 200


def test_a_new_password_leaves_no_other_session():
    here, _ = logged_in("kartika"), logged_in("kartika")
    new = "sawah-hijau-pagi-77"
    words = {"old_password": people.PASSWORD, "new_password1": new, "new_password2": new}
    assert len(rows_of("kartika")) == 2
    assert here.post(reverse("password_change"), words).status_code == 302
    assert rows_of("kartika") == [stored(key_of(here))]


def test_a_session_that_is_over_is_not_listed():
    here, idle = logged_in("kartika"), logged_in("kartika")
    move_back(idle, **{SEEN: settings.SESSION_IDLE + 5})
    assert len(here.get(reverse("account")).context["sessions"]) == 1


@pytest.mark.parametrize(
    "by_itself", [{"headers": {AUTOMATIC[0]: "1"}}, {"query_params": {AUTOMATIC[1]: ""}}]
)
def test_a_page_that_asks_by_itself_does_not_keep_a_session_open(as_person, by_itself):
    client = as_person("kartika")
    move_back(client, **{SEEN: EXACT + 10, BEGUN: EXACT + 10})
    before = client.session[SEEN]
    assert client.get("/pekerja/", **by_itself).status_code == 200
    assert client.session[SEEN] == before
    client.get("/pekerja/")
    assert client.session[SEEN] >= int(time.time()) - EXACT


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Chrome di HP Android"),
        (PHONE + " Edg/126.0", "Edge di HP Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Safari/604.1", "Safari di iPhone"),
        ("", "Peramban lain di perangkat lain"),
    ],
)
def test_a_device_is_told_in_words(user_agent, words):
    assert devices.in_words(user_agent) == words
