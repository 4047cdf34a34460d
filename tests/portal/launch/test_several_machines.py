"""Two web servers and two workers on one database and one queue, as on four machines: each has a
folder of its own, and the files lie in a bucket."""

import io
import os
import secrets
import tempfile
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path

import openpyxl
import pytest
from celery import Celery
from django.urls import reverse

from enrollment.decrees.models import DecreeAnnex
from enrollment.imports.models import Import
from enrollment.imports.registry import taking
from enrollment.workers.models import Worker
from portal.launch.embedded import wait_until
from tests import databases, people, servers, waiting
from tests.conftest import QueueWorker
from tests.decrees import drafts
from tests.imports.pages.test_lists import SENDENS
from tests.imports.test_jobs import current, nik, niks, ready, wait, write_list
from tests.portal.launch.running import Browser
from villages import scope

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PEOPLE = taking.BATCH + 100
"""Taken in two turns, of which the second is interrupted."""


class Machines:
    """What all machines share, and a folder for each."""

    def __init__(self, shared, queue, bucket):
        self.shared, self.queue, self.bucket, self.open = shared, queue, bucket, ExitStack()
        self.folders = []

    def folder(self):
        name = self.open.enter_context(tempfile.TemporaryDirectory(prefix="lindungdesa-"))
        self.folders.append(Path(name))
        return self.folders[-1]

    def kept(self):
        """The files in the bucket."""
        return {stored.key for stored in self.bucket.objects.all()}

    def left_behind(self):
        """Files of people that a machine has kept for itself."""
        return [
            path
            for folder in self.folders
            for path in (folder / "uploads").rglob("*")
            if path.is_file()
        ]

    def resume(self):
        """Have the workers look for unfinished jobs, as beat does."""
        self.queue.send_task("enrollment.jobs.tasks.resume")

    def web(self):
        """A web server on a machine of its own."""
        folder, port = self.folder(), servers.free_port()
        variables = self.shared | {"PORTAL_DATA": str(folder), "PORT": str(port)}
        self.open.enter_context(servers.web(variables, folder / "web.log"))
        return Browser(f"http://localhost:{port}")

    @contextmanager
    def worker(self, name):
        """A worker on a machine of its own, for the block."""
        folder = self.folder()
        variables = self.shared | {"PORTAL_DATA": str(folder), "PGAPPNAME": name}
        worker = QueueWorker(variables, folder / "worker.log", name, queue=self.queue)
        worker.start()
        try:
            yield worker
        finally:
            if worker.is_running():
                worker.kill()


@pytest.fixture(scope="module")
def machines(django_db_setup, database_name, s3_server):
    prefix = f"{database_name}:machines:"
    bucket = s3_server.make_bucket()
    shared = {
        **os.environ,
        **s3_server.variables(bucket.name),
        "DATABASE_URL": databases.at(os.environ["DATABASE_URL"], database_name),
        "PORTAL_QUEUE_PREFIX": prefix,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "WEB_WORKERS": "1",
        "LOG_LEVEL": "INFO",
    }
    with queue_of_their_own(prefix) as queue:
        made = Machines(shared, queue, bucket)
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
    """Two web servers, each as a browser that visits it."""
    both = machines.web(), machines.web()
    yield both
    for browser in both:
        browser.session.close()  # a server that ends waits for those who are connected


@pytest.fixture
def pair(webs):
    """Kartika's browser at the first web server and at the second, logged in at the first."""
    return logged_in(webs, "kartika")


def logged_in(webs, name):
    people.office(name)
    first, second = webs
    first.session.cookies.clear()
    assert first.log_in(name).status_code == 302
    return first, first.at(second.address)


def upload(browser, path):
    """(the list's page, the list)."""
    with path.open("rb") as file:
        answer = browser.post("/impor/baru/", {}, files={"file": file})
    page = answer.headers["Location"]
    with scope.whole_country("test"):
        return page, Import.objects.get(pk=page.split("/")[-2])


def test_what_one_has_received_is_read_by_a_worker_elsewhere_and_given_out_by_the_other(
    machines, pair
):
    first, second = pair
    page, job = upload(first, SENDENS)
    assert "Membaca dan memeriksa" in second.get(page).text
    assert job.file.name in machines.kept()
    with machines.worker("elsewhere"):
        assert wait(job, ready).good == 59
        returned = second.get(reverse("import_returned", args=[job.pk]))
        book = openpyxl.load_workbook(io.BytesIO(returned.content))
        assert book.worksheets[0].max_row == 2, "the heading and the person whose NIK is wrong"
        take(second, page)
        assert wait(job, ready).taken == len(niks()) == 59
    assert "59 orang" in first.get(page).text
    assert machines.left_behind() == []


@pytest.mark.every
def test_an_annex_that_a_worker_has_written_is_given_out_by_both(machines, webs):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1, name="SITI SENDEN"))
    decree = drafts.issue(drafts.draft(subsidy))
    there = reverse("annex_masked", args=[decree.pk])
    with machines.worker("elsewhere"):  # which looks for unfinished jobs when it starts
        wait_until(lambda: is_written(decree), servers.PATIENCE, "nobody writes the annex")
    first, second = (browser.get(there).content for browser in logged_in(webs, "rini"))
    assert first == second
    assert openpyxl.load_workbook(io.BytesIO(first))
    assert machines.left_behind() == []


def is_written(decree):
    with scope.whole_country("test"):
        annex = DecreeAnnex.objects.get(decree=decree, version="masked")
    return annex.state == DecreeAnnex.State.DONE


@pytest.mark.every
def test_a_list_goes_through_four_machines_and_one_dies(machines, pair, tmp_path):
    first, second = pair
    page, job = upload(first, write_list(tmp_path / "panjang.xlsx", PEOPLE))
    with machines.worker("one") as one, machines.worker("two") as two:
        assert wait(job, ready).good == PEOPLE
        assert "orang ke daftar" in second.get(page).text
        with waiting.undecided(enter_the_last_person) as who_waits:
            take(second, page)
            {"one": one, "two": two}[who_waits()].kill()
            assert current(job).cursor == taking.BATCH
            assert not ready(current(job))
        assert wait(job, asking(machines, ready)).taken == PEOPLE
    taken = niks()
    assert len(taken) == len(set(taken)) == PEOPLE
    assert f"{PEOPLE:,} orang".replace(",", ".") in first.get(page).text
    assert machines.left_behind() == []


def enter_the_last_person():
    """As somebody else would at the same time: the turn that takes them waits for the outcome."""
    Worker.objects.create(area_id=people.SENDEN, nik=nik(PEOPLE - 1), name="WARGA LAIN")


def asking(machines, until):
    """The condition, with a message to the workers each time, as beat sends it."""

    def ask(job):
        machines.resume()
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


def test_wrong_passwords_count_wherever_they_are_tried(webs):
    """Each alone would let six through before it asks anybody to wait."""
    people.office("kartika")
    first, second = webs
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
