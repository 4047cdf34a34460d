"""Nothing that the portal answers is kept in a cache, but for static files and what is listed."""

import pytest
from django.urls import reverse

from portal.caching import MAY_BE_KEPT
from tests.access import walk, world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def senden(kept_for_module):
    return {"senden": world.build()["senden"]}


def kept(answers):
    return [answer for answer in answers if answer.kept != "no-store"]


@pytest.mark.slow
@pytest.mark.parametrize("name", ["rini", "kartika"])
def test_no_answer_of_the_portal_is_kept(name, senden, as_person):
    client = as_person(name)
    client.raise_request_exception = False
    answers = list(walk.answers(client, senden))
    assert {200, 302, 403, 404, 405} <= {answer.status for answer in answers}
    assert kept(answers) == []


def test_no_answer_to_a_stranger_is_kept(senden, client):
    assert kept(walk.answers(client, senden)) == []


def test_a_download_is_not_kept(as_person):
    answer = as_person("kartika").get(reverse("import_template"))
    assert answer.streaming
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/tidak-ada/", "/pengaturan/", "/pengaturan/villages/user/"])
def test_neither_a_missing_page_nor_the_settings_are_kept(path, as_person):
    assert as_person("rini").get(path)["Cache-Control"] == "no-store"


@pytest.mark.urls("tests.pages.urls")
def test_an_error_is_not_kept(client):
    client.raise_request_exception = False
    answer = client.get("/rusak/")
    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")


def test_static_files_and_what_is_listed_may_be_kept(as_person):
    client = as_person("rini")
    for address in ["/static/portal/theme.css", *map(reverse, MAY_BE_KEPT)]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "no-store" not in answer.get("Cache-Control", ""), address
