"""Nothing that the portal answers is kept in a cache, but for static files and what is listed.

tests/access looks at every answer to every role and to strangers."""

from uuid import uuid4

import pytest
from django.urls import reverse

from portal.caching import MAY_BE_KEPT
from villages.models import User

pytestmark = pytest.mark.django_db


def test_a_download_is_not_kept(as_person):
    answer = as_person("kartika").get(reverse("import_template"))
    assert answer.streaming
    assert answer["Cache-Control"] == "no-store"


def test_neither_a_refusal_nor_a_missing_list_is_kept(as_person):
    client, address = as_person("kartika"), reverse("import_take", args=[uuid4()])
    answers = {302: client.get(address), 404: client.post(address)}
    answers[403] = as_person("bima").get(reverse("worker_list"))
    for status, answer in answers.items():
        assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")


@pytest.mark.parametrize("path", ["/tidak-ada/", "/pengaturan/", "/pengaturan/akun/"])
def test_neither_a_missing_page_nor_the_settings_are_kept(path, as_person):
    assert as_person("rini").get(path)["Cache-Control"] == "no-store"


@pytest.mark.urls("tests.pages.urls")
def test_an_error_is_not_kept(client):
    client.raise_request_exception = False
    answer = client.get("/rusak/")
    assert (answer.status_code, answer["Cache-Control"]) == (500, "no-store")


@pytest.mark.django_db
def test_static_files_and_what_is_listed_may_be_kept(client):
    """What is listed are words of Django's admin, which is the platform's alone."""
    user = User.objects.create_superuser("akar")
    client.force_login(user, backend="villages.backends.OfficeHolderBackend")
    for address in ["/static/portal/portal.css", *map(reverse, MAY_BE_KEPT)]:
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert "no-store" not in answer.get("Cache-Control", ""), address
