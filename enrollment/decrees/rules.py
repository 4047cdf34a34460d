"""The frozen list of a decree: its rows, its seal, and what is missing before it is issued."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enrollment.decrees.models import DecreeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexRow:
    """One person as the decree names them; `premium` is rupiah a month, `cost` for all months.

    The rules and the annex accept any object with these fields, for example a stored row.
    """

    position: int
    nik: str
    kk: str = ""
    name: str
    birth_place: str = ""
    birth_date: date | None = None
    sex: str = ""
    address: str = ""
    rt: str = ""
    rw: str = ""
    village: str
    district: str
    occupation: str = ""
    months: int
    premium: int
    cost: int


FROZEN = tuple(AnnexRow.__dataclass_fields__)
"""The fields that the seal covers, in their order."""


def snapshot_sha256(
    rows: Iterable[AnnexRow | DecreeEntry], header: Mapping[str, object] | None = None
) -> str:
    """Seal of a frozen list: SHA-256 (hex) of one line of canonical JSON for each row.

    A `header` (a dict of JSON values and dates) is sealed as the first line when it is given.
    Rows are sealed in the given order, and streamed.
    """
    seal = hashlib.sha256()
    if header is not None:
        seal.update(_canonical(header))
    for row in rows:
        seal.update(_canonical({name: getattr(row, name) for name in FROZEN}))
    return seal.hexdigest()


def _canonical(values: Mapping[str, object]) -> bytes:
    text = json.dumps(
        values, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=date.isoformat
    )
    return text.encode() + b"\n"


def missing_before_issue(
    *, number: str, day: date | None, title: str, legal_basis: str, people: int
) -> dict[str, str]:
    """What a draft still lacks, as field → Indonesian sentence; if empty, it may be issued.

    `number` is free text, `day` the decree's date or None, `legal_basis` the lines of the
    basis (Perbup number, date, title), `people` the count of approved rows in the draft.
    """
    needed = {
        "number": (number.strip(), "Nomor keputusan belum diisi."),
        "date": (day, "Tanggal keputusan belum diisi."),
        "title": (title.strip(), "Judul (tentang) keputusan belum diisi."),
        "legal_basis": (
            legal_basis.strip(),
            "Dasar hukum belum diisi: tulis nomor, tanggal, dan judul Perbupnya.",
        ),
        "people": (people, "Belum ada orang yang disetujui: setujui usulan lebih dahulu."),
    }
    return {field: sentence for field, (value, sentence) in needed.items() if not value}


INPRES = (
    "Instruksi Presiden Nomor 2 Tahun 2021 tentang Optimalisasi Pelaksanaan Program Jaminan "
    "Sosial Ketenagakerjaan"
)


def legal_basis_of(regulation: str) -> str:
    """The legal basis as a decree cites it, one per line; empty without a regulation."""
    return f"{regulation}\n{INPRES}" if regulation else ""
