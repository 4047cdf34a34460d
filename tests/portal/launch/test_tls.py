"""A database on another machine is reached by TLS alone, unless its address says otherwise."""

import os
import socket
import socketserver
import subprocess
import sys
import threading
from contextlib import closing, suppress
from select import select

import psycopg2
import pytest
from psycopg2.extensions import parse_dsn

from portal.launch import database, environment, tls
from tests import certificates, databases, poolers

ELSEWHERE = "postgres://app:secret@db.example.go.id:5432/lindungdesa"


@pytest.mark.parametrize(
    "near",
    [
        "postgres:///lindungdesa",
        "postgres://app@/lindungdesa?host=/run/postgresql",
        "postgres://app@localhost/lindungdesa",
        "postgres://app@127.0.0.1:5433/lindungdesa",
        "postgres://app@[::1]/lindungdesa",
        "postgres://app@db/lindungdesa",
    ],
)
def test_an_address_nearby_stays_as_it_is(near):
    assert tls.secured(near) == near


@pytest.mark.parametrize("host", ["db.example.go.id", "10.0.0.5", "database", "localhost,10.0.0.5"])
def test_a_database_elsewhere_must_show_a_certificate_of_its_own(host):
    url = tls.secured(f"postgres://app@{host}/lindungdesa")
    assert parse_dsn(url)["sslmode"] == "verify-full"
    assert parse_dsn(url)["sslrootcert"] == str(tls.AUTHORITIES)
    assert tls.secured(url) == url


def test_an_address_may_name_its_authority_or_another_mode():
    own = parse_dsn(tls.secured(f"{ELSEWHERE}?sslrootcert=/etc/ours.pem"))
    assert (own["sslmode"], own["sslrootcert"]) == ("verify-full", "/etc/ours.pem")
    assert tls.secured(f"{ELSEWHERE}?sslmode=require") == f"{ELSEWHERE}?sslmode=require"


def test_logins_that_are_made_from_an_address_keep_what_it_says_about_tls(tmp_path):
    place = {"dbname": "x", "host": "db.example", "sslmode": "verify-ca", "sslrootcert": "/a b.pem"}
    made = parse_dsn(environment.address("app", tmp_path, **place))
    assert place.items() <= made.items()


@pytest.fixture
def from_elsewhere():
    """The address of the tests' PostgreSQL as another machine would reach it: over the network."""
    host = own_address()
    given = parse_dsn(os.environ["DATABASE_URL"])
    folder = given.get("host", "")
    if host is None or not folder.startswith("/"):
        pytest.skip("this machine has no network, or its PostgreSQL no socket")

    class Forward(socketserver.BaseRequestHandler):
        def handle(self):
            with socket.socket(socket.AF_UNIX) as server, suppress(OSError):
                server.connect(f"{folder}/.s.PGSQL.5432")
                pair = {self.request: server, server: self.request}
                while True:
                    for ready in select(list(pair), [], [])[0]:
                        data = ready.recv(65536)
                        if not data:
                            return
                        pair[ready].sendall(data)

    with socketserver.ThreadingTCPServer((host, 0), Forward) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        login = f"{given['user']}:{given['password']}"
        yield f"postgres://{login}@{host}:{listening.server_address[1]}/{given['dbname']}"
        listening.shutdown()


def own_address():
    """An address of this machine that is not loopback."""
    with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(("192.0.2.1", 9))  # sends nothing
        host = probe.getsockname()[0]
        return None if tls.is_nearby(host) else host
    return None


def test_a_server_without_tls_gets_no_password_over_the_network(from_elsewhere, monkeypatch):
    database.connect(f"{from_elsewhere}?sslmode=disable").close()  # it would answer
    with pytest.raises(psycopg2.OperationalError, match="does not support SSL"):
        database.connect(from_elsewhere)
    monkeypatch.setenv("DATABASE_URL", from_elsewhere)
    monkeypatch.delenv("DATABASE_OWNER_URL")
    with pytest.raises(environment.Unusable, match="name the authority of its certificate"):
        environment.given_logins(None)


@pytest.mark.slow
@pytest.mark.every
def test_web_says_in_a_sentence_why_it_does_not_start(from_elsewhere):
    result = subprocess.run(
        [sys.executable, "-c", "import portal.wsgi"],
        env=os.environ | {"DATABASE_URL": from_elsewhere},
        cwd=databases.BASE,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    last = result.stderr.strip().splitlines()[-2:]
    assert "Switch TLS on there" in "".join(last)


NAME = "db.example.go.id"


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    folder = tmp_path_factory.mktemp("tls")
    certificates.write(folder / "right", NAME)
    certificates.write(folder / "another", NAME)
    return folder


@pytest.fixture(scope="module")
def elsewhere(authorities):
    """Makes the address under which a server with TLS is reached by a name. Without an authority
    nobody looks at the certificate."""
    target = parse_dsn(os.environ["DATABASE_URL"])
    with poolers.pooling(target, authorities / "right") as port:

        def at(host=NAME, authority="right"):
            checks = {"sslmode": "require"}
            if authority:
                checks = {"sslrootcert": authorities / authority / "authority.pem"}
            return poolers.address(target, host, port, hostaddr="127.0.0.1", **checks)

        yield at


class TestAServerWithTls:
    """PgBouncer as it is shipped speaks TLS alone; behind it is the tests' PostgreSQL. Its
    certificate is for `NAME`, and the right authority has signed it."""

    def test_is_reached_by_tls_if_its_certificate_is_right(self, elsewhere):
        with closing(database.connect(elsewhere())) as connection:
            assert connection.info.ssl_in_use
            with connection.cursor() as cursor:
                cursor.execute("SELECT 40 + 2")
                assert cursor.fetchone() == (42,)

    def test_gives_nobody_a_connection_in_the_open(self, elsewhere):
        with pytest.raises(psycopg2.OperationalError, match="SSL required"):
            psycopg2.connect(f"{elsewhere()}&sslmode=disable")

    def test_is_refused_with_a_certificate_of_another_authority(self, elsewhere):
        psycopg2.connect(elsewhere(authority=None)).close()  # it would answer
        with pytest.raises(psycopg2.OperationalError, match="certificate verify failed") as refused:
            database.connect(elsewhere(authority="another"))
        assert "name the authority of its certificate" in tls.sentence(refused.value)

    def test_is_refused_under_a_name_that_its_certificate_does_not_have(self, elsewhere):
        with pytest.raises(psycopg2.OperationalError, match="does not match host name"):
            database.connect(elsewhere(host="db.example.com"))

    @pytest.mark.slow
    def test_serves_the_portal(self, elsewhere):
        """Web starts: it has asked the database who it is, through TLS."""
        ask = (
            "import portal.wsgi; from django.db import connection as c; "
            "print(c.connection.info.ssl_in_use)"
        )
        result = subprocess.run(
            [sys.executable, "-c", ask],
            env=os.environ | {"DATABASE_URL": elsewhere()},
            cwd=databases.BASE,
            capture_output=True,
            text=True,
        )
        assert result.stdout.strip() == "True", result.stderr
