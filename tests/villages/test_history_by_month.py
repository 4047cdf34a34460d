"""Histories that grow for years: keys that do not end, a part for each month, no way round it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import OperationalError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from enrollment.workers import disclosures, history
from enrollment.workers.models import Worker
from tests import databases, histories, people
from tests.plans import rows_looked_at
from villages import audit, scope
from villages.tasks import make_history_months

pytestmark = pytest.mark.django_db

History = apps.get_model("enrollment", "WorkerEvent")
TABLE = History._meta.db_table
KEYS = """
SELECT c.relname, format_type(a.atttypid, NULL) FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
WHERE c.relname ~ '^(enrollment|villages)_' AND c.relkind IN ('r', 'p')
  AND (a.attidentity <> '' OR pg_get_expr(d.adbin, d.adrelid) ~ '^nextval')
"""


def execute(statement, *values):
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.fetchall() if cursor.description else cursor.rowcount


def last_event(person):
    with scope.whole_country("tests"):
        return History.objects.filter(pgh_obj_id=person.pk).latest("pgh_id")


def test_no_number_that_the_database_gives_ends_at_32_bits():
    keys = execute(KEYS)
    assert len(keys) > 40
    assert {name for name, kind in keys if kind != "bigint"} == set()


def test_a_key_beyond_32_bits_is_given_and_read():
    with databases.owner(connection.settings_dict["NAME"]) as owner, owner.cursor() as cursor:
        cursor.execute(f"SELECT setval('{TABLE}_pgh_id_seq', 3000000000)")
    assert last_event(people.worker(1)).pgh_id > 3_000_000_000


def test_the_divided_histories_are_those_that_grow_with_people():
    """As their models say, which is what the removal of old months counts."""
    divided = execute("SELECT partrelid::regclass::text FROM pg_partitioned_table")
    assert {name for (name,) in divided} == {model._meta.db_table for model in histories.DIVIDED}
    tracked = {model.pgh_tracked_model.__name__ for model in histories.DIVIDED}
    assert tracked == {"Worker", "WorkerSource", "Entry", "Membership", "Cover"}


@pytest.mark.parametrize("model", histories.DIVIDED, ids=lambda model: model.__name__)
def test_there_are_parts_for_this_month_and_the_next_three(model):
    make_history_months()
    month, wanted = timezone.localtime().replace(day=1), []
    for _ in range(4):
        wanted.append(f"{model._meta.db_table}_{month:%Y_%m}")
        month = (month + timedelta(days=32)).replace(day=1)
    assert {*wanted, f"{model._meta.db_table}_others"} <= {*histories.parts(model)}


def test_an_event_goes_into_the_part_of_its_month():
    audit.make_months()
    event = last_event(people.worker(1))
    month = timezone.localtime(event.pgh_created_at)
    assert histories.part_of(History, event.pgh_id) == f"{TABLE}_{month:%Y_%m}"


def test_an_event_without_a_part_is_kept_and_gets_one_later():
    people.worker(1)
    key = histories.happened(History, histories.at(2021, 5, 31, 23))
    assert histories.part_of(History, key) == f"{TABLE}_others"
    assert audit.make_months() >= 1
    assert histories.part_of(History, key) == f"{TABLE}_2021_05"
    assert audit.make_months() == 0


def test_dates_that_cannot_be_make_no_parts():
    """Whoever has the portal's login can write events of any time."""
    people.worker(1)
    keys = [histories.happened(History, histories.at(year, 1)) for year in (1900, 2000, 2900)]
    before = histories.parts(History)
    audit.make_months()
    assert {*histories.parts(History)} - {*before} <= {*months_to_come()}
    assert {histories.part_of(History, key) for key in keys} == {f"{TABLE}_others"}


def months_to_come():
    month = timezone.localtime().replace(day=1)
    for _ in range(4):
        yield f"{TABLE}_{month:%Y_%m}"
        month = (month + timedelta(days=32)).replace(day=1)


DIRECTLY = (
    "SELECT name FROM {}",
    "SELECT count(*) FROM ONLY {}",
    "COPY {} TO STDOUT",
    "INSERT INTO {} SELECT * FROM enrollment_workerevent",
    "UPDATE {} SET name = 'X'",
    "DELETE FROM {}",
    "TRUNCATE {}",
    "DROP TABLE {}",
    "ALTER TABLE {} DISABLE ROW LEVEL SECURITY",
    "ALTER TABLE enrollment_workerevent DETACH PARTITION {}",
    "CREATE TEMPORARY TABLE mine () INHERITS ({})",
)


@pytest.mark.parametrize("statement", DIRECTLY)
@pytest.mark.parametrize("when", [(2021, 5), (2900, 1)], ids=["a month", "the others"])
def test_a_part_can_be_neither_read_nor_changed_directly(statement, when):
    people.worker(1)
    part = histories.part_of(History, histories.in_its_month(History, histories.at(*when)))
    with scope.whole_country("tests"):
        assert execute(f"SELECT count(*) FROM {TABLE} WHERE tableoid = '{part}'::regclass")[0][0]
        with (
            pytest.raises(
                ProgrammingError, match=r"permission denied|must be owner|cannot inherit"
            ),
            transaction.atomic(),
        ):
            execute(statement.format(part))


def test_statistics_of_a_part_tell_nothing():
    with scope.whole_country("tests"):
        seen = execute("SELECT DISTINCT tablename FROM pg_stats WHERE tablename ~ 'event_'")
    assert seen == []


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_part_that_was_opened_by_mistake_shows_nothing_until_migrate_closes_it():
    """As `GRANT … ON ALL TABLES` does, which a guide for backups may recommend."""
    audit.make_months()
    part = histories.part_of(History, last_event(people.worker(1)).pgh_id)
    name, app = connection.settings_dict["NAME"], connection.settings_dict["USER"]
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {part}")
        assert cursor.fetchone()[0] == 1
        cursor.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON {part} TO {app}")
    with scope.whole_country("tests"):
        assert execute(f"SELECT * FROM {part}") == []
        assert execute(f"UPDATE {part} SET name = 'X'") == 0
        assert execute(f"DELETE FROM {part}") == 0
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            execute(f"INSERT INTO {part} SELECT * FROM {TABLE}")
    assert databases.manage(name, "migrate", "--verbosity=0").returncode == 0
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        execute(f"SELECT * FROM {part}")


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_changes_are_written_while_a_part_is_being_made():
    person = people.worker(1)
    name = connection.settings_dict["NAME"]
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute(f"SELECT make_history_month('{TABLE}', '2031-01-01')")
        with scope.whole_country("tests"):
            execute("SET LOCAL lock_timeout = '2s'")
            Worker.objects.filter(pk=person.pk).update(hamlet="Krajan")
        with scope.whole_country("tests"), pytest.raises(OperationalError, match="lock timeout"):
            execute("SET LOCAL lock_timeout = '100ms'")  # as the control: it is being made
            person.events.count()
        cursor.execute("ROLLBACK")
    with scope.whole_country("tests"):
        assert person.events.count() == 2


def crowd(first, when, size=300):
    """Events of other people in a month."""
    with scope.whole_country("tests"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO enrollment_worker (area_id, nik, name)"
            " SELECT %s, (%s::bigint + n)::text, 'ORANG' FROM generate_series(1, %s) n",
            [people.SENDEN, int(people.nik(first)), size],
        )
        names = [f.column for f in History._meta.concrete_fields if f.name != "pgh_id"]
        columns = ", ".join(names)
        moved = ", ".join("%s" if name == "pgh_created_at" else name for name in names)
        cursor.execute(
            f"INSERT INTO {TABLE} ({columns}) SELECT {moved} FROM {TABLE} WHERE name = 'ORANG'",
            [when],
        )
    audit.make_months()


def test_a_persons_history_is_read_by_an_index_of_each_month():
    person = people.worker(1)
    # So many that an index is quicker whatever the planner knows of the month.
    crowd(1000, histories.at(2024, 5), size=3000)
    key = histories.in_its_month(History, histories.at(2024, 6))
    with scope.enter(people.office("kartika")):
        with rows_looked_at() as seen:
            assert len(history.last_known_here([person.pk])) == 1
            assert len(history.page_of(person, 1).object_list) == 1
            assert disclosures.last_known(nik=person.nik).pk == person.pk
        assert max(seen)[0] < 20
        with rows_looked_at() as seen:  # without an index: to show that they would be counted
            assert not History.objects.filter(name="BUKAN ORANG").exists()
        assert max(seen)[0] > 6000
    assert histories.part_of(History, key) == f"{TABLE}_2024_06"


def test_a_persons_page_looks_into_no_month_before_they_were_entered():
    person = people.worker(1)
    histories.in_its_month(History, histories.at(2024, 5))
    with scope.whole_country("tests"):
        events = person.events.filter(pgh_created_at__gte=audit.since(person.created_at))
        assert f"{TABLE}_2024_05" in person.events.all().explain()
        assert f"{TABLE}_2024_05" not in events.explain()
        assert len(history.page_of(person, 1).object_list) == 1


def test_a_person_whose_first_events_are_no_longer_kept_has_a_page(as_person):
    """The oldest event that is left tells that it is not the beginning."""
    long_ago = timezone.now() - timedelta(days=audit.KEPT_DAYS + 100)
    person = people.worker(1, created_at=long_ago)
    with scope.enter(people.office("kartika")):
        Worker.objects.filter(pk=person.pk).update(hamlet="Krajan", updated_at=timezone.now())
    with scope.whole_country("tests"):
        moment = history._moment(last_event(person), None, history.shown)
    assert moment.what == "Diubah; keadaan sebelumnya tidak ada lagi di sini"


def test_the_page_of_somebody_without_any_event_left_opens(as_person):
    person = people.worker(1, created_at=timezone.now() + timedelta(days=3))
    page = as_person("kartika").get(reverse("worker_detail", args=[person.public_id]))
    assert page.status_code == 200
