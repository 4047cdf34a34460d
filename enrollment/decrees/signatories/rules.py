"""In which capacity somebody signs, and on which days; plain values."""

from __future__ import annotations

from datetime import date

from django.db.models import TextChoices

from enrollment.formats import tanggal


class Capacity(TextChoices):
    """In which capacity somebody signs: as the head of the regency, or in place of them."""

    HEAD = "head", "Bupati atau wali kota"
    INTERIM = "interim", "Penjabat (Pj.)"
    ACTING = "acting", "Pelaksana tugas (Plt.)"
    ON_BEHALF = "on_behalf", "Sekretaris daerah, atas nama (a.n.)"


def in_capitals(title: str) -> str:
    """A title in capitals; what is shortened stays as it is: "Pj. BUPATI"."""
    return " ".join(word if word.endswith(".") else word.upper() for word in title.split())


def signed_as(capacity: str, head_title: str, regency: str) -> list[str]:
    """The lines above a signature: "BUPATI TRENGGALEK"; "Pj. BUPATI TRENGGALEK"; or for a
    secretary, "a.n. BUPATI TRENGGALEK" and "SEKRETARIS DAERAH"."""
    head = in_capitals(f"{head_title} {regency}")
    if capacity == Capacity.INTERIM:
        return [f"Pj. {head}"]
    if capacity == Capacity.ACTING:
        return [f"Plt. {head}"]
    if capacity == Capacity.ON_BEHALF:
        return [f"a.n. {head}", "SEKRETARIS DAERAH"]
    return [head]


def outside_term(name: str, since: date, until: date | None, day: date) -> str:
    """Why a decree of `day` cannot be signed by somebody in office from `since` until `until`
    (None: still); empty if it can."""
    if day < since:
        return f"{name} baru menjabat sejak {tanggal(since)}, sesudah {tanggal(day)}."
    if until and day > until:
        return f"Masa jabatan {name} berakhir {tanggal(until)}, sebelum {tanggal(day)}."
    return ""
