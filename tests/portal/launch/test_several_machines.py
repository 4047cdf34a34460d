"""Two web servers and two workers on one database and one queue, as on four machines: each has a
folder of its own, and the files lie in a bucket."""

import os
import secrets
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
from celery import Celery

from enrollment.imports.models import Import
from enrollment.imports.registry import taking
from enrollment.workers.models import Worker
from tests import databases, people, servers, waiting
from tests.conftest import QueueWorker
from tests.imports.test_jobs import current, nik, niks, ready, wait, write_list
from tests.portal.launch.running import Browser
from villages import scope

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PEOPLE = taking.BATCH + 100
"""Taken in two turns, of which the second is interrupted."""


class Machines:
    """What all machines share, and a folder for each."""

    def __init__(self, shared, queue):
        self.shared, self.queue, self.open = shared, queue, ExitStack()

    def folder(self):
        return Path(self.open.enter_context(tempfile.TemporaryDirectory(prefix="lindungdesa-")))

    def web(self):
        """A web server on a machine of its own."""
        folder, port = self.folder(), servers.free_port()
        variables = self.shared | {"PORTAL_DATA": str(folder), "PORT": str(port)}
        self.open.enter_context(servers.web(variables, folder / "web.log"))
        return Browser(f"http://localhost:{port}"), folder

    def worker(self, name):
        """A worker on a machine of its own."""
        folder = self.folder()
        variables = self.shared | {"PORTAL_DATA": str(folder), "PGAPPNAME": name}
        worker = QueueWorker(variables, folder / "worker.log", name, queue=self.queue)
        worker.start()
        self.open.callback(lambda: worker.is_running() and worker.kill())
        return worker


@pytest.fixture(scope="module")
def machines(django_db_setup, database_name, s3_server):
    prefix = f"{database_name}:machines:"
    shared = {
        **os.environ,
        **s3_server.variables(s3_server.make_bucket().name),
        "DATABASE_URL": databases.at(os.environ["DATABASE_URL"], database_name),
        "PORTAL_QUEUE_PREFIX": prefix,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "WEB_WORKERS": "1",
        "LOG_LEVEL": "INFO",
    }
    with queue_of_their_own(prefix) as queue:
        made = Machines(shared, queue)
        with made.open:
            yield made


def queue_of_their_own(prefix):
    """The queue of these machines, on which the worker of other tests does not listen.

    Not the portal's own object with another prefix: it keeps its connections, and would go on
    talking to the queue that an earlier test has used.
    """
    queue = Celery("machines", set_as_current=False)
    queue.config_from_object("django.conf:settings", namespace="CELERY")
    options = queue.conf.broker_transport_options
    queue.conf.broker_transport_options = options | {"global_keyprefix": prefix}
    return queue


@pytest.fixture(scope="module")
def webs(machines):
    """((browser, folder), …): two web servers."""
    both = machines.web(), machines.web()
    yield both
    for browser, _ in both:
        browser.session.close()  # a server that ends waits for those who are connected


@pytest.fixture
def pair(webs):
    """Kartika's browser at the first web server and at the second, logged in at the first."""
    people.office("kartika")
    (first, _), (second, _) = webs
    first.session.cookies.clear()
    assert first.log_in().status_code == 302
    return first, first.at(second.address)


@pytest.mark.every
def test_a_list_goes_through_four_machines_and_one_dies(machines, webs, pair, tmp_path):
    first, second = pair
    path = write_list(tmp_path / "panjang.xlsx", PEOPLE)
    with path.open("rb") as file:
        answer = first.post("/impor/baru/", {}, files={"file": file})
    page = answer.headers["Location"]
    with scope.whole_country("test"):
        job = Import.objects.get(pk=page.split("/")[-2])
    assert "Membaca dan memeriksa" in second.get(page).text

    workers = {name: machines.worker(name) for name in ("one", "two")}
    assert wait(job, ready).good == PEOPLE
    assert "orang ke daftar" in second.get(page).text

    with waiting.undecided(enter_the_last_person) as who_waits:
        take(second, page)
        workers[who_waits()].kill()
        assert current(job).cursor == taking.BATCH
        assert not ready(current(job))
    assert wait(job, asking(machines.queue, ready)).taken == PEOPLE
    taken = niks()
    assert len(taken) == len(set(taken)) == PEOPLE
    assert f"{PEOPLE:,} orang".replace(",", ".") in first.get(page).text
    assert [folder for _, folder in webs if (folder / "uploads" / "imports").exists()] == []


def enter_the_last_person():
    """As somebody else would at the same time: the turn that takes them waits for the outcome."""
    Worker.objects.create(area_id=people.SENDEN, nik=nik(PEOPLE - 1), name="WARGA LAIN")


def asking(queue, until):
    """The condition, with a message to the workers each time, as beat sends it."""

    def ask(job):
        queue.send_task("enrollment.jobs.tasks.resume")
        time.sleep(0.5)
        return until(job)

    return ask


def take(browser, page):
    """Press the button of the preview."""
    token = browser.token(page)
    answer = browser.send(f"{page}simpan/", {"csrfmiddlewaretoken": token})
    assert answer.status_code == 302


def test_who_has_logged_in_at_one_is_known_at_the_other_until_they_leave_either(pair):
    first, second = pair
    assert second.get("/pekerja/").url.endswith("/pekerja/")
    second.send("/keluar/", {"csrfmiddlewaretoken": second.token("/pekerja/")})
    assert "/masuk/" in first.get("/pekerja/").url
    assert "/masuk/" in second.get("/pekerja/").url


@pytest.mark.every
def test_wrong_passwords_count_wherever_they_are_tried(webs):
    """Each alone would let six through before it asks anybody to wait."""
    people.office("kartika")
    (first, _), (second, _) = webs
    first.session.cookies.clear()
    second.session.cookies.clear()
    tried = 0
    for browser in (first, second) * 5:
        answer = browser.log_in(password="bukan kata sandinya")
        if "Terlalu banyak percobaan" in answer.text:
            break
        tried += 1
    assert 6 <= tried < 10
    assert "Terlalu banyak percobaan" in first.log_in().text
