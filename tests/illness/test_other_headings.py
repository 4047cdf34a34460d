"""A column about health with a heading that nobody has foreseen: nothing of its cells is kept."""

import pytest
from django.urls import reverse

from enrollment.illness import actions as illness
from enrollment.sheets.words import is_about_health
from tests import people
from tests.illness.test_import import (
    CANARY,
    HEADINGS,
    answers,
    row,
    shown_of,
    staged,
    tables_with,
    upload,
)
from tests.imports.lists import take
from tests.selection import short
from villages import scope

__all__ = ["upload"]  # a fixture

pytestmark = pytest.mark.django_db
QUESTION = "Apakah tidak mampu melaut lagi?"
NOT_FORESEEN = [
    "Sakit Parah", "Ket. Sakit", "Riwayat Sakit", "Penyakit", "Sakit Menahun", "Status Kesehatan",
    "Kesehatan", "Tidak mampu bekerja karena sakit", "Disabilitas", "Sedang Dirawat", "Difabel",
    "Jenis Cacat", "Apakah sedang dirawat di rumah sakit?", "Hamil", "S A K I T  P A R A H",
]  # fmt: skip


def under(heading):
    return [*HEADINGS[:5], heading]


def test_the_question_of_the_regency_is_a_heading(upload, as_person):
    rini = people.office("rini")
    with scope.enter(rini):
        illness.set_question(QUESTION, by=rini)
    job = upload(
        row(1, f"Ya {CANARY}"), row(2, "Tidak"), headings=under("APAKAH tidak mampu melaut lagi")
    )
    assert staged(job) == 2
    assert tables_with(CANARY) == []
    assert not any(CANARY in text for text in shown_of(job, as_person))
    take(job)
    assert answers() == {people.nik(1): True, people.nik(2): False}


def test_a_heading_that_is_no_question_of_health_shows_samples(upload):
    upload(row(1, f"Ya {CANARY}"), row(2, "Tidak"), headings=under(QUESTION))
    assert "enrollment_import" in tables_with(CANARY)


@pytest.mark.parametrize("heading", short(NOT_FORESEEN, keep=5))
def test_nothing_is_kept_of_a_column_about_health(upload, as_person, heading):
    job = upload(
        row(1, f"Ya, {CANARY}"), row(2, f"Tidak {CANARY}"), row(3, f"ya {CANARY}", nik="123"),
        headings=under(heading),
    )  # fmt: skip
    assert job.people == 3
    assert tables_with(CANARY) == []
    assert not any(CANARY in text for text in shown_of(job, as_person))
    page = as_person("kartika").get(reverse("import_columns", args=[job.pk])).text
    assert "isi kolom kesehatan tidak disimpan" in page


@pytest.mark.parametrize("heading", ["Kondisi", "Status", "Keterangan"])
def test_a_remark_about_health_is_not_kept(upload, as_person, heading):
    job = upload(
        row(1, f"sakit stroke {CANARY}"), row(2, "Hidup"), row(3, "Meninggal"),
        headings=under(heading),
    )  # fmt: skip
    assert tables_with(CANARY) == []
    assert not any(CANARY in text for text in shown_of(job, as_person))
    assert job.good == 2, "who has died is still found"


@pytest.mark.parametrize(
    "heading", ["No. BPJS Kesehatan", "Pekerjaan", "Hasil Verifikasi", "Kader Kesehatan", "Alamat"]
)
def test_an_insurance_or_a_job_is_not_about_health(heading):
    assert not is_about_health(heading)
