"""What becomes of each row when a list is taken, also after other users have changed people."""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from enrollment.duplicates.models import DuplicateCase
from enrollment.imports import actions
from enrollment.imports.models import ImportRow
from enrollment.jobs.models import Job
from enrollment.workers import twins
from enrollment.workers.models import WorkerSource
from tests import people
from tests.imports.lists import current, outcomes, person, register_elsewhere, registered, take
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def test_a_new_person_is_registered_with_the_values_and_gaps_of_the_row(handed_in):
    job = take(handed_in("kartika", person(1, " Siti  Aminah ")))
    worker = registered()
    assert (worker.name, worker.nik, worker.area_id) == (
        "Siti Aminah",
        people.nik(1),
        people.SENDEN,
    )
    assert (worker.birth_date, worker.rt, worker.agency_id) == (date(1980, 1, 1), "001", None)
    assert set(worker.findings) == {"sex.missing", "occupation.missing", "mother_name.missing"}
    with scope.whole_country("test"):
        row = job.rows.with_outcome(job).get()
        assert (row.became, row.nik, job.pk) == ("new", worker.nik, worker.brought_by)
        event = worker.events.get()
    assert event.pgh_label == "insert"
    assert event.pgh_context["username"] == "kartika"
    assert event.pgh_context["job"] == str(job.pk)


def test_people_imported_by_an_agency_belong_to_it(handed_in):
    take(handed_in("tani", person(1), area=people.SENDEN))
    assert registered().agency_id == people.office("tani").agency_id


def test_a_new_source_is_added_and_a_known_one_is_not_repeated(handed_in):
    take(handed_in("kartika", person(1, source="Damisda 2025-I", decile="3")))
    take(handed_in("kartika", person(1, source="DTSEN 2026-II", decile="2")))
    take(handed_in("kartika", person(1, source="Damisda 2025-I", decile="4")))

    def sources():
        with scope.whole_country("test"):
            return sorted(WorkerSource.objects.values_list("registry", "period", "decile"))

    assert sources() == [("DTSEN", "2026-II", 2), ("Damisda", "2025-I", 3)]
    take(handed_in("kartika", person(1, source="Damisda 2025-I", decile="4")), update=True)
    assert sources() == [("DTSEN", "2026-II", 2), ("Damisda", "2025-I", 4)]


def test_a_decile_without_a_source_is_stored(handed_in):
    take(handed_in("kartika", person(1, decile="desil 3")))
    with scope.whole_country("test"):
        assert WorkerSource.objects.get().decile == 3


def test_different_fields_are_updated_and_empty_cells_change_nothing(handed_in):
    people.worker(1, name="SITI", address="JL. B", rt="002")
    people.worker(2, name="SITI", address="JL. A", rt="001", birth_date=date(1980, 1, 1))
    job = handed_in("kartika", person(1, rt=""), person(2, "siti"))
    with scope.whole_country("test"):
        assert list(job.rows.values_list("changes", flat=True)) == [["address"], []]
    assert outcomes(take(job, update=True)) == ["changed", "same"]
    worker = registered(nik=people.nik(1))
    assert (worker.address, worker.rt, worker.mother_name) == ("JL. A", "002", "Ibu Uji")


def test_updated_people_are_checked_again(handed_in):
    people.worker(1, rt="", findings=["rt.missing", "occupation.unmapped"])
    take(handed_in("kartika", person(1, "Pekerja 1", rt="7", address="Jl. Uji No. 1")), update=True)
    worker = registered()
    assert worker.rt == "007"
    assert "rt.missing" not in worker.findings


def test_a_person_on_two_waiting_lists_is_registered_once(handed_in):
    first = handed_in("kartika", person(1))
    second = handed_in("kartika", person(1, "SITI", rt="9"))
    assert outcomes(take(first)) == ["new"]
    assert outcomes(take(second)) == ["kept"]
    assert registered().rt == "001"


def test_a_person_registered_elsewhere_after_the_preview_becomes_a_duplicate_case(handed_in):
    job = handed_in("kartika", person(1), person(2))
    assert job.good == 2
    register_elsewhere(1)
    job = take(job)
    assert (job.good, job.taken, job.counts["duplicate.elsewhere"]) == (1, 1, 1)
    assert outcomes(job) == ["refused", "new"]
    with scope.whole_country("test"):
        case = DuplicateCase.objects.get()
    assert (case.regency_id, case.claimed_by_id) == (people.TRENGGALEK, people.SENDEN)
    assert case.claimed_values["name"] == "SITI"


def test_people_registered_elsewhere_are_not_counted_as_rows_with_errors(handed_in, as_person):
    register_elsewhere(1)
    job = take(handed_in("kartika", person(1), person(2)))
    page = as_person("kartika").get(reverse("import_detail", args=[job.pk])).text
    assert "1 orang terdaftar di tempat lain dan sudah diteruskan ke Dinas" in page
    assert "Baris yang salah tidak disimpan" not in page


def test_the_second_row_with_a_nik_has_no_finding_about_the_person_from_the_first(handed_in):
    """After the first row is taken its NIK is registered; the second is a duplicate in the file
    and not one of a person elsewhere."""
    job = take(handed_in("kartika", person(1), person(1, "SITI B")))
    assert job.counts["duplicate.in_file"] == 1
    assert "duplicate.elsewhere" not in job.counts
    assert outcomes(job) == ["new", "refused"]
    with scope.whole_country("test"):
        message = job.rows.with_outcome(job).get(became="refused").findings[-1].message
    assert "lembar Lembar baris 2" in message


def test_who_was_told_apart_is_not_asked_about_by_a_list_either(handed_in):
    known = people.worker(1, name="Budi Utomo", birth_date=date(1980, 1, 1))
    other = people.worker(2, name="BUDI UTOMO", birth_date=date(1980, 1, 1))
    kartika = people.office("kartika")
    with scope.enter(kartika):
        twins.tell_apart(known, [other], by=kartika)
    job = handed_in("kartika", person(1, "BUDI UTOMO"), person(3, "BUDI UTOMO", born="01-01-1981"))
    with scope.whole_country("test"):
        assert not job.rows.filter(codes__contains=["duplicate.similar"]).exists()


def test_similar_people_are_found_in_the_file_and_in_the_registry(handed_in):
    people.worker(1, name="Budi Utomo", birth_date=date(1980, 1, 1))
    register_elsewhere(9)
    job = handed_in(
        "kartika",
        person(2, "BUDI UTOMO"),
        person(3, "TARNO"),
        person(4, "Tarno"),
        person(5, "ORANG LAIN"),
        person(6, "TARNO", born="02-01-1980"),
    )
    with scope.whole_country("test"):
        similar = job.rows.filter(codes__contains=["duplicate.similar"])
        assert list(similar.values_list("row", flat=True)) == [2, 3, 4]
    assert job.good == 5


def test_taking_a_list_without_good_rows_is_refused(handed_in):
    job = handed_in("kartika", ["123", "SITI", "", "", "", "", ""])
    with scope.enter(job.office), pytest.raises(Refusal, match="Tidak ada orang"):
        actions.take(by=job.office, job=job)
    assert current(job).state == Job.State.WAITING


def test_characters_that_jsonb_cannot_store_do_not_break_the_import(workbook, tmp_path):
    path = tmp_path / "aneh.csv"
    path.write_bytes(f"NIK;Nama\n{people.nik(1)};SI\x00TI\n".encode())
    by = people.office("kartika")
    with scope.enter(by), path.open("rb") as file:
        job = actions.receive(by=by, file=file, filename=path.name)
    actions.advance(job.pk)
    job = current(job)
    assert job.state in (Job.State.WAITING, Job.State.REFUSED)
    with scope.whole_country("test"):
        assert ImportRow.objects.filter(job=job).count() == job.people


def test_a_heading_with_a_character_that_jsonb_cannot_store_is_read(workbook):
    """Excel writes a character that XML does not allow as _x0000_."""
    path = workbook({"Data": [["NIK", "Nama_x0000_"], [people.nik(1), "SI_x0000_TI"]]})
    by = people.office("kartika")
    with scope.enter(by), path.open("rb") as file:
        job = actions.receive(by=by, file=file, filename=path.name)
    actions.advance(job.pk)
    job = current(job)
    assert (job.state, job.good, job.message) == (Job.State.WAITING, 1, "")
    assert [column["heading"] for column in job.tables[0]["columns"]] == ["NIK", "Nama"]


def test_after_reading_and_taking_a_list_statements_are_planned_as_before(handed_in):
    """What follows in the same transaction would read whole tables otherwise: each request of a
    test took three times as long."""
    take(handed_in("kartika", person(1)))
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        assert cursor.fetchone() == ("on",)
