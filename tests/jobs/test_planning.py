"""Nested loops are off for bulk statements, and for nothing else."""

from contextlib import suppress

import pytest
from django.db import connection, transaction

from enrollment.jobs import planning
from enrollment.proposals.models import Entry, Step
from enrollment.workers.models import Worker
from tests import people
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def nested_loops():
    with connection.cursor() as cursor:
        cursor.execute("SHOW enable_nestloop")
        return cursor.fetchone()[0]


def test_nested_loops_are_off_inside_only():
    with planning.reading_whole_tables():
        assert nested_loops() == "off"
    assert nested_loops() == "on"


def test_the_inner_of_two_leaves_the_outer_as_it_was():
    with planning.reading_whole_tables():
        with planning.reading_whole_tables():
            assert nested_loops() == "off"
        assert nested_loops() == "off"
    assert nested_loops() == "on"


@pytest.mark.parametrize("statement", ["SELECT 1", "SELECT 1 / 0"], ids=["refusal", "error of SQL"])
def test_after_an_error_they_are_on_again(statement):
    with suppress(Exception), planning.reading_whole_tables():
        with connection.cursor() as cursor:
            cursor.execute(statement)
        raise Refusal("Tidak dapat diteruskan.")
    assert nested_loops() == "on"


def counted():
    """How many people the planner believes in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT reltuples FROM pg_class WHERE relname = 'enrollment_worker'")
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    ("tables", "looks"),
    [((Entry, Step), False), ((Worker,), True), ((), True)],
    ids=["others", "this one", "all"],
)
def test_only_tables_that_were_written_are_looked_at(tables, looks):
    before = counted()  # an earlier test's count stays, although its people do not
    registered = max(before, 0) + 2
    for number in range(registered):
        people.worker(number)
    planning.refresh(planning.MANY, *tables)
    assert counted() == (registered if looks else before)


@pytest.mark.django_db(transaction=True)
def test_nothing_is_left_on_the_connection():
    with transaction.atomic(), planning.reading_whole_tables():
        assert nested_loops() == "off"
    assert nested_loops() == "on"
