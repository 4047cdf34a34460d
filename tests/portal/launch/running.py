"""bin/run as a person uses it, and what runs because of it."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from contextlib import suppress

import psutil
import pytest
import requests
from django.conf import settings

from portal.launch import embedded
from tests import databases, people

READY = re.compile(r"ready after \d+ s: (http://localhost:\d+/)")


def variables(changes):
    """The environment of a small portal on a free port; `changes`: None for what is to be away."""
    given = {
        **os.environ,
        "PORTAL_ENV": "development",
        "PORT": str(embedded.free_port()),
        "WEB_WORKERS": "1",
        "WORKER_CONCURRENCY": "1",
        # Static files take seconds to compress: kept from one run of the tests to the next, and not
        # where the other tests' middleware looks for files while these are written.
        "STATIC_ROOT": str(settings.PORTAL_DATA / "collected"),
        "REDIS_URL": None,
        **changes,
    }
    return {name: value for name, value in given.items() if value is not None}


def start(changes, *options):
    return psutil.Popen(
        [sys.executable, "-m", "portal.launch.run", *options],
        env=variables(changes),
        cwd=databases.BASE,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def wait_ready(process):
    """(address, the output until the log-ins were printed)."""
    output = ""
    for line in process.stdout:
        output += line
        if line.startswith("Ctrl-C"):
            return READY.search(output)[1], output
    pytest.fail(f"bin/run ended:\n{output}")


def family(process):
    return process.children(recursive=True)


def names(processes):
    found = set()
    for process in processes:
        words = []
        with suppress(psutil.Error):  # it has ended
            words = process.cmdline()
        found |= {name for name in ("gunicorn", "worker", "beat") if name in words}
        found |= {"valkey"} if words and "valkey-server" in words[0] else set()
    return found


def living(data):
    """Processes that work with this data folder."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        known = process.info["environ"] or {}
        if known.get("PORTAL_DATA") == str(data) and process.info["cmdline"]:
            found.append(process)
    return found


def until_all_is_well(address):
    def well():
        with suppress(OSError), urllib.request.urlopen(f"{address}sehat/", timeout=10) as answer:
            assert set(json.load(answer).values()) == {"ok"}
            return True
        return False

    embedded.wait_until(well, 120, f"the portal is not well: {address}sehat/")


class Browser:
    """Somebody who uses the pages of a portal."""

    def __init__(self, address, session=None):
        self.address = address.rstrip("/")
        self.session = session or requests.Session()

    def log_in(self, name="kartika", password=people.PASSWORD):
        return self.post("/masuk/", {"username": name, "password": password})

    def at(self, address):
        """The same browser, with its cookies, at another web server."""
        return Browser(address, self.session)

    def get(self, path):
        return self.session.get(self.address + path, timeout=60)

    def post(self, path, data, **options):
        """Fill in the form of the page."""
        return self.send(path, data | {"csrfmiddlewaretoken": self.token(path)}, **options)

    def token(self, path):
        """What a form of this page sends along."""
        return re.search('name="csrfmiddlewaretoken" value="(\\w+)"', self.get(path).text)[1]

    def send(self, path, data, **options):
        return self.session.post(
            self.address + path, data, timeout=60, allow_redirects=False, **options
        )
