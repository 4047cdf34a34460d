"""How large a body may be: by address, by session, and by the room that is left."""

import shutil
from collections import namedtuple
from http import HTTPStatus

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from portal import bodies
from tests import people

MEGABYTE = 2**20
UPLOAD = "/impor/baru/"


def asked(path, size, *, cookies="", measured=True, receiving=0):
    return bodies.refusal(bodies.Announced(path, size, measured, cookies), receiving)


@pytest.fixture
def shown(as_person):
    """The cookies of somebody who has opened the page for uploads."""
    client = as_person("kartika")
    client.get(UPLOAD)
    return header(client)


def header(client):
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


@pytest.mark.parametrize("path", ["/masuk/", "/pekerja/baru/", "/tidak/ada/", UPLOAD])
def test_anybody_may_send_an_ordinary_form(path):
    assert asked(path, bodies.ORDINARY) is None
    assert asked(path, bodies.ORDINARY + 1) is not None


@pytest.mark.parametrize("name", bodies.LARGER)
def test_a_form_that_is_truly_larger_may_be_sent(name):
    path = reverse(name, args=["7c9e6679-7425-40de-944b-e07fc1f90ae7"])
    assert asked(path, bodies.LARGER[name]) is None
    assert asked(path, bodies.LARGER[name] + 1) is bodies.TOO_LARGE


@pytest.mark.django_db
def test_a_file_may_be_sent_by_whom_the_page_was_shown_to(shown):
    assert asked(UPLOAD, 60 * MEGABYTE, cookies=shown) is None
    assert asked(UPLOAD, 60 * MEGABYTE) is bodies.NOT_SHOWN
    assert asked("/masuk/", MEGABYTE, cookies=shown) is bodies.TOO_LARGE
    assert asked(UPLOAD, 66 * MEGABYTE, cookies=shown) is bodies.TOO_LARGE
    assert asked(UPLOAD, MEGABYTE, cookies=shown, measured=False) is bodies.TOO_LARGE


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["rini", "boni"])
def test_tables_of_the_settings_take_files_too(as_person, name):
    page = reverse("account_upload")
    client = as_person(name)
    assert client.get(page).status_code == HTTPStatus.OK
    assert asked(page, MEGABYTE, cookies=header(client)) is None


@pytest.mark.django_db
def test_the_right_to_send_files_cannot_be_passed_on_or_made_up(shown, as_person):
    permit = shown.partition(f"{settings.UPLOAD_COOKIE_NAME}=")[2]
    other = Client()
    other.force_login(people.office("audi").user, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert other.get(UPLOAD).status_code == HTTPStatus.FORBIDDEN
    assert settings.UPLOAD_COOKIE_NAME not in other.cookies, "shown to whom the page is refused"
    for cookies in (
        f"{header(other)}; {settings.UPLOAD_COOKIE_NAME}={permit}",
        f"{shown}x",
        shown.replace(permit, permit.partition(":")[0]),
    ):
        assert asked(UPLOAD, MEGABYTE, cookies=cookies) is bodies.NOT_SHOWN


@pytest.mark.django_db
def test_so_much_is_received_at_once(shown):
    rest = bodies.RECEIVING - MEGABYTE
    assert asked(UPLOAD, MEGABYTE, cookies=shown, receiving=rest) is None
    assert asked(UPLOAD, MEGABYTE + 1, cookies=shown, receiving=rest) is bodies.BUSY


@pytest.mark.django_db
def test_free_space_is_left_for_the_database(shown, monkeypatch):
    usage = namedtuple("usage", "free")
    needed = settings.KEEP_FREE + bodies.COPIES * MEGABYTE
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(needed))
    assert asked(UPLOAD, MEGABYTE, cookies=shown) is None
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(needed - 1))
    assert asked(UPLOAD, MEGABYTE, cookies=shown) is bodies.NO_ROOM


@pytest.mark.parametrize(
    "refusal", [bodies.TOO_LARGE, bodies.NOT_SHOWN, bodies.BUSY, bodies.NO_ROOM]
)
def test_a_refusal_is_a_page_that_says_what_to_do(refusal):
    page = Client().post(UPLOAD, **{bodies.BodiesMiddleware.REFUSED: refusal})
    assert page.status_code == refusal.status
    text = page.content.decode()
    assert refusal.what in text
    assert refusal.todo in text
    assert "Tidak ada yang disimpan" in text
    assert page["Cache-Control"] == "no-store"
    assert "default-src 'self'" in page["Content-Security-Policy"]
