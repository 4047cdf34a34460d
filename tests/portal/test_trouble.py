"""A full disk and a lost database end in a page that says what to do, and what was typed is on it.

The disk is really filled in tests/portal/launch/test_run.py.
"""

import errno
import re
from http import HTTPStatus

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.urls import reverse

from tests import people
from tests.workers.asking import COMPLETE, NEW
from villages import scope

RAISED = "DO $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = %s; END $$"
FULL, SHUT_DOWN, DEADLOCK = "53100", "57P01", "40P01"


@pytest.fixture
def village(as_person):
    client = as_person("kartika")
    client.raise_request_exception = False
    return client


def failing(code, kind="INSERT"):
    """From now on PostgreSQL answers statements of this kind with the error of that code."""

    def execute(run, statement, values, many, context):
        if kind in statement:
            return run(RAISED, [code], False, context)
        return run(statement, values, many, context)

    return connection.execute_wrapper(execute)


TYPED = COMPLETE | {"nik": people.nik(7), "name": "SITI <KENARI>", "csrfmiddlewaretoken": "x" * 32}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("code", "status", "said"),
    [
        (FULL, HTTPStatus.INSUFFICIENT_STORAGE, "Ruang simpan penuh"),
        (SHUT_DOWN, HTTPStatus.SERVICE_UNAVAILABLE, "Basis data sedang dimulai ulang"),
        (DEADLOCK, HTTPStatus.INTERNAL_SERVER_ERROR, "Ada gangguan di sistem kami"),
    ],
)
def test_a_person_is_not_saved_and_nothing_typed_is_lost(village, code, status, said):
    with failing(code):
        page = village.post(NEW, TYPED)
    assert page.status_code == status
    text = page.content.decode()
    assert said in text
    if code != DEADLOCK:
        assert 'value="SITI &lt;KENARI&gt;"' in text
        again = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', text))
        assert again.keys() == TYPED.keys()


@pytest.mark.django_db
def test_a_page_can_be_read_though_its_session_cannot_be_saved(village):
    session = village.session
    session["seen"] -= 600  # so that the page notes anew when the person was seen
    session.save()
    with failing(FULL, "UPDATE"):
        assert village.get("/pekerja/").status_code == HTTPStatus.OK


@pytest.mark.django_db
def test_a_password_is_not_sent_back(client):
    client.raise_request_exception = False
    with failing(FULL):
        page = client.post("/masuk/", {"username": "kartika", "password": "rahasia sekali"})
    assert page.status_code == HTTPStatus.INSUFFICIENT_STORAGE
    assert "rahasia sekali" not in page.content.decode()


@pytest.mark.django_db
def test_a_file_that_cannot_be_kept(village, monkeypatch):
    def write(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("django.core.files.storage.FileSystemStorage._save", write)
    page = village.post("/impor/baru/", {"file": SimpleUploadedFile("daftar.xlsx", b"PK")})
    assert page.status_code == HTTPStatus.INSUFFICIENT_STORAGE


@pytest.mark.django_db
def test_a_database_that_cannot_be_reached(client, monkeypatch):
    def fail(*_):
        raise OperationalError("connection refused")

    client.raise_request_exception = False
    monkeypatch.setattr(connection, "cursor", fail)
    page = client.post("/masuk/", {"username": "kartika", "password": "rahasia sekali"})
    assert page.status_code == HTTPStatus.SERVICE_UNAVAILABLE


@pytest.mark.django_db
def test_pages_say_that_room_is_short(village, settings):
    said = "Ruang simpan hampir penuh"
    assert said not in village.get("/").content.decode()
    settings.KEEP_FREE = 2**60
    assert said in village.get("/").content.decode()


@pytest.mark.django_db
def test_a_page_that_takes_too_long_is_stopped_and_says_so(village, monkeypatch):
    def sleep(run, statement, values, many, context):
        if 'FROM "enrollment_peoplecount"' in statement:
            return run("SELECT pg_sleep(60)", None, False, context)
        return run(statement, values, many, context)

    monkeypatch.setattr(scope, "PATIENCE", "50ms")
    with connection.execute_wrapper(sleep):
        page = village.get("/pekerja/")
    assert page.status_code == HTTPStatus.SERVICE_UNAVAILABLE
    assert "Terlalu lama" in page.content.decode()


@pytest.mark.django_db(transaction=True)
def test_jobs_may_take_longer_than_a_page(monkeypatch):
    monkeypatch.setattr(scope, "PATIENCE", "50ms")
    office = people.office("kartika")
    with scope.enter(office), connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(0.1)")
    with (
        pytest.raises(OperationalError, match="statement timeout"),
        scope.enter(office, url="/"),
        connection.cursor() as cursor,
    ):
        cursor.execute("SELECT pg_sleep(0.1)")


@pytest.mark.django_db
def test_an_address_for_forms_that_is_opened_again_leads_home(village):
    answer = village.get(reverse("logout"))
    assert (answer.status_code, answer.url) == (HTTPStatus.FOUND, "/")
    home = village.get("/")
    assert home.status_code == HTTPStatus.OK  # still logged in
    assert "hanya menerima kiriman dari tombol" in home.text
