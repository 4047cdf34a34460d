"""Masking personal data on pages, until somebody asks to see it, which is recorded.

A NIK contains the birth date: a masked NIK beside a full date would be hidden no more. So the date
is masked too, down to its year.
"""

from collections.abc import Callable
from typing import TypeVar

from enrollment.fields.definitions import Mask
from enrollment.fields.person import KEPT
from enrollment.workers.checks.nik import mask

T = TypeVar("T")


def mask_name(name: str) -> str:
    """`SITI AMINAH` → `S*** A*****`."""
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())


def mask_date(day: str) -> str:
    """`1975-08-17` → `1975`."""
    return day[:4]


_HOW: dict[Mask, Callable[[str], str]] = {
    Mask.NUMBER: mask,
    Mask.NAME: mask_name,
    Mask.DATE: mask_date,
}
MASKS = {field.column: _HOW[field.mask] for field in KEPT if field.mask}
"""Columns of a person that are masked → the function that masks their values."""


def masked(field: str, value: T) -> T | str:
    """A field's value as a list or a history may show it."""
    return MASKS[field](str(value)) if value and field in MASKS else value
