"""The villages of an office, by district, as the choices of a select."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from villages import areas
from villages.models import Area, Office
from villages.naming import in_district

Choice = tuple[str, str]
"""An area's code and name, as a select takes them."""


def is_wide(office: Office) -> bool:
    """Whether an office has more than one village to choose from."""
    return areas.level(office.area_id) < areas.VILLAGE


def villages_of(office: Office) -> list[tuple[str, list[Choice]]]:
    """Choices of villages, grouped by district."""
    return [(name, rows) for (_, name), rows in _by_district(office)]


def areas_of(office: Office) -> list[tuple[str, list[Choice]]]:
    """Choices of districts and villages; each district's group starts with the whole district."""
    return [
        (f"Kecamatan {name}", [(code, f"Seluruh Kec. {name}"), *rows])
        for (code, name), rows in _by_district(office)
    ]


def _by_district(office: Office) -> Iterator[tuple[Choice, list[Choice]]]:
    """Each district with its villages, as plain values: models of hundreds would take as long as
    the rest of a list's filters. A chosen village is shown without its group, so that one of
    several of the same name carries its district."""
    rows = Area.objects.within(office.area_id).filter(current=True)
    rows = rows.filter(level__gte=areas.DISTRICT).order_by("code")
    choices = list(rows.values_list("code", "name"))
    named = Counter(name for code, name in choices if areas.level(code) == areas.VILLAGE)
    for _, group in groupby(choices, key=lambda row: areas.at_level(row[0], areas.DISTRICT)):
        district, *villages = group
        yield (
            district,
            [
                (code, in_district(name, district[1]) if named[name] > 1 else name)
                for code, name in villages
            ],
        )
