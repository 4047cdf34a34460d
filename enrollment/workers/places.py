"""The villages of an office, by district, as the choices of a select."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from villages import areas
from villages.models import Area, Office

Choice = tuple[str, str]
"""An area's code and name, as a select takes them."""


def is_wide(office: Office) -> bool:
    """Whether an office has more than one village to choose from."""
    return areas.level(office.area_id) < areas.VILLAGE


def villages_of(office: Office) -> list[tuple[str, list[Choice]]]:
    """Choices of villages, grouped by district."""
    return [(district.name, rows) for district, rows in _by_district(office)]


def areas_of(office: Office) -> list[tuple[str, list[Choice]]]:
    """Choices of districts and villages; each district's group starts with the whole district."""
    return [
        (f"Kecamatan {district.name}", [(district.code, f"Seluruh Kec. {district.name}"), *rows])
        for district, rows in _by_district(office)
    ]


def _by_district(office: Office) -> Iterator[tuple[Area, list[Choice]]]:
    rows = Area.objects.within(office.area_id).filter(current=True)
    rows = rows.filter(level__gte=areas.DISTRICT).order_by("code")
    for _, group in groupby(rows, key=lambda area: area.district_code):
        district, *villages = group
        yield district, [(village.code, village.name) for village in villages]
