"""Forms speak simple Indonesian: no sentence of Django's is left on the pages' own fields."""

import pytest
from django import forms
from django.core import validators

from portal import sentences
from villages.models import Agency, Area

LEFT = ("Masukkan", "Bidang ini", "Pastikan", "This", "Enter", "Ensure", "Select", "already")


class Everything(forms.Form):
    text = forms.CharField(max_length=3, min_length=2)
    choice = forms.ChoiceField(choices=[("a", "A")])
    several = forms.MultipleChoiceField(choices=[("a", "A")])
    day = forms.DateField()
    file = forms.FileField()
    email = forms.EmailField()
    area = forms.ModelChoiceField(Area.objects.none())


def said(**values):
    return [error for errors in Everything(values).errors.values() for error in errors]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"text": "a", "choice": "x", "several": ["x"], "day": "x", "email": "x", "area": "x"},
        {"text": "aaaaaaa", "several": "x", "email": "@", "area": "35", "day": "31-02-2026"},
        {"text": "a\0b", "choice": "a\0"},
    ],
)
def test_every_error_is_ours(values):
    found = said(**values)
    assert len(found) >= 7
    assert [text for text in found if any(word in text for word in LEFT)] == []


def test_lengths_and_limits_have_their_numbers():
    with pytest.raises(forms.ValidationError, match="Paling panjang 3 huruf; ini 5"):
        validators.MaxLengthValidator(3)("aaaaa")
    with pytest.raises(forms.ValidationError, match="Paling sedikit 3"):
        validators.MinValueValidator(3)(1)


@pytest.mark.django_db
def test_a_name_that_is_taken_is_told_without_names_of_columns():
    Agency.objects.all()
    error = Agency().unique_error_message(Agency, ("regency", "name"))
    assert error.messages == [sentences.TWICE]
