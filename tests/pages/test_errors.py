"""Error pages say what happened and what to do, link to the home page, and reveal nothing else."""

import pytest
from django.template.loader import render_to_string

from tests.pages.browser import (
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    transfer_size,
)

pytestmark = pytest.mark.urls("tests.pages.urls")
NAMES = ["400", "403", "403_csrf", "404", "500"]


@pytest.mark.parametrize("name", NAMES)
def test_error_page_needs_no_context_and_no_database(name):
    """No `db` mark: a query would fail this test."""
    page = render_to_string(f"{name}.html")
    assert 'href="/"' in page
    assert "<h1></h1>" not in page


@pytest.mark.parametrize("name", NAMES)
def test_error_page_is_accessible_small_and_fits(page_at, client, name):
    page = page_at(360, client)
    page.goto(f"{HOME}/galat/{name}/")
    assert transfer_size(page) < LARGEST
    assert_accessible(page)
    assert_fits(page)
    assert_quiet(page)


def test_a_failing_view_shows_the_page(client):
    client.raise_request_exception = False
    answer = client.get("/rusak/")
    assert answer.status_code == 500
    assert "Ada gangguan di sistem kami" in answer.content.decode()
    assert "a view that fails" not in answer.content.decode()


@pytest.mark.django_db
def test_error_page_does_not_repeat_an_unknown_address(client, django_user_model):
    """An address may hold a NIK that somebody pasted."""
    answer = client.get("/3522150108750001/")
    assert answer.status_code == 404
    assert "3522150108750001" not in answer.content.decode()
