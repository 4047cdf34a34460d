"""The health page: open to everybody, one word for each part, and nothing else."""

import pytest
from django.db import DatabaseError

from portal import health, signs
from tests.servers import silent_server

PARTS = ["database", "queue", "worker", "beat", "disk", "files"]


@pytest.fixture
def ask(client, monkeypatch):
    """Ask for the health when these parts answer as given, and all others well."""

    def asked(**answers):
        for name in PARTS:
            monkeypatch.setitem(health.PARTS, name, answers.get(name, lambda: True))
        answer = client.get("/sehat/")
        return answer.status_code, answer.json()

    return asked


def fails():
    raise DatabaseError("could not connect to server at 10.2.3.4")


def test_anybody_gets_200_while_all_parts_work(ask, client):
    assert ask() == (200, {"status": "ok", **dict.fromkeys(PARTS, "ok")})
    assert "no-store" in client.get("/sehat/")["Cache-Control"]


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("answer", [fails, lambda: False])
def test_the_status_is_503_when_a_part_fails_and_only_its_name_is_told(ask, part, answer):
    told = {"status": "failed", **dict.fromkeys(PARTS, "ok"), part: "failed"}
    assert ask(**{part: answer}) == (503, told)


@pytest.mark.django_db
def test_a_sign_of_life_is_found_until_it_vanishes(queue_prefix):
    assert not health.worker()
    signs.leave(signs.WORKER)
    assert health.worker()
    assert not health.beat()
    with signs.queue() as server:
        (key,) = server.keys(f"{queue_prefix}alive:*")
        assert 0 < server.ttl(key) <= signs.LASTS


@pytest.mark.django_db
def test_a_queue_that_hangs_is_told_as_failed(client, settings):
    with silent_server() as port:
        settings.CELERY_BROKER_URL = f"redis://127.0.0.1:{port}/0"
        answer = client.get("/sehat/")
    assert answer.status_code == 503
    found = answer.json()
    assert (found["database"], found["queue"], found["worker"]) == ("ok", "failed", "failed")


@pytest.fixture
def queue_prefix(settings, database_name):
    prefix = f"{database_name}:health:"
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS | {"global_keyprefix": prefix}
    settings.CELERY_BROKER_TRANSPORT_OPTIONS = options
    yield prefix
    with signs.queue() as server:
        server.delete(*server.keys(f"{prefix}*"))


def test_disk_is_told_as_failed_before_it_is_full(settings):
    settings.KEEP_FREE = 0
    assert health.disk()
    settings.KEEP_FREE = 2**60
    assert not health.disk()


@pytest.mark.django_db
def test_is_read_only(client):
    assert client.post("/sehat/").status_code == 405


@pytest.mark.django_db
def test_pages_allow_no_foreign_and_no_inline_script(client):
    policy = client.get("/sehat/")["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
