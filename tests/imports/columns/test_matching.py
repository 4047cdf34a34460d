"""Columns in doubt: the user is asked before the check, matches them, and is not asked again."""

import pytest
from django.db import connection
from django.urls import reverse

from enrollment.imports import actions
from enrollment.imports.columns import matching
from enrollment.imports.models import ColumnMemory, Import
from enrollment.sheets.meanings import MEANINGS
from tests import people
from tests.imports.pages.test_lists import now, page, read, send
from tests.selection import short
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db

PEOPLE = [(people.nik(number), f"WARGA {number}", f"JL. MAWAR {number}") for number in range(4)]
STRANGE = [["Panggilan", "Kartu", "Tinggal di"], *[[name, nik, home] for nik, name, home in PEOPLE]]
GUESSED = [["NIK", "Nama Kepala Keluarga", "Alamat"], *PEOPLE]
PLAIN = [["NIK", "Nama", "Alamat"], *PEOPLE]
RIGHT = {0: "name", 1: "nik", 2: "address"}


def answer(job, *choices, skip=()):
    """What the page posts: a field for each column of each table, and the tables to skip."""
    sent = {}
    for table, chosen in zip(job.tables, choices, strict=False):
        sent |= {f"kolom-{table['key']}-{at}": field for at, field in chosen.items()}
    return sent | {f"lewati-{job.tables[at]['key']}": "on" for at in skip}


def post(client, job, *choices, **options):
    return client.post(reverse("import_columns", args=[job.pk]), answer(job, *choices, **options))


def staged(job):
    with scope.whole_country("test"):
        return list(job.rows.order_by("position"))


def test_the_user_is_not_asked_about_plain_headings(as_person, workbook):
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
def test_the_user_is_not_asked_about_usual_headings(as_person, workbook, headings):
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


@pytest.mark.parametrize("layout", short(LAYOUTS, keep=6))
def test_the_user_is_asked_about_unrecognised_headings(as_person, workbook, layout):
    client = as_person("kartika")
    job = send(client, workbook({"Data": LAYOUTS[layout]}))
    assert (job.phase, job.state) == ("match", "waiting"), job.message
    detail = client.get(reverse("import_detail", args=[job.pk]))
    assert detail["Location"] == reverse("import_columns", args=[job.pk])
    shown = page(client, "import_columns", job.pk)
    assert "Lanjut periksa" in shown
    assert PEOPLE[0][0] not in shown
    assert client.get(detail["Location"])["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("layout", "row"), [("below a letterhead", 3), ("above a person without NIK", 1)]
)
def test_the_row_with_most_column_names_is_taken_as_the_heading(as_person, workbook, layout, row):
    job = send(as_person("kartika"), workbook({"Data": LAYOUTS[layout]}))
    assert [table["sheets"] for table in job.tables] == [[["Data", row]]]


def test_the_list_is_read_again_with_the_matched_columns(as_person, workbook):
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


def test_nik_and_name_are_enough_to_take_people(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": LAYOUTS["two columns"]}))
    post(client, job, {0: "name", 1: "nik"})
    read(job.pk)
    client.post(reverse("import_take", args=[job.pk]))
    assert read(job.pk).taken == 4


def test_after_confirming_a_correct_guess_the_list_is_not_read_again(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": GUESSED}))
    before = [row.pk for row in staged(job)]
    assert len(before) == 4
    post(client, job, {0: "nik", 1: "name", 2: "address"})
    assert (now(job.pk).phase, now(job.pk).cursor) == ("check", 4)
    job = read(job.pk)
    assert (job.phase, job.good) == ("preview", 4)
    assert [row.pk for row in staged(job)] == before


def test_a_match_is_remembered_for_the_office_that_made_it_only(as_person, workbook):
    path = workbook({"Data": STRANGE})
    client = as_person("kartika")
    post(client, send(client, path), RIGHT)
    again = send(client, path)
    assert (again.phase, again.good) == ("preview", 4)
    assert "Kolom dicocokkan seperti terakhir kali." in page(client, "import_detail", again.pk)
    assert send(as_person("bagus"), path).phase == "match"
    assert send(as_person("olan"), path).phase == "match"  # another office in the same village


def test_the_user_is_not_asked_again_about_a_confirmed_guess(as_person, workbook):
    path = workbook({"Data": GUESSED})
    client = as_person("kartika")
    post(client, send(client, path), {0: "nik", 1: "name", 2: "address"})
    assert send(client, path).phase == "preview"


def test_a_match_remembered_while_a_list_is_read_does_not_change_its_later_rows(
    as_person, workbook, monkeypatch
):
    monkeypatch.setattr("enrollment.imports.reading.staging.BATCH", 2)
    office = people.office("kartika")
    path = workbook({"Data": GUESSED})
    signature = send(as_person("kartika"), path).tables[0]["signature"]
    with scope.enter(office), path.open("rb") as file:
        matching.remember(office, {signature: {"nik": 0, "name": 1}})
        job = actions.receive(by=office, file=file, filename="daftar.xlsx")
    reading = actions._PHASES[Import.Phase.READ]

    def die(*_):
        raise ZeroDivisionError

    calls = []

    def stage_once(job, batch):
        if calls:
            die()
        calls.append(reading.work(job, batch))

    monkeypatch.setitem(actions._PHASES, Import.Phase.READ, reading._replace(work=stage_once))
    with pytest.raises(ZeroDivisionError):
        actions.advance(job.pk)
    assert len(staged(job)) == 2
    with scope.enter(office):
        matching.remember(office, {signature: {"nik": 0, "name": 2}})
    monkeypatch.setitem(actions._PHASES, Import.Phase.READ, reading)
    job = read(job.pk)
    assert [row.name for row in staged(job)] == [name for _, name, _ in PEOPLE]


def test_columns_can_be_matched_again_from_the_preview(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": PLAIN}))
    assert reverse("import_columns", args=[job.pk]) in page(client, "import_detail", job.pk)
    post(client, job, {0: "nik", 1: "name", 2: "hamlet"})
    job = read(job.pk)
    assert job.phase == "preview"
    assert [(row.address, row.hamlet) for row in staged(job)] == [("", home) for *_, home in PEOPLE]
    post(client, job, {0: "nik", 1: "name", 2: "address"})
    assert [row.address for row in staged(read(job.pk))] == [home for *_, home in PEOPLE]


def test_posting_the_same_match_from_the_preview_changes_nothing(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": PLAIN}))
    post(client, job, {0: "nik", 1: "name", 2: "address"})
    assert (now(job.pk).phase, now(job.pk).state) == ("preview", "waiting")
    with scope.whole_country("test"):
        assert not ColumnMemory.objects.exists()


def test_the_user_is_asked_about_a_list_that_is_only_checked_too(as_person, workbook):
    client = as_person("vera")
    job = send(client, workbook({"Data": STRANGE}), url="list_check", area=people.SENDEN)
    assert job.phase == "match"
    post(client, job, RIGHT)
    job = read(job.pk)
    assert (job.phase, job.state, job.good) == ("preview", "done", 4)
    post(client, job, RIGHT | {2: ""})
    assert read(job.pk).counts["address.missing"] == 4


def test_a_skipped_table_is_left_out_and_the_others_are_read(as_person, workbook):
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


def test_the_user_is_asked_about_a_skipped_table_if_there_is_no_other(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": PLAIN, "Lain": STRANGE}))
    post(client, job, {0: "nik", 1: "name", 2: "address"}, skip=[1])
    assert send(client, workbook({"Lain": STRANGE})).phase == "match"


def test_the_user_is_asked_once_about_sheets_with_the_same_headings(as_person, workbook):
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
    "an unknown field": (RIGHT | {2: "password"}, "tidak ada dalam pilihan"),
    "half of a tick list": (RIGHT | {2: "sex_male"}, "Pilih kolom Laki-laki dan kolom Perempuan"),
}


@pytest.mark.parametrize("what", WRONG)
def test_an_invalid_match_is_explained_and_the_choices_are_kept(as_person, workbook, what):
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
def test_the_action_refuses_invalid_matches_like_the_page(as_person, workbook, answers):
    job = send(as_person("kartika"), workbook({"Data": STRANGE}))
    own = job.tables[0]["signature"]
    answers = {signature or own: chosen for signature, chosen in answers.items()}
    office = people.office("kartika")
    with scope.enter(office), pytest.raises(Refusal):
        actions.correct_reading(by=office, job=job, answers=answers)
    assert now(job.pk).phase == "match"
    with scope.enter(office):
        actions.correct_reading(by=office, job=job, answers={own: RIGHT})
    assert now(job.pk).phase == "read"


def test_columns_that_are_not_on_the_page_are_ignored(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": STRANGE}))
    sent = answer(job, RIGHT) | {"kolom-0000000000000000-0": "nik", "kolom-x-99": "name"}
    sent[f"kolom-{job.tables[0]['key']}-99"] = "kk"
    client.post(reverse("import_columns", args=[job.pk]), sent)
    assert read(job.pk).good == 4


def test_the_second_of_two_clicks_is_refused(as_person, workbook):
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


def test_a_list_with_columns_in_doubt_cannot_be_taken(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": GUESSED}))
    client.post(reverse("import_take", args=[job.pk]))
    assert (now(job.pk).phase, now(job.pk).state) == ("match", "waiting")


def test_only_the_area_that_uploaded_may_match_columns(as_person, workbook):
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


def test_samples_of_a_column_are_masked_on_the_page_and_in_the_database(as_person, workbook):
    rows = [
        ["Panggilan", "Kartu", "Ibu dari", "Catatan", "Kontak"],
        *[
            [name, nik, "SITI AMINAH", f"KK {nik[:4]} {nik[4:8]} {nik[8:]}", "0812-3456-7890"]
            for nik, name, _ in PEOPLE
        ],
    ]
    client = as_person("kartika")
    job = send(client, workbook({"Data": rows}))
    shown = page(client, "import_columns", job.pk)
    assert "WARGA 0" in shown and "S*** A*****" in shown
    assert "350307**********" in shown and "KK 350307**********" in shown
    assert "SITI" not in shown and "7890" not in shown
    with connection.cursor() as cursor, scope.whole_country("test"):
        cursor.execute("SELECT tables::text FROM enrollment_import WHERE id = %s", [job.pk])
        stored = cursor.fetchone()[0]
        cursor.execute(
            "SELECT to_jsonb(e)::text FROM enrollment_importevent e WHERE id = %s", [job.pk]
        )
        history = " ".join(row[0] for row in cursor.fetchall())
    assert "WARGA 0" in stored and PEOPLE[0][0] not in stored
    assert str(job.pk) in history and "WARGA 0" not in history


def test_the_user_is_asked_again_if_the_remembered_match_does_not_fit(as_person, workbook):
    """Two files may have the same headings and differ in a last column without a heading."""
    client = as_person("kartika")
    wide = [[*STRANGE[0], ""], *[[*row, row[1]] for row in STRANGE[1:]]]
    job = send(client, workbook({"Data": wide}))
    post(client, job, {0: "name", 3: "nik"})
    assert read(job.pk).good == 4
    assert send(client, workbook({"Data": STRANGE})).phase == "match"


def test_the_user_is_not_asked_about_the_returned_workbook_of_a_matched_list(
    as_person, workbook, tmp_path
):
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


def test_columns_to_tick_the_sex_can_be_matched_and_are_returned(as_person, workbook):
    client = as_person("kartika")
    rows = [["Sebutan", "NIK", "Co", "Ce"], *[[name, nik, "v", ""] for nik, name, _ in PEOPLE]]
    rows[1][1] = "3503"
    job = send(client, workbook({"Data": rows}))
    post(client, job, {0: "name", 1: "nik", 2: "sex_male", 3: "sex_female"})
    assert {row.sex for row in staged(read(job.pk))} == {"L"}
    assert client.get(reverse("import_returned", args=[job.pk])).status_code == 200


def test_samples_of_columns_are_deleted_when_the_list_is_discarded(as_person, workbook):
    client = as_person("kartika")
    job = send(client, workbook({"Data": STRANGE}))
    assert job.tables
    client.post(reverse("import_discard", args=[job.pk]))
    actions.advance(job.pk)
    assert (now(job.pk).phase, now(job.pk).tables) == ("discarded", [])


def test_rt_and_rw_in_one_column_are_read_in_the_order_of_the_heading(as_person, workbook):
    rows = [["NIK", "Nama", "RW/RT"], *[[nik, name, "002/001"] for nik, name, _ in PEOPLE]]
    job = send(as_person("kartika"), workbook({"Data": rows}))
    assert {(row.rt, row.rw) for row in staged(job)} == {("001", "002")}
    rows = [["NIK", "Nama", "RT/RW"], *[[nik, name, "002/001"] for nik, name, _ in PEOPLE]]
    job = send(as_person("kartika"), workbook({"Data": rows}))
    assert {(row.rt, row.rw) for row in staged(job)} == {("002", "001")}


def test_a_column_of_remarks_is_named_and_can_be_chosen(as_person, workbook):
    client = as_person("kartika")
    rows = [[nik, name, ""] for nik, name, _ in PEOPLE]
    job = send(client, workbook({"Data": [["NIK", "Nama", "Keterangan Panen"], *rows]}))
    assert job.phase == "preview"
    assert "Keterangan tentang orangnya" in page(client, "import_detail", job.pk)
    assert "Keterangan tentang orangnya" in page(client, "import_columns", job.pk)
    post(client, job, {0: "nik", 1: "name", 2: "remark"})
    assert page(client, "import_detail", job.pk)


@pytest.mark.parametrize("field", MEANINGS)
def test_everything_that_a_column_may_mean_has_a_name(field):
    assert matching.label(field)
