"""No row names a file that is missing, and `missing_files` says so: after a restore, or a move."""

from http import HTTPStatus
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import models
from django.urls import reverse

from enrollment.workbooks import complete, private
from tests.imports.pages.test_lists import SENDENS, now, send

pytestmark = pytest.mark.django_db


def check(**options):
    out = StringIO()
    call_command("missing_files", stdout=out, **options)
    return out.getvalue()


@pytest.fixture
def kartika(as_person):
    return as_person("kartika")


@pytest.fixture
def job(kartika, uploads):
    """A list whose file lies in the folder of this machine."""
    return send(kartika, SENDENS)


def test_all_is_there(job):
    assert check() == "Every file that a row names is there.\n"


@pytest.mark.folder
def test_a_file_that_a_restore_has_left_out_is_named(job):
    Path(job.file.path).unlink()
    out = StringIO()
    with pytest.raises(CommandError, match="1 files are missing"):
        call_command("missing_files", stdout=out)
    assert out.getvalue() == f"{job.file.name}\n"


@pytest.mark.folder
def test_files_move_from_a_folder_to_a_bucket(job, kartika, bucket, uploads):
    """The portal has been given the bucket, and the folder has what it kept before."""
    with pytest.raises(CommandError, match="1 files are missing"):
        check()
    assert check(folder=uploads) == "1 files copied.\nEvery file that a row names is there.\n"
    assert check(folder=uploads).startswith("0 files copied.")
    assert bucket.Object(job.file.name).get()["Body"].read() == SENDENS.read_bytes()
    answer = kartika.get(reverse("import_returned", args=[job.pk]))
    assert answer.status_code == HTTPStatus.OK
    assert now(job.pk).file.name == job.file.name


@pytest.mark.folder
def test_what_the_folder_does_not_have_either_is_still_missing(job, bucket, tmp_path):
    with pytest.raises(CommandError, match="1 files are missing"):
        check(folder=tmp_path)
    with pytest.raises(CommandError, match="no folder"):
        check(folder=tmp_path / "elsewhere")


def test_a_file_that_goes_with_its_row_meanwhile_is_not_missed(uploads):
    answers = iter([{"imports/going"}, set()])
    assert complete.missing(lambda: next(answers)) == []
    assert complete.missing(lambda: {"imports/gone"}) == ["imports/gone"]


@pytest.mark.folder
def test_a_storage_that_is_away_is_told(asked_once, job, bucket, s3_server):
    with s3_server.down(), pytest.raises(CommandError, match="does not answer"):
        check()


def test_every_column_of_files_is_looked_at():
    """But for those of histories, which copy names of files that are kept no longer."""
    files = {
        (model, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, models.FileField) and not hasattr(model, "pgh_tracked_model")
    }
    assert files == {(model, field.name) for model, field in private.columns()}
