"""What the papers of a list say and what they cover, on plain values: no database, no clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple, TypedDict

from django.db.models import TextChoices

from enrollment.months import MONTHS

DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")
_DAY = re.compile(r"\b(\d\d)-(0[1-9]|1[0-2])-(\d{4})\b")
SHORT = 12
"""Characters of a seal that stand at the foot of each page."""


class Asked(TextChoices):
    """Whether a list is handed in with a signed scan."""

    NO = "no", "Tidak diminta"
    WARNED = "warned", "Diminta, boleh menyusul"
    REQUIRED = "required", "Wajib sebelum diajukan"


class Nik(TextChoices):
    """How the list to sign writes a NIK."""

    MASKED = "masked", "Disamarkan, dengan tahun lahir"
    WHOLE = "whole", "Utuh, dengan tanggal lahir"


def asked_in_words(asked: str, niks: str, *, returned_too: bool) -> str:
    """`Wajib sebelum diajukan, juga untuk yang dikembalikan. NIK utuh, dengan tanggal lahir`."""
    words = str(Asked(asked).label)
    if asked == Asked.NO:
        return words
    also = ", juga untuk yang dikembalikan" if returned_too else ""
    nik = str(Nik(niks).label)
    return f"{words}{also}. NIK {nik[0].lower()}{nik[1:]}"


SEALED = (
    *("position", "public_id", "nik", "name", "birth_date", "address", "hamlet", "rt", "rw"),
    *("occupation", "months", "cost", "statement"),
)
"""The columns of a row that the seal covers. `statement` only where it is not empty, so that papers
made before it was known keep their seal."""
COMPARED = {
    "nik": "NIK",
    "name": "nama",
    "birth_date": "tanggal lahir",
    "address": "alamat",
    "hamlet": "dusun",
    "rt": "RT",
    "rw": "RW",
    "occupation": "pekerjaan",
    "months": "bulan",
    "cost": "iuran",
    "statement": "keterangan masih bekerja",
}
"""What may have changed in a row since the papers were made → its name in a sentence."""


def sealed_lines(rows: Iterable[Sequence[object]]) -> Iterator[Mapping[str, object]]:
    """What the seal covers of rows of `SEALED`, for `sealing.seal_of`."""
    for row in rows:
        line = dict(zip(SEALED, row, strict=True))
        if not line["statement"]:
            del line["statement"]
        yield line


class About(TypedDict):
    """The words around the rows, as they were when the papers were made."""

    regency: str
    district: str
    unit_word: str
    village: str
    head_word: str
    head_name: str
    programme: str
    months: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """What is known of the village meeting; what is empty is filled in by hand."""

    on: date | None = None
    at: time | None = None
    place: str = ""
    attendance: str = ""
    """One person a line."""


class Present(NamedTuple):
    """Somebody at the meeting, and for whom or in what office."""

    name: str
    office: str


def present(attendance: str) -> list[Present]:
    """`Suparman, ketua BPD` is a name and an office: the lines are split at their first comma."""
    lines = (line.partition(",") for line in attendance.splitlines() if line.strip())
    return [Present(name.strip(), office.strip()) for name, _, office in lines]


class Difference(TextChoices):
    """How a person's row differs from the papers."""

    ADDED = "added", "belum ada di naskah"
    GONE = "gone", "ada di naskah, tetapi tidak ikut diajukan sekarang"
    CHANGED = "changed", "berubah"


@dataclass(frozen=True, slots=True)
class Differing:
    """A person who is not in the papers as they would be handed in now."""

    name: str
    how: Difference
    columns: tuple[str, ...] = ()

    def __str__(self) -> str:
        what = ", ".join(COMPARED[column] for column in self.columns)
        return f"{what} berubah" if self.columns else str(self.how.label)


def number_in_letters(number: int) -> str:
    """`120` → `seratus dua puluh`."""
    from lokal import terbilang  # takes a tenth of the time in which the portal starts

    return str(terbilang(number))


def rupiah_in_letters(amount: int) -> str:
    """`2016000` → `dua juta enam belas ribu rupiah`."""
    return f"{number_in_letters(amount)} rupiah"


def day_in_letters(day: date) -> str:
    """`Senin tanggal tiga bulan Mei tahun dua ribu dua puluh enam`, as minutes are begun."""
    return (
        f"{DAYS[day.weekday()]} tanggal {number_in_letters(day.day)} bulan "
        f"{MONTHS[day.month - 1]} tahun {number_in_letters(day.year)}"
    )


def days_in_words(text: str) -> str:
    """`pada 18-04-2026` → `pada 18 April 2026`: papers write dates in words."""
    return _DAY.sub(lambda day: f"{int(day[1])} {MONTHS[int(day[2]) - 1]} {day[3]}", text)


def short(seal: str) -> str:
    """The beginning of a seal in groups, to be compared by eye: `a1b2 c3d4 e5f6`."""
    return " ".join(seal[at : at + 4] for at in range(0, min(SHORT, len(seal)), 4))


def in_groups(seal: str) -> str:
    """The whole seal in groups of eight."""
    return " ".join(seal[at : at + 8] for at in range(0, len(seal), 8))
