"""A server that speaks S3, on this machine: moto's, with real requests over a real socket."""

import uuid
from contextlib import contextmanager

import pytest

from enrollment.workbooks import bucket as buckets
from portal.launch import storages
from tests.servers import free_port, silent_server

IN_A_FOLDER = {"queue_worker"}
"""Fixtures whose processes keep files in a folder."""


def pytest_addoption(parser):
    parser.addoption("--bucket", action="store_true", help="the tests keep their files in a bucket")


def pytest_collection_modifyitems(config, items):
    if not config.getoption("bucket"):
        return
    left = [
        item
        for item in items
        if item.get_closest_marker("folder") or IN_A_FOLDER & set(item.fixturenames)
    ]
    items[:] = [item for item in items if item not in left]
    config.hook.pytest_deselected(items=left)


@pytest.fixture(autouse=True)
def all_files_in_a_bucket(request):
    """With --bucket: what works with a folder works with a bucket."""
    uses_database = request.node.get_closest_marker("django_db") or "db" in request.fixturenames
    if request.config.getoption("bucket") and uses_database:
        request.getfixturevalue("bucket")


class Server:
    """What it holds stays while it is stopped and started again, as with a real one."""

    def __init__(self):
        self.port = free_port()
        self.endpoint = f"http://127.0.0.1:{self.port}"

    def start(self):
        from moto.server import ThreadedMotoServer  # takes long, and few test processes need it

        self.running = ThreadedMotoServer(ip_address="127.0.0.1", port=self.port, verbose=False)
        self.running.start()

    def stop(self):
        self.running.stop()

    @contextmanager
    def down(self):
        self.stop()
        try:
            yield
        finally:
            self.start()

    def variables(self, bucket, **changes):
        """What a process of the portal is given to keep its files in this bucket."""
        return {
            "FILES_S3_BUCKET": bucket,
            "FILES_S3_ENDPOINT": self.endpoint,
            "FILES_S3_REGION": "ap-southeast-3",
            "FILES_S3_KEY_ID": "portal",
            "FILES_S3_SECRET": "rahasia",
        } | changes

    def make_bucket(self):
        """A new bucket, as its owner sees it."""
        import boto3

        owner = boto3.resource(
            "s3",
            endpoint_url=self.endpoint,
            region_name="ap-southeast-3",
            aws_access_key_id="owner",
            aws_secret_access_key="owner",
        )
        where = {"LocationConstraint": "ap-southeast-3"}
        return owner.create_bucket(
            Bucket=f"berkas-{uuid.uuid4().hex}", CreateBucketConfiguration=where
        )


@pytest.fixture(scope="session")
def s3_server():
    server = Server()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def keep_in(settings):
    """`keep_in(variables)`: from now on this process keeps its files as the variables say."""

    def use(variables):
        settings.STORAGES = settings.STORAGES | {"default": storages.chosen(variables)}

    return use


@pytest.fixture
def asked_once(monkeypatch):
    """A server that is away is not asked again, for which the portal would wait a moment."""
    monkeypatch.setattr(buckets, "TRIES", 1)


@pytest.fixture
def elsewhere(s3_server, keep_in):
    """`elsewhere(port)`: from now on the files lie with the server at this port of the machine."""

    def use(port):
        endpoint = f"http://127.0.0.1:{port}"
        keep_in(s3_server.variables("berkas", FILES_S3_ENDPOINT=endpoint))

    return use


@pytest.fixture
def silence(elsewhere, monkeypatch):
    """`with silence()`: the files lie with a server that accepts connections and never answers.
    Only there are answers not waited for: a busy machine may keep us waiting for true ones."""

    @contextmanager
    def use():
        with silent_server() as port, monkeypatch.context() as patch:
            patch.setattr(buckets, "ANSWER_WITHIN", 0.1)
            elsewhere(port)
            yield

    return use


@pytest.fixture
def bucket(s3_server, keep_in):
    """The files of this test lie in a bucket of its own."""
    made = s3_server.make_bucket()
    keep_in(s3_server.variables(made.name))
    return made
