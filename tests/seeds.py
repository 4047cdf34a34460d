"""The reference data that a new portal starts with, read as the migrations read it."""

import json
from datetime import date
from pathlib import Path

from enrollment.programmes.rules import DiscountLine, TariffLine

SEEDS = Path(__file__).resolve().parents[1] / "enrollment/migrations/seeds"
DAYS = ("valid_from", "valid_until")


def _rows(name):
    return json.loads((SEEDS / name).read_text())


def _line(kind, row):
    days = {name: date.fromisoformat(row[name]) for name in DAYS if row[name]}
    return kind(**row | days)


OCCUPATIONS = [
    (row["key"], row["name"], row["aliases"], row.get("registry_code"))
    for name in ("occupations.v1.json", "occupations.v2.json")
    for row in _rows(name)
]
"""Each `(key, name, other spellings, number of the civil registry)`."""
TARIFFS = [_line(TariffLine, row) for row in _rows("tariffs.v1.json")]
DISCOUNTS = [
    _line(DiscountLine, row)
    for name in ("tariff_discounts.v1.json", "tariff_discounts.v2.json")
    for row in _rows(name)
]
