"""A warning for a list that was uploaded for one village and names another one, perhaps by mistake.

All its people are registered in the village for which it was uploaded, whatever its cells say; so
the user must be warned. Only names that certainly mean another village of the regency count, not
misspelt ones or those that may mean the list's own village.
"""

from dataclasses import dataclass, field

from django.db import connection

from enrollment.formats import angka
from enrollment.imports.reading.places import Places
from villages import areas
from villages.models import Area

FIRST = 5
MOST = 10
"""Villages that the warning names."""
_NAMED = """
SELECT typed ->> 'village', coalesce(typed ->> 'district', ''), count(*),
    (array_agg(row ORDER BY position))[:%s]
FROM enrollment_importrow WHERE job_id = %s AND typed ->> 'village' <> ''
GROUP BY 1, 2 ORDER BY min(position) LIMIT 1000
"""


@dataclass
class Named:
    """A village that is named: in how many rows, the first of them, and in which sheets' titles."""

    name: str
    number: int = 0
    rows: list = field(default_factory=list)
    sheets: list = field(default_factory=list)

    def where(self, word):
        """Where in the list it is named."""
        places = []
        if self.number:
            first = ", ".join(map(str, self.rows)) + (", …" if self.number > len(self.rows) else "")
            places.append(f"kolom {word} pada {angka(self.number)} baris (baris {first})")
        if self.sheets:
            places.append(f"judul lembar {', '.join(self.sheets)}")
        return ", dan ".join(places)


@dataclass(frozen=True)
class Misplaced:
    """The texts of the warning."""

    title: str
    named: list
    more: str
    advice: str


def warning(job, word):
    """The `Misplaced` of a list that names other villages, or None. `word`: for a village."""
    others = villages_named(job)
    if not others:
        return None
    return Misplaced(
        title=f"Daftar ini menyebut {word} lain",
        named=[(named.name, named.where(word)) for named in others[:MOST]],
        more=f"dan {word} lainnya, {angka(len(others))} seluruhnya" if len(others) > MOST else "",
        advice=_advice(job, word),
    )


def _advice(job, word):
    if job.is_taken:
        recorded = f"Semua orangnya sudah dicatat di {job.area}."
        return f"{recorded} Bila ini daftar {word} lain, batalkan impor ini."
    if job.check_only:
        return f"Daftar ini diperiksa sebagai daftar {job.area}."
    recorded = f"Daftar ini diunggah untuk {job.area}: semua orangnya akan dicatat di sana."
    return f"{recorded} Bila ini daftar {word} lain, jangan disimpan."


def villages_named(job):
    """The other villages (`Named`) that a list for one village names, most rows first."""
    if areas.level(job.area_id) != areas.VILLAGE:
        return []
    titles = [sheet for sheet in job.sheets if sheet["people"] and sheet.get("village")]
    in_column = any(name == "village" for match in job.columns for _, _, name in match["columns"])
    rows = _in_column(job) if in_column else []
    if not titles and not rows:
        return []
    others = _Others(job.area_id)
    for village, district, number, first in rows:
        if named := others.get(village.removesuffix(".0"), district):  # a code typed as a number
            named.number += number
            named.rows = sorted([*named.rows, *first])[:FIRST]
    for sheet in titles:
        if named := others.get(sheet["village"], sheet["district"]):
            named.sheets.append(sheet["name"])
    return others.most_first()


def _in_column(job):
    with connection.cursor() as cursor:
        cursor.execute(_NAMED, [FIRST, job.pk])
        return cursor.fetchall()


class _Others:
    def __init__(self, own):
        self.own, self.places, self.found = own, Places(areas.at_level(own, areas.REGENCY)), {}

    def get(self, village, district):
        """The `Named` of the village that is meant, or None when it may be the list's own."""
        meant = self.places.candidates(village, district)
        if not meant or self.own in meant:
            return None
        return self.found.setdefault(min(meant), Named(village))

    def most_first(self):
        names = dict(Area.objects.filter(pk__in=self.found).values_list("pk", "name"))
        for code, named in self.found.items():
            named.name = names[code]
        return sorted(self.found.values(), key=lambda named: -named.number)
