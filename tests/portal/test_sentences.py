"""Forms speak simple Indonesian: no sentence of Django's is left on the pages' own fields."""

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.core import validators
from django.utils.functional import Promise

from portal import sentences
from tests.test_numbers import forms_of_the_project
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


def djangos(field):
    """The sentences of a field that Django would translate; ours are plain."""
    of_validators = [getattr(each, "message", "") for each in field.validators]
    said = [*field.error_messages.values(), *of_validators]
    return [str(sentence) for sentence in said if isinstance(sentence, Promise)]


def test_no_field_of_any_form_has_a_sentence_of_django():
    """Fields of kinds that a new form brings are found, too."""
    assert djangos(forms.DurationField())
    found = {
        f"{kind.__name__}.{name}": left
        for kind in forms_of_the_project()
        for name, field in kind.base_fields.items()
        if (left := djangos(field))
    }
    assert found == {}
    of_forms = {
        kind.__name__: [str(each) for each in kind.error_messages.values()]
        for kind in forms_of_the_project()
        if any(isinstance(each, Promise) for each in getattr(kind, "error_messages", {}).values())
    }
    assert of_forms == {}


@pytest.mark.django_db
def test_what_a_password_needs_is_said_once_and_in_our_words(as_person):
    page = as_person("kartika").get("/kata-sandi/").text
    assert "Paling sedikit 10 huruf" in page and "Sandi anda" not in page
    assert "verifikasi" not in page
    answer = as_person("kartika").post("/kata-sandi/", {
        "old_password": "salah", "new_password1": "kapal-hujan-meja", "new_password2": "kapal",
    })  # fmt: skip
    assert "Kata sandi sekarang salah" in answer.text
    assert "Kedua kata sandi baru tidak sama" in answer.text


def test_no_constraint_is_told_by_its_name():
    """What a form's model breaks is a sentence, also where the constraint has none of its own."""
    ours = [
        constraint
        for model in apps.get_models()
        if model.__module__.startswith(("enrollment", "villages"))
        for constraint in model._meta.constraints
    ]
    assert len(ours) > 40
    assert [each.name for each in ours if isinstance(each.violation_error_message, Promise)] == []
    assert sentences.BROKEN in {each.violation_error_message for each in ours}


def test_only_abbreviations_are_followed_by_a_hyphen():
    """`NIK-nya`, but `desanya`."""
    pages = list((settings.BASE_DIR / "templates").rglob("*.html"))
    assert any("village_word }}nya" in page.read_text() for page in pages)
    assert [page.name for page in pages if "_word }}-nya" in page.read_text()] == []
