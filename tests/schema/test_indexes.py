"""Every index is written for each of a regency's 150,000 people."""

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db

A_ROW_A_PERSON = [
    *("worker", "workersource", "entry", "step", "leftout", "cover", "membership", "decreeentry"),
    *("importrow", "disclosure", "shownnik"),
]
INDEXES = """
SELECT i.indexrelid::regclass::text AS name, o.opcname ~ 'pattern' AS for_like,
    i.indpred IS NULL AND i.indexprs IS NULL AS whole, i.indisunique AS once,
    (string_to_array(i.indkey::text, ' '))[1:i.indnkeyatts] AS columns
FROM pg_index i JOIN pg_opclass o ON o.oid = i.indclass[0]
WHERE i.indrelid = %s::regclass
"""


def indexes_of(table):
    with connection.cursor() as cursor:
        cursor.execute(INDEXES, [f"enrollment_{table}"])
        return cursor.fetchall()


def superfluous(indexes):
    """Names of indexes whose columns another one begins with, or that serve only LIKE."""
    for name, for_like, whole, once, columns in indexes:
        others = [index for index in indexes if index[0] != name and index[2]]
        repeated = any(other[4][: len(columns)] == columns for other in others)
        if for_like or (repeated and whole and not once):
            yield name


@pytest.mark.parametrize("table", A_ROW_A_PERSON)
def test_no_index_of_people_repeats_the_beginning_of_another(table):
    assert list(superfluous(indexes_of(table))) == []


def test_the_test_finds_a_repeated_beginning_and_an_index_for_like():
    begins, like = ("a", False, True, False, ["1"]), ("b", True, True, False, ["2"])
    once, partial = ("c", False, True, True, ["1"]), ("d", False, False, False, ["1"])
    longer, alone = ("e", False, True, False, ["1", "3"]), ("f", False, True, False, ["3"])
    assert list(superfluous([begins, like, once, partial, longer, alone])) == ["a", "b"]
    assert list(superfluous([("a", False, True, False, ["1"]), partial])) == []
