"""The pages of an import: upload, preview, rows, returned workbook, saving and discarding."""

import io
from functools import partial
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.workbooks.storing import files
from enrollment.workers.models import Disclosure, Worker
from tests import people
from tests.pages.source import on_one_line
from villages import scope

SAMPLES = Path(__file__).parents[2] / "samples"
SENDENS = SAMPLES / "02-desk-data-kop-dan-judul-gabung.xlsx"  # 60 people, one with a bad NIK
HOSTILE = sorted((SAMPLES / "hostile").iterdir())
pytestmark = pytest.mark.django_db


def send(client, path, url="import_new", **data):
    """Upload a file in the form and return the import, read."""
    with path.open("rb") as file:
        answer = client.post(reverse(url), {"file": file, **data})
    assert answer.status_code == 302, answer.content.decode()
    return read(answer["Location"].split("/")[-2])


def read(pk):
    actions.advance(pk)
    return now(pk)


def now(pk):
    with scope.whole_country("test"):
        return Import.objects.get(pk=pk)


def page(client, name, *args, **query):
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return on_one_line(answer.content.decode())


def workers(**lookup):
    with scope.whole_country("test"):
        return list(Worker.objects.filter(**lookup).order_by("pk"))


def register(row, area, **values):
    """Register a person with the NIK of a staged row in `area`."""
    with scope.whole_country("test"):
        return Worker.objects.create(area_id=area, nik=row.nik, **values)


def test_an_uploaded_list_is_previewed_and_saved(as_person):
    client = as_person("kartika")
    job = send(client, SENDENS)
    preview = page(client, "import_detail", job.pk)
    assert "Simpan 59 orang ke daftar" in preview
    assert workers() == []

    client.post(reverse("import_take", args=[job.pk]))
    job = read(job.pk)
    assert (job.phase, job.taken) == ("taken", 59)
    assert "59 orang ada di daftar pekerja" in page(client, "import_detail", job.pk)
    taken = workers()
    assert len(taken) == 59
    assert {worker.area_id for worker in taken} == {people.SENDEN}


def test_every_filter_of_the_preview_leads_to_exactly_its_rows(as_person):
    client = as_person("kartika")
    job = send(client, SENDENS)
    for query, number in (
        ({}, 60),
        ({"keadaan": "siap"}, 59),
        ({"keadaan": "error"}, 1),
        ({"keadaan": "gap"}, 1),
        ({"keadaan": "warning"}, 1),
        ({"temuan": "nik.format"}, 1),
        ({"keadaan": "baru"}, 59),
        ({"hasil": "new"}, 0),
    ):
        answer = client.get(reverse("import_rows", args=[job.pk]), query)
        assert answer.context["page"].paginator.count == number, query
    assert page(client, "import_detail", job.pk).count('href="/impor/') > 5


def test_niks_are_masked_on_the_pages(as_person):
    client = as_person("kartika")
    job = send(client, SENDENS)
    with scope.whole_country("test"):
        niks = [row.nik for row in job.rows.all() if row.nik]
    shown = page(client, "import_rows", job.pk) + page(client, "import_detail", job.pk)
    assert niks
    assert not [nik for nik in niks if nik in shown]


def test_progress_is_polled_and_the_page_reloads_at_the_end(as_person):
    client = as_person("kartika")
    with SENDENS.open("rb") as file:
        url = client.post(reverse("import_new"), {"file": file})["Location"]
    waiting = client.get(url).content.decode()
    assert "Membaca dan memeriksa daftar" in waiting
    assert "<noscript><meta" in waiting
    part = client.get(url, headers={"hx-request": "true"})
    assert b"<html" not in part.content
    assert b"hx-get" in part.content
    read(url.split("/")[-2])
    assert client.get(url, headers={"hx-request": "true"})["HX-Refresh"] == "true"


def corrected(answer, value):
    """The returned workbook with the first bad cell corrected."""
    book = openpyxl.load_workbook(_file(answer))
    bad = next(cell for cell in book.worksheets[0][2] if cell.comment)
    assert "16 angka" in bad.comment.text
    assert bad.fill.fgColor.rgb == "00FFD9CC"
    bad.value = value
    return book


def _file(answer):
    return io.BytesIO(b"".join(answer.streaming_content))


def test_who_may_not_unmask_gets_no_workbook_of_niks(as_person):
    client = as_person("kartika")
    job = send(client, SENDENS)
    download = reverse("import_returned", args=[job.pk])
    assert download in page(client, "import_detail", job.pk)
    assert client.get(download).status_code == 200
    auditor = as_person("audi")
    assert download not in page(auditor, "import_detail", job.pk)
    assert auditor.get(download).status_code == 403


def test_the_returned_workbook_can_be_corrected_and_uploaded_again(as_person, tmp_path):
    client = as_person("kartika")
    job = send(client, SENDENS)
    answer = client.get(reverse("import_returned", args=[job.pk]))
    assert answer["Content-Disposition"].startswith("attachment")
    with scope.whole_country("test"):
        (noted,) = Disclosure.objects.filter(subject=f"import:{job.pk}")
    assert (noted.kind, noted.people) == ("export", 1)

    path = tmp_path / "Perbaikan.xlsx"
    corrected(answer, people.nik(77)).save(path)
    again = send(client, path)
    assert (again.people, again.good) == (1, 1), again.counts
    client.post(reverse("import_take", args=[again.pk]))
    read(again.pk)
    (worker,) = workers(nik=people.nik(77))
    with scope.whole_country("test"):
        first = job.rows.get(severity="error")
    assert (worker.name, worker.hamlet, worker.rt) == (first.name, first.hamlet, first.rt)


def test_the_returned_workbook_uploaded_unchanged_has_the_same_errors(as_person, tmp_path):
    """Above all, a NIK damaged by Excel must not be accepted as text the second time."""
    client = as_person("rini")
    for sample in sorted(SAMPLES.glob("0[1-4]*")):
        area = people.SENDEN
        job = send(client, sample, area=area)
        if job.good == job.people:
            continue
        path = tmp_path / "Perbaikan.xlsx"
        answer = client.get(reverse("import_returned", args=[job.pk]))
        path.write_bytes(_file(answer).getvalue())
        again = send(client, path, area=area)
        bad = job.people - job.good
        assert again.people == bad
        # A duplicate is good now, because its first row was good and is not in this workbook.
        allowed = job.counts.get("duplicate.in_file", 0)
        assert again.good == allowed, (sample.name, again.counts)


@pytest.mark.parametrize("path", HOSTILE, ids=lambda path: path.name)
def test_hostile_files_are_refused_with_a_sentence(as_person, path):
    client = as_person("kartika")
    job = send(client, path)
    assert job.state == "refused"
    assert "unggah" in job.message
    shown = page(client, "import_detail", job.pk)
    assert "Daftar ini tidak dapat dibaca" in shown
    assert "Unggah lagi" in shown


@pytest.mark.parametrize("ended", [{"phase": "undone"}, {"state": "refused"}])
def test_whoever_may_not_upload_is_not_led_to_it_from_a_list_that_has_ended(as_person, ended):
    job, link = send(as_person("kartika"), SENDENS), f'href="{reverse("import_new")}"'
    with scope.whole_country("test"):
        Import.objects.filter(pk=job.pk).update(**ended)
    assert link in page(as_person("kartika"), "import_detail", job.pk)
    assert link not in page(as_person("vera"), "import_detail", job.pk)


def test_uploading_without_a_file_is_refused(as_person):
    answer = as_person("kartika").post(reverse("import_new"), {})
    assert answer.status_code == 200
    assert answer.context["form"].errors["file"]


def test_registered_people_are_not_changed_unless_the_user_chooses_so(as_person):
    client = as_person("kartika")
    job = send(client, SENDENS)
    with scope.whole_country("test"):
        row = job.rows.filter(severity="clean").first()
    registered = register(row, people.SENDEN, name="NAMA LAMA")
    for choice, name, outcome in (("keep", "NAMA LAMA", "kept"), ("update", row.name, "changed")):
        job = send(client, SENDENS)
        assert "dengan data yang berbeda" in page(client, "import_detail", job.pk)
        client.post(reverse("import_take", args=[job.pk]), {"existing": choice})
        job = read(job.pk)
        assert job.taken == 59
        (worker,) = workers(pk=registered.pk)
        assert worker.name == name
        with scope.whole_country("test"):
            assert job.rows.with_outcome(job).get(nik=row.nik).became == outcome
    again = send(client, SENDENS)
    with scope.whole_country("test"):
        assert again.rows.filter(changes=[], worker__isnull=False).count() == 59


def test_discarding_deletes_the_rows_and_the_file(as_person, django_capture_on_commit_callbacks):
    client = as_person("kartika")
    job = send(client, SENDENS)
    is_kept = partial(files().exists, job.file.name)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("import_discard", args=[job.pk]))
        assert is_kept() and "Membuang daftar" in page(client, "import_detail", job.pk)
        actions.advance(job.pk)
    with scope.whole_country("test"):
        assert not job.rows.exists()
    assert not is_kept()
    assert "Daftar ini dibuang" in page(client, "import_detail", job.pk)


def test_a_list_that_was_taken_cannot_be_taken_or_discarded_again(as_person):
    client = as_person("kartika")
    job = send(client, SENDENS)
    client.post(reverse("import_take", args=[job.pk]))
    read(job.pk)
    for name in ("import_take", "import_discard"):
        answer = client.post(reverse(name, args=[job.pk]), follow=True)
        assert "tidak sedang menunggu" in answer.content.decode()
    assert len(workers()) == 59


def test_a_list_that_is_only_checked_saves_nobody(as_person):
    client = as_person("vera")
    job = send(client, SENDENS, url="list_check", area=people.SENDEN)
    shown = page(client, "import_detail", job.pk)
    assert "Tidak seorang pun disimpan" in shown
    assert "orang ke daftar" not in shown
    assert client.post(reverse("import_take", args=[job.pk])).status_code == 403
    answer = client.get(reverse("import_returned", args=[job.pk]))
    book = openpyxl.load_workbook(_file(answer))
    assert book.worksheets[0].max_row == 1 + 3
    assert workers() == []


def test_only_those_who_may_import_in_the_area_see_and_save_a_list(as_person):
    job = send(as_person("kartika"), SENDENS)
    detail = reverse("import_detail", args=[job.pk])
    take = reverse("import_take", args=[job.pk])
    assert as_person("olan").get(detail).status_code == 200
    for stranger in ("bagus", "boni", "tani"):
        client = as_person(stranger)
        for name in ("import_detail", "import_rows", "import_returned"):
            assert client.get(reverse(name, args=[job.pk])).status_code == 404
        assert client.post(take).status_code == 404
    seer = as_person("vera")
    assert seer.get(detail).status_code == 200
    assert seer.post(take).status_code == 403
    assert seer.get(reverse("import_new")).status_code == 403
    assert as_person("karim").get(detail).status_code == 403
    assert as_person("bima").get(reverse("import_list")).status_code == 403
    assert as_person("kartika").get(reverse("list_check")).status_code == 403
    assert as_person("kartika").get(take).status_code == 302


def test_lists_take_as_many_queries_for_many_rows_as_for_one(
    as_person, django_assert_max_num_queries
):
    client = as_person("kartika")
    counts = []
    for number in (1, 2):
        for _ in range(number):
            job = send(client, SENDENS)
        with django_assert_max_num_queries(40) as counted:
            page(client, "import_list")
        counts.append(len(counted))
    assert counts[0] == counts[1]
    with django_assert_max_num_queries(40) as one:
        page(client, "import_rows", job.pk, keadaan="error")
    with django_assert_max_num_queries(40) as many:
        page(client, "import_rows", job.pk)
    assert len(one) == len(many)
