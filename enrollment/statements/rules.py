"""The statement that somebody still works: what it must say.

BPJS looks back at a claim whether the person worked when the membership began ("cek kasus"): a
dated statement by somebody with a name is then the family's evidence. Who goes on as a member began
long ago, so nothing is asked of them again. No database, no clock.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from enrollment.coverage.rules import months_between
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


def demand_in_words(demand: Demand) -> str:
    """`Wajib: tanpa pernyataan tidak dapat diajukan. Berlaku 12 bulan`."""
    if demand.weight == Weight.NONE:
        return str(demand.weight.label)
    return f"{demand.weight.label}. Berlaku {demand.months} bulan"


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
    if len(months_between(said.said_on, first_day)) > demand.months:
        return [*lacking, f"tanggal yang baru (yang ini {tanggal(said.said_on)})"]
    return lacking
