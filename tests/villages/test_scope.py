"""Row security: which rows a scope shows, even to SQL without a filter."""

import re
from contextlib import nullcontext

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from enrollment.workers.models import Worker
from tests import people
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_people():
    people.worker(1, people.SENDEN, name="Orang Senden")
    people.worker(2, people.BOGORAN, name="Orang Bogoran")
    people.worker(3, people.BAURENO, name="Orang Baureno")


def names_by_raw_sql():
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM enrollment_worker ORDER BY name")
        return [name for (name,) in cursor.fetchall()]


def test_there_is_something_to_leak(three_people):
    with scope.whole_country("test"):
        assert names_by_raw_sql() == ["Orang Baureno", "Orang Bogoran", "Orang Senden"]


def test_without_a_scope_there_are_no_rows(three_people):
    assert names_by_raw_sql() == []


@pytest.mark.parametrize(
    ("who", "seen"),
    [
        ("kartika", ["Orang Senden"]),
        ("bagus", ["Orang Bogoran"]),
        ("karim", ["Orang Bogoran", "Orang Senden"]),
        ("vera", ["Orang Bogoran", "Orang Senden"]),
        ("boni", ["Orang Baureno"]),
        ("tani", []),
    ],
)
def test_raw_sql_sees_only_the_area_of_the_office(three_people, who, seen):
    with scope.enter(people.office(who)):
        assert names_by_raw_sql() == seen


def test_rows_of_a_neighbour_can_be_neither_changed_nor_added(three_people):
    with scope.enter(people.office("kartika")):
        assert Worker.objects.filter(name="Orang Bogoran").update(name="Diubah") == 0
        stray = Worker(area_id=people.BOGORAN, nik=people.nik(9, people.BOGORAN), name="Sisipan")
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            stray.save()


def test_a_scope_ends_with_its_block_even_inside_a_wider_transaction(three_people):
    with scope.enter(people.office("kartika")):
        with scope.enter(people.office("bagus")):
            assert names_by_raw_sql() == ["Orang Bogoran"]
        assert names_by_raw_sql() == ["Orang Senden"]
    assert names_by_raw_sql() == []


def test_a_scope_that_fails_leaves_nothing_open(three_people):
    with pytest.raises(ZeroDivisionError), scope.enter(people.office("kartika")):
        1 / 0  # noqa: B018
    assert names_by_raw_sql() == []


COUNT = "SELECT count(*), %(word)s FROM enrollment_worker"


@pytest.mark.parametrize("wide", [False, True], ids=["alone", "within a transaction"])
@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_one_question_is_answered_in_a_scope_of_its_own(three_people, wide):
    village = scope.of_office(people.office("kartika"))
    with transaction.atomic() if wide else nullcontext():
        assert scope.ask(village, COUNT, {"word": "100%"}) == [(1, "100%")]
        assert names_by_raw_sql() == []


@pytest.mark.django_db(transaction=True)
@pytest.mark.slow
def test_one_question_is_one_message(three_people):
    with CaptureQueriesContext(connection) as messages:
        scope.ask(scope.Scope("", "~"), COUNT, {"word": ""})
    assert len(messages) == 1


def test_one_question_leaves_a_wider_scope_as_it_was(three_people):
    with scope.enter(people.office("bagus")):
        assert scope.ask(scope.of_office(people.office("vera")), COUNT, {"word": ""}) == [(2, "")]
        assert names_by_raw_sql() == ["Orang Bogoran"]


def test_every_table_with_a_person_or_an_area_is_under_forced_row_security(db):
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT c.relname FROM pg_class c
            JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
            WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')
              AND (a.attname IN ('area_id', 'regency_id', 'village_id', 'nik', 'worker_id')
                   OR c.relname ~ '^(villages|enrollment)_.*(area|user|worker)')
              AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
            """
        )
        assert sorted(name for (name,) in cursor.fetchall()) == []


def test_the_planner_sees_the_bounds_of_every_policy(db):
    """It cannot look into a sub-select and would expect a single row of every table."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, policyname, concat(qual, with_check) FROM pg_policies")
        policies = cursor.fetchall()
    assert len(policies) > 50
    assert [(table, name) for table, name, text in policies if hides_bounds(text)] == []


def hides_bounds(policy):
    """Whether a bound is read in a sub-select, or an agency's own rows are one side of an OR. An OR
    in an EXISTS is about the rows of another table: the DPMD's, of people on its lists."""
    read = re.search(r"""SELECT ("left".)?current_setting.'portal.(low|high)""", policy)
    sides = re.search(r"portal.agency.*OR .*agency_id", outside_exists(policy), re.DOTALL)
    return bool(read or sides)


def outside_exists(policy):
    """A policy without parentheses, and without what stands in those of an EXISTS."""
    kept, opened = [], []
    for at, sign in enumerate(policy):
        if sign == "(":
            opened.append(policy[:at].rstrip().endswith("EXISTS"))
        elif sign == ")":
            opened.pop()
        elif not any(opened):
            kept.append(sign)
    return "".join(kept)


AGENCY = "current_setting('portal.agency'::text, true)"


@pytest.mark.parametrize(
    ("policy", "hides"),
    [
        (f"(({AGENCY} = ''::text) OR ((agency_id)::text = {AGENCY}))", True),
        (f"(((SELECT {AGENCY}) = ''::text) OR ((agency_id)::text = {AGENCY}))", True),
        ("((area_id)::text >= ( SELECT current_setting('portal.low'::text, true)))", True),
        (f"CASE WHEN ({AGENCY} = ''::text) THEN true"
         f" ELSE ((agency_id)::text = {AGENCY}) END", False),
        (f"CASE WHEN ({AGENCY} = 'dpmd') THEN (EXISTS ( SELECT FROM e WHERE ((e.a) OR (e.b))))"
         f" ELSE ((agency_id)::text = {AGENCY}) END", False),
        (f"(({AGENCY} = 'dpmd') AND (EXISTS ( SELECT FROM e WHERE (e.a)))"
         f" OR ((agency_id)::text = {AGENCY}))", True),
    ],
)  # fmt: skip
def test_bounds_that_are_hidden_are_found(policy, hides):
    assert hides_bounds(policy) is hides


def test_the_planner_expects_about_as_many_people_as_a_scope_shows(db):
    values = {"area": people.SENDEN, "first": int(people.nik(1))}
    people.office("vera")
    with scope.whole_country("test"), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO enrollment_worker (area_id, nik, name)"
            " SELECT %(area)s, (%(first)s + n)::text, 'ORANG' FROM generate_series(1, 1000) n",
            values,
        )
        cursor.execute("SELECT refresh_statistics()")
    with scope.enter(people.office("vera")), connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT FROM enrollment_worker")
        assert cursor.fetchone()[0][0]["Plan"]["Plan Rows"] > 100
