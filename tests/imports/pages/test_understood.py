"""What was understood of a list, in one place: columns, villages and every row; each corrected.

PICTURES=/a/folder saves pictures of the pages.
"""

import os
import re

import pytest
from django.db import connection
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.columns import matching
from enrollment.imports.mending import correcting
from enrollment.imports.models import Import, VillageMemory
from enrollment.imports.pages.reading_form import RowsForm, VillagesForm
from tests import people
from tests.imports.columns.test_matching import staged
from tests.imports.lists import current
from tests.imports.pages.test_lists import SENDENS, now, page, read, send
from tests.pages.browser import (
    HOME,
    LARGEST,
    assert_accessible,
    assert_fits,
    assert_quiet,
    transfer_size,
)
from villages import scope
from villages.models import Area
from villages.refusals import Refusal

PICTURES = os.environ.get("PICTURES")
pytestmark = pytest.mark.django_db
HEADINGS = ["No", "NIK", "Nama", "Desa", "Kecamatan"]
UNKNOWN_NAME = "Lor Alas Jati"


def listed(workbook, *villages, name="daftar.xlsx", district="", below=()):
    """A list of one person for each village's name."""
    rows = [
        [at, people.nik(at), f"WARGA {at}", village, district]
        for at, village in enumerate(villages, 1)
    ]
    return workbook({"Warga": [HEADINGS, *rows, *below]}, name=name)


def fields_of(job, form=VillagesForm):
    """Label → field's name, of the form on the page."""
    job = current(job)
    with scope.enter(job.office):
        form = form(job=job)
    return {field.label: name for name, field in form.fields.items()}


def said(job, **values):
    """What the page would post, unchanged but for `values`."""
    sent = {}
    for table in job.tables:
        sent |= {
            f"kolom-{table['key']}-{column['at']}": column["field"] or ""
            for column in table["columns"]
        }
    job = current(job)
    with scope.enter(job.office):
        for form in (VillagesForm(job=job), RowsForm(job=job)):
            sent |= {name: field.initial for name, field in form.fields.items() if field.initial}
    return sent | values


def correct(client, job, **values):
    return client.post(reverse("import_columns", args=[job.pk]), said(job, **values))


def villages_of(job):
    return [row.village_id for row in staged(job)]


def name_of(code):
    return Area.objects.get(pk=code).name


class TestRows:
    def test_the_rows_of_each_sheet_add_up_to_all_of_its_rows(self, as_person):
        client = as_person("kartika")
        job = send(client, SENDENS)
        shown = page(client, "import_detail", job.pk)
        assert "Yang kami baca dari berkas ini" in shown
        sums = re.findall(r"(\d+) baris: ([^.<]+)\.", shown)
        assert len(sums) == sum(sheet["visible"] for sheet in job.sheets)
        for whole, parts in sums:
            assert int(whole) == sum(int(part) for part in re.findall(r"\d+", parts))
        assert sums[0][1].startswith("60 orang, ")

    def test_each_row_that_is_no_person_is_listed_with_what_it_says(self, as_person, workbook):
        rows = [["PEMERINTAH DESA SENDEN"], [], HEADINGS, [1, people.nik(1), "WARGA"],
                ["", "", "Jumlah", "1 orang"]]  # fmt: skip
        client = as_person("kartika")
        job = send(client, workbook({"Warga": rows}))
        shown = page(client, "import_detail", job.pk)
        assert "5 baris: 1 orang, 1 kop surat, 1 judul kolom, 1 jumlah, 1 kosong." in shown
        assert "Baris 1: PEMERINTAH DESA SENDEN" in shown and "Baris 5: Jumlah" in shown

    def test_numbers_and_what_stands_behind_them_are_masked(self, as_person, workbook):
        note = f"Catatan: {people.nik(7)}"
        below = [[note, "17-08-1975", "SITI AMINAH"]]
        client = as_person("kartika")
        job = send(client, listed(workbook, "Senden", below=below))
        shown = page(client, "import_detail", job.pk)
        assert f"Catatan: {people.nik(7)[:6]}**********…" in shown
        with connection.cursor() as cursor, scope.whole_country("test"):
            cursor.execute("SELECT row_texts::text FROM enrollment_import WHERE id = %s", [job.pk])
            stored = cursor.fetchone()[0]
            cursor.execute("SELECT to_jsonb(e)::text FROM enrollment_importevent e")
            history = " ".join(row[0] for row in cursor.fetchall())
        assert "Catatan" in stored
        assert str(job.pk) in history and "Catatan" not in history
        for text in (shown, stored):
            assert people.nik(7) not in text and "17-08" not in text and "AMINAH" not in text

    def test_a_row_that_is_a_person_after_all_becomes_one_and_back(self, as_person, workbook):
        below = [["", "", "JUMLAH SANTOSO"], ["", "", "Jumlah", "3 orang"]]
        client = as_person("kartika")
        job = send(client, listed(workbook, "Senden", below=below))
        offered = fields_of(job, RowsForm)
        (box,) = [name for label, name in offered.items() if label.startswith("Baris 4: Jumlah")]
        before = job.people
        correct(client, job, **{box: "on"})
        job = read(job.pk)
        assert (job.phase, job.people, job.said_people) == ("preview", before + 1, {"Warga": [4]})
        assert [row.codes[0] for row in staged(job) if row.row == 4] == ["nik.missing"]
        assert "Baris 4: pilihan Anda" in page(client, "import_columns", job.pk)
        sent = said(job)
        del sent[box]
        client.post(reverse("import_columns", args=[job.pk]), sent)
        assert (read(job.pk).people, now(job.pk).said_people) == (before, {})

    @pytest.mark.parametrize("rows", [{"Warga": [1]}, {"Warga": [99]}, {"Lain": [2]}])
    def test_only_rows_that_were_offered_may_be_said_to_be_people(self, as_person, workbook, rows):
        job = send(as_person("kartika"), listed(workbook, "Senden"))
        office = people.office("kartika")
        with scope.enter(office), pytest.raises(Refusal, match="Muat ulang"):
            actions.correct_reading(by=office, job=job, answers={}, people=rows)

    def test_what_rows_say_is_removed_with_the_list(self, as_person):
        client = as_person("kartika")
        job = send(client, SENDENS)
        assert any(job.row_texts)
        client.post(reverse("import_discard", args=[job.pk]))
        assert read(job.pk).row_texts == []
        job = send(client, SENDENS)
        with scope.whole_country("test"):
            actions.expire(job)
        assert now(job.pk).row_texts == []

    def test_a_list_read_by_an_earlier_version_is_still_shown(self, as_person):
        client = as_person("kartika")
        job = send(client, SENDENS)
        sheets = [
            {name: value for name, value in sheet.items() if name not in ("blank", "uncomputed")}
            for sheet in job.sheets
        ]
        tables = [
            {name: value for name, value in table.items() if name != "replaces"}
            | {
                "columns": [
                    {name: value for name, value in column.items() if name != "parts"}
                    for column in table["columns"]
                ]
            }
            for table in job.tables
        ]
        with scope.whole_country("test"):
            Import.objects.filter(pk=job.pk).update(sheets=sheets, tables=tables, row_texts=[])
        assert "60 orang, " in page(client, "import_detail", job.pk)
        assert "Ubah pembacaan" in page(client, "import_columns", job.pk)


class TestVillages:
    def test_each_village_is_named_with_its_people_and_leads_to_them(self, as_person, workbook):
        client = as_person("rini")
        job = send(client, listed(workbook, "Senden", "Ngadimulyo", "Senden"))
        shown = page(client, "import_detail", job.pk)
        for code, number in ((people.SENDEN, 2), (people.BOGORAN, 1)):
            url = f"{reverse('import_rows', args=[job.pk])}?desa={code}"
            assert f'<b>{name_of(code)}</b>: <a href="{url}">{number} orang</a>' in shown
            rows = client.get(url).context["page"]
            assert {row.village_id for row in rows} == {code}
            assert rows.paginator.count == number

    def test_a_list_for_one_village_says_where_its_people_are_recorded(self, as_person, workbook):
        client = as_person("kartika")
        job = send(client, listed(workbook, "Senden"))
        shown = page(client, "import_detail", job.pk)
        assert "Semua orang dibaca sebagai warga Senden" in shown
        assert 'id="desa"' not in page(client, "import_columns", job.pk)

    def test_one_answer_holds_for_all_rows_with_the_name(self, as_person, workbook):
        client = as_person("rini")
        names = (UNKNOWN_NAME, UNKNOWN_NAME.upper(), "Senden", f" {UNKNOWN_NAME} ")
        job = send(client, listed(workbook, *names))
        assert villages_of(job) == [None, None, people.SENDEN, None]
        shown = page(client, "import_detail", job.pk)
        assert "3 baris (baris 2, 3, 5)" in shown
        assert "3 orang belum jelas desanya." in shown
        correct(client, job, **{fields_of(job)[f"“{UNKNOWN_NAME}”"]: "Ngadimulyo, Kampak"})
        job = read(job.pk)
        assert villages_of(job) == [people.BOGORAN, people.BOGORAN, people.SENDEN, people.BOGORAN]
        assert (job.phase, job.bad) == ("preview", 0)

    def test_an_answer_goes_before_what_the_name_says(self, as_person, workbook):
        client = as_person("rini")
        job = send(client, listed(workbook, "Senden", "Ngadimulyo"))
        correct(client, job, **{fields_of(job)["“Senden”"]: "Ngadimulyo, Kampak"})
        assert villages_of(read(job.pk)) == [people.BOGORAN, people.BOGORAN]

    def test_the_same_name_in_another_district_is_another_name(self, as_person, workbook):
        client = as_person("rini")
        one = listed(workbook, UNKNOWN_NAME, district="Kampak")
        job = send(client, one)
        label = f"“{UNKNOWN_NAME}”, kecamatan “Kampak”"
        correct(client, job, **{fields_of(job)[label]: "Senden, Kampak"})
        assert villages_of(read(job.pk)) == [people.SENDEN]
        assert villages_of(send(client, one)) == [people.SENDEN]
        assert villages_of(send(client, listed(workbook, UNKNOWN_NAME, name="dua.xlsx"))) == [None]

    def test_an_answer_is_remembered_for_that_office_alone(self, as_person, workbook):
        path = listed(workbook, UNKNOWN_NAME)
        client = as_person("rini")
        job = send(client, path)
        correct(client, job, **{fields_of(job)[f"“{UNKNOWN_NAME}”"]: "Senden, Kampak"})
        read(job.pk)
        assert villages_of(send(client, path)) == [people.SENDEN]
        assert villages_of(send(as_person("tani"), path)) == [None]
        with scope.enter(people.office("karim")):
            assert not VillageMemory.objects.exists()

    def test_an_answer_holds_for_rows_that_are_mended_too(self, as_person, workbook):
        client = as_person("rini")
        job = send(client, listed(workbook, UNKNOWN_NAME))
        correct(client, job, **{fields_of(job)[f"“{UNKNOWN_NAME}”"]: "Senden, Kampak"})
        job = read(job.pk)
        (row,) = staged(job)
        with scope.enter(people.office("rini")):
            correcting.correct(
                by=people.office("rini"), job=job, position=1, cells={"name": "LAIN"},
                seen=correcting.version(row),
            )  # fmt: skip
        assert villages_of(job) == [people.SENDEN]

    def test_an_emptied_answer_is_taken_back_and_forgotten(self, as_person, workbook):
        path = listed(workbook, UNKNOWN_NAME)
        client = as_person("rini")
        job = send(client, path)
        label = f"“{UNKNOWN_NAME}”"
        correct(client, job, **{fields_of(job)[label]: "Senden, Kampak"})
        job = read(job.pk)
        correct(client, job, **{fields_of(job)[label]: ""})
        assert villages_of(read(job.pk)) == [None]
        assert villages_of(send(client, path)) == [None]

    def test_of_rows_without_a_village_nothing_is_remembered(self, as_person, workbook):
        path = listed(workbook, "", "Senden")
        client = as_person("rini")
        job = send(client, path)
        correct(client, job, **{fields_of(job)["Tanpa nama"]: "Ngadimulyo, Kampak"})
        assert villages_of(read(job.pk)) == [people.BOGORAN, people.SENDEN]
        assert villages_of(send(client, path)) == [None, people.SENDEN]

    def test_a_village_that_does_not_exist_is_refused_and_the_text_is_kept(
        self, as_person, workbook
    ):
        client = as_person("rini")
        job = send(client, listed(workbook, UNKNOWN_NAME))
        answer = correct(client, job, **{fields_of(job)[f"“{UNKNOWN_NAME}”"]: "Entah Mana"})
        assert answer.status_code == 200
        shown = answer.content.decode()
        assert "Tidak ada desa bernama itu" in shown and "Entah Mana" in shown
        assert now(job.pk).phase == "preview"

    @pytest.mark.parametrize("code", [people.BAURENO, people.KAMPAK, "99.99.99.9999", "x"])
    def test_the_action_refuses_a_village_outside_the_list(self, as_person, workbook, code):
        job = send(as_person("rini"), listed(workbook, UNKNOWN_NAME))
        office = people.office("rini")
        with scope.enter(office), pytest.raises(Refusal, match="di luar wilayah"):
            actions.correct_reading(by=office, job=job, answers={}, meant={"x": code})
        assert current(job).phase == "preview"

    def test_what_was_not_changed_is_not_read_again(self, as_person, workbook):
        client = as_person("rini")
        job = send(client, listed(workbook, "Senden", UNKNOWN_NAME, below=[["", "", "Jumlah"]]))
        correct(client, job)
        assert (now(job.pk).phase, now(job.pk).state) == ("preview", "waiting")
        with scope.whole_country("test"):
            assert not VillageMemory.objects.exists()


class TestColumns:
    def test_columns_over_which_a_field_is_spread_are_named_together(self, as_person, workbook):
        rows = [["NIK", "Nama Depan", "Nama Belakang", "Ukuran Baju"],
                *[[people.nik(at), f"SITI{at}", "AMINAH", "XL"] for at in range(3)]]  # fmt: skip
        client = as_person("kartika")
        job = send(client, workbook({"Warga": rows}))
        shown = page(client, "import_detail", job.pk)
        assert "<b>Nama</b> dari kolom “Nama Depan” dan “Nama Belakang”" in shown
        assert "Tidak dipakai: Ukuran Baju." in shown

    def test_a_guess_is_marked_and_told_first(self, as_person, workbook):
        rows = [["NIK", "Nama", "Mawar"], *[[people.nik(at), "SITI AMINAH", "LP"[at % 2]]
                                               for at in range(6)]]  # fmt: skip
        client = as_person("kartika")
        job = send(client, workbook({"Warga": rows}))
        shown = page(client, "import_detail", job.pk)
        assert f"Kolom “Mawar” kami kira berisi {matching.label('sex')}." in shown
        assert "Perkiraan kami" in shown and "Periksa dulu" in shown
        before = [row.pk for row in staged(job)]
        correct(client, job)
        assert [row.pk for row in staged(read(job.pk))] == before
        confirmed = page(client, "import_detail", job.pk)
        assert "Perkiraan kami" not in confirmed and "Periksa dulu" not in confirmed
        again = send(client, workbook({"Warga": rows}))
        assert "Periksa dulu" not in page(client, "import_detail", again.pk)

    def test_formulas_and_hidden_sheets_are_told_first(self, as_person, workbook):
        rows = [["NIK", "Nama"], [people.nik(1), "SITI"], [people.nik(2), '=UPPER("siti")']]
        client = as_person("kartika")
        path = workbook({"Warga": rows, "Lama": rows}, hidden=["Lama"])
        first = page(client, "import_detail", send(client, path).pk).split("Hasil pemeriksaan")[0]
        assert "Lembar Warga: Baris 3 berisi rumus yang hasilnya tidak tersimpan" in first
        assert "Lembar tersembunyi tidak dibaca: Lama." in first

    def test_notes_about_people_of_other_rows_are_told_first(self, as_person, workbook):
        rows = [["No", "NIK", "Nama"], [1, people.nik(1), "SITI"],
                ["Catatan: nomor 1 sudah pindah"]]  # fmt: skip
        client = as_person("kartika")
        shown = page(client, "import_detail", send(client, workbook({"Warga": rows})).pk)
        first = shown.split("Hasil pemeriksaan")[0]
        assert "Lembar Warga: catatan di baris 3 menyebut orang yang meninggal atau pindah" in first

    def test_of_people_who_are_replaced_is_told_who_was_read(self, as_person, workbook):
        rows = [["NIK Lama", "Nama Lama", "NIK Pengganti", "Nama Pengganti"],
                *[[people.nik(at), f"WARGA {at}", people.nik(at + 50), "SITI"]
                  for at in range(4)]]  # fmt: skip
        client = as_person("kartika")
        job = send(client, workbook({"Warga": rows}))
        assert [row.name for row in staged(job)] == ["SITI"] * 4
        assert "Yang kami baca penggantinya." in page(client, "import_detail", job.pk)

    def test_a_plain_list_is_not_in_doubt(self, as_person, workbook):
        client = as_person("kartika")
        job = send(client, workbook({"Warga": [["NIK", "Nama"], [people.nik(1), "WARGA"]]}))
        assert "Periksa dulu" not in page(client, "import_detail", job.pk)

    def test_who_may_not_change_the_list_is_not_led_to_changing_it(self, as_person, workbook):
        job = send(as_person("kartika"), listed(workbook, "Senden"))
        url = reverse("import_columns", args=[job.pk])
        assert url in page(as_person("kartika"), "import_detail", job.pk)
        assert url not in page(as_person("audi"), "import_detail", job.pk)


def test_the_pages_are_accessible_fit_and_are_small(page_at, as_person, workbook):
    names = [UNKNOWN_NAME, "Senden", "Ngadimulyo", "Z" * 90, *[f"Entah {at}" for at in range(35)]]
    below = [["", "", "Jumlah", "4 orang"], [], ["Kampak, 17 Agustus 2026"], ["Kepala Dinas"],
             ["", "", "W" * 150]]  # fmt: skip
    client = as_person("rini")
    job = send(client, listed(workbook, *names, below=below))
    browser = page_at(360, client)
    for name in ("import_detail", "import_columns"):
        browser.loaded.clear()
        browser.set_viewport_size({"width": 360, "height": 800})
        browser.goto(HOME + reverse(name, args=[job.pk]))
        assert transfer_size(browser) < LARGEST, name
        for folded in browser.locator("main details summary").all():
            folded.click()
        for width in (360, 1280):
            browser.set_viewport_size({"width": width, "height": 800})
            assert_accessible(browser)
            assert_fits(browser)
            if PICTURES:
                browser.screenshot(path=f"{PICTURES}/read-{name}-{width}.png", full_page=True)
                browser.complaints.clear()  # a picture needs styles of its own
        assert_quiet(browser)


def test_a_village_is_answered_without_javascript(page_at, as_person, workbook):
    client = as_person("rini")
    job = send(client, listed(workbook, UNKNOWN_NAME, UNKNOWN_NAME))
    browser = page_at(360, client, javascript=False)
    browser.goto(HOME + reverse("import_detail", args=[job.pk]))
    browser.get_by_role("link", name="Pilih desanya").click()
    browser.get_by_label(f"“{UNKNOWN_NAME}”").fill("senden, kampak")
    browser.get_by_role("button", name="Lanjut periksa").click()
    assert villages_of(read(job.pk)) == [people.SENDEN, people.SENDEN]
