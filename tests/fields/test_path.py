"""Every field of the table, all the way from a sheet to the registry, to the pages and back.

A new field is tested without a change here, unless it accepts certain values only: then `TYPED`
needs two examples.
"""

import io
import re

import openpyxl
import pytest
from django.urls import reverse

from enrollment.blanks.guide import COLUMNS
from enrollment.dossiers.views import ARRANGED
from enrollment.fields.definitions import Kind
from enrollment.fields.person import COMPARED, FIELD, FIELDS, FORM_ORDER, KEPT
from enrollment.imports import actions
from enrollment.imports.pages import returned
from enrollment.imports.registry import differing
from enrollment.workers import history
from enrollment.workers.showing import in_full
from tests import people
from tests.imports.lists import current, registered, take
from tests.workers.asking import NEW, url
from villages import scope

pytestmark = pytest.mark.django_db

TYPED = {
    "nik": (people.nik(1), people.nik(1)),
    "kk": ("3503070101200001", "3503070101200002"),
    "birth_date": ("01-01-1980", "02-01-1980"),
    "sex": ("L", "P"),
    "rt": ("001", "003"),
    "rw": ("002", "004"),
    "occupation": ("Petani", "Nelayan"),
    "phone": ("081234567890", "081234567891"),
    "decile": ("2", "3"),
    "status": ("Hidup", "Tetap"),
}
"""Two values to type for a field: at first, and later."""
BY_KIND = {
    Kind.TEXT: ("{} lama", "{} baru"),
    Kind.DATE: ("01-02-2020", "03-02-2020"),
    Kind.RUPIAH: ("1000000", "2000000"),
}


def typed(field, later):
    if field.name in TYPED:
        return TYPED[field.name][later]
    return BY_KIND[field.kind][later].format(field.name)


def all_typed(later=False, **instead):
    """Field → the value to type, for every field."""
    return {field.name: typed(field, later) for field in FIELDS} | instead


@pytest.fixture
def handed_in(workbook):
    """`handed_in(cells)` uploads a list of one person as Kartika and reads it."""

    def hand_in(cells):
        headings = [FIELD[name].heading for name in cells]
        path = workbook({"Lembar": [headings, list(cells.values())]})
        by = people.office("kartika")
        with scope.enter(by), path.open("rb") as file:
            job = actions.receive(by=by, file=file, filename=path.name)
        actions.advance(job.pk)
        return current(job)

    return hand_in


def values(worker):
    return {field.column: getattr(worker, field.column) for field in KEPT}


def test_every_field_is_imported_changed_by_a_later_list_and_restored_by_undo(handed_in):
    take(handed_in(all_typed()))
    before = values(registered())
    assert [name for name, value in before.items() if value in ("", None)] == []

    job = handed_in(all_typed(later=True))
    with scope.enter(job.office):
        row = job.rows.get()
        differences = {
            label: (old, new) for label, old, new, _ in differing.changes_of(row, in_full)
        }
    assert set(row.changes) == {field.column for field in COMPARED}
    assert all(old and new and old != new for old, new in differences.values())
    assert set(differences) == {field.label for field in COMPARED}

    job = take(job, update=True)
    after = values(registered())
    assert {name for name in after if after[name] != before[name]} == set(row.changes)
    with scope.enter(job.office):
        moment = history.page_of(registered(), 1, in_full).object_list[0]
    changes = {label: (old, new) for label, old, new in moment.changes if label != "Temuan"}
    assert changes == differences

    with scope.enter(job.office):
        actions.undo(by=job.office, job=job)
    actions.advance(job.pk)
    assert values(registered()) == before


def test_every_field_typed_into_the_form_is_saved_and_shown_there_again(as_person):
    client = as_person("kartika")
    asked = {name: text for name, text in all_typed().items() if name in FORM_ORDER}
    page = client.get(NEW).text
    for name in asked:
        assert len(re.findall(rf'\bname="{name}"', page)) == (2 if name == "sex" else 1), name
    client.post(NEW, asked)
    worker = registered()
    assert [name for name, value in values(worker).items() if value in ("", None)] == []
    form = client.get(url(worker, "ubah/")).context["form"]
    again = {field.name: str(form[field.name].value()) for field in KEPT}
    assert {name: text.replace("000000", "M") for name, text in again.items()} == {
        name: text.replace("000000", "M") for name, text in asked.items() if name in again
    }


def test_a_persons_page_shows_every_field(as_person):
    client = as_person("kartika")
    client.post(NEW, {name: text for name, text in all_typed().items() if name in FORM_ORDER})
    worker = registered()
    text = client.post(url(worker, "nik/")).text
    for field in KEPT:
        value = getattr(worker, field.column)
        as_text = [str(value), in_full(field.column, value)]
        if field.kind is Kind.DATE:
            as_text = [f"{value.day} "]
        assert any(spelling in text for spelling in as_text), field.name
    assert set(ARRANGED) <= set(FIELD)


def test_a_returned_workbook_holds_every_field_under_its_heading(handed_in):
    job = handed_in(all_typed(nik="123"))
    file = io.BytesIO()
    with scope.enter(job.office):
        returned.write(job, returned.rows_of(job), file)
    headings, cells = openpyxl.load_workbook(file)["Lembar"].iter_rows(values_only=True)
    held = dict(zip(headings, cells, strict=True))
    for field in FIELDS:
        assert held[field.heading] == ("123" if field.name == "nik" else typed(field, False))


def test_the_blank_template_has_and_explains_a_column_for_each_field_that_asks_for_one(as_person):
    answer = as_person("kartika").get(reverse("import_template"))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    headings = [cell.value for cell in book["Pekerja"][4]]
    explained = {row[0]: row[1:] for row in book["Petunjuk"].iter_rows(values_only=True)}
    asked = [field for field in FIELDS if field.template]
    assert headings == [field.heading for field in asked]
    for field in asked:
        assert explained[field.heading][:2] == (field.need, field.template.how)
    assert len(COLUMNS) == len(asked) + 2
