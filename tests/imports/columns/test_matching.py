"""Columns that are in doubt: asked about before the check, matched by the user, remembered."""

import pytest
from django.db import connection
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.columns import matching
from enrollment.imports.models import ColumnMemory, Import
from tests import people
from tests.imports.pages.test_lists import now, page, read, send
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

PEOPLE = [(people.nik(number), f"WARGA {number}", f"JL. MAWAR {number}") for number in range(4)]
STRANGE = [["Panggilan", "Kartu", "Tinggal di"], *[[name, nik, home] for nik, name, home in PEOPLE]]
GUESSED = [["NIK", "Nama Kepala Keluarga", "Alamat"], *PEOPLE]
PLAIN = [["NIK", "Nama", "Alamat"], *PEOPLE]
RIGHT = {0: "name", 1: "nik", 2: "address"}


def answer(job, *choices, skip=()):
    """What the page sends: a field for each column of each table, and the tables to skip."""
    sent = {}
    for table, chosen in zip(job.tables, choices, strict=False):
        sent |= {f"kolom-{table['key']}-{at}": field for at, field in chosen.items()}
    return sent | {f"lewati-{job.tables[at]['key']}": "on" for at in skip}


def post(client, job, *choices, **options):
    return client.post(reverse("import_columns", args=[job.pk]), answer(job, *choices, **options))


def staged(job):
    with scope.whole_country("test"):
        return list(job.rows.order_by("position"))


def test_plain_headings_are_not_asked_about(as_person, workbook):
    job = send(as_person("kartika"), workbook({"Warga": PLAIN}))
    assert (job.phase, job.good) == ("preview", 4)


@pytest.mark.parametrize(
    "headings",
    [
        "NIK|No KTP|Nama",
        "NIK Ketua RT|Jabatan|Nama Ketua RT",
        "NIK|Alamat|Nama Guru Ngaji",
        "NIK|Nama Kepala Keluarga|Nama",
        "NIK|Alamat|Nama Tenaga Kerja",
        "NIK|Lokasi|Nama Buruh Tani",
    ],
)
def test_usual_headings_are_not_asked_about(as_person, workbook, headings):
    rows = [[nik, nik, name] for nik, name, _ in PEOPLE]
    job = send(as_person("kartika"), workbook({"Warga": [headings.split("|"), *rows]}))
    assert (job.phase, [row.name for row in staged(job)]) == ("preview", [row[2] for row in rows])


LAYOUTS = {
    "words of their own": STRANGE,
    "two columns": [["Warga", "Nomor"], *[[name, nik] for nik, name, _ in PEOPLE]],
    "NIK in the column of the running number": [["No", "Nama"], *[row[:2] for row in PEOPLE]],
    "only the NIK is plain": [["NIK", "Sebutan", "Kediaman"], *PEOPLE],
    "only the name is plain": [["Nomor Peserta", "Nama", "Alamat"], *PEOPLE],
    "the head of the family's name": GUESSED,
    "two names": [
        ["NIK", "Nama", "Nama Lengkap"],
        *[[nik, f"PAK {name[-1]}", name] for nik, name, _ in PEOPLE],
    ],
    "two numbers of identity": [
        ["NIK", "No KTP", "Nama"],
        *[[nik, people.nik(number + 50), name] for number, (nik, name, _) in enumerate(PEOPLE)],
    ],
    "below a letterhead": [["PEMERINTAH DESA SENDEN"], ["Tahun", "dua ribu"], *STRANGE],
    "above a person without NIK": [STRANGE[0], ["WARGA 9", "", "JL. A"], *STRANGE[1:]],
    "above a line of numbers": [STRANGE[0], ["(1)", "(2)", "(3)"], *STRANGE[1:]],
    "NIKs typed as numbers": [
        STRANGE[0], *[[name, int(nik), home] for nik, name, home in PEOPLE]
    ],
}  # fmt: skip


@pytest.mark.parametrize("layout", LAYOUTS)
def test_strange_headings_reach_the_page(as_person, workbook, layout):
    client = as_person("kartika")
    job = send(client, workbook({"Data": LAYOUTS[layout]}))
    assert (job.phase, job.state) == ("match", "waiting"), job.message
    detail = client.get(reverse("import_detail", args=[job.pk]))
    assert detail["Location"] == reverse("import_columns", args=[job.pk])
    shown = page(client, "import_columns", job.pk)
    assert "Lanjut periksa" in shown
    assert PEOPLE[0][0] not in shown
    assert "no-cache" in client.get(detail["Location"])["Cache-Control"]


@pytest.mark.parametrize(
    ("layout", "row"), [("below a letterhead", 3), ("above a person without NIK", 1)]
)
def test_the_heading_is_the_row_that_names_most(as_person, workbook, layout, row):
    job = send(as_person("kartika"), workbook({"Data": LAYOUTS[layout]}))
    assert [table["sheets"] for table in job.tables] == [[["Data", row]]]


def test_matched_columns_are_read_again_and_checked(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": STRANGE}))
    assert staged(job) == []
    assert post(client, job, RIGHT).status_code == 302
    job = read(job.pk)
    assert (job.phase, job.people, job.good) == ("preview", 4, 4)
    assert [(row.nik, row.name, row.address) for row in staged(job)] == PEOPLE
    preview = page(client, "import_detail", job.pk)
    assert "Kolom dicocokkan menurut pilihan Anda." in preview
    assert "<b>Nama</b> dari kolom “Panggilan”" in preview


def test_two_columns_are_enough_to_take_a_person(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": LAYOUTS["two columns"]}))
    post(client, job, {0: "name", 1: "nik"})
    read(job.pk)
    client.post(reverse("import_take", args=[job.pk]))
    assert read(job.pk).taken == 4


def test_a_right_guess_is_confirmed_without_reading_again(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": GUESSED}))
    before = [row.pk for row in staged(job)]
    assert len(before) == 4
    post(client, job, {0: "nik", 1: "name", 2: "address"})
    assert (now(job.pk).phase, now(job.pk).cursor) == ("check", 4)
    job = read(job.pk)
    assert (job.phase, job.good) == ("preview", 4)
    assert [row.pk for row in staged(job)] == before


def test_the_match_is_remembered_for_this_office_alone(as_person, workbook):
    path = workbook({"Data": STRANGE})
    client = as_person("kartika")
    post(client, send(client, path), RIGHT)
    again = send(client, path)
    assert (again.phase, again.good) == ("preview", 4)
    assert "Kolom dicocokkan seperti terakhir kali." in page(client, "import_detail", again.pk)
    assert send(as_person("bagus"), path).phase == "match"
    assert send(as_person("olan"), path).phase == "match"  # same village, an office of its own


def test_a_confirmed_guess_does_not_stop_the_next_list(as_person, workbook):
    path = workbook({"Data": GUESSED})
    client = as_person("kartika")
    post(client, send(client, path), {0: "nik", 1: "name", 2: "address"})
    assert send(client, path).phase == "preview"


def test_what_is_remembered_is_fixed_with_the_first_rows(as_person, workbook, monkeypatch):
    monkeypatch.setattr("enrollment.imports.reading.staging.BATCH", 2)
    office = people.office("kartika")
    path = workbook({"Data": GUESSED})
    signature = send(as_person("kartika"), path).tables[0]["signature"]
    with scope.enter(office), path.open("rb") as file:
        matching.remember(office, {signature: {"nik": 0, "name": 1}})
        job = actions.receive(by=office, file=file, filename="daftar.xlsx")
    step = actions._STEPS[Import.Phase.READ]

    def die(*_):
        raise ZeroDivisionError

    calls = []

    def stage_once(job, batch):
        if calls:
            die()
        calls.append(step[1](job, batch))

    monkeypatch.setitem(actions._STEPS, Import.Phase.READ, (step[0], stage_once, step[2]))
    with pytest.raises(ZeroDivisionError):
        actions.advance(job.pk)
    assert len(staged(job)) == 2
    with scope.enter(office):
        matching.remember(office, {signature: {"nik": 0, "name": 2}})
    monkeypatch.setitem(actions._STEPS, Import.Phase.READ, step)
    job = read(job.pk)
    assert [row.name for row in staged(job)] == [name for _, name, _ in PEOPLE]


def test_columns_are_changed_from_the_preview(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": PLAIN}))
    assert reverse("import_columns", args=[job.pk]) in page(client, "import_detail", job.pk)
    post(client, job, {0: "nik", 1: "name", 2: "hamlet"})
    job = read(job.pk)
    assert job.phase == "preview"
    assert [(row.address, row.hamlet) for row in staged(job)] == [("", home) for *_, home in PEOPLE]
    post(client, job, {0: "nik", 1: "name", 2: "address"})
    assert [row.address for row in staged(read(job.pk))] == [home for *_, home in PEOPLE]


def test_nothing_changed_in_the_preview_changes_nothing(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": PLAIN}))
    post(client, job, {0: "nik", 1: "name", 2: "address"})
    assert (now(job.pk).phase, now(job.pk).state) == ("preview", "waiting")
    with scope.whole_country("test"):
        assert not ColumnMemory.objects.exists()


def test_a_list_that_is_only_checked_is_asked_about_too(as_person, workbook):
    client = as_person("vera")
    job = send(client, workbook({"Data": STRANGE}), url="list_check", area=people.SENDEN)
    assert job.phase == "match"
    post(client, job, RIGHT)
    job = read(job.pk)
    assert (job.phase, job.state, job.good) == ("preview", "done", 4)
    post(client, job, RIGHT | {2: ""})
    assert read(job.pk).counts["address.missing"] == 4


def test_a_sheet_is_skipped_and_the_others_read(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": PLAIN, "Lain": STRANGE}))
    assert (job.phase, [table["doubt"] for table in job.tables]) == ("match", [False, True])
    post(client, job, {0: "nik", 1: "name", 2: "address"}, skip=[1])
    job = read(job.pk)
    assert (job.phase, job.people) == ("preview", 4)
    again = send(client, workbook({"Data": PLAIN, "Lain": STRANGE}))
    assert (again.phase, again.people) == ("preview", 4)
    assert again.sheets[1]["sentence"] == "4 baris dilewati: tabel yang Anda lewati"
    assert sum(sheet["rows"] for sheet in again.sheets) == 10


def test_a_table_that_was_skipped_is_asked_about_when_nothing_else_is_there(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": PLAIN, "Lain": STRANGE}))
    post(client, job, {0: "nik", 1: "name", 2: "address"}, skip=[1])
    assert send(client, workbook({"Lain": STRANGE})).phase == "match"


def test_sheets_with_the_same_headings_are_asked_about_once(as_person, workbook):
    client = as_person("kartika")
    sheets = {f"Dusun {number}": STRANGE for number in range(7)}
    job = send(client, workbook(sheets))
    (table,) = job.tables
    assert (len(table["sheets"]), table["more"]) == (5, 2)
    post(client, job, RIGHT)
    assert read(job.pk).people == 28


WRONG = {
    "no name": ({0: "nik"}, "Pilih kolom Nama."),
    "nothing": ({}, "Semua tabel dilewati."),
    "one field twice": (RIGHT | {2: "nik"}, "NIK sudah dipilih untuk kolom “Kartu”"),
    "an unknown field": (RIGHT | {2: "password"}, "Masukkan pilihan yang valid"),
    "half of a tick list": (RIGHT | {2: "sex_male"}, "Pilih kolom Laki-laki dan kolom Perempuan"),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_answer_is_explained_and_what_was_chosen_stays(as_person, workbook, what):
    chosen, sentence = WRONG[what]
    client = as_person("kartika")
    job = send(client, workbook({"Data": STRANGE}))
    response = post(client, job, chosen)
    assert response.status_code == 200
    shown = response.content.decode()
    assert sentence in shown
    assert shown.count(" selected") >= len(set(chosen.values()) & set(matching.CHOICES))
    assert now(job.pk).phase == "match"


@pytest.mark.parametrize(
    "answers",
    [
        {"f" * 64: RIGHT},
        {None: {99: "nik", 0: "name"}},
        {None: {-1: "nik", 0: "name"}},
        {None: {0: "nik", 1: "__class__"}},
        {None: {0: "nik", 1: "nik", 2: "name"}},
        {None: {0: "nik"}},
        {None: RIGHT | {2: "sex_male"}},
        {None: {}},
    ],
)
def test_the_verb_refuses_what_the_page_would(as_person, workbook, answers):
    job = send(as_person("kartika"), workbook({"Data": STRANGE}))
    own = job.tables[0]["signature"]
    answers = {signature or own: chosen for signature, chosen in answers.items()}
    office = people.office("kartika")
    with scope.enter(office), pytest.raises(Refusal):
        actions.match_columns(by=office, job=job, answers=answers)
    assert now(job.pk).phase == "match"
    with scope.enter(office):
        actions.match_columns(by=office, job=job, answers={own: RIGHT})
    assert now(job.pk).phase == "read"


def test_columns_that_are_not_on_the_page_are_ignored(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": STRANGE}))
    sent = answer(job, RIGHT) | {"kolom-0000000000000000-0": "nik", "kolom-x-99": "name"}
    sent[f"kolom-{job.tables[0]['key']}-99"] = "kk"
    client.post(reverse("import_columns", args=[job.pk]), sent)
    assert read(job.pk).good == 4


def test_the_second_of_two_clicks_is_told_and_does_nothing(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": STRANGE}))
    post(client, job, RIGHT)
    response = client.post(
        reverse("import_columns", args=[job.pk]), answer(job, {0: "nik", 1: "name"}), follow=True
    )
    assert actions.NOT_WAITING in response.content.decode()
    assert now(job.pk).corrections == {
        job.tables[0]["signature"]: {"name": 0, "nik": 1, "address": 2}
    }


def test_nothing_is_taken_while_the_columns_are_in_doubt(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": GUESSED}))
    client.post(reverse("import_take", args=[job.pk]))
    assert (now(job.pk).phase, now(job.pk).state) == ("match", "waiting")


def test_who_may_match_columns(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": STRANGE}))
    url = reverse("import_columns", args=[job.pk])
    assert client.get(url).status_code == 200
    assert as_person("olan").get(url).status_code == 200
    assert as_person("bagus").get(url).status_code == 404
    assert as_person("boni").get(url).status_code == 404
    assert as_person("vera").get(url).status_code == 403
    waiting = as_person("vera").get(reverse("import_detail", args=[job.pk]))
    assert "menunggu pengunggahnya mencocokkan kolom" in waiting.content.decode()
    assert as_person("bagus").post(url, answer(job, RIGHT)).status_code == 404
    assert as_person("vera").post(url, answer(job, RIGHT)).status_code == 403
    assert as_person("kartika").put(url).status_code == 405
    assert now(job.pk).phase == "match"


def test_what_a_column_holds_is_shown_without_its_secrets(as_person, workbook):
    rows = [
        ["Panggilan", "Kartu", "Ibu dari", "Catatan"],
        *[
            [name, nik, "SITI AMINAH", f"KK {nik[:4]} {nik[4:8]} {nik[8:]}"]
            for nik, name, _ in PEOPLE
        ],
    ]
    client = as_person("kartika")
    job = send(client, workbook({"Data": rows}))
    shown = page(client, "import_columns", job.pk)
    assert "WARGA 0" in shown and "S*** A*****" in shown
    assert "350307******0001" in shown and "KK 350307******0001" in shown
    assert "SITI" not in shown
    with connection.cursor() as cursor, scope.whole_country("test"):
        cursor.execute("SELECT tables::text FROM enrollment_import WHERE id = %s", [job.pk])
        kept = cursor.fetchone()[0]
        cursor.execute(
            "SELECT to_jsonb(e)::text FROM enrollment_importevent e WHERE id = %s", [job.pk]
        )
        history = " ".join(row[0] for row in cursor.fetchall())
    assert "WARGA 0" in kept and PEOPLE[0][0] not in kept
    assert str(job.pk) in history and "WARGA 0" not in history


def test_a_memory_that_no_longer_fits_is_asked_about(as_person, workbook):
    """Two files may have the same words above and differ in a last column without any."""
    client = as_person("kartika")
    wide = [[*STRANGE[0], ""], *[[*row, row[1]] for row in STRANGE[1:]]]
    job = send(client, workbook({"Data": wide}))
    post(client, job, {0: "name", 3: "nik"})
    assert read(job.pk).good == 4
    assert send(client, workbook({"Data": STRANGE})).phase == "match"


def test_the_returned_workbook_of_a_matched_list_is_not_asked_about(as_person, workbook, tmp_path):
    client = as_person("kartika")
    rows = [[*GUESSED[0], "No KTP"], *[[*row, row[0]] for row in GUESSED[1:]]]
    rows[1][0] = "3503"
    job = send(client, workbook({"Data": rows}))
    post(client, job, {0: "nik", 1: "name", 2: "address"})
    assert read(job.pk).bad == 1
    answered = client.get(reverse("import_returned", args=[job.pk]))
    path = tmp_path / "perbaikan.xlsx"
    path.write_bytes(b"".join(answered.streaming_content))
    again = send(client, path)
    assert (again.phase, again.people, again.bad) == ("preview", 1, 1)
    assert staged(again)[0].name == "WARGA 0"


def test_columns_to_be_ticked_are_matched_and_returned(as_person, workbook):
    client = as_person("kartika")
    rows = [["Sebutan", "NIK", "Co", "Ce"], *[[name, nik, "v", ""] for nik, name, _ in PEOPLE]]
    rows[1][1] = "3503"
    job = send(client, workbook({"Data": rows}))
    post(client, job, {0: "name", 1: "nik", 2: "sex_male", 3: "sex_female"})
    assert {row.sex for row in staged(read(job.pk))} == {"L"}
    assert client.get(reverse("import_returned", args=[job.pk])).status_code == 200


def test_what_was_shown_of_a_list_goes_with_it(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": STRANGE}))
    assert job.tables
    client.post(reverse("import_discard", args=[job.pk]))
    assert (now(job.pk).phase, now(job.pk).tables) == ("discarded", [])


def test_rw_before_rt(as_person, workbook):
    rows = [["NIK", "Nama", "RW/RT"], *[[nik, name, "002/001"] for nik, name, _ in PEOPLE]]
    job = send(as_person("kartika"), workbook({"Data": rows}))
    assert {(row.rt, row.rw) for row in staged(job)} == {("001", "002")}
    rows = [["NIK", "Nama", "RT/RW"], *[[nik, name, "002/001"] for nik, name, _ in PEOPLE]]
    job = send(as_person("kartika"), workbook({"Data": rows}))
    assert {(row.rt, row.rw) for row in staged(job)} == {("002", "001")}
