"""Lists whose files lie in a bucket (S3): the whole way, and while its server is away."""

import io
from contextlib import contextmanager, suppress
from datetime import timedelta
from http import HTTPStatus

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from enrollment.imports import actions
from enrollment.jobs import actions as jobs
from enrollment.retention import actions as retention
from enrollment.workbooks.storing import FilesAway
from portal import health
from tests import people
from tests.decrees import drafts
from tests.decrees.test_export import download
from tests.imports.pages.test_lists import SENDENS, now, read, send, workers
from tests.villages import test_transfers as tables
from villages import scope
from villages.models import Area

pytestmark = pytest.mark.django_db
AWAY = "Penyimpanan berkas tidak dapat dihubungi"


def keys(bucket):
    return sorted(stored.key for stored in bucket.objects.all())


@pytest.fixture
def kartika(as_person):
    client = as_person("kartika")
    client.raise_request_exception = False
    return client


def upload(client):
    return client.post(reverse("import_new"), {"file": as_uploaded()})


def as_uploaded():
    return SimpleUploadedFile(SENDENS.name, SENDENS.read_bytes())


def test_a_list_is_uploaded_read_returned_and_saved(bucket, kartika, uploads):
    before = set(uploads.rglob("*"))
    job = send(kartika, SENDENS)
    assert keys(bucket) == [job.file.name]
    assert (job.phase, job.people, job.good) == ("preview", 60, 59)
    answer = kartika.get(reverse("import_returned", args=[job.pk]))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert book.worksheets[0].max_row == 2
    kartika.post(reverse("import_take", args=[job.pk]))
    assert read(job.pk).taken == len(workers()) == 59
    assert set(uploads.rglob("*")) == before, "something was left in the machine's own folder"


def test_a_list_that_is_discarded_loses_its_file(
    bucket, kartika, django_capture_on_commit_callbacks
):
    job = send(kartika, SENDENS)
    with django_capture_on_commit_callbacks(execute=True):
        kartika.post(reverse("import_discard", args=[job.pk]))
        read(job.pk)
    assert keys(bucket) == []


def test_a_file_whose_request_was_rolled_back_is_removed_at_night(bucket, kartika):
    office = people.office("kartika")
    with suppress(ZeroDivisionError), scope.enter(office), SENDENS.open("rb") as file:
        actions.receive(by=office, file=file, filename="a.xlsx")
        raise ZeroDivisionError
    (stray,) = keys(bucket)
    kept = send(kartika, SENDENS).file.name
    retention.remove(timezone.now() + timedelta(days=3))
    assert keys(bucket) == [kept]
    assert stray != kept


def test_the_annex_of_a_decree_is_written_and_given_out(bucket, as_person):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1, name="SITI SENDEN"))
    decree = drafts.issue(drafts.draft(subsidy))
    annexes = drafts.printed(decree)
    assert keys(bucket) == sorted(annex.file.name for annex in annexes.values())
    for version, annex in annexes.items():
        stored = bucket.Object(annex.file.name).get()["Body"].read()
        assert download(as_person("rini"), decree, version) == stored


def test_a_table_of_the_settings_waits_there_to_be_confirmed(bucket, as_person):
    """Another machine may confirm what this one has shown."""
    rini = as_person("rini")
    row = (people.SENDEN, "Senden Raya", "desa")
    page = tables.preview(rini, "area", tables.workbook(tables.AREAS, row))
    assert len(keys(bucket)) == 1
    tables.confirm(rini, "area", page)
    assert Area.objects.get(pk=people.SENDEN).name == "Senden Raya"
    assert keys(bucket) == []


def test_commands_say_that_it_is_away(asked_once, bucket, s3_server):
    subsidy = drafts.programme()
    drafts.approve(subsidy, people.worker(1))
    decree = drafts.issue(drafts.draft(subsidy))
    drafts.printed(decree)
    options = {"area": people.SENDEN, "by": "kartika"}
    people.office("kartika")
    with s3_server.down():
        with pytest.raises(CommandError, match="does not answer"):
            call_command("export_annex", str(decree.pk), output="lampiran.xlsx", by="rini")
        with pytest.raises(CommandError, match="does not answer"):
            call_command("import_workers", SENDENS, **options)


@pytest.mark.usefixtures("asked_once")
class TestAway:
    """The bucket's server is down, or accepts connections and never answers."""

    @pytest.fixture(params=["down", "silent"])
    def away(self, request, bucket, s3_server, keep_in, silence):
        """A function that makes a block in which the server is away."""
        if request.param == "down":
            return s3_server.down

        @contextmanager
        def silent_for_a_while():
            with silence():
                yield
            keep_in(s3_server.variables(bucket.name))

        return silent_for_a_while

    def test_an_upload_is_refused_in_words_and_leaves_no_job(self, away, kartika):
        with away():
            answer = upload(kartika)
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert AWAY in answer.text
        with scope.whole_country("test"):
            assert not actions.Import.objects.exists()
        assert upload(kartika).status_code == HTTPStatus.FOUND

    def test_reading_goes_on_once_it_is_back_however_often_it_was_tried(self, away, kartika):
        pk = upload(kartika)["Location"].split("/")[-2]
        with away():
            for _ in range(jobs.MOST_ATTEMPTS + 1):
                with pytest.raises(FilesAway):
                    actions.advance(pk)
            page = kartika.get(reverse("import_detail", args=[pk]))
            assert page.status_code == HTTPStatus.OK
        assert now(pk).attempts == 0
        assert read(pk).good == 59

    def test_discarding_is_done_and_the_file_goes_at_night(
        self, away, bucket, kartika, django_capture_on_commit_callbacks
    ):
        job = send(kartika, SENDENS)
        with away(), django_capture_on_commit_callbacks(execute=True):
            kartika.post(reverse("import_discard", args=[job.pk]))
            assert read(job.pk).phase == "discarded"
        assert keys(bucket) == [job.file.name]
        retention.remove(timezone.now() + timedelta(days=3))
        assert keys(bucket) == []

    def test_an_annex_is_not_given_out_and_waits_to_be_written(self, away, as_person):
        subsidy = drafts.programme()
        drafts.approve(subsidy, people.worker(1))
        decree = drafts.issue(drafts.draft(subsidy))
        with away(), pytest.raises(FilesAway):
            drafts.printed(decree)
        drafts.printed(decree)
        client = as_person("rini")
        client.raise_request_exception = False
        there = reverse("annex_masked", args=[decree.pk])
        with away():
            answer = client.get(there)
        assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
        assert AWAY in answer.text
        assert client.get(there).status_code == HTTPStatus.OK

    def test_a_table_of_the_settings_is_refused_in_words(self, away, as_person):
        rini = as_person("rini")
        rini.raise_request_exception = False
        row = (people.SENDEN, "Senden Raya", "desa")
        page = tables.preview(rini, "area", tables.workbook(tables.AREAS, row))
        with away():
            refused = tables.preview(rini, "area", tables.workbook(tables.AREAS, row))
            not_saved = tables.confirm(rini, "area", page)
        for answer in (refused, not_saved):
            assert answer.status_code == HTTPStatus.SERVICE_UNAVAILABLE
            assert AWAY in answer.text
        tables.confirm(rini, "area", page)
        assert Area.objects.get(pk=people.SENDEN).name == "Senden Raya"

    def test_health_tells_it(self, away):
        assert health.files()
        with away(), pytest.raises(FilesAway):
            health.files()
