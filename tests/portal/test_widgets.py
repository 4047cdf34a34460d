"""A select that is written in Python says the same as Django's template."""

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates, get_default_renderer
from django.utils.safestring import mark_safe
from pytest_django.asserts import assertHTMLEqual

from portal.widgets import Widgets

HOSTILE = "\"><script>alert('x')</script>&"
CHOICES = {
    "plain": [("a", "Satu"), ("b", "Dua")],
    "grouped": [("", "Semua"), ("Kec. Kampak", [("1", "Senden"), ("2", "Bogoran")])],
    "not texts": [(None, "Tidak ada"), (True, "Ya"), (12345.5, 1_000_000)],
    "hostile": [(HOSTILE, HOSTILE), (HOSTILE * 2, [("c", HOSTILE)])],
    "HTML": [("a", mark_safe("<b>Satu</b> &amp; Dua"))],
    "none": [],
}
ATTRIBUTES = [
    {},
    {"class": "form-select", "disabled": True, "hidden": False, "size": 3},
    {"data-x": HOSTILE},
]


@pytest.mark.parametrize("attributes", ATTRIBUTES, ids=["bare", "several", "hostile"])
@pytest.mark.parametrize("value", ["", "a", "2", HOSTILE, None])
@pytest.mark.parametrize("kind", [forms.Select, forms.SelectMultiple, forms.NullBooleanSelect])
@pytest.mark.parametrize("choices", CHOICES.values(), ids=CHOICES)
def test_it_says_the_same(choices, kind, value, attributes):
    widget = (
        kind(attrs=attributes) if kind is forms.NullBooleanSelect else kind(attributes, choices)
    )
    written, expected = (
        widget.render("wilayah", value, renderer=renderer())
        for renderer in (Widgets, DjangoTemplates)
    )
    assertHTMLEqual(written, expected)


def test_forms_use_it():
    assert isinstance(get_default_renderer(), Widgets)
    written = str(forms.ChoiceField(choices=CHOICES["hostile"]).widget.render("x", ""))
    assert "<script>" not in written


def test_other_widgets_are_django_s():
    assert (
        Widgets()
        .render(
            "django/forms/widgets/text.html",
            {"widget": {"name": "q", "type": "text", "value": None, "attrs": {}}},
        )
        .strip()
        == '<input type="text" name="q">'
    )
