"""The web server receives requests that come slowly or are too large, and pages go on."""

import os
import signal
import socket
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPResponse
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from waitress.adjustments import Adjustments

from portal.launch import health_probe, receiving
from portal.launch.embedded import wait_until
from tests import databases, people, servers

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

MEGABYTE = 2**20


@pytest.fixture(scope="module")
def server(django_db_setup, database_name, uploads):
    with started(database_name, uploads) as served:
        yield served


@contextmanager
def started(database_name, uploads, **changes):
    variables = {
        **os.environ,
        "DATABASE_URL": databases.at(os.environ["DATABASE_URL"], database_name),
        "PORTAL_UPLOADS": str(uploads),
        "PORT": str(servers.free_port()),
        "WEB_WORKERS": "1",
        "LOG_LEVEL": "INFO",
        **changes,
    }
    log = Path(settings.PORTAL_DATA) / f"receiving-{variables['PORT']}.log"
    with servers.web(variables, log) as process:
        yield Served(int(variables["PORT"]), process, log)


class Served:
    def __init__(self, port, process, log):
        self.port, self.process, self.log = port, process, log

    def open(self, head=""):
        connection = socket.create_connection(("127.0.0.1", self.port), timeout=60)
        connection.sendall(head.encode())
        return connection

    def kept_bodies(self):
        """Bodies that lie on the disk: files without a name that the server has open."""
        found = []
        for process in self.process.children():
            for file in Path(f"/proc/{process.pid}/fd").iterdir():
                with suppress(OSError):
                    found.append(str(file.readlink()))
        return [name for name in found if "/incoming/" in name]


def head(path, size=None, *, cookies="", method="POST"):
    length = "Transfer-Encoding: chunked" if size is None else f"Content-Length: {size}"
    return f"{method} {path} HTTP/1.1\r\nHost: localhost\r\nCookie: {cookies}\r\n{length}\r\n\r\n"


def answer(connection):
    """(status, page) of what the server says; it may say so before it has read everything."""
    response = HTTPResponse(connection)
    response.begin()
    return response.status, response.read().decode()


def cookies_of(name):
    """Log in as `name` and look at the page for uploads."""
    client = Client()
    client.force_login(people.office(name).user, backend="villages.backends.OfficeHolderBackend")
    client.get("/impor/baru/")
    return "; ".join(f"{key}={morsel.value}" for key, morsel in client.cookies.items())


def test_pages_answer_beside_400_slow_connections(server):
    with ExitStack() as open_connections:
        for number in range(200):
            for begun in ("GET / HTTP/1.1\r\nHost: lo", head("/masuk/", 60_000) + "csrf"):
                slow = open_connections.enter_context(server.open(begun))
                if number < 20:
                    slow.sendall(b"a")
        with server.open(head("/masuk/", 0, method="GET")) as page:
            status, text = answer(page)
    assert (status, "Kata sandi" in text) == (200, True)


def test_300_mb_of_nobody_are_refused_before_they_are_kept(server):
    with server.open(head("/impor/baru/", 10 * MEGABYTE, cookies=cookies_of("kartika"))) as upload:
        upload.sendall(bytes(MEGABYTE))
        until(lambda: server.kept_bodies(), "this is not where bodies lie")
    until(lambda: not server.kept_bodies(), "what a caller broke off is kept")
    for path in ("/masuk/", "/impor/baru/", "/tidak/ada/"):
        with server.open(head(path, 300 * MEGABYTE)) as flood:
            flood.sendall(bytes(MEGABYTE))
            assert server.kept_bodies() == []
            status, text = answer(flood)
            assert (status, "Kiriman terlalu besar" in text) == (413, True)
            while flood.recv(65536):  # the connection is closed
                pass


def test_a_body_of_unknown_length_ends_at_the_limit(server):
    chunk = b"8000\r\n" + bytes(0x8000) + b"\r\n"
    with server.open(head("/masuk/")) as flood:
        flood.sendall(3 * chunk)
        assert answer(flood)[0] == 413
    assert server.kept_bodies() == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("kartika", "Formulir ini sudah kedaluwarsa"),  # received: the page itself looks at it
        ("audi", "Berkas tidak diterima"),
        (None, "Berkas tidak diterima"),
    ],
)
def test_only_who_was_shown_the_page_uploads(server, name, said):
    cookies = cookies_of(name) if name else ""
    with server.open(head("/impor/baru/", MEGABYTE, cookies=cookies)) as upload:
        upload.sendall(bytes(MEGABYTE))
        status, text = answer(upload)
    assert (status, said in text) == (403, True)


def test_the_log_has_paths_without_what_people_search_for(server):
    with server.open(head("/masuk/?cari=3522156008010001", 0, method="GET")) as page:
        answer(page)
    until(lambda: '\\"GET /masuk/\\" 200' in server.log.read_text(), "nothing was logged")
    assert "cari" not in server.log.read_text()
    assert "352215" not in server.log.read_text()


def until(condition, otherwise):
    wait_until(condition, 30, otherwise)


def test_a_request_on_its_way_is_answered_though_the_processes_are_replaced(server):
    with server.open("GET /masuk/ HTTP/1.1\r\n") as halfway:
        (before,) = server.process.children()
        server.process.send_signal(signal.SIGHUP)
        until(lambda: before not in running(server)[:1], "no process took over")
        halfway.sendall(b"Host: localhost\r\n\r\n")
        assert answer(halfway)[0] == 200
    until(lambda: before not in running(server), "the old process does not end")
    assert health_probe.serves(server.port)


@pytest.mark.every
def test_a_process_that_has_done_enough_waits_for_what_is_on_its_way(uploads, database_name):
    limit = "--max-requests=5 --max-requests-jitter=0"
    with started(database_name, uploads, GUNICORN_CMD_ARGS=limit) as server:
        (before,) = server.process.children()
        with server.open("GET /masuk/ HTTP/1.1\r\n") as slow:
            for _ in range(7):
                with server.open(head("/masuk/", 0, method="GET")) as page:
                    assert answer(page)[0] == 200
            assert before in running(server), "a request on its way would have been lost"
            slow.sendall(b"Host: localhost\r\n\r\n")
            assert answer(slow)[0] == 200
        until(lambda: before not in running(server), "the process is never replaced")
        until(lambda: health_probe.serves(server.port), "no process took over")


def running(server):
    """The newest first."""
    return sorted(server.process.children(), key=lambda child: -child.create_time())


@pytest.mark.parametrize(
    ("sent", "seconds", "late"),
    [
        (b"", 29, False),
        (b"GET / HTTP/1.1\r\nHost: lo", 31, True),
        (b"POST / HTTP/1.1\r\nContent-Length: 60000\r\n\r\n", 37, False),
        (b"POST / HTTP/1.1\r\nContent-Length: 60000\r\n\r\n", 39, True),
        (b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 39, True),
    ],
)
def test_a_request_that_is_sent_too_slowly_ends(sent, seconds, late):
    request = receiving.Request(Adjustments())
    request.received(sent)
    request.began -= seconds
    assert request.is_late() == late
