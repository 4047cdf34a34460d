"""Every value written by COPY is read back unchanged."""

from datetime import date

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from enrollment.imports.reading.copying import FORMAT, as_text

ODD = [
    "",
    "\\",
    "\\N",
    "\\.",
    "\t",
    "\n",
    "\r\n",
    "'",
    '"',
    "a\tb\\n",
    "é – 中",
    "NULL",
    '{"a": "\\u00e9"}',
]


def copied(rows):
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pg_temp.copied")
        cursor.execute("CREATE TEMPORARY TABLE copied (place int, word text, born date)")
        cursor.copy_expert(f"COPY copied FROM STDIN ({FORMAT})", as_text(rows))
        cursor.execute("SELECT place, word, born FROM copied ORDER BY place")
        return cursor.fetchall()


@pytest.mark.django_db
def test_special_characters_are_read_back_unchanged():
    rows = [(place, word, date(1975, 8, 17)) for place, word in enumerate(ODD)]
    assert copied(rows) == rows


@pytest.mark.django_db
def test_null_and_an_empty_text_stay_different():
    assert copied([(1, None, None), (2, "", None)]) == [(1, None, None), (2, "", None)]


PRINTED = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\x02"))


@pytest.mark.django_db(transaction=True)
@given(st.lists(PRINTED, max_size=9))
def test_any_text_is_read_back_unchanged(words):
    rows = [(place, word, None) for place, word in enumerate(words)]
    assert copied(rows) == rows
