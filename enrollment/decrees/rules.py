"""The frozen list of a decree: its rows, its seal, and what is missing before it is issued."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple, TypedDict

from django.db.models import TextChoices

from enrollment.coverage.rules import in_words, months_of
from enrollment.formats import tanggal
from enrollment.sealing import seal_of

if TYPE_CHECKING:
    from enrollment.decrees.models import DecreeChange, DecreeEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnexRow:
    """One person as the decree names them; `premium` is rupiah a month, `cost` for all months.
    Where the months differ there is no premium, and `prices` has them in words.

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
    premium: int | None
    cost: int
    prices: str = ""
    section: str = ""
    """Of an amendment: in which of its lists the person stands."""


FROZEN = tuple(name for name in AnnexRow.__dataclass_fields__ if name not in ("prices", "section"))
"""The fields that the seal covers, in their order; `prices` too where it is not empty, which is
later than the first seals."""


def snapshot_sha256(
    rows: Iterable[AnnexRow | DecreeEntry | DecreeChange],
    header: Mapping[str, object] | None = None,
) -> str:
    """Seal of a frozen list: SHA-256 (hex) of one line of canonical JSON for each row.

    A `header` (a dict of JSON values and dates) is sealed as the first line when it is given.
    Rows are sealed in the given order, and streamed.
    """
    first = [] if header is None else [header]
    return seal_of(chain(first, map(_sealed, rows)))


def _sealed(row: AnnexRow | DecreeEntry | DecreeChange) -> dict[str, object]:
    values = {name: getattr(row, name) for name in FROZEN}
    kind = getattr(row, "kind", "")  # of somebody whom an amendment takes out or corrects
    return (
        values | ({"prices": row.prices} if row.prices else {}) | ({"kind": kind} if kind else {})
    )


class Balance(TypedDict):
    """People and rupiah of a list before an amendment, of those who go and come, and after it."""

    before: tuple[int, int]
    out: tuple[int, int]
    coming: tuple[int, int]
    corrected: int
    after: tuple[int, int]


def change_words(ordinal: int) -> str:
    """`Perubahan` for the first amendment of a decree, then `Perubahan Kedua`, `Perubahan Kedua
    Belas` (UU 12/2011, appendix II)."""
    if ordinal < 2:
        return "Perubahan"
    from lokal import terbilang  # takes a tenth of the time in which the portal starts

    return f"Perubahan Ke{terbilang(ordinal).strip()}".title()


def how_it_stands(
    *, revoked: tuple[str, date] | None, changed: tuple[str, date] | None
) -> tuple[str, str]:
    """`Berlaku`, `Diubah` or `Dicabut` of an issued decree, as JDIH words it, and by what: number
    and day of the document that revokes it, or of its latest amendment."""
    for word, by in (("Dicabut", revoked), ("Diubah", changed)):
        if by:
            number, day = by
            return word, f"dengan Nomor {number}, {tanggal(day)}"
    return "Berlaku", ""


NUMBERED = ("number", "date")
"""What a list does not need to be frozen: it may come back with the signed file."""


def missing_before_issue(
    *, number: str, day: date | None, title: str, legal_basis: str, people: int
) -> dict[str, str]:
    """What a draft still lacks, as field → Indonesian sentence; if empty, it may be issued.

    `number` is free text, `day` the decree's date or None, `legal_basis` the lines of the
    basis (kind, number, date, title of each regulation), `people` the count of approved rows in
    the draft.
    """
    needed = {
        "number": (number.strip(), "Nomor keputusan belum diisi."),
        "date": (day, "Tanggal keputusan belum diisi."),
        "title": (title.strip(), "Judul (tentang) keputusan belum diisi."),
        "legal_basis": (
            legal_basis.strip(),
            "Dasar hukum belum diisi: tulis nomor, tanggal, dan judul peraturannya.",
        ),
        "people": (people, "Belum ada orang yang disetujui: setujui usulan lebih dahulu."),
    }
    return {field: sentence for field, (value, sentence) in needed.items() if not value}


class Marks(NamedTuple):
    """What stands in the annex where number and date are not known yet."""

    number: str
    day: str


class Marking(TextChoices):
    """How the annex leaves number and date open: to be written by hand, or for the office's
    correspondence system (Srikandi), which fills in its own marks when it numbers a letter."""

    BLANK = "blank", "Titik-titik, ditulis tangan"
    SRIKANDI = "srikandi", "Penanda Srikandi: ${nomor_naskah} dan ${tanggal_naskah}"


MARKS: dict[str, Marks] = {
    Marking.BLANK: Marks("." * 30, "." * 30),
    Marking.SRIKANDI: Marks("${nomor_naskah}", "${tanggal_naskah}"),
}


INPRES = (
    "Instruksi Presiden Nomor 2 Tahun 2021 tentang Optimalisasi Pelaksanaan Program Jaminan "
    "Sosial Ketenagakerjaan"
)


def legal_basis_of(citations: Iterable[str], *, names_inpres: bool = False) -> str:
    """The legal basis as a decree cites it, one a line: the programme's own, and the Inpres that
    all such programmes follow unless they name one. Empty without any of its own."""
    lines = list(citations)
    return "\n".join(lines if names_inpres or not lines else [*lines, INPRES])


LATEST = timedelta(days=31)
"""How far ahead a decree may be dated: an office that signs with ink types the date before."""


def impossible_day(day: date, today: date, year: int, basis: date | None) -> str:
    """Why a decree of a programme of `year`, resting on a regulation of the day `basis`, cannot be
    dated `day`; empty if it can."""
    if day > today + LATEST:
        return f"{tanggal(day)} masih jauh. Tanggal keputusan paling lambat sebulan dari hari ini."
    if day.year < year - 1:
        return f"{tanggal(day)} terlalu awal untuk program tahun {year}. Periksa tahunnya."
    if basis and day < basis:
        return (
            f"{tanggal(day)} lebih awal daripada dasar hukumnya, yang bertanggal {tanggal(basis)}."
        )
    return ""


def doubt_about_day(day: date, first_month: date, months: int) -> str:
    """A question about a decree that comes when months of its programme are over."""
    begun = day.replace(day=1)
    past = [month for month in months_of(first_month, months) if month < begun]
    if not past:
        return ""
    return f"{in_words(past)} sudah lewat pada tanggal keputusan itu. Tetap?"
