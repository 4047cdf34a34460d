"""The table of a person's fields, and everything explicit that has to be equal with it."""

import re
from collections import Counter
from dataclasses import fields as dataclass_fields

import pytest
from django.db import connection, models
from hypothesis import given, settings
from hypothesis import strategies as st

from enrollment.fields.definitions import Kind, Need
from enrollment.fields.person import CLAIMED, FIELDS, FORM_ORDER, KEPT
from enrollment.imports.models import ImportRow
from enrollment.imports.reading.checking import COLUMNS
from enrollment.sheets.labels import LABELS, label
from enrollment.sheets.words import COMPILED, INTERNAL, meaning
from enrollment.workers.checks.findings import CODES, Severity
from enrollment.workers.checks.rules import Checked
from enrollment.workers.models import Worker

NAMES = [field.name for field in FIELDS]
TYPES = {
    Kind.TEXT: models.CharField,
    Kind.DATE: models.DateField,
    Kind.RUPIAH: models.PositiveBigIntegerField,
    Kind.NUMBER: models.PositiveSmallIntegerField,
}
NOT_OF_THE_PERSON = (
    *("id", "public_id", "area", "agency", "brought_by", "findings", "created_at", "updated_at"),
    *("ended_on", "ended_reason", "ended_document", "consent_on"),
    "occupation",  # the kind of work that `occupation_text` names
)
"""What the portal itself notes about a person."""


def each(fields):
    return pytest.mark.parametrize("field", fields, ids=lambda field: field.name)


@each(KEPT)
def test_a_column_of_a_person_is_as_the_table_says(field):
    column = Worker._meta.get_field(field.column)
    assert type(column) is TYPES[field.kind]
    assert (column.verbose_name, column.max_length) == (field.label, field.longest)


def test_the_table_names_every_column_of_a_person():
    columns = {column.name for column in Worker._meta.concrete_fields}
    assert columns - set(NOT_OF_THE_PERSON) == {field.column for field in KEPT}


@each(KEPT)
def test_a_staged_row_holds_what_a_person_may_have(field):
    staged = ImportRow._meta.get_field(field.staged)
    assert type(staged) is TYPES[field.kind]
    assert (staged.max_length or 0) >= (field.longest or 0)


def test_reading_fills_columns_that_there_are():
    columns = {column.attname for column in ImportRow._meta.concrete_fields}
    assert len(COLUMNS) == len(set(COLUMNS)) and set(COLUMNS) <= columns
    by_others = ("id", "job_id", "area_id", "outcome", "worker_id", "changes", "before")
    assert columns - set(COLUMNS) == {*by_others, "overwrite", "stays"}


def test_a_checked_person_has_every_field():
    checked = [one.name for one in dataclass_fields(Checked)]
    assert set(checked) == {*NAMES, "occupation_text", "findings"}


@each(FIELDS)
def test_the_rules_ask_for_what_the_table_says_is_needed(field):
    missing = CODES.get(f"{field.name}.missing")
    asked = {Severity.ERROR: Need.MUST, Severity.GAP: Need.LATER}
    assert field.need is (asked[missing.severity] if missing else Need.MAY)


def test_whatever_is_kept_stands_in_the_form_once():
    assert [name for name, times in Counter(FORM_ORDER).items() if times > 1] == []
    assert set(FORM_ORDER) == {field.name for field in FIELDS if field.input}
    assert {field.name for field in KEPT} <= set(FORM_ORDER)


@each(FIELDS)
def test_a_heading_of_ours_is_read_as_the_field(field):
    assert meaning(field.heading) == (field.name, False)


def test_whatever_a_column_may_mean_has_a_heading():
    assert LABELS.keys() == COMPILED.keys() - INTERNAL.keys()
    for name in LABELS:
        assert meaning(label(name)) == (name, False)


@pytest.mark.parametrize("name", COMPILED)
@settings(max_examples=30)
@given(data=st.data())
def test_no_heading_means_two_things(name, data):
    heading = data.draw(st.from_regex(COMPILED[name], fullmatch=True))
    assert [other for other, it in COMPILED.items() if it.fullmatch(heading)] == [name]


@pytest.mark.django_db
def test_the_database_claims_what_the_table_says():
    """`open_duplicate_cases` is SQL of a migration, which no list of ours can reach."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'open_duplicate_cases'")
        [(body,)] = cursor.fetchall()
    claimed = re.findall(r"'(\w+)', r\.(\w+)", body)
    assert sorted(claimed) == sorted((field.column, field.staged) for field in CLAIMED)
