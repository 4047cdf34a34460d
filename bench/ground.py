"""Shared by the benchmarks: databases of their own, and the portal's processes.

Import it before anything of Django. Run within `bin/python -m portal.launch.environment`.
"""

import os
import shutil
import signal
import subprocess
import sys
import threading
import time
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

import django
import psutil

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
os.environ["PORTAL_QUEUE_PREFIX"] = "bench:"
django.setup()
signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended"))  # so that started processes end too

from django.conf import settings  # noqa: E402
from django.db import connection  # noqa: E402

from portal.celery import app as queue  # noqa: E402
from portal.launch import health_probe, processes  # noqa: E402
from portal.launch.embedded import wait_until  # noqa: E402
from tests import databases  # noqa: E402
from villages import scope  # noqa: E402
from villages.models import Area, Office, Regency, Role, User  # noqa: E402

BASE = Path(__file__).resolve().parent.parent
DATA = Path(settings.PORTAL_DATA)
BOJONEGORO = "35.22"
PASSWORD = "kata-sandi-untuk-uji-coba"


def clone(name, source=None):
    """Create the database `name`, or replace it, as a copy of `source` (or of the template)."""
    connection.close()
    source = source or databases.template()
    with databases.owner() as owner, owner.cursor() as cursor:
        _drop(cursor, name)
        cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
    os.sync()  # so that the next measurement does not wait for the copy to reach the disk


def drop(name):
    """Remove the database and what was uploaded to it."""
    connection.close()
    with databases.owner() as owner, owner.cursor() as cursor:
        _drop(cursor, name)
    shutil.rmtree(DATA / "uploads" / name, ignore_errors=True)


def _drop(cursor, name):
    # Without FORCE, for which only a superuser may end an autovacuum; PostgreSQL ends it itself.
    cursor.execute(f'DROP DATABASE IF EXISTS "{name}"')


def use(name):
    """Let this process and those that it starts work on the database `name`.

    All of them log in as the application's role. Returns the variables for other processes.
    """
    connection.close()
    connection.settings_dict["NAME"] = name
    queue.control.purge()
    uploads = DATA / "uploads" / name
    uploads.mkdir(parents=True, exist_ok=True)
    settings.MEDIA_ROOT = uploads
    served = {key: value for key, value in os.environ.items() if key != "DATABASE_OWNER_URL"}
    return served | {
        "DATABASE_URL": databases.at(os.environ["DATABASE_URL"], name),
        "PORTAL_UPLOADS": str(uploads),
        "HOST": "127.0.0.1",
        "PORT": os.environ.get("PORT", "8125"),
    }


def office(area=BOJONEGORO, role=Role.REGENCY_ADMIN, agency=None):
    """A new account with an office there, which can log in with `PASSWORD`."""
    with scope.whole_country("bench"):
        regency = Area.objects.get(pk=area[:5])
        Regency.objects.get_or_create(
            area=regency, defaults={"bupati_name": "H. Bupati", "decree_city": regency.name}
        )
        user = User.objects.create_user(
            f"bench-{uuid.uuid4().hex[:8]}", password=PASSWORD, area_id=area[:5]
        )
        made = Office.objects.create(user=user, role=role, area_id=area, agency=agency)
        return Office.objects.select_related("user", "area", "agency").get(pk=made.pk)


class Supervised:
    """Processes that are started again when they end, as compose does (restart: unless-stopped)."""

    def __init__(self, commands, variables):
        self.commands, self.variables = commands, variables
        self.running: dict[str, psutil.Popen] = {}
        self.ending = False
        for folder in ("run", "logs"):
            (DATA / folder).mkdir(exist_ok=True)

    def start(self, name):
        log = (DATA / "logs" / f"bench-{name}.log").open("ab")
        self.running[name] = psutil.Popen(
            [sys.executable, *self.commands[name]],
            env=self.variables,
            cwd=BASE,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )

    def watch(self):
        while not self.ending:
            for name, process in list(self.running.items()):
                if process.poll() is not None:
                    self.start(name)
            time.sleep(0.1)

    def family(self, name):
        """The process and all that it has started, or nothing if it has just ended."""
        with suppress(psutil.Error):
            return [self.running[name], *self.running[name].children(recursive=True)]
        return []


@contextmanager
def supervised(commands, variables):
    """Run the commands (name → arguments for Python), restart what ends, and end all on exit."""
    started = Supervised(commands, variables)
    for name in commands:
        started.start(name)
    watcher = threading.Thread(target=started.watch, daemon=True)
    watcher.start()
    try:
        yield started
    finally:
        started.ending = True
        watcher.join()
        processes.end(list(started.running.values()))


def portal(*names):
    """The commands of web, worker and beat, as `bin/run` starts them."""
    commands = processes.commands(DATA)
    return {name: commands[name] for name in names}


def wait_for_web(port):
    wait_until(lambda: health_probe.serves(port), 60, "The web server is silent.")


def wait_for_worker():
    wait_until(lambda: queue.control.ping(timeout=0.5), 60, "The worker is silent.")
