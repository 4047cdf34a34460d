"""The statement that somebody still works: what it must say, and how it is said in one sentence.

BPJS looks back at a claim whether the person worked when the membership began ("cek kasus"): a
dated statement by somebody with a name is then the family's evidence. Who goes on as a member began
long ago, so nothing is asked of them again. No database, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from enrollment.formats import tanggal


class Weight(TextChoices):
    """What it means for a programme that a new member's statement is missing."""

    REQUIRED = "wajib", "Wajib: tanpa pernyataan tidak dapat diajukan"
    WARNING = "peringatan", "Diperingatkan: tetap dapat diajukan"
    NONE = "tidak", "Tidak ditanyakan"


LONGEST_AGE = 12
"""Months before the first month of cover in which a statement still tells of it, unless the
programme says otherwise. No regulation names a number."""


@dataclass(frozen=True, slots=True)
class Demand:
    """What a programme asks of new members, and how many months old a statement may be."""

    weight: Weight = Weight.WARNING
    months: int = LONGEST_AGE


@dataclass(frozen=True, slots=True)
class Statement:
    """What was said of a person's work; "" and None where nothing was said."""

    occupation: str = ""
    workplace: str = ""
    work: str = ""
    said_by: str = ""
    said_on: date | None = None


def missing(said: Statement, demand: Demand, first_day: date) -> list[str]:
    """The names of what the statement lacks for cover from `first_day` on; empty if nothing.

    The occupation is asked for by a finding of its own.
    """
    lacking = [
        name
        for name, value in (
            ("tempat bekerja", said.workplace),
            ("yang dikerjakan", said.work),
            ("siapa yang menyatakan", said.said_by),
        )
        if not value
    ]
    if said.said_on is None:
        return [*lacking, "tanggalnya"]
    if _months_between(said.said_on, first_day) > demand.months:
        return [*lacking, f"tanggal yang baru (yang ini {tanggal(said.said_on)})"]
    return lacking


def _months_between(earlier: date, later: date) -> int:
    """Whole months that have begun between two days; less than nothing if `later` is earlier."""
    return 12 * (later.year - earlier.year) + later.month - earlier.month


def in_words(said: Statement) -> str:
    """The statement in one sentence, without a name or a number of the person: "Bekerja sebagai
    petani di sawah Krajan: menanam padi. …"; "" where nothing was said."""
    if not (said.workplace or said.work or said.said_by or said.said_on):
        return ""
    where = f" di {said.workplace}" if said.workplace else ""
    what = f": {said.work}" if said.work else ""
    as_what = f" sebagai {_small(said.occupation)}" if said.occupation else ""
    by = f" oleh {said.said_by}" if said.said_by else ""
    on = f" pada {tanggal(said.said_on)}" if said.said_on else ""
    told = f" (dinyatakan{by}{on})" if by or on else ""
    return f"Masih bekerja{as_what}{where}{what}{told}."


def _small(text: str) -> str:
    """A word for a kind of work within a sentence: "Petani/Pekebun" begins small, PNS does not."""
    return text if text[:2].isupper() else f"{text[:1].lower()}{text[1:]}"
