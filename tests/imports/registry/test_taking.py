"""What becomes of each row when a list is taken, also when others have worked meanwhile."""

from datetime import date

import pytest
from django.urls import reverse

from enrollment.duplicates.models import DuplicateCase
from enrollment.imports import actions
from enrollment.imports.models import ImportRow
from enrollment.jobs.models import Job
from enrollment.workers.models import WorkerSource
from tests import people
from tests.imports.lists import current, outcomes, person, register_elsewhere, registered, take
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def test_a_new_person_has_what_the_list_says_and_its_gaps(handed_in):
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


def test_an_agency_brings_in_its_own(handed_in):
    take(handed_in("tani", person(1), area=people.SENDEN))
    assert registered().agency_id == people.office("tani").agency_id


def test_sources_add_up_and_are_not_doubled(handed_in):
    take(handed_in("kartika", person(1, source="Damisda 2025-I", decile="3")))
    take(handed_in("kartika", person(1, source="DTSEN 2026-II", decile="2")))
    take(handed_in("kartika", person(1, source="Damisda 2025-I", decile="4")))

    def sources():
        with scope.whole_country("test"):
            return sorted(WorkerSource.objects.values_list("registry", "period", "decile"))

    assert sources() == [("DTSEN", "2026-II", 2), ("Damisda", "2025-I", 3)]
    take(handed_in("kartika", person(1, source="Damisda 2025-I", decile="4")), update=True)
    assert sources() == [("DTSEN", "2026-II", 2), ("Damisda", "2025-I", 4)]


def test_a_decile_without_a_source_is_kept(handed_in):
    take(handed_in("kartika", person(1, decile="desil 3")))
    with scope.whole_country("test"):
        assert WorkerSource.objects.get().decile == 3


def test_what_differs_is_named_and_empty_cells_change_nothing(handed_in):
    people.worker(1, name="SITI", address="JL. B", rt="002")
    people.worker(2, name="SITI", address="JL. A", rt="001", birth_date=date(1980, 1, 1))
    job = handed_in("kartika", person(1, rt=""), person(2, "siti"))
    with scope.whole_country("test"):
        assert list(job.rows.values_list("changes", flat=True)) == [["address"], []]
    assert outcomes(take(job, update=True)) == ["changed", "same"]
    worker = registered(nik=people.nik(1))
    assert (worker.address, worker.rt, worker.mother_name) == ("JL. A", "002", "Ibu Uji")


def test_who_is_changed_is_checked_anew(handed_in):
    people.worker(1, rt="", findings=["rt.missing", "occupation.unmapped"])
    take(handed_in("kartika", person(1, "Pekerja 1", rt="7", address="Jl. Uji No. 1")), update=True)
    worker = registered()
    assert worker.rt == "007"
    assert "rt.missing" not in worker.findings


def test_nobody_is_registered_twice_by_two_lists_that_wait_together(handed_in):
    one, other = handed_in("kartika", person(1)), handed_in("kartika", person(1, "SITI", rt="9"))
    assert outcomes(take(one)) == ["new"]
    assert outcomes(take(other)) == ["kept"]
    assert registered().rt == "001"


def test_registered_elsewhere_after_the_preview_is_refused_and_handed_on(handed_in):
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


def test_who_is_registered_elsewhere_is_not_called_a_mistake(handed_in, as_person):
    register_elsewhere(1)
    job = take(handed_in("kartika", person(1), person(2)))
    page = as_person("kartika").get(reverse("import_detail", args=[job.pk])).text
    assert "1 orang terdaftar di tempat lain dan sudah diteruskan ke Dinas" in page
    assert "baris tidak disimpan" not in page


def test_the_second_row_of_a_pair_is_not_blamed_for_the_first(handed_in):
    """After the first is taken its NIK is registered here, which is no news to the second."""
    job = take(handed_in("kartika", person(1), person(1, "SITI B")))
    assert job.counts["duplicate.in_file"] == 1
    assert "duplicate.elsewhere" not in job.counts
    assert outcomes(job) == ["new", "refused"]
    with scope.whole_country("test"):
        told = job.rows.with_outcome(job).get(became="refused").findings[-1].message
    assert "lembar Lembar baris 2" in told


def test_similar_people_in_the_file_and_in_the_registry(handed_in):
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


def test_without_anybody_to_take_there_is_nothing_to_take(handed_in):
    job = handed_in("kartika", ["123", "SITI", "", "", "", "", ""])
    with scope.enter(job.office), pytest.raises(Refusal, match="Tidak ada orang"):
        actions.take(by=job.office, job=job)
    assert current(job).state == Job.State.WAITING


def test_what_jsonb_cannot_hold_is_left_out(workbook, tmp_path):
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


def test_a_heading_that_jsonb_cannot_hold_is_read_all_the_same(workbook):
    """Excel writes a character that XML cannot hold as _x0000_."""
    path = workbook({"Data": [["NIK", "Nama_x0000_"], [people.nik(1), "SI_x0000_TI"]]})
    by = people.office("kartika")
    with scope.enter(by), path.open("rb") as file:
        job = actions.receive(by=by, file=file, filename=path.name)
    actions.advance(job.pk)
    job = current(job)
    assert (job.state, job.good, job.message) == (Job.State.WAITING, 1, "")
    assert [column["heading"] for column in job.tables[0]["columns"]] == ["NIK", "Nama"]
