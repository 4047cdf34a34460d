"""The health page: open to everybody, and without any other information."""

import pytest
from django.db import connection


@pytest.mark.django_db
def test_anybody_gets_200_while_the_database_answers(client):
    response = client.get("/sehat/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


@pytest.mark.django_db
def test_the_status_is_503_when_the_database_fails(client):
    with connection.execute_wrapper(broken):
        response = client.get("/sehat/")
    assert (response.status_code, response.json()) == (503, {"status": "database"})


def broken(*_):
    from django.db import OperationalError

    raise OperationalError("the server closed the connection unexpectedly")


@pytest.mark.django_db
def test_is_read_only(client):
    assert client.post("/sehat/").status_code == 405


@pytest.mark.django_db
def test_pages_allow_no_foreign_and_no_inline_script(client):
    policy = client.get("/sehat/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
