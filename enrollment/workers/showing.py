"""How pages show the values of a person's fields."""

from datetime import date
from typing import Any

from enrollment.fields.definitions import Kind
from enrollment.fields.person import KEPT
from enrollment.formats import rupiah
from enrollment.workers.checks.masking import masked
from enrollment.workers.models import Worker

_FIELDS = {field.attname: field for field in Worker._meta.concrete_fields}
_RUPIAH = {field.column for field in KEPT if field.kind is Kind.RUPIAH}


def label(column: str) -> str:
    """The name of a column of `Worker` on pages."""
    return str(_FIELDS[column].verbose_name)


def shown(column: str, value: Any) -> str:
    """A value of a column of `Worker` as text, masked if it is personal; "" for no value."""
    if value in ("", None):
        return ""
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if column in _RUPIAH:
        return rupiah(value)
    choices = dict(_FIELDS[column].flatchoices)
    return str(choices.get(value) or masked(column, str(value)))
