"""The variables by which every process finds its database and its queue.

Where DATABASE_URL or REDIS_URL is not set, the embedded service is used.
Usage: python -m portal.launch.environment COMMAND ARGUMENT…   runs a command with them.
"""

import os
import signal
import subprocess
import sys
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlencode

import psycopg2
import redis
from psycopg2.extensions import parse_dsn

from portal.launch import database, embedded, keys, tls, users

BASE = Path(__file__).resolve().parent.parent.parent


class Unusable(Exception):
    """A setting cannot be used. The message says what to do."""


def data_folder() -> Path:
    """The folder PORTAL_DATA, created if missing and checked to be writable."""
    data = Path(os.environ.get("PORTAL_DATA") or BASE / "var").absolute()
    try:
        data.mkdir(parents=True, exist_ok=True)
        probe = data / f".writable-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise Unusable(
            f"Cannot write to the data folder {data}: {error.strerror}. "
            "Name another one with PORTAL_DATA=/a/folder/of/yours."
        ) from error
    return data


def uploads(data: Path) -> Path:
    return Path(os.environ.get("PORTAL_UPLOADS") or data / "uploads")


@contextmanager
def ready(data: Path, *, throwaway=False):
    """Yield the environment for child processes while the services run."""
    given = os.environ
    postgres, valkey = embedded_services(data, throwaway)
    with embedded.started([service for service in (postgres, valkey) if service], data):
        logins = embedded_logins(postgres, data) if postgres else given_logins(data)
        queue = valkey.url if valkey else reachable_queue(given["REDIS_URL"])
        yield {**given, **logins, "REDIS_URL": queue, "PORTAL_DATA": str(data)}


def embedded_services(data, throwaway=False):
    """(PostgreSQL, Valkey) of the data folder; None for one of which an address is given."""
    return (
        None if os.environ.get("DATABASE_URL") else embedded.Postgres(data, throwaway),
        None if os.environ.get("REDIS_URL") else embedded.Valkey(data),
    )


def embedded_logins(postgres, data):
    def login(role):
        return address(role, data, dbname=database.DATABASE, host=str(postgres.socket_folder))

    return prepared(postgres.url, login(database.OWNER), login(database.APPLICATION))


def given_logins(data):
    """Use the logins of DATABASE_URL and DATABASE_OWNER_URL.

    DATABASE_URL alone may be a superuser or the database's owner, as on a new PostgreSQL: then a
    role is created for the application, and one for the owner if needed.
    """
    url = os.environ["DATABASE_URL"]
    if os.environ.get("DATABASE_OWNER_URL"):
        return {}
    try:
        with closing(database.connect(url)) as connection, connection.cursor() as cursor:
            cursor.execute(
                "SELECT rolsuper, rolcreaterole, datdba = r.oid FROM pg_roles r, pg_database d "
                "WHERE rolname = current_user AND datname = current_database()"
            )
            superuser, creates_roles, owns = cursor.fetchone()
    except psycopg2.OperationalError as error:
        raise Unusable(f"DATABASE_URL cannot be reached. {tls.sentence(error)}{error}") from error
    kept = ("host", "port", "dbname", *tls.KEPT)
    place = {key: value for key, value in parse_dsn(url).items() if key in kept}
    if superuser and os.environ.get("PORTAL_ENV") == "test":
        return test_logins(url, place, data)
    app = address(database.APPLICATION, data, **place)
    if superuser:
        return prepared(url, address(database.OWNER, data, **place), app)
    if owns and creates_roles:
        return prepared(url, url, app)
    if owns:
        raise Unusable(
            "DATABASE_URL logs in as the database's owner, whom row security does not bind, and "
            "may not create the application's role. Create one (CREATE ROLE lindungdesa_app LOGIN "
            "PASSWORD '…'), then give it in DATABASE_URL and the owner in DATABASE_OWNER_URL."
        )
    return {}  # only the application's login: migrations are run elsewhere


def test_logins(url, place, data):
    """Tests get roles and a database of their own, not those of a portal on the same server."""
    place = {**place, "dbname": f"{place['dbname']}_test"}
    roles = (f"{database.OWNER}_test", f"{database.APPLICATION}_test")
    return prepared(url, *(address(role, data, **place) for role in roles))


def address(role, data, *, dbname, host="", port="", **options):
    """A login's URL with a generated password."""
    password = keys.generated(data / "secrets", role)
    if host.startswith("/"):
        return f"postgres://{role}:{password}@/{dbname}?host={quote(host)}"
    query = f"?{urlencode(options, quote_via=quote)}" if options else ""
    return f"postgres://{role}:{password}@{host or 'localhost'}:{port or 5432}/{dbname}{query}"


def prepared(admin, owner, app):
    database.bootstrap(admin, owner, app)
    return {"DATABASE_URL": app, "DATABASE_OWNER_URL": owner}


def reachable_queue(url):
    try:
        redis.Redis.from_url(url, socket_connect_timeout=5).ping()
    except (OSError, ValueError, redis.RedisError) as error:
        raise Unusable(f"REDIS_URL cannot be reached: {error}") from error
    return url


def run(command) -> int:
    """Run a command in the environment; return its exit code."""
    throwaway = os.environ.get("PORTAL_ENV") == "test"
    data = data_folder()
    with ready(data, throwaway=throwaway) as variables:
        process = subprocess.Popen([sys.executable, *command], env=variables)  # noqa: S603
        # Ctrl-C reaches the child directly; here we only wait for its exit code.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, lambda *_: process.terminate())
        code = process.wait()
    if uploads(data).exists() and (account := users.unprivileged(data / "postgres")):
        account.own(uploads(data))  # what root has imported, web and worker read
    return code


def main(command):
    try:
        code = run(command)
    except (Unusable, embedded.ServiceError, users.NoAccount) as error:
        sys.exit(str(error))
    sys.exit(code if code >= 0 else 128 - code)


if __name__ == "__main__":
    main(sys.argv[1:])
