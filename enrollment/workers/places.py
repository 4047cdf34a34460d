"""Choosing a village: the areas of an office, by district, as a select offers them."""

from itertools import groupby

from villages import areas
from villages.models import Area


def is_wide(office):
    """Whether an office has more than one village to choose from."""
    return areas.level(office.area_id) < areas.VILLAGE


def villages_of(office):
    """Choices of villages, grouped by district."""
    return [(district.name, rows) for district, rows in _by_district(office)]


def areas_of(office):
    """Choices of districts and villages; a district's group starts with the whole of it."""
    return [
        (f"Kecamatan {district.name}", [(district.code, f"Seluruh Kec. {district.name}"), *rows])
        for district, rows in _by_district(office)
    ]


def _by_district(office):
    rows = Area.objects.within(office.area_id).filter(current=True)
    rows = rows.filter(level__gte=areas.DISTRICT).order_by("code")
    for _, group in groupby(rows, key=lambda area: area.district_code):
        district, *villages = group
        yield district, [(village.code, village.name) for village in villages]
