"""Correcting a row in the portal: the list is then as if it had been uploaded with that row."""

import random
import threading

import pytest

from enrollment.duplicates.models import DuplicateCase
from enrollment.imports import actions
from enrollment.imports.mending import correcting
from enrollment.imports.models import Import
from enrollment.imports.registry import comparing
from enrollment.imports.typed import shown
from enrollment.workers.models import Worker
from tests import people
from tests.selection import EVERY
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
FIELDS = ["nik", "name", "birth_date", "address", "rt", "kk"]
HEADINGS = ["NIK", "Nama", "Tanggal Lahir", "Alamat", "RT", "No KK"]
SHOWN = ("position", "codes", "details", "severity", "worker_id", "changes", "nik", "name")


def person(nik, name="SITI", born="01-01-1980", address="JL. A", rt="1", kk=""):
    return [people.nik(nik) if isinstance(nik, int) and nik < 9999 else nik, name, born,
            address, rt, kk]  # fmt: skip


@pytest.fixture
def handed_in(workbook):
    """`handed_in(row, …)` uploads these rows as Kartika and returns the import, read."""

    def hand_in(*rows):
        path = workbook({"Lembar": [HEADINGS, *rows]})
        by = people.office("kartika")
        with scope.enter(by), path.open("rb") as file:
            job = actions.receive(by=by, file=file, filename=path.name)
        actions.advance(job.pk)
        return current(job)

    return hand_in


def current(job):
    with scope.whole_country("test"):
        return Import.objects.select_related("office__user", "office__area").get(pk=job.pk)


def row_at(job, position):
    with scope.whole_country("test"):
        return job.rows.get(position=position)


def correct(job, position, seen=None, **cells):
    with scope.enter(job.office):
        seen = seen or correcting.version(job.rows.get(position=position))
        return correcting.correct(by=job.office, job=job, position=position, cells=cells, seen=seen)


def take(job):
    with scope.enter(job.office):
        actions.take(by=job.office, job=job)
    actions.advance(job.pk)
    return current(job)


def standing(job):
    """The state and findings of all rows, and the list's totals."""
    job = current(job)
    with scope.whole_country("test"):
        rows = list(job.rows.values(*SHOWN))
    return rows, job.people, job.good, job.counts


def register(number, area=people.SENDEN, **values):
    with scope.whole_country("test"):
        return Worker.objects.create(area_id=area, nik=people.nik(number), **values)


def test_a_corrected_row_is_good_and_the_totals_are_adjusted(handed_in):
    job = handed_in(person(1), person("35030", "BUDI"))
    assert (job.good, job.counts["nik.format"]) == (1, 1)
    row, others = correct(job, 2, nik=people.nik(2))
    assert (row.severity, row.nik, others) == ("gap", people.nik(2), [])
    job = current(job)
    assert job.good == 2
    assert "nik.format" not in job.counts
    assert take(job).taken == 2


def test_a_correction_that_is_still_wrong_is_stored_as_typed(handed_in):
    job = handed_in(person(1), person("35030", "BUDI"))
    row, _ = correct(job, 2, nik=" 3503 0799 ", name="BUDI  UTOMO")
    assert row.severity == "error"
    assert (row.typed["nik"], row.typed["name"]) == ("3503 0799", "BUDI UTOMO")
    assert row_at(job, 2).typed == row.typed


def test_cells_that_are_not_changed_stay_as_they_were_read(handed_in):
    """A number stays a number: as text, a NIK damaged by Excel would be accepted."""
    job = handed_in(person(1), [3503070101800010, "BUDI", "", "", "", ""])
    row = row_at(job, 2)
    assert "nik.excel_damaged" in row.codes
    cells = {field: shown(field, row.typed.get(field)) for field in FIELDS}
    assert cells["nik"] == "350307010180001?"
    row, _ = correct(job, 2, **cells | {"rt": "004"})
    assert (row.typed["nik"], row.rt) == (3503070101800010, "004")
    assert "nik.excel_damaged" in row.codes
    row, _ = correct(job, 2, nik="3503070101800010")
    assert row.nik == "3503070101800010"


def test_an_emptied_cell_counts_as_missing(handed_in):
    job = handed_in(person(1), person(2, "BUDI"))
    row, _ = correct(job, 2, name="")
    assert "name.missing" in row.codes
    assert current(job).good == 1


def test_the_second_row_with_a_nik_is_accepted_once_the_first_has_another_nik(handed_in):
    job = handed_in(person(1, "SITI"), person(1, "BUDI"), person(1, "TINI"))
    assert job.counts["duplicate.in_file"] == 2
    row, others = correct(job, 1, nik=people.nik(9))
    assert row.severity != "error"
    assert [other.position for other in others] == [2]
    assert row_at(job, 3).details["duplicate.in_file"] == {"sheet": "Lembar", "row": 3}
    assert (current(job).good, current(job).counts["duplicate.in_file"]) == (2, 1)


def test_a_nik_that_a_later_row_has_makes_the_later_row_the_duplicate(handed_in):
    job = handed_in(person("1", "SITI"), person(2, "BUDI"))
    row, others = correct(job, 1, nik=people.nik(2))
    assert row.severity != "error"
    duplicates = [(other.position, "duplicate.in_file" in other.codes) for other in others]
    assert duplicates == [(2, True)]


def test_a_corrected_row_is_compared_again_with_registered_and_similar_people(handed_in):
    register(5, name="LAMA", address="JL. LAMA")
    register(6, people.BOGORAN, name="TONO", birth_date="1980-01-01", address="RAHASIA")
    people.worker(7, name="BUDI")
    job = handed_in(person(1, "BUDI"), person("x", "TINI"), person("y", "TONO"), person("z"))
    here, _ = correct(job, 2, nik=people.nik(5))
    assert here.changes == ["name", "address"] or set(here.changes) >= {"name", "address"}
    elsewhere, _ = correct(job, 3, nik=people.nik(6))
    assert elsewhere.codes[-1] == "duplicate.elsewhere"
    assert "RAHASIA" not in str(vars(elsewhere))
    alike, _ = correct(job, 4, nik=people.nik(8), name="budi")
    assert "duplicate.similar" in alike.codes
    assert current(job).elsewhere == 1
    freed, _ = correct(job, 3, nik=people.nik(10))
    assert freed.severity != "error"
    assert current(job).elsewhere == 0


NIKS = [people.nik(number) for number in range(1, 7)]
CHOICE = {
    "nik": [*NIKS, *NIKS, "", "3503", "3.5E+15", f"' {people.nik(3)}"],
    "name": ["SITI", "siti", "BUDI", "TINI", "  Budi ", "12"],
    "birth_date": ["01-01-1980", "1980-01-01", "02-01-1980", "31-02-1980", ""],
    "address": ["JL. A", "JL. B", ""],
    "rt": ["1", "", "RT 2"],
    "kk": ["", "123", "3503070101800001"],
}


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4 if EVERY else 2))
def test_after_any_corrections_the_list_is_as_if_it_had_been_uploaded_so(handed_in, seed):
    dice = random.Random(seed)
    register(2, name="BUDI", birth_date="1980-01-01", address="JL. B")
    for number, name in ((4, "SITI"), (5, "SITI"), (6, "SITI")):
        register(number, people.BOGORAN, name=name, birth_date="1980-01-01")
    people.worker(50, name="TINI")
    rows = [[dice.choice(CHOICE[field]) for field in FIELDS] for _ in range(12)]
    job = handed_in(*([*row[:3], f"NO {number}", *row[4:]] for number, row in enumerate(rows)))
    told, _ = correct(job, 1, nik=people.nik(4), name="SITI", birth_date="01-01-1980")
    affected, codes = 0, set(told.codes)
    for _ in range(40):
        position = dice.randrange(job.people) + 1
        some = dice.sample(["nik", "nik", "name", "birth_date", "rt", "kk"], 3)
        cells = {field: dice.choice(CHOICE[field]) for field in some}
        row, others = correct(job, position, **cells)
        affected += len(others)
        codes.update(row.codes)
        _assert_totals_are_right(job)
    assert affected
    assert {"duplicate.in_file", "duplicate.similar", "duplicate.elsewhere"} <= codes
    with scope.whole_country("test"):
        typed = [row.typed for row in job.rows.all()]
    fresh = handed_in(*([cells.get(field, "") for field in FIELDS] for cells in typed))
    assert standing(job) == standing(fresh)


def _assert_totals_are_right(job):
    job = current(job)
    kept = job.people, job.good, dict(job.counts)
    with scope.enter(job.office):
        comparing.count(job)
    assert kept == (job.people, job.good, dict(job.counts))


def test_the_second_of_two_corrections_of_the_same_row_is_refused(handed_in):
    job = handed_in(person(1), person("35030", "BUDI"))
    seen = correcting.version(row_at(job, 2))
    correct(job, 2, seen, nik=people.nik(2))
    with pytest.raises(Refusal, match="diperbaiki orang lain"):
        correct(job, 2, seen, nik=people.nik(3))
    assert row_at(job, 2).nik == people.nik(2)


def test_correcting_a_row_of_a_discarded_list_is_refused(handed_in):
    job = handed_in(person(1), person("35030", "BUDI"))
    seen = correcting.version(row_at(job, 2))
    with scope.enter(job.office):
        actions.discard(by=job.office, job=job)
    with pytest.raises(Refusal, match="masih tertulis"):
        correct(job, 2, seen, nik=people.nik(2))


@pytest.fixture
def in_thread():
    """A thread class with a database connection of its own; `.outcome` is the refusal, if any."""

    class InThread(threading.Thread):
        outcome = None

        def run(self):
            from django.db import connection

            try:
                self._target(*self._args)
            except Refusal as refusal:
                self.outcome = str(refusal)
            finally:
                connection.close()

    return InThread


@pytest.mark.parametrize("locks", [True, False], ids=["as it is", "control: without the lock"])
@pytest.mark.django_db(transaction=True)
def test_correcting_waits_while_the_list_is_being_taken(handed_in, in_thread, monkeypatch, locks):
    job = handed_in(person(1), person("35030", "BUDI"))
    if not locks:
        monkeypatch.setattr(correcting, "open_job", lambda job: Import.objects.get(pk=job.pk))
    monkeypatch.setattr("enrollment.jobs.actions.enqueue", lambda job: None)
    with scope.enter(job.office):
        actions.take(by=job.office, job=job)
        thread = in_thread(target=lambda: correct(job, 2, nik=people.nik(2)))
        thread.start()
        thread.join(1)
        assert thread.is_alive()  # the control waits too, but only to write the totals
    thread.join(10)
    assert not thread.is_alive()
    if locks:
        assert "sedang diproses" in thread.outcome
        assert row_at(job, 2).nik == ""
    else:
        assert thread.outcome is None
        assert row_at(job, 2).nik == people.nik(2)


def take_corrected(job):
    with scope.enter(job.office):
        actions.take_corrected(by=job.office, job=job)
    actions.advance(job.pk)
    return current(job)


def ready(job):
    with scope.enter(job.office):
        return correcting.ready(job)


def outcomes(job):
    with scope.whole_country("test"):
        return list(job.rows.with_outcome(job).values_list("became", flat=True))


def test_a_row_corrected_after_taking_waits_and_is_then_taken_alone(handed_in):
    job = take(handed_in(person(1), person("x", "BUDI"), person("y", "TINI")))
    assert outcomes(job) == ["new", "refused", "refused"]
    correct(job, 2, nik=people.nik(2))
    job = current(job)
    assert outcomes(job) == ["new", "waiting", "refused"]
    assert (job.taken, job.good, ready(job)) == (1, 2, 1)
    job = take_corrected(job)
    assert (job.phase, job.taken, ready(job)) == ("taken", 2, 0)
    assert outcomes(job) == ["new", "new", "refused"]
    with scope.whole_country("test"):
        assert sorted(Worker.objects.values_list("name", flat=True)) == ["BUDI", "SITI"]
    _assert_totals_are_right(job)
    with scope.enter(job.office), pytest.raises(Refusal, match="Belum ada"):
        actions.take_corrected(by=job.office, job=job)


def test_a_row_that_was_taken_cannot_be_corrected(handed_in):
    job = take(handed_in(person(1), person("x", "BUDI")))
    for position in (1, 2):
        if position == 2:
            correct(job, 2, nik=people.nik(2))
            job = take_corrected(current(job))
        with pytest.raises(Refusal, match="masih tertulis"):
            correct(job, position, nik=people.nik(9))


def test_of_two_rows_with_one_nik_the_taken_one_counts_as_the_first(handed_in):
    job = take(handed_in(person("x", "BUDI"), person(1)))
    row, others = correct(job, 1, nik=people.nik(1))
    assert (row.codes[-1], others) == ("duplicate.in_file", [])
    assert row.details["duplicate.in_file"] == {"sheet": "Lembar", "row": 3}
    assert outcomes(job) == ["refused", "new"]
    assert current(job).good == 1


def test_a_row_corrected_to_a_nik_registered_elsewhere_opens_a_case_when_taken(handed_in):
    register(6, people.BOGORAN, name="RAHASIA")
    job = take(handed_in(person(1), person("x", "BUDI")))
    correct(job, 2, nik=people.nik(6))
    with scope.whole_country("test"):
        assert not DuplicateCase.objects.exists()
    job = take_corrected(current(job))
    assert (job.taken, job.elsewhere, outcomes(job)) == (1, 1, ["new", "refused"])
    with scope.whole_country("test"):
        assert DuplicateCase.objects.get().claimed_values["name"] == "BUDI"


def test_a_waiting_row_that_gets_an_error_no_longer_waits(handed_in):
    job = take(handed_in(person(1), person("x", "BUDI")))
    correct(job, 2, nik=people.nik(2))
    correct(job, 2, nik="35")
    assert outcomes(job) == ["new", "refused"]
    assert current(job).good == 1
