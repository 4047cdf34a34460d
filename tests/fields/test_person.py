"""The table of a person's fields, and the models, patterns and SQL that must agree with it."""

import re
from collections import Counter
from dataclasses import fields as dataclass_fields

import pytest
from django.db import connection, models

from enrollment.fields.definitions import Kind, Need
from enrollment.fields.person import CLAIMED, FIELDS, FORM_ORDER, KEPT
from enrollment.imports.models import ImportRow
from enrollment.imports.reading.checking import COLUMNS
from enrollment.sheets.labels import LABELS, label
from enrollment.sheets.meanings import CONCEPTS, INTERNAL, MEANINGS, meaning
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
"""Columns that the portal fills itself."""


def each(fields):
    return pytest.mark.parametrize("field", fields, ids=lambda field: field.name)


@each(KEPT)
def test_the_columns_of_a_person_agree_with_the_table(field):
    column = Worker._meta.get_field(field.column)
    assert type(column) is TYPES[field.kind]
    assert (column.verbose_name, column.max_length) == (field.label, field.longest)


def test_the_table_names_every_column_of_a_person():
    columns = {column.name for column in Worker._meta.concrete_fields}
    assert columns - set(NOT_OF_THE_PERSON) == {field.column for field in KEPT}


@each(KEPT)
def test_a_staged_row_has_room_for_every_value_of_a_person(field):
    staged = ImportRow._meta.get_field(field.staged)
    assert type(staged) is TYPES[field.kind]
    assert (staged.max_length or 0) >= (field.longest or 0)


def test_reading_fills_existing_columns_and_all_but_those_filled_later():
    columns = {column.attname for column in ImportRow._meta.concrete_fields}
    filled = [*COLUMNS]
    assert len(filled) == len(set(filled)) and set(filled) <= columns
    not_by_reading = ("id", "job_id", "area_id", "outcome", "worker_id", "changes", "before")
    assert columns - set(filled) == {*not_by_reading, "overwrite", "stays"}


def test_a_checked_person_has_every_field():
    checked = [field.name for field in dataclass_fields(Checked)]
    assert set(checked) == {*NAMES, "occupation_text", "findings"}


@each(FIELDS)
def test_the_rules_require_the_fields_that_the_table_says_are_needed(field):
    missing = CODES.get(f"{field.name}.missing")
    needs = {Severity.ERROR: Need.MUST, Severity.GAP: Need.LATER}
    assert field.need is (needs[missing.severity] if missing else Need.MAY)


def test_every_field_that_is_kept_is_in_the_form_once():
    assert [name for name, times in Counter(FORM_ORDER).items() if times > 1] == []
    assert set(FORM_ORDER) == {field.name for field in FIELDS if field.input}
    assert {field.name for field in KEPT} <= set(FORM_ORDER)


@each(FIELDS)
def test_the_heading_that_the_portal_writes_is_read_as_the_field(field):
    said = meaning(field.heading)
    assert (said.field, said.guessed) == (field.name, False)


def test_every_meaning_of_a_column_has_a_heading():
    assert LABELS.keys() == set(MEANINGS) - INTERNAL.keys()
    for name in LABELS:
        said = meaning(label(name))
        assert (said.field, said.guessed) == (name, False)


@pytest.mark.parametrize("concept", CONCEPTS, ids=lambda concept: concept.field)
def test_the_words_that_a_field_needs_mean_that_field_surely(concept):
    for written in concept.written:
        said = meaning(written)
        assert (said.field, said.guessed) == (concept.field, False)


@pytest.mark.django_db
def test_the_database_copies_the_claimed_fields_of_the_table():
    """`open_duplicate_cases` is SQL of a migration, so it cannot use the table itself."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname = 'open_duplicate_cases'")
        [(body,)] = cursor.fetchall()
    claimed = re.findall(r"'(\w+)', r\.(\w+)", body)
    assert sorted(claimed) == sorted((field.column, field.staged) for field in CLAIMED)
