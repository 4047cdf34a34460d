"""An answer in a list: it reaches the verifier, and nothing of it stays where others look."""

import io
import json
import logging

import openpyxl
import pytest
from django.db import connection
from django.urls import reverse

from enrollment.illness import actions as illness
from enrollment.illness.models import IllnessAnswer
from enrollment.illness.rules import UNREAD
from enrollment.imports import actions, report
from enrollment.imports.mending import correcting
from enrollment.imports.models import Import
from enrollment.imports.pages import returned
from enrollment.imports.registry import discarding
from tests import people
from tests.imports.lists import current, registered, take
from villages import scope

pytestmark = pytest.mark.django_db

CANARY = "KENARI"
"""Stands in the cells; it occurs nowhere else."""
HEADINGS = ["NIK", "Nama", "Tanggal Lahir", "Alamat", "RT", "Sakit Berat"]


def row(number, told, name="SITI", address="JL. A", nik=None):
    return [nik or people.nik(number), f"{name} {number}", "01-01-1980", address, "1", told]


@pytest.fixture
def upload(workbook):
    """`upload(row, …, headings=…)` hands a list in as Kartika and reads it."""

    def hand_in(*rows, headings=HEADINGS, who="kartika", **options):
        path = workbook({"Lembar": [headings, *rows]})
        by = people.office(who)
        with scope.enter(by), path.open("rb") as file:
            job = actions.receive(by=by, file=file, filename=path.name, **options)
        actions.advance(job.pk)
        return current(job)

    return hand_in


def answers():
    """NIK → answer, as the verifier reads them."""
    with scope.enter(people.office("vera")):
        return dict(IllnessAnswer.objects.values_list("worker__nik", "ill"))


def staged(job):
    with scope.enter(job.office):
        return illness.staged(job.pk)


def tables_with(text):
    """The tables with a row that contains a text, histories included."""
    found = []
    with scope.whole_country("tests"), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [table])
            if not cursor.fetchone()[0]:
                continue
            cursor.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE %s", [f"%{text}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def shown_of(job, as_person):
    """All that pages, files and scripts show of a list to who uploaded it."""
    client = as_person("kartika")
    for name in ("detail", "columns", "rows", "mend"):
        yield client.get(reverse(f"import_{name}", args=[job.pk])).text
    with scope.enter(job.office):
        yield json.dumps([report.of(job), report.people(job)])
        file = io.BytesIO()
        returned.write(job, returned.rows_of(job), file)
    for line in openpyxl.load_workbook(file).active.iter_rows(values_only=True):
        yield str(line)


ROWS = [
    row(1, f"Ya, {CANARY}"),
    row(2, f"Tidak {CANARY}"),
    row(3, f"{CANARY}?"),
    row(4, f"Ya {CANARY}", nik="123"),
    ["", "", "Jumlah", "", "", f"ya {CANARY}"],
]


def test_there_is_something_to_leak(upload, as_person):
    """The same word in another column is found in rows, pages and files."""
    job = upload(*(row(number, "", address=f"JL. {CANARY}", nik="123") for number in (1, 2)))
    assert "enrollment_importrow" in tables_with(CANARY)
    assert "enrollment_import" in tables_with(CANARY)
    assert sum(CANARY in text for text in shown_of(job, as_person)) >= 5


def test_the_verifier_reads_what_a_list_answers(upload):
    job = take(upload(*ROWS))
    assert (job.people, job.taken) == (4, 3)
    assert answers() == {people.nik(1): True, people.nik(2): False}


def test_nothing_of_the_cells_is_stored_or_shown(upload, as_person):
    job = upload(*ROWS)
    assert staged(job) == 3
    assert tables_with(CANARY) == []
    assert [text for text in shown_of(job, as_person) if CANARY in text] == []
    page = as_person("kartika").get(reverse("import_detail", args=[job.pk])).text
    assert "3 baris menjawab pertanyaan sakit berat" in " ".join(page.split())
    take(job)
    assert tables_with(CANARY) == []


def test_an_answer_that_is_not_understood_is_a_finding_without_its_words(upload):
    job = upload(*ROWS, row(5, ""))
    with scope.enter(job.office):
        unread = [told for told in job.rows.order_by("position") if UNREAD in told.codes]
        assert [(told.nik, told.details) for told in unread] == [(people.nik(3), {})]
        correcting.correct(
            by=job.office, job=job, position=unread[0].position, cells={"address": "JL. B"},
            seen=correcting.version(unread[0]),
        )  # fmt: skip
        corrected = job.rows.get(pk=unread[0].pk)
    assert corrected.address == "JL. B" and UNREAD in corrected.codes
    assert tables_with(CANARY) == []


def test_of_two_columns_neither_is_shown(upload, as_person):
    headings = [*HEADINGS, "Sakit Berat"]
    job = upload(*([*row(n, f"ya {CANARY}"), f"ya {CANARY}"] for n in (1, 2)), headings=headings)
    assert tables_with(CANARY) == []
    assert [text for text in shown_of(job, as_person) if CANARY in text] == []


def test_a_word_of_death_in_it_tells_nothing_of_the_person(upload):
    """Elsewhere it would: the column is taken out before the row is looked at."""
    job = upload(row(1, f"sakit {CANARY}, suami meninggal"), row(2, "Meninggal"))
    assert job.good == 2
    assert tables_with(CANARY) == []


def test_the_column_may_be_named_by_hand(upload, as_person):
    job = upload(row(1, "Ya"), row(2, "Tidak"), headings=[*HEADINGS[:5], "Kode X"])
    (table,) = job.tables
    chosen = {column["at"]: column["field"] for column in table["columns"] if column["field"]}
    with scope.enter(job.office):
        actions.correct_reading(
            by=job.office, job=job, answers={table["signature"]: chosen | {5: "ill"}}
        )
    actions.advance(job.pk)
    job = current(job)
    assert [column["samples"] for column in job.tables[0]["columns"] if column["at"] == 5] == [[]]
    take(job)
    assert answers() == {people.nik(1): True, people.nik(2): False}


def test_kondisi_sehat_asks_the_other_way_round(upload):
    take(upload(row(1, "Ya"), row(2, "Tidak"), headings=[*HEADINGS[:5], "Kondisi Sehat"]))
    assert answers() == {people.nik(1): False, people.nik(2): True}


def test_an_answer_stays_unless_the_list_overwrites(upload):
    take(upload(row(1, "Ya"), row(2, "")))
    take(upload(row(1, "Tidak"), row(2, "Ya")))
    assert answers() == {people.nik(1): True, people.nik(2): True}
    take(upload(row(1, "Tidak")), update=True)
    assert answers() == {people.nik(1): False, people.nik(2): True}


def test_a_row_that_is_mended_later_keeps_its_answer(upload, as_person):
    job = take(upload(row(1, "Ya"), row(2, "Ya", nik="123")))
    assert (answers(), staged(job)) == ({people.nik(1): True}, 1)
    page = as_person("kartika").get(reverse("import_mend", args=[job.pk])).text
    assert "Sakit" not in page
    with scope.enter(job.office):
        bad = job.rows.get(severity="error")
        correcting.correct(
            by=job.office, job=job, position=bad.position, cells={"nik": people.nik(2)},
            seen=correcting.version(bad),
        )  # fmt: skip
        actions.take_corrected(by=job.office, job=job)
    actions.advance(job.pk)
    assert answers() == {people.nik(1): True, people.nik(2): True}
    assert staged(job) == 0


def test_undoing_a_list_takes_its_answers_back(upload):
    take(upload(row(1, "")))
    job = take(upload(row(1, "Ya"), row(2, "Ya")))
    assert len(answers()) == 2
    with scope.enter(job.office):
        actions.undo(by=job.office, job=job)
    actions.advance(job.pk)
    assert answers() == {}
    assert registered(nik=people.nik(1))


def test_what_was_staged_goes_with_the_rows(upload):
    job = upload(row(1, "Ya"), row(2, "Ya"))
    assert staged(job) == 2
    with scope.enter(job.office):
        discarding.delete_rows(job)
    assert staged(job) == 0


def test_a_list_that_is_only_checked_stages_nothing(upload):
    assert staged(upload(row(1, "Ya"), check_only=True)) == 0


def test_a_list_that_is_deleted_takes_it_along(upload):
    job = upload(row(1, "Ya"))
    with scope.whole_country("tests"):
        job.rows.all()._raw_delete("default")
        Import.objects.filter(pk=job.pk)._raw_delete("default")
        assert illness.staged(job.pk) == 0


def test_no_log_names_it(upload, caplog):
    with caplog.at_level(logging.DEBUG):
        take(upload(*ROWS))
    assert CANARY not in caplog.text
