"""Whole numbers as people in Indonesia type them, in every form of the project."""

import importlib
import pkgutil

import pytest
from django import forms
from django.contrib import admin
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

import enrollment
import villages
from enrollment.numbers import RupiahField, WholeField, is_leap, read_whole, written


@pytest.mark.parametrize("typed", ["1.000", "1000", "1 000", " 1.000 ", "1\xa0000", 1000, 1000.0])
def test_1_000_is_a_thousand(typed):
    assert read_whole(typed) == 1000


@pytest.mark.parametrize("typed", ["", "  ", None])
def test_nothing_is_no_number(typed):
    assert read_whole(typed) is None


@pytest.mark.parametrize(
    "typed", ["1,000", "1.5", "1.00", "10.00", "1.0000", "1.000,00", "0.100", 1.5]
)
def test_what_may_mean_something_else_is_refused_with_the_way_to_write_it(typed):
    with pytest.raises(ValueError, match=r"seribu ditulis 1\.000 atau 1000\."):
        read_whole(typed)


@pytest.mark.parametrize(
    "typed", ["x", "1e3", "0x10", "١٠", "1_000", "--1", True, "Rp5", "1.000 orang"]
)
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(ValueError, match="bukan angka"):
        read_whole(typed)


def test_a_number_too_long_for_any_column_is_refused():
    with pytest.raises(ValueError, match="terlalu besar"):
        read_whole("9" * 70_000)


@given(st.integers(min_value=-(10**14), max_value=10**14))
def test_what_is_written_is_read_as_the_same(number):
    assert read_whole(written(number)) == read_whole(str(number)) == number


@pytest.mark.parametrize("typed", ["Rp2.016.000,00", "2016000", "rp 2.016.000,-", "2.016.000"])
def test_rupiah_may_have_their_sign_and_empty_sen(typed):
    assert RupiahField().clean(typed) == 2_016_000


@pytest.mark.parametrize(
    ("old", "new", "leaps"),
    [
        (1000, 1, True), (1, 1000, True), (1000, 100, False), (1000, 99, True), (100, 1000, False),
        (100, 1001, True), (1000, 0, True), (5, 0, False), (0, 11, True), (0, 10, False),
        (None, 1000, False), (1000, None, False), (7, 7, False),
    ],
)  # fmt: skip
def test_a_change_by_more_than_tenfold_is_a_leap(old, new, leaps):
    assert is_leap(old, new) is leaps


def test_limits_are_told_as_they_are_typed():
    field = WholeField(min_value=1, max_value=10_000)
    for typed, said in (("0", "Paling sedikit 1."), ("10.001", "Paling banyak 10.000.")):
        with pytest.raises(forms.ValidationError, match=said):
            field.clean(typed)


NO_FORMS = (".migrations", "villages.annotations")
"""What is not meant to be imported."""


def forms_of_the_project():
    """Every form class, found by importing every module."""
    for package in (enrollment, villages):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not any(part in module.name for part in NO_FORMS):
                importlib.import_module(module.name)
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            waiting.append(kind)
            if kind.__module__.startswith(("enrollment.", "villages.", "portal.")):
                found.add(kind)
    return found


def bare_numbers(fields):
    return [
        name
        for name, field in fields.items()
        if isinstance(field, forms.IntegerField) and not isinstance(field, WholeField)
    ]


def test_no_form_reads_numbers_in_another_way():
    found = forms_of_the_project()
    names = {kind.__name__ for kind in found}
    assert {"ProgrammeForm", "QuotaForm", "BulkQuotaForm", "UsageLimitForm"} <= names
    numbers = [kind for kind in found if any(
        isinstance(field, WholeField) for field in kind.base_fields.values())]  # fmt: skip
    assert len(numbers) > 3
    wrong = {kind.__name__: bare_numbers(kind.base_fields) for kind in found}
    assert {name: fields for name, fields in wrong.items() if fields} == {}


@pytest.mark.django_db
def test_the_platforms_tables_read_them_in_the_same_way(django_user_model):
    request = RequestFactory().get("/")
    request.user = django_user_model(is_superuser=True, is_active=True)
    request.office = None
    seen = 0
    for table in admin.site._registry.values():
        fields = table.get_form(request).base_fields
        seen += sum(isinstance(field, WholeField) for field in fields.values())
        assert bare_numbers(fields) == [], table
    assert seen > 8


def test_a_form_that_did_would_be_found():
    class Bare(forms.Form):
        number = forms.IntegerField()

    assert bare_numbers(Bare.base_fields) == ["number"]
