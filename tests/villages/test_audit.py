"""The audit trail: who, when, what, in which request or job; written by the database itself."""

import pytest
from django.apps import apps
from django.db import ProgrammingError, connection, transaction

from enrollment.workers.models import Worker
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db

History = apps.get_model("enrollment", "WorkerEvent")


def history(**lookup):
    with scope.whole_country("test"):
        return list(History.objects.filter(**lookup).order_by("pgh_id"))


def test_a_change_records_who_made_it_in_which_office_and_request():
    person = people.worker(1, name="Sebelum")
    kartika = people.office("kartika")
    with scope.enter(kartika, url="/pekerja/ubah/"):
        Worker.objects.filter(pk=person.pk).update(name="Sesudah")
    inserted, updated = history(pgh_obj_id=person.pk)
    assert (inserted.pgh_label, inserted.name) == ("insert", "Sebelum")
    assert (updated.pgh_label, updated.name) == ("update", "Sesudah")
    assert updated.pgh_context["user"] == kartika.user_id
    assert updated.pgh_context["office"] == kartika.pk
    assert updated.pgh_context["role"] == "kepala_desa"
    assert updated.pgh_context["url"] == "/pekerja/ubah/"


def test_bulk_writes_and_sql_are_recorded_row_by_row():
    with scope.enter(people.office("kartika"), job="a-job"):
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO enrollment_worker (area_id, nik, name)"
                " SELECT %s, %s::bigint + n, 'Massal' FROM generate_series(1, 50) n",
                [people.SENDEN, int(people.nik(100)[:16])],
            )
        Worker.objects.filter(name="Massal").update(hamlet="Krajan")
        Worker.objects.filter(name="Massal").delete()
    rows = history(name="Massal")
    labels = [row.pgh_label for row in rows]
    assert [labels.count(verb) for verb in ("insert", "update", "delete")] == [50, 50, 50]
    assert {row.pgh_context["job"] for row in rows} == {"a-job"}


def test_a_write_that_changes_nothing_is_not_recorded():
    person = people.worker(1, name="Tetap")
    with scope.enter(people.office("kartika")):
        Worker.objects.filter(pk=person.pk).update(name="Tetap")
    assert [row.pgh_label for row in history(pgh_obj_id=person.pk)] == ["insert"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE enrollment_workerevent SET name = 'x'",
        "DELETE FROM enrollment_workerevent",
        "TRUNCATE enrollment_workerevent",
        "ALTER TABLE enrollment_worker DISABLE TRIGGER ALL",
        "DROP TABLE enrollment_workerevent",
    ],
)
def test_the_application_can_neither_change_nor_empty_the_history(statement):
    people.worker(1)
    with (
        scope.whole_country("test"),
        pytest.raises(ProgrammingError, match=r"permission denied|must be owner"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_a_village_reads_only_its_own_history():
    people.worker(1, people.SENDEN)
    people.worker(2, people.BOGORAN)
    assert len(history()) == 2
    with scope.enter(people.office("kartika")):
        assert {row.area_id for row in History.objects.all()} == {people.SENDEN}


def test_passwords_are_not_in_the_history():
    assert "password" not in {
        field.name for field in apps.get_model("villages", "UserEvent")._meta.fields
    }
