"""Files in a folder and in a bucket are the same to the rooms, and private in both."""

import errno
import os
import subprocess
import sys
import threading
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.files.base import ContentFile
from django.utils import timezone

from enrollment.workbooks import bucket as buckets
from enrollment.workbooks.storing import FilesAway, files
from portal.launch import storages
from tests.servers import closed_port
from villages.refusals import is_short_of_room


@pytest.fixture(params=["folder", pytest.param("bucket", marks=pytest.mark.slow)])
def kind(request, uploads):
    if request.param == "bucket":
        request.getfixturevalue("bucket")
    return request.param


class TestBoth:
    def test_a_file_is_saved_listed_read_and_deleted(self, kind):
        began = timezone.now()
        name = files().save("imports/satu", ContentFile(b"NIK,Nama"))
        (kept,) = files().kept("imports")
        assert kept.name == name
        assert abs(kept.at - began) < timedelta(minutes=1)
        assert list(files().kept("annexes")) == []
        with files().on_disk(name) as path:
            assert path.read_bytes() == b"NIK,Nama"
        files().delete(name)
        assert not files().exists(name)
        files().delete(name)  # once more does no harm

    def test_a_path_is_read_by_two_at_once_each_from_the_beginning(self, kind):
        """A child reads the workbook while its parts are compared with their checksums."""
        name = files().save("imports/dua", ContentFile(b"NIK,Nama"))
        with files().on_disk(name) as path, path.open("rb") as first:
            first.read(4)
            child = subprocess.run(["cat"], stdin=path.open("rb"), capture_output=True, check=True)
            assert child.stdout == b"NIK,Nama"
            assert path.stat().st_size == 8
            assert first.read() == b"Nama"

    def test_a_file_that_is_not_there_is_told_as_such(self, kind):
        def read():
            with files().on_disk("imports/tidak-ada") as path:
                path.read_bytes()

        with pytest.raises(FileNotFoundError):
            read()

    def test_what_is_saved_again_replaces_nothing(self, kind):
        names = {files().save("imports/tiga", ContentFile(b"x")) for _ in range(2)}
        assert len(names) == 2

    def test_it_answers(self, kind):
        assert files().answers()


class TestBucket:
    def test_nobody_but_its_owner_may_read_a_file_and_it_has_no_address(self, bucket):
        name = files().save("imports/a", ContentFile(b"NIK"))
        grants = bucket.Object(name).Acl().grants
        assert {grant["Grantee"]["Type"] for grant in grants} == {"CanonicalUser"}
        with pytest.raises(NotImplementedError):
            files().url(name)

    def test_files_are_encrypted_by_the_server_and_lie_below_a_prefix(self, s3_server, keep_in):
        made = s3_server.make_bucket()
        changes = {"FILES_S3_ENCRYPTION": "AES256", "FILES_S3_PREFIX": "portal"}
        keep_in(s3_server.variables(made.name, **changes))
        name = files().save("imports/a", ContentFile(b"NIK"))
        assert name == "imports/a"
        assert [kept.name for kept in files().kept("imports")] == [name]
        assert made.Object("portal/imports/a").server_side_encryption == "AES256"

    def test_requests_are_signed_by_version_4(self, bucket):
        assert files().connection.meta.client.meta.config.signature_version == "s3v4"

    def test_the_copy_that_is_read_has_no_name(self, bucket):
        """So nothing is left, however the process ends."""
        name = files().save("imports/a", ContentFile(b"NIK"))
        with files().on_disk(name) as path:
            assert str(path.readlink()).endswith("(deleted)")

    @pytest.mark.slow
    @pytest.mark.every
    def test_a_large_file_needs_no_more_memory_than_a_small_one(self, bucket, s3_server):
        """In a process of its own, since the server that sends it lives in this one."""
        bucket.put_object(Key="imports/besar", Body=bytes(SIZE))
        bucket.put_object(Key="imports/kecil", Body=b"x")

        def grown_by(use):
            variables = {**os.environ, **s3_server.variables(bucket.name)}
            script = [sys.executable, "-c", GROWN.format(use=use)]
            variables["DJANGO_SETTINGS_MODULE"] = "portal.settings"
            return int(subprocess.check_output(script, env=variables))

        assert grown_by("stack.enter_context(files().on_disk(name))") < SIZE // 4
        assert grown_by("kept = files().open(name).read()") > SIZE * 3 // 4  # it can be seen


TRIES = buckets.TRIES
SIZE = 48 * 2**20
GROWN = """
import contextlib, pathlib, re, django
django.setup()
from enrollment.workbooks.storing import files

def most():
    text = pathlib.Path("/proc/self/status").read_text()
    return int(re.search("VmHWM:[^0-9]*([0-9]+)", text)[1]) * 1024

with contextlib.ExitStack() as stack:
    for name in ("imports/kecil", "imports/besar"):
        before = most()
        {use}
    print(most() - before)
"""
"""Prints by how much the process grows when it uses the large file after the small one."""


@pytest.mark.usefixtures("asked_once")
class TestTroubles:
    ASKED = {
        "save": lambda: files().save("imports/a", ContentFile(b"NIK")),
        "read": lambda: files().on_disk("imports/a").__enter__(),
        "delete": lambda: files().delete("imports/a"),
        "exists": lambda: files().exists("imports/a"),
        "kept": lambda: list(files().kept("imports")),
        "answers": lambda: files().answers(),
    }

    @pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
    def test_a_server_that_is_away_is_told_whatever_was_asked(self, elsewhere, asked):
        with closed_port() as port, pytest.raises(FilesAway):
            elsewhere(port)
            asked()

    @pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED)
    def test_a_server_that_is_silent_is_not_waited_for(self, silence, asked):
        with silence(), pytest.raises(FilesAway):
            asked()

    def test_a_bucket_that_is_not_there_is_told_as_away_not_as_a_missing_file(
        self, s3_server, keep_in
    ):
        keep_in(s3_server.variables("tidak-ada"))
        with pytest.raises(FilesAway):
            self.ASKED["save"]()

    @pytest.mark.parametrize("status", [403, 429, 500, 503])
    def test_a_server_that_refuses_is_away(self, answering, status):
        answering(status)
        for asked in self.ASKED.values():
            with pytest.raises(FilesAway):
                asked()

    def test_a_full_server_is_a_full_disk(self, answering):
        answering(507)
        with pytest.raises(OSError) as caught:
            files().delete("imports/a")
        assert caught.value.errno == errno.ENOSPC
        assert is_short_of_room(caught.value)

    def test_a_server_that_fails_once_is_asked_again(self, answering, monkeypatch):
        monkeypatch.setattr(buckets, "TRIES", TRIES)
        answering(200, once=503)
        assert files().exists("imports/a")

    @pytest.fixture
    def answering(self, elsewhere):
        """`answering(503)`: the server answers everything with this status, but at first `once`."""
        with ending() as server:

            def use(status, once=None):
                server.statuses = [status, *([once] if once else [])]
                elsewhere(server.server_port)

            yield use


class Refusing(BaseHTTPRequestHandler):
    def answer(self):
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        statuses = self.server.statuses
        self.send_response(statuses.pop() if len(statuses) > 1 else statuses[0])
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_PUT = do_HEAD = do_DELETE = do_POST = answer

    def log_message(self, *_):
        """Nothing: the tests know what they have asked."""


@contextmanager
def ending():
    with HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


class TestChosen:
    GIVEN = {
        "FILES_S3_BUCKET": "berkas",
        "FILES_S3_REGION": "ap-southeast-3",
        "FILES_S3_KEY_ID": "portal",
        "FILES_S3_SECRET": "rahasia",
    }

    def test_without_a_bucket_it_is_a_folder(self):
        assert storages.chosen({})["BACKEND"].endswith("storing.Folder")

    @pytest.mark.parametrize("left_out", ["FILES_S3_REGION", "FILES_S3_KEY_ID", "FILES_S3_SECRET"])
    def test_nothing_may_be_left_out(self, left_out):
        given = {name: value for name, value in self.GIVEN.items() if name != left_out}
        with pytest.raises(ImproperlyConfigured, match=left_out):
            storages.chosen(given)

    def test_no_list_crosses_a_network_readable(self):
        for near in ("http://127.0.0.1:9000", "http://localhost:9000", "https://s3.example.id", ""):
            storages.chosen(self.GIVEN | {"FILES_S3_ENDPOINT": near})
        for far in ("http://s3.example.id", "http://10.0.0.9:9000", "s3.example.id"):
            with pytest.raises(ImproperlyConfigured, match="https"):
                storages.chosen(self.GIVEN | {"FILES_S3_ENDPOINT": far})

    def test_an_encryption_that_nobody_knows_is_refused(self):
        with pytest.raises(ImproperlyConfigured, match="AES256"):
            storages.chosen(self.GIVEN | {"FILES_S3_ENCRYPTION": "yes"})

    def test_a_portal_with_a_folder_starts_without_amazons_library_and_lokal(self):
        """Loading either takes a tenth of the time, or more, in which the portal starts."""
        script = (
            "import django, sys; django.setup(); import portal.urls; "
            "print({'boto3', 'botocore', 'storages', 'lokal'} & sys.modules.keys())"
        )
        variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings"}
        said = subprocess.run(
            [sys.executable, "-c", script], env=variables, capture_output=True, text=True
        )
        assert said.stdout.strip() == "set()", said.stderr
