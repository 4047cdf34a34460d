"""Who reads the table of sessions cannot act as anybody."""

import pytest
from asgiref.sync import async_to_sync
from django.conf import settings
from django.db import connection

from portal.sessions import SessionStore, stored

pytestmark = pytest.mark.django_db


def keys_in_table():
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_key FROM django_session")
        return [key for (key,) in cursor.fetchall()]


def home_with(client, key):
    client.cookies[settings.SESSION_COOKIE_NAME] = key
    return client.get("/").status_code


def test_a_key_from_the_table_opens_nothing(as_person):
    client = as_person("kartika")
    own = client.cookies[settings.SESSION_COOKIE_NAME].value
    (key,) = keys_in_table()
    assert key != own
    assert home_with(client, own) == 200
    assert home_with(client, key) == 302


def test_logging_out_and_in_again_leaves_one_session(as_person, client):
    as_person("kartika")
    own = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post("/keluar/")
    assert keys_in_table() == []
    assert home_with(client, own) == 302
    as_person("kartika")
    assert len(keys_in_table()) == 1


def test_a_new_key_keeps_what_the_session_holds():
    session = SessionStore()
    session["office"] = "1"
    session.create()
    first = session.session_key
    session.cycle_key()
    assert SessionStore(session.session_key)["office"] == "1"
    assert not session.exists(first)
    assert keys_in_table() == [stored(session.session_key)]


def test_the_asynchronous_ways_are_the_same():
    session = SessionStore()
    async_to_sync(session.acreate)()
    assert keys_in_table() == [stored(session.session_key)]
    session["office"] = "1"
    async_to_sync(session.asave)()
    assert async_to_sync(SessionStore(session.session_key).aload)() == {"office": "1"}
    assert async_to_sync(session.aexists)(session.session_key)
    assert not async_to_sync(session.aexists)(stored(session.session_key))
    async_to_sync(session.adelete)()
    assert keys_in_table() == []
