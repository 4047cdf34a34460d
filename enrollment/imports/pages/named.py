"""The villages of a list for many: how many people each has, and which names mean them."""

from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Count

from enrollment.formats import angka
from enrollment.imports.columns.villages import written
from villages import areas
from villages.models import Area

NOT_FOUND = ("village.unknown", "village.ambiguous")
FIRST = 5
"""Rows of a name that are listed."""
MOST = 1000
"""Different names that are looked at."""
_NAMES = """
SELECT coalesce(typed ->> 'village', ''), coalesce(typed ->> 'district', ''), village_id,
    count(*), (array_agg(row ORDER BY position))[:%(first)s]
FROM enrollment_importrow
WHERE job_id = %(job)s AND (NOT %(lost)s OR severity = 'error' AND codes && %(codes)s::varchar[])
GROUP BY 1, 2, village_id ORDER BY min(position) LIMIT %(most)s
"""


@dataclass
class Name:
    """A name as written in a list: `key` is the same however it is typed. `code`: the village that
    it was taken to mean, or None. `number` of rows, the first of which are `rows`."""

    key: str
    village: str
    district: str
    code: str | None
    number: int = 0
    rows: list = field(default_factory=list)

    @property
    def text(self):
        name = f"“{self.village}”" if self.village else "Tanpa nama"
        return f"{name}, kecamatan “{self.district}”" if self.district else name

    @property
    def where(self):
        first = ", ".join(map(str, self.rows)) + (", …" if self.number > len(self.rows) else "")
        return f"{angka(self.number)} baris (baris {first})"


def is_wide(job):
    """Whether the list may have people of many villages."""
    return areas.level(job.area_id) < areas.VILLAGE


def names_of(job, *, lost=False):
    """The `Name`s of a list in its order; `lost`: only those of which the village was not found."""
    values = {"job": job.pk, "lost": lost, "codes": list(NOT_FOUND), "first": FIRST, "most": MOST}
    with connection.cursor() as cursor:
        cursor.execute(_NAMES, values)
        found = cursor.fetchall()
    names = {}
    for village, district, code, number, rows in found:
        name = Name(written(village, district), village.removesuffix(".0"), district, code)
        name = names.setdefault((name.key, code), name)
        name.number += number
        name.rows = sorted([*name.rows, *rows])[:FIRST]
    return list(names.values())


def people_by_village(job):
    """(village, people) of all villages that have people in the list, in order of their codes."""
    rows = job.rows.exclude(village=None).order_by("village").values_list("village")
    numbers = dict(rows.annotate(number=Count("pk")))
    villages = Area.objects.in_bulk(numbers)
    return [(villages[code], number) for code, number in numbers.items() if code in villages]
