"""Fixtures for all tests: each process has a database of its own, used as the application."""

import gc
import os
import shutil
import subprocess
import sys
from pathlib import Path

import hypothesis
import psutil
import pytest
from django.conf import settings
from django.db import connection, transaction
from django.test import TransactionTestCase
from django.test.utils import override_settings

from portal.celery import app as celery_app
from portal.launch.embedded import wait_until
from tests import databases
from tests.servers import PATIENCE

pytest_plugins = [
    "tests.selection",
    "tests.pages.browser",
    "tests.sheets.written",
    "tests.buckets",
    "tests.poolers",
    "tests.imports.lists",
]

hypothesis.settings.register_profile("portal", deadline=None, derandomize=bool(os.getenv("CI")))
hypothesis.settings.load_profile("portal")


def pytest_configure():
    if "DATABASE_OWNER_URL" not in os.environ:
        pytest.exit("Run the tests with bin/test, which starts their database.", returncode=2)


def pytest_collection_finish():
    """Exclude the modules imported so far from garbage collection: they stay until the end, and
    scanning them took a sixth of the time of a test that calls pages."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000)


@pytest.fixture(scope="session")
def database_name():
    """Contains the process id of the run, so that two runs on one server do not share it."""
    worker = os.environ.get("PYTEST_XDIST_WORKER")
    return f"test_{os.getppid() if worker else os.getpid()}_{worker or 'main'}"


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker, database_name):
    """Replaces pytest-django's: clones the template instead of migrating as a superuser."""
    with django_db_blocker.unblock():
        databases.clone(database_name)
        tables = databases.empty_tables(database_name)
        connection.close()
        connection.settings_dict["NAME"] = database_name
    celery_app.conf.broker_transport_options["global_keyprefix"] = f"{database_name}:"

    def truncate(_case):
        databases.truncate(database_name, tables)

    with pytest.MonkeyPatch.context() as patch:
        # Django's own way is `flush`, for which the application's role has no right.
        patch.setattr(TransactionTestCase, "_fixture_teardown", truncate)
        yield
    with django_db_blocker.unblock():
        connection.close()
        with databases.owner() as owner, owner.cursor() as cursor:
            databases.drop(cursor, database_name)


@pytest.fixture(scope="session")
def uploads(tmp_path_factory):
    """Uploads go to a folder of this process."""
    folder = tmp_path_factory.mktemp("uploads")
    with override_settings(MEDIA_ROOT=folder):
        yield folder


@pytest.fixture(scope="module", autouse=True)
def no_uploads_of_other_modules(uploads):
    """Each module begins with an empty folder, whatever ran before it."""
    yield
    for left in uploads.iterdir():
        if left.name != "incoming":  # a web server that still runs receives files there
            shutil.rmtree(left) if left.is_dir() else left.unlink()


@pytest.fixture(scope="module")
def kept_for_module(django_db_setup, django_db_blocker, uploads):
    """A transaction around the module: all of its tests see what a module fixture has written, and
    each test's own changes are rolled back. Not for tests with `transaction=True`."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def queue_worker(django_db_setup, database_name, uploads):
    """A real Celery worker on this process's database. Needs `transaction=True` in the test."""
    variables = {
        **os.environ,
        "DATABASE_URL": databases.at(os.environ["DATABASE_URL"], database_name),
        "PORTAL_QUEUE_PREFIX": f"{database_name}:",
        "PORTAL_UPLOADS": str(uploads),
        "LOG_LEVEL": "INFO",
    }
    log = Path(settings.PORTAL_DATA) / f"worker-{database_name}.log"
    worker = QueueWorker(variables, log)
    worker.start()
    try:
        yield worker
    finally:
        worker.end()
    log.unlink()


@pytest.fixture(autouse=True)
def no_message_without_a_worker(request, monkeypatch):
    """Sends nothing to the queue in tests that did not ask for the worker, and leaves nothing of
    earlier tests in it: the worker runs until the end of all tests, and would work on their jobs.
    """
    if "queue_worker" not in request.fixturenames:
        if QueueWorker.runs:
            celery_app.control.purge()
        monkeypatch.setattr("enrollment.jobs.actions._send", lambda job: None)


class QueueWorker:
    """A Celery worker with one child, that can be killed as a whole and started again."""

    runs = False
    COMMAND = [
        *("-m", "celery", "--app=portal", "worker", "--concurrency=1"),
        *("--without-mingle", "--without-gossip"),
    ]

    def __init__(self, variables, log, name="worker", queue=celery_app):
        self.variables, self.log, self.name = variables, log, f"{name}@tests"
        self.queue = queue

    def start(self):
        QueueWorker.runs = True
        with self.log.open("ab") as output:
            self.process = psutil.Popen(
                [sys.executable, *self.COMMAND, f"--hostname={self.name}"],
                env=self.variables,
                cwd=databases.BASE,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                # The worker lowers the priority of its whole session: not that of the tests.
                start_new_session=True,
            )
        silent = f"The worker is silent: {self.log}"
        try:
            wait_until(self.answers, PATIENCE, silent)
        except BaseException:
            self.kill()
            raise

    def answers(self):
        assert self.process.poll() is None, f"The worker has ended: {self.log}"
        return self.queue.control.ping(destination=[self.name], timeout=0.3)

    def family(self):
        return [self.process, *self.process.children(recursive=True)]

    def child(self):
        """The process that does the work."""
        return self.process.children()[0]

    def is_running(self):
        return self.process.is_running()

    def kill(self):
        family = self.family()
        for process in family:
            process.kill()
        self.process.wait()
        wait_until(lambda: not any(map(works, family)), PATIENCE, "The worker was not killed")

    def end(self):
        family = self.family()
        self.process.terminate()
        for left in psutil.wait_procs(family, timeout=10)[1]:
            left.kill()


def works(process):
    """Whether it is more than a dead entry in the list of processes: where nobody asks how an
    orphan has ended, as in some containers, the entry stays."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture(autouse=True)
def people_of_this_test_alone():
    from tests import people

    yield
    people.forget()


@pytest.fixture
def as_person(client, db):
    """`as_person("kartika")` logs the test client in as one of `tests.people`."""
    from tests import people

    def log_in(name):
        held = people.office(name)
        client.force_login(held.user, backend="villages.backends.OfficeHolderBackend")
        return client

    return log_in
