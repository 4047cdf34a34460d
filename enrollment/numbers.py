"""Whole numbers as people in Indonesia type them: `1.000` is a thousand, everywhere.

`read_whole` is the one rule. Every form has it through `WholeField` and `RupiahField`, every table
that is uploaded through `read_whole`. A number that changes by more than tenfold is asked about
(`AsksAboutLeaps`): a dot more or less is easily typed, and its result looks like any other number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from enrollment.asking import AsksOnce

GROUPED = re.compile(r"-?[1-9]\d{0,2}(?:[. ]\d{3})+")
PLAIN = re.compile(r"-?\d+")
HALF = re.compile(r"-?[\d.]*\d[.,]\d+")
MOST_DIGITS = 15
"""More than any budget in rupiah has, and small enough for every column."""
NO_NUMBER = "“{}” bukan angka. Tulis dengan angka saja, misalnya 1.000."
NOT_WHOLE = (
    "“{}” tidak jelas. Titik memisahkan ribuan dan koma berarti pecahan: seribu ditulis 1.000 atau "
    "1000."
)
TOO_MANY = "Angkanya terlalu besar. Periksa lagi."
NOT_RUPIAH = "Tulis jumlah rupiah dengan angka, misalnya 2.016.000.000."
LEAP = 10
"""A number that grows or shrinks by more than this factor is asked about."""


def read_whole(value: object) -> int | None:
    """`1.000`, `1 000`, `1000` and 1000.0 are a thousand; None for nothing.

    Raises ValueError with a sentence for anything that may mean something else: `1,000`, `1.5`.
    """
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    text = str(value).replace("\xa0", " ").replace("\u202f", " ").strip()
    if isinstance(value, float):
        text = text.removesuffix(".0").replace(".", ",")
    if not text:
        return None
    if not text.isascii() or not (PLAIN.fullmatch(text) or GROUPED.fullmatch(text)):
        said = NOT_WHOLE if text.isascii() and HALF.fullmatch(text) else NO_NUMBER
        raise ValueError(said.format(text[:30]))
    digits = re.sub(r"[. ]", "", text)
    if len(digits.removeprefix("-")) > MOST_DIGITS:
        raise ValueError(TOO_MANY)
    return int(digits)


def written(number: int) -> str:
    """As it is typed: `1.000`."""
    return f"{number:,}".replace(",", ".")


def is_leap(old: int | None, new: int | None) -> bool:
    """Whether a number changes by more than tenfold. No number at all is another matter."""
    if old is None or new is None:
        return False
    less, more = sorted((abs(old), abs(new)))
    return more > max(less, 1) * LEAP


class WholeField(forms.IntegerField):
    """A whole number. `grouped` False: a year, which nobody writes with a dot."""

    def __init__(self, *, grouped: bool = True, **options: Any) -> None:
        options.setdefault(
            "widget", forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})
        )
        super().__init__(**options)
        self.grouped = grouped
        self.error_messages |= {
            "min_value": f"Paling sedikit {self.prepare_value(self.min_value)}.",
            "max_value": f"Paling banyak {self.prepare_value(self.max_value)}.",
        }

    def to_python(self, value: Any) -> int | None:
        try:
            return read_whole(value)
        except ValueError as wrong:
            raise ValidationError(str(wrong), code="invalid") from None

    def prepare_value(self, value: Any) -> Any:
        return written(value) if self.grouped and isinstance(value, int) else value


class RupiahField(WholeField):
    """Whole rupiah as people write them: `2016000000`, `2.016.000.000` or `Rp2.016.000.000,00`."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_value": 10**MOST_DIGITS, **options})

    def to_python(self, value: Any) -> int | None:
        text = str("" if value is None else value).strip().lower()
        try:
            return read_whole(re.sub(r"^rp\.?\s*|,(?:0{1,2}|-)$", "", text))
        except ValueError:
            raise ValidationError(NOT_RUPIAH, code="invalid") from None


def form_field(column: models.Field[Any, Any], **options: Any) -> forms.Field | None:
    """The field of a form for a column of a model: `formfield_callback` of every ModelForm.

    A whole number with choices is chosen, not typed.
    """
    if isinstance(column, models.IntegerField) and not column.choices:
        limits: list[tuple[type, Any]] = [
            (type(rule), getattr(rule, "limit_value", None)) for rule in column.validators
        ]
        least = max((value for kind, value in limits if kind is MinValueValidator), default=None)
        most = min((value for kind, value in limits if kind is MaxValueValidator), default=None)
        options |= {"min_value": least, "max_value": most}
        options.setdefault("form_class", WholeField)
        options["widget"] = WholeField().widget
    return column.formfield(**options)


class AsksAboutLeaps(AsksOnce):
    """A form that asks once more before it keeps a number that changes by more than tenfold."""

    leaping: tuple[str, ...] = ()
    """The fields that are watched."""

    def leaps(self, before: Mapping[str, int | None]) -> dict[str, str]:
        """The questions about the watched fields that leap from their values `before`."""
        changes = {name: (before.get(name), self.cleaned_data.get(name)) for name in self.leaping}
        return {
            name: f"Dari {written(old or 0)} menjadi {written(new or 0)}?"
            for name, (old, new) in changes.items()
            if is_leap(old, new)
        }


class ChangesNumbers(AsksAboutLeaps, forms.ModelForm):  # type: ignore[type-arg]
    """Of the platform's pages: a number of a row that is changed may not leap unasked."""

    def _post_clean(self) -> None:
        """What cannot be is refused before what is unlikely is asked about."""
        super()._post_clean()  # type: ignore[misc]  # of Django, where it checks the row itself
        if not self.instance._state.adding and not self.errors:
            self.ask(self.leaps(self.initial))
