"""bin/run goes on: what dies is started again, and a full disk is survived.

One bin/run for all, in a small file system of its own where we may mount one.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import psutil
import pytest
import requests

from tests import databases, people
from tests.portal.launch import running
from tests.workers.asking import COMPLETE

pytestmark = pytest.mark.slow

EMBEDDED = {"DATABASE_URL": None, "DATABASE_OWNER_URL": None}
ACCOUNT = "from tests import people; people.office('kartika')"


@pytest.fixture(scope="module")
def disk():
    """A folder for PORTAL_DATA; on a disk of its own if we may."""
    with tempfile.TemporaryDirectory(prefix="lindungdesa-") as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=600m,mode=755", "tmpfs", folder]
        with suppress(OSError):
            subprocess.run(mount, check=False, capture_output=True)
        yield Path(folder)
        if os.path.ismount(folder):
            subprocess.run(["umount", "--lazy", folder], check=True)


@pytest.fixture(scope="module")
def portal(disk):
    """A new portal with an account in it."""
    variables = {**EMBEDDED, "PORTAL_DATA": str(disk), "KEEP_FREE_MB": "20"}
    process = running.start(variables, "--no-demo")
    with process:
        try:
            process.address, _ = running.wait_ready(process)
            running.until_all_is_well(process.address)
            yield process
            process.send_signal(signal.SIGINT)
            assert process.wait(timeout=60) == 0
            assert running.living(disk) == []
        finally:
            with suppress(psutil.NoSuchProcess):
                process.kill()


SAID = {
    "beat": "The portal's beat has ended; it is started again in 1 s. See ",
    "worker": "The portal's worker has ended; ",
    "gunicorn": "The portal's web has ended; ",
    "valkey": "The queue has ended; ",
    "postgres": "PostgreSQL has ended; ",
}
"""What is killed, and what is said of it."""
TOGETHER = (("beat", "worker", "gunicorn"), ("valkey",), ("postgres",))


@pytest.mark.every
def test_what_dies_is_started_again(portal, disk):
    """One test for all, so that one process of the tests starts one portal. Our own processes are
    killed at once, the services one after another."""
    for killed in TOGETHER:
        before = {name: main_process(portal, disk, name) for name in killed}
        for process in before.values():
            process.kill()
        told = [SAID[name] for name in killed]
        told += [f"{said.partition(' has ended')[0]} is started again.\n" for said in told]
        lines = read_until_all(portal.stdout, told)
        log = (disk / "logs" / "run.log").read_text()
        assert [line for line in lines if line.strip() not in log] == []
        running.until_all_is_well(portal.address)
        for name, process in before.items():
            assert main_process(portal, disk, name) != process


def read_until_all(output, told):
    """The lines of the output with the sentences in `told`, once all have come."""
    left, lines = set(told), []
    for line in output:
        if said := {sentence for sentence in left if sentence in line}:
            left -= said
            lines.append(line)
        if not left:
            return lines
    pytest.fail(f"bin/run has ended without saying {left}")


def main_process(portal, data, name):
    """The first process of a part, not those that it has started itself."""
    if name == "postgres":
        pid = (data / "postgres" / "cluster" / "postmaster.pid").read_text().split()[0]
        return psutil.Process(int(pid))
    found = portal.children()
    if name == "valkey":
        seen = psutil.process_iter(["name", "cwd"])  # without those that have ended
        found = [each for each in seen if "valkey" in (each.info["name"] or "")]
        return next(each for each in found if data in Path(each.info["cwd"] or "/").parents)
    return next(process for process in found if name in running.names([process]))


@pytest.mark.every
def test_a_full_disk_is_told_in_words_and_survived(portal, disk):
    if not os.path.ismount(disk):
        pytest.skip("a small disk can be mounted by root alone, and not in every container")
    make_account(disk)
    browser = running.Browser(portal.address)
    browser.log_in()
    filler = disk / "filler"
    fill(filler)

    assert "Ruang simpan hampir penuh" in browser.get("/pekerja/").text
    upload = browser.post("/impor/baru/", {}, files={"file": bytes(2**20)})
    assert (upload.status_code, "Unggahan ditutup sementara" in upload.text) == (507, True)
    not_saved = save_until_refused(browser)
    assert re.search("Ruang simpan penuh|Basis data sedang dimulai ulang", not_saved.text)
    assert requests.get(f"{portal.address}sehat/", timeout=30).json()["disk"] == "failed"

    filler.unlink()
    running.until_all_is_well(portal.address)
    typed = dict(re.findall('type="hidden" name="(\\w+)" value="([^"]*)"', not_saved.text))
    assert typed["name"] == COMPLETE["name"], "what was typed is lost"
    assert browser.send("/pekerja/baru/", typed).status_code == 302


def make_account(data):
    shell = ["manage.py", "shell", "-v0", "-c", ACCOUNT]
    subprocess.run(
        [sys.executable, "-m", "portal.launch.environment", *shell],
        env=running.variables({**EMBEDDED, "PORTAL_DATA": str(data)}),
        cwd=databases.BASE,
        check=True,
    )


def save_until_refused(browser):
    """PostgreSQL has some room in its own files: save people until it is used up."""
    page = browser.get("/pekerja/baru/").text
    token = re.search('name="csrfmiddlewaretoken" value="(\\w+)"', page)[1]
    for number in range(1000):
        person = COMPLETE | {"nik": people.nik(number), "csrfmiddlewaretoken": token}
        answer = browser.send("/pekerja/baru/", person)
        if answer.status_code != 302:
            return answer
    pytest.fail("the disk did not become full")


def fill(path):
    """Take all that is left of the disk."""
    with path.open("wb", buffering=0) as file, suppress(OSError):
        while file.write(bytes(2**16)):
            pass
    with path.open("ab", buffering=0) as file, suppress(OSError):
        while file.write(bytes(512)):
            pass
