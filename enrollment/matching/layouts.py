"""What the columns of a file for another office hold: data, so that a new layout needs no code.

A layout is a list of columns. Each has the heading that the other office expects, and either the
name of a value of the person or a text that is the same for everybody. No database, no clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import NotRequired, TypedDict

from django.db.models import TextChoices


class Value(TextChoices):
    """What may be known of a person who is sent to BPJS."""

    KEY = "key", "kunci baris"
    NIK = "nik", "NIK"
    KPJ = "kpj", "nomor KPJ"
    NAME = "name", "nama"
    BIRTH_PLACE = "birth_place", "tempat lahir"
    BIRTH_DATE = "birth_date", "tanggal lahir"
    MOTHER = "mother_name", "nama ibu kandung"
    SEX = "sex", "jenis kelamin"
    ADDRESS = "address", "alamat"
    PHONE = "phone", "nomor HP"
    MARRIED = "married", "status kawin"
    WAGE = "wage", "upah"
    PLACE_OF_WORK = "place_of_work", "lokasi pekerjaan"
    EMPLOYMENT = "employment", "status pegawai"
    BEGINS_ON = "begins_on", "tanggal mulai"
    LEFT_ON = "left_on", "tanggal keluar"
    LEFT_WHY = "left_why", "sebab keluar"


class Column(TypedDict):
    """`value` names a `Value`, `text` is what stands there where that is empty or not named."""

    heading: str
    value: NotRequired[str]
    text: NotRequired[str]
    required: NotRequired[bool]


Facts = Mapping[str, str]
"""`Value` → what is known, "" for nothing; days as YYYY-MM-DD."""
DAYS = {Value.BIRTH_DATE, Value.BEGINS_ON, Value.LEFT_ON}


def row(columns: Iterable[Column], facts: Facts) -> list[str]:
    """The cells of a person, all of them text."""
    return [_cell(column, facts) for column in columns]


def missing(columns: Iterable[Column], facts: Facts) -> list[str]:
    """The names of the values that the other office requires and that nobody knows."""
    return [
        _named(column) for column in columns if column.get("required") and not _cell(column, facts)
    ]


def _cell(column: Column, facts: Facts) -> str:
    value = column.get("value", "")
    known = facts.get(value, "") or column.get("text", "")
    return _day(known) if known and value in DAYS else known


def _named(column: Column) -> str:
    value = column.get("value", "")
    return Value(value).label if value else column["heading"]


def _day(text: str) -> str:
    """A day as BPJS writes it: 17-08-1975."""
    return date.fromisoformat(text).strftime("%d-%m-%Y")
