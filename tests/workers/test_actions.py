"""Entering, changing and ending people: the actions, and the database under concurrent use."""

from dataclasses import replace
from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from enrollment.workers import actions, checking
from enrollment.workers.checks.rules import check_person
from enrollment.workers.models import Occupation, Worker
from tests import people
from tests.seeds import OCCUPATIONS
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
DEATH = {"reason": "died", "document": "Surat kematian 1/2026"}


def checked(number=1, **typed):
    raw = {"nik": people.nik(number), "name": "SITI AMINAH", **typed}
    return check_person(raw, **checking.basis())


def test_the_migrations_fill_the_table_of_occupations():
    assert Occupation.objects.count() == len(OCCUPATIONS)
    codes = dict(Occupation.objects.values_list("registry_code", "key"))
    assert [codes[code] for code in (8, 9, 11, 19, 20)] == [
        "trader", "farmer", "fisher", "day_labourer", "farm_labourer"
    ]  # fmt: skip


def test_common_occupations_are_known():
    index = checking.basis()["occupations"]
    for text in ("pedagang", "Petani", "nelayan", "buruh tani", "Buruh Harian Lepas", "tukang ojek",
                 "penjahit", "marbot", "guru ngaji", "guru mengaji", "tukang batu",
                 "kader posyandu", "Ketua RT", "9"):  # fmt: skip
        assert index.get(text.casefold()), text


def test_only_current_districts_are_known():
    districts = checking.basis()["districts"]
    assert "350307" in districts
    assert len(districts) > 7000


def test_people_entered_by_an_agency_belong_to_it():
    tani = people.office("tani")
    with scope.enter(tani):
        worker = actions.enter(by=tani, area=people.SENDEN, checked=checked())
        assert worker.agency_id == tani.agency_id


def test_consent_keeps_its_first_date_and_can_be_withdrawn():
    kartika = people.office("kartika")
    worker = people.worker(1, consent_on=date(2025, 1, 1))
    with scope.enter(kartika):
        for consent, day in [(True, date(2025, 1, 1)), (False, None), (True, timezone.localdate())]:
            worker = actions.change(
                by=kartika, worker=worker, checked=checked(), consent=consent,
                version=actions.version_of(worker),
            )  # fmt: skip
            assert worker.consent_on == day


def test_a_finding_seen_only_in_the_cell_stays_until_the_value_changes():
    worker = people.worker(1, kk="3503070101200000", findings=["kk.excel_damaged"])
    same, other = checked(kk="3503070101200000"), checked(kk="3503070101200001")
    for person in (same, other):
        checking.carry_over(worker, person, checking.NOT_FOUND_AGAIN)
    assert "kk.excel_damaged" in same.codes
    assert "kk.excel_damaged" not in other.codes


def ended(on, **values):
    kartika = people.office("kartika")
    worker = people.worker(1, **values)
    with scope.enter(kartika):
        return actions.end(by=kartika, worker=worker, on=on, **DEATH)


def test_an_ending_stores_date_reason_and_document():
    worker = ended(date(2026, 1, 2))
    assert (worker.ended_on, worker.ended_reason) == (date(2026, 1, 2), "died")
    assert worker.ended_document == "Surat kematian 1/2026"


@pytest.mark.parametrize("on", [timezone.localdate() + timedelta(days=1), date(1979, 12, 31)])
def test_an_ending_in_the_future_or_before_birth_is_refused(on):
    with pytest.raises(Refusal):
        ended(on)


def test_a_second_ending_is_refused():
    with pytest.raises(Refusal, match="sudah berakhir"):
        ended(date(2026, 1, 2), ended_on=date(2026, 1, 1), ended_reason="died")


def test_changing_an_ended_person_is_refused():
    kartika = people.office("kartika")
    worker = people.worker(1, ended_on=date(2026, 1, 1), ended_reason="died")
    with scope.enter(kartika), pytest.raises(Refusal, match="sudah berakhir"):
        actions.change(by=kartika, worker=worker, checked=checked(), consent=False,
                       version=actions.version_of(worker))  # fmt: skip


def test_reopening_an_active_person_is_refused():
    rini = people.office("rini")
    worker = people.worker(1)
    with scope.enter(rini), pytest.raises(Refusal, match="masih aktif"):
        actions.reopen(by=rini, worker=worker, reason="x")


def test_people_with_a_gap_are_incomplete_and_all_others_complete():
    people.worker(1)
    people.worker(2, findings=["kk.format"])
    people.worker(3, findings=["kk.format", "rt.missing"])
    with scope.whole_country("test"):
        assert Worker.objects.complete().count() == 2
        assert Worker.objects.incomplete().count() == 1


@pytest.mark.django_db(transaction=True)
def test_one_nik_entered_ten_times_at_once_is_one_person():
    """The nine that lose the race are told about the person that the first one entered."""
    office, outcomes = people.office("kartika"), []
    ready = Barrier(10)

    def enter():
        try:
            ready.wait()
            with scope.enter(office):
                actions.enter(by=office, area=people.SENDEN, checked=checked())
            outcomes.append("entered")
        except actions.AlreadyRegistered as refusal:
            outcomes.append(refusal.worker.name)
        finally:
            connection.close()

    threads = [Thread(target=enter) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["SITI AMINAH"] * 9 + ["entered"]


@pytest.mark.django_db(transaction=True)
def test_of_two_changes_at_once_one_is_refused():
    office, outcomes = people.office("kartika"), []
    worker = people.worker(1)
    version, ready = actions.version_of(worker), Barrier(2)

    def change(address):
        try:
            ready.wait()
            with scope.enter(office):
                person = replace(checked(), address=address)
                actions.change(
                    by=office, worker=worker, checked=person, consent=False, version=version
                )
            outcomes.append("saved")
        except actions.ChangedMeanwhile:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [Thread(target=change, args=[f"Jl. {number}"]) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["refused", "saved"]
