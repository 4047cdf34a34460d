"""The pages of the grid in which rows with errors are corrected."""

import io
import re
from html import unescape
from pathlib import Path

import openpyxl
import pytest
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.mending import correcting, grid
from enrollment.imports.models import Import
from enrollment.imports.pages import returned
from enrollment.workers.models import Disclosure
from tests import people
from tests.pages.source import on_one_line
from villages import scope

SAMPLES = Path(__file__).parents[2] / "samples"
SEVEN = SAMPLES / "01-template-trenggalek.xlsx"  # 200 people, 7 of them bad
SENDENS = SAMPLES / "02-desk-data-kop-dan-judul-gabung.xlsx"  # 60 people, one with a bad NIK
HTMX = {"hx-request": "true"}
pytestmark = pytest.mark.django_db


def handed_in(path=SEVEN, who="kartika", **options):
    by = people.office(who)
    with scope.enter(by), path.open("rb") as file:
        job = actions.receive(by=by, file=file, filename=path.name, **options)
    actions.advance(job.pk)
    return current(job)


def current(job):
    with scope.whole_country("test"):
        return Import.objects.select_related("office__user").get(pk=job.pk)


def row_with(job, code):
    with scope.whole_country("test"):
        return job.rows.with_code(code).first()


def address(job, row):
    return reverse("import_row_mend", args=[job.pk, row.position])


def sent(row, **cells):
    return {
        "seen": correcting.version(row),
        **{f"sel-{name}": text for name, text in cells.items()},
    }


def test_only_bad_rows_are_shown_each_with_its_wrong_cell(as_person):
    job = handed_in()
    shown = as_person("kartika").get(reverse("import_mend", args=[job.pk]))
    rows = shown.context["rows"]
    assert [shown_row.row.row for shown_row in rows] == [22, 42, 78, 124, 154, 174, 193]
    assert [[cell.field for cell in shown_row.wrong] for shown_row in rows] == [
        *([["nik"]] * 5), ["name"], ["birth_date"],
    ]  # fmt: skip
    page = shown.content.decode()
    assert page.count('aria-invalid="true"') == 7
    assert "7 baris lagi" in page
    assert shown["Cache-Control"].find("no-store") > -1


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_a_row_that_answers_a_refused_correction_is_recorded(as_person, headers):
    """Whoever sends anything at all is answered with the whole row."""
    job = handed_in()
    row = row_with(job, "birth_date.invalid")
    posted = {"seen": "palsu", "sel-name": "BUDI"}
    answer = as_person("kartika").post(address(job, row), posted, headers=headers)
    assert row.nik in answer.text
    with scope.whole_country("test"):
        (noted,) = Disclosure.objects.filter(subject=f"import:{job.pk}")
    assert (noted.kind, noted.why, noted.people) == ("unmask", "mend", 1)


def test_opening_the_grid_is_recorded_as_unmasking(as_person):
    job = handed_in()
    page = as_person("kartika").get(reverse("import_mend", args=[job.pk])).content.decode()
    assert row_with(job, "birth_date.invalid").nik in page
    with scope.whole_country("test"):
        (noted,) = Disclosure.objects.filter(subject=f"import:{job.pk}")
    by = people.office("kartika").pk
    assert (noted.kind, noted.people, noted.office_id) == ("unmask", 7, by)


def test_with_htmx_the_answer_is_the_row_and_the_counts(as_person):
    job = handed_in()
    row = row_with(job, "nik.missing")
    data = sent(row, nik=people.nik(7))
    answer = as_person("kartika").post(address(job, row), data, headers=HTMX).content.decode()
    assert "<html" not in answer
    assert answer.count("data-row") == 1
    assert "Sudah benar" in answer
    assert f"Baris {row.row} sudah benar." in answer
    assert "6 baris lagi" in answer
    assert current(job).good == 194


def test_without_htmx_the_answer_is_the_page_with_the_row(as_person):
    job = handed_in()
    row = row_with(job, "nik.missing")
    client = as_person("kartika")
    answer = client.post(address(job, row), sent(row, nik=people.nik(7)))
    assert answer.status_code == 302
    assert answer["Location"].endswith(f"?sesudah=0&baris={row.position}#b{row.position}")
    page = client.get(answer["Location"]).content.decode()
    assert page.count("data-row") == 7
    assert "Sudah benar" in page


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_text_that_is_still_wrong_is_shown_as_typed(as_person, headers):
    job = handed_in()
    row = row_with(job, "nik.missing")
    answer = as_person("kartika").post(
        address(job, row), sent(row, nik="3503<12"), headers=headers, follow=True
    )
    page = answer.content.decode()
    assert 'value="3503&lt;12"' in page
    assert "Sudah benar" not in page


def test_another_row_that_lost_its_error_is_sent_too_if_it_is_on_the_page(as_person):
    job = handed_in()
    second = row_with(job, "duplicate.in_file")
    with scope.whole_country("test"):
        first = job.rows.filter(nik=second.nik).first()
    data = sent(first, nik=people.nik(7)) | {"ada": [second.position]}
    answer = as_person("kartika").post(address(job, first), data, headers=HTMX).content.decode()
    answer = on_one_line(answer)
    assert answer.count("data-row") == 2
    assert re.search(rf'id="b{second.position}"\s+data-row', answer)


@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_a_row_changed_by_somebody_else_is_refused_and_keeps_what_was_typed(as_person, headers):
    job = handed_in()
    row = row_with(job, "nik.missing")
    client = as_person("kartika")
    client.post(address(job, row), sent(row, nik=people.nik(7)))
    answer = client.post(address(job, row), sent(row, nik=people.nik(8)), headers=headers)
    page = answer.content.decode()
    assert "baru saja diperbaiki orang lain" in page
    assert f'value="{people.nik(8)}"' in page
    assert f"Yang tersimpan sekarang: {people.nik(7)}" in page
    again = answer.context["rows"][0] if "rows" in answer.context else answer.context["corrected"]
    data = sent(row, nik=people.nik(8)) | {"seen": again.version}
    assert "Sudah benar" in client.post(address(job, row), data, headers=HTMX).content.decode()


@pytest.mark.parametrize("end", ["import_take", "import_discard"])
@pytest.mark.parametrize("headers", [HTMX, {}], ids=["htmx", "plain"])
def test_a_row_of_a_list_taken_or_discarded_meanwhile_keeps_what_was_typed(as_person, end, headers):
    job = handed_in()
    row = row_with(job, "nik.missing")
    client = as_person("kartika")
    client.post(reverse(end, args=[job.pk]))
    answer = client.post(address(job, row), sent(row, nik=people.nik(8)), headers=headers)
    assert answer.status_code == 200
    assert "sudah disimpan, dibuang, atau sedang diproses" in answer.content.decode()
    assert f'value="{people.nik(8)}"' in answer.content.decode()


def test_the_next_page_skips_no_row_after_rows_were_corrected(as_person, monkeypatch):
    monkeypatch.setattr(grid, "ROWS_A_PAGE", 3)
    job = handed_in()
    client = as_person("kartika")
    first = client.get(reverse("import_mend", args=[job.pk]))
    assert [shown.row.row for shown in first.context["rows"]] == [22, 42, 78]
    row = first.context["rows"][0].row
    client.post(address(job, row), sent(row, nik=people.nik(7)))
    after = {"sesudah": first.context["more"]}
    second = client.get(reverse("import_mend", args=[job.pk]), after)
    assert [shown.row.row for shown in second.context["rows"]] == [124, 154, 174]
    nowhere = client.get(reverse("import_mend", args=[job.pk]), {"sesudah": "x", "baris": "-1"})
    assert nowhere.status_code == 200


def test_only_those_who_may_import_in_the_area_correct_rows(as_person):
    job = handed_in()
    page, row = reverse("import_mend", args=[job.pk]), row_with(job, "nik.missing")
    assert as_person("olan").get(page).status_code == 200
    data = sent(row, nik=people.nik(7))
    for stranger in ("bagus", "boni", "tani"):
        client = as_person(stranger)
        assert client.get(page).status_code == 404
        assert client.post(address(job, row), data).status_code == 404
    for without in ("vera", "audi"):
        client = as_person(without)
        assert client.get(reverse("import_detail", args=[job.pk])).status_code == 200
        assert client.get(page).status_code == 403
        assert client.post(address(job, row), data).status_code == 403
    assert row_with(job, "nik.missing") == row
    client = as_person("olan")
    assert client.get(address(job, row)).status_code == 302
    assert client.post(page).status_code == 405
    assert client.post(address(job, row), data).status_code == 302
    assert row_with(job, "nik.missing") is None


def test_a_person_registered_elsewhere_is_reported_without_any_data(as_person):
    job = handed_in(SENDENS)
    row = row_with(job, "nik.format")
    people.worker(8, people.BOGORAN, name=row.name, birth_date=row.birth_date,
                  address="ALAMAT RAHASIA")  # fmt: skip
    client = as_person("kartika")
    client.post(address(job, row), sent(row, nik=people.nik(8, people.BOGORAN)))
    page = client.get(reverse("import_mend", args=[job.pk])).content.decode()
    assert "sudah terdaftar, diteruskan ke Dinas" in page
    assert "1 diteruskan ke Dinas" in page
    assert "RAHASIA" not in page


def test_a_list_that_is_only_checked_has_no_grid(as_person):
    job = handed_in(SEVEN, "rini", check_only=True, area=people.SENDEN)
    client = as_person("rini")
    url = reverse("import_mend", args=[job.pk])
    detail = client.get(reverse("import_detail", args=[job.pk])).content.decode()
    assert reverse("import_returned", args=[job.pk]) in detail
    assert url not in detail
    assert client.get(url).status_code == 302


def test_niks_damaged_by_excel_are_reported_in_preview_grid_and_workbook(as_person):
    job = handed_in(SAMPLES / "03-nik-angka.xlsx", "rini", area=people.SENDEN)
    client = as_person("rini")
    preview = client.get(reverse("import_detail", args=[job.pk])).content.decode()
    assert "NIK rusak oleh Excel" in preview
    answer = client.get(reverse("import_returned", args=[job.pk]))
    sheet = openpyxl.load_workbook(_file(answer)).worksheets[0]
    comments = [cell.comment.text for line in sheet for cell in line if cell.comment]
    assert len(comments) == 32
    assert all("rusak oleh Excel" in comment for comment in comments)
    context = client.get(reverse("import_mend", args=[job.pk])).context
    sentences = {cell.faults[0] for row in context["rows"] for cell in row.wrong}
    assert sentences == {"NIK rusak oleh Excel."}
    assert any("ketik ulang" in said for said in context["advice"])


def test_family_card_numbers_damaged_by_excel_are_reported_too(as_person, workbook):
    """This is a warning only, so it must be visible beside the errors."""
    broken, whole = 3503112712233780, "3503112712230001"
    rows = [[people.nik(1), "SITI", broken], ["", "BUDI", broken], [people.nik(3), "ANI", whole]]
    job = handed_in(workbook({"Warga": [["NIK", "Nama", "No KK"], *rows]}))
    client = as_person("kartika")
    assert "Nomor KK rusak oleh Excel</a>: 2 baris" in detail(client, job)
    listed = client.get(reverse("import_rows", args=[job.pk]), {"temuan": "kk.excel_damaged"})
    assert [row.name for row in listed.context["page"]] == ["SITI", "BUDI"]
    assert listed.content.decode().count("Nomor KK: angka ini rusak oleh Excel") == 2

    page = client.get(reverse("import_mend", args=[job.pk]))
    (shown,) = page.context["rows"]
    (kk,) = [cell for cell in shown.others if cell.field == "kk"]
    assert (kk.text, kk.faults) == ("350311271223378?", [])
    assert "rusak oleh Excel, ketik ulang" in kk.remarks[0]
    assert "Catatan, tidak menghalangi: Nomor KK rusak oleh Excel." in page.content.decode()
    assert kk.remarks[0] in page.content.decode()

    book = openpyxl.load_workbook(_file(client.get(reverse("import_returned", args=[job.pk]))))
    cells = [cell for line in book.worksheets[0] for cell in line if cell.comment]
    assert [cell.value for cell in cells if "Nomor KK" in cell.comment.text] == [kk.text]

    data = sent(shown.row, nik=people.nik(2), kk=whole)
    answer = client.post(address(job, shown.row), data, headers=HTMX).content.decode()
    assert "Sudah benar" in answer
    assert "rusak oleh Excel" not in answer
    assert current(job).counts["kk.excel_damaged"] == 1


def test_the_grid_takes_as_many_queries_for_many_rows_as_for_one(
    as_person, django_assert_max_num_queries
):
    few, many = handed_in(SENDENS), handed_in()
    client = as_person("kartika")
    counts = []
    for job in (few, many):
        with django_assert_max_num_queries(40) as counted:
            client.get(reverse("import_mend", args=[job.pk]))
        counts.append(len(counted))
    assert counts[0] == counts[1]


def test_a_long_list_is_returned_in_parts_with_every_bad_row_once(as_person, monkeypatch):
    monkeypatch.setattr(returned, "ROWS_A_PART", 3)
    job = handed_in()
    client = as_person("kartika")
    page = client.get(reverse("import_detail", args=[job.pk])).content.decode()
    assert "dalam 3 bagian" in page
    links = re.findall(r'href="([^"]+perbaikan[^"]+)"', page)
    books = [openpyxl.load_workbook(_file(client.get(unescape(link)))) for link in links]
    assert [book.worksheets[0].max_row - 1 for book in books] == [3, 3, 1]
    with scope.whole_country("test"):
        noted = Disclosure.objects.filter(subject=f"import:{job.pk}", kind="export")
        assert sorted(noted.values_list("people", flat=True)) == [1, 3, 3]
    whole = client.get(reverse("import_returned", args=[job.pk]), {"dari": "9" * 30, "sampai": "²"})
    assert whole.status_code == 200


def _file(answer):
    return io.BytesIO(b"".join(answer.streaming_content))


def test_the_returned_workbook_contains_the_latest_corrections(as_person):
    job = handed_in()
    row = row_with(job, "nik.missing")
    client = as_person("kartika")
    client.post(address(job, row), sent(row, nik="3503-77"))
    book = openpyxl.load_workbook(_file(client.get(reverse("import_returned", args=[job.pk]))))
    values = {cell.value for line in book.worksheets[0] for cell in line}
    assert "3503-77" in values


def test_rows_corrected_after_the_list_was_saved_can_be_saved_too(as_person):
    job = handed_in()
    client = as_person("kartika")
    client.post(reverse("import_take", args=[job.pk]))
    actions.advance(job.pk)
    assert "Baris yang salah tidak disimpan" in detail(client, job)
    row = row_with(job, "nik.missing")
    page = client.get(reverse("import_mend", args=[job.pk])).content.decode()
    assert "7 baris lagi" in page
    assert "0 orang siap disimpan" in page
    client.post(address(job, row), sent(row, nik=people.nik(7)))
    assert "Simpan 1 orang yang sudah diperbaiki" in detail(client, job)
    take = reverse("import_take_mended", args=[job.pk])
    for stranger in ("bagus", "boni"):
        assert as_person(stranger).post(take).status_code == 404
    assert as_person("vera").post(take).status_code == 403
    client = as_person("kartika")
    assert client.get(take).status_code == 302
    client.post(take)
    actions.advance(job.pk)
    assert current(job).taken == 194
    page = detail(client, job)
    assert "194 orang ada di daftar pekerja" in page
    assert "yang sudah diperbaiki" not in page
    assert "Belum ada baris" in client.post(take, follow=True).content.decode()


def detail(client, job):
    return client.get(reverse("import_detail", args=[job.pk])).content.decode()


def test_a_birth_date_or_sex_that_differs_from_the_nik_is_shown_with_both(as_person, workbook):
    """Who mends the row sees which of the two to look for on the KTP."""
    heads = ["NIK", "Nama", "Tanggal Lahir", "JK", "RT"]
    nik = people.nik(1).replace("010180", "120380")
    rows = [[nik, "", "13-02-1980", "P", "1"], [people.nik(2), "ANI", "01-01-1980", "L", "1"]]
    job = handed_in(workbook({"Warga": [heads, *rows]}))
    page = as_person("kartika").get(reverse("import_mend", args=[job.pk]))
    (shown,) = page.context["rows"]
    dates, sexes = "menurut NIK 12-03-1980, di isian 13-02-1980", "menurut NIK laki-laki, di isian"
    assert f"Tanggal lahir beda dengan NIK ({dates})" in on_one_line(page.content.decode())
    assert f"Jenis kelamin beda dengan NIK ({sexes} perempuan)" in on_one_line(
        page.content.decode()
    )
    (born,) = [cell for cell in shown.others if cell.field == "birth_date"]
    assert dates in born.remarks[0]
