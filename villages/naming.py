"""Names of villages where several of a regency have the same one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Left

from villages import areas
from villages.models import Area

DISTRICT_CODE = 8
"""Characters of the code of a district, such as 35.22.15."""


def in_district(name: str, district: str) -> str:
    return f"{name} (Kec.\N{NO-BREAK SPACE}{district})"


def name_apart(shown: Iterable[Any], *, within: Area) -> None:
    """Give each area its `full_name`: with its kecamatan, if another village of the regency has the
    same name. `within`: an area of this regency. One query."""
    shown = list(shown)
    regency = areas.at_level(within.code, areas.REGENCY) or within.code
    named = Area.objects.within(regency).villages().filter(current=True)
    named = named.filter(name__in={area.name for area in shown})
    inside = Area.objects.filter(code=Left(OuterRef("code"), DISTRICT_CODE)).values("name")
    codes: dict[str, set[str]] = defaultdict(set)
    districts: dict[str, str] = {}
    if shown:
        for code, name, district in named.values_list("code", "name", Subquery(inside)):
            codes[name].add(code)
            districts[code] = district
    for area in shown:
        has_twin = len(codes[area.name] | {area.code}) > 1
        apart = has_twin and area.code in districts
        area.full_name = in_district(area.name, districts[area.code]) if apart else area.name
