"""How the annex of a decree is arranged: its columns, groups, sums and words, on plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NotRequired, TypedDict

from django.db.models import TextChoices


class Grouping(TextChoices):
    """What has a line of its own above its people."""

    DISTRICT = "district", "Per kecamatan"
    VILLAGE = "village", "Per desa"
    NONE = "none", "Tidak dikelompokkan"

    def called(self, village_word: str) -> str:
        """Its label where villages are called so."""
        return f"Per {village_word}" if self == Grouping.VILLAGE else str(self.label)


class Sums(TextChoices):
    """Which sums are printed, of people and of money."""

    EACH = "each", "Tiap kelompok dan seluruhnya"
    WHOLE = "whole", "Seluruhnya saja"
    NONE = "none", "Tanpa jumlah"


HEADLINE = "DAFTAR PENERIMA BANTUAN IURAN JAMINAN SOSIAL KETENAGAKERJAAN"
COLUMNS = {
    "name": "Nama",
    "sex": "L/P",
    "nik_kk": "NIK, nomor KK",
    "nik": "NIK",
    "kk": "Nomor KK",
    "birth": "Tempat, tanggal lahir",
    "address": "Alamat",
    "address_village": "Alamat, {village}",
    "village": "{Village}",
    "district": "{District}",
    "occupation": "Pekerjaan",
    "months": "Bulan",
    "premium": "Iuran sebulan (Rp)",
    "cost": "Jumlah (Rp)",
}
"""Key of a column → its title, in the order in which they are offered. The running number always
stands before them."""
PRIVATE = ("kk", "birth", "address")
"""Not in the version that is published; a NIK is masked there (UU 14/2008 article 17)."""
PUBLISHED_AS = {"nik_kk": "nik", "address_village": "village"}
"""What of a column with two values stays in the version that is published."""
DEFAULT = (
    "name", "sex", "nik_kk", "birth", "address", "village", "occupation", "months", "premium",
    "cost",
)  # fmt: skip
UPRIGHT = (
    "name", "sex", "nik_kk", "birth", "address_village", "occupation", "months", "premium", "cost",
)  # fmt: skip
"""The portal's own columns on paper that stands upright."""
MOST_COLUMNS = 12
FEWEST_PUBLIC = 3
MOST_ANNEXES = 20
LONGEST_TITLE = 40
_ROMAN = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """`IV` for 4; empty for 0, which stands for the only annex of a decree."""
    words = ""
    for value, letters in _ROMAN:
        count, number = divmod(number, value)
        words += letters * count
    return words


class KeptArrangement(TypedDict):
    """An Arrangement as a frozen list stores it."""

    columns: list[str]
    titles: dict[str, str]
    grouping: str
    sums: str
    headline: str
    opening: str
    numeral: int
    second_title: NotRequired[str]
    second_name: NotRequired[str]
    second_nip: NotRequired[str]


def table_of(kept: KeptArrangement) -> KeptArrangement:
    """Only how its table is arranged. What a village decides itself bears neither the words and the
    number of an annex of the regency nor who signs there beside the head."""
    return {
        "columns": kept["columns"],
        "titles": kept["titles"],
        "grouping": kept["grouping"],
        "sums": kept["sums"],
        "headline": "",
        "opening": "",
        "numeral": 0,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How an annex is arranged. Without `columns` the portal's own ones stand in it; `titles` has
    the titles that a regency has changed; `numeral` counts the annexes of a decree, 0 if it is the
    only one. Who signs beside the head has a `second_title`."""

    columns: tuple[str, ...] = ()
    titles: tuple[tuple[str, str], ...] = ()
    grouping: str = Grouping.DISTRICT
    sums: str = Sums.EACH
    headline: str = ""
    opening: str = ""
    numeral: int = 0
    second_title: str = ""
    second_name: str = ""
    second_nip: str = ""

    @classmethod
    def of(cls, kept: KeptArrangement | None) -> Arrangement:
        """What a frozen list has stored; the portal's own where it has stored nothing."""
        if not kept:
            return cls()
        values = {**kept, "columns": tuple(kept["columns"]), "titles": (*kept["titles"].items(),)}
        return cls(**values)  # type: ignore[arg-type]  # the keys are those of the fields

    def keys(self, usual: Iterable[str] = DEFAULT, *, masked: bool = False) -> list[str]:
        """The columns in their order; those of the published version if `masked`."""
        keys = list(self.columns or usual)
        if not masked:
            return keys
        public = [PUBLISHED_AS.get(key, key) for key in keys if key not in PRIVATE]
        return list(dict.fromkeys(public))

    def title(self, key: str, *, village: str, district: str) -> str:
        """The title of a column, in the words of the regency."""
        own = dict(self.titles).get(key, "").strip()
        return own or title_of(key, village=village, district=district)

    @property
    def annex(self) -> str:
        """`LAMPIRAN`, or `LAMPIRAN II` of several."""
        return f"LAMPIRAN {roman(self.numeral)}".strip()


OWN = Arrangement()
"""The portal's own."""


def title_of(key: str, *, village: str, district: str) -> str:
    """The portal's own title of a column: `Nagari` where villages are called so."""
    return COLUMNS[key].format(village=village, Village=village.title(), District=district)


def wrong_columns(columns: Iterable[str]) -> str:
    """Why these columns cannot be chosen; empty if they can."""
    chosen = list(columns)
    if "name" not in chosen:
        return "Kolom nama harus ada."
    if len(chosen) > MOST_COLUMNS:
        return f"Paling banyak {MOST_COLUMNS} kolom, supaya masih terbaca."
    if len(Arrangement(columns=tuple(chosen)).keys(masked=True)) < FEWEST_PUBLIC:
        return (
            f"Pilih sedikitnya {FEWEST_PUBLIC} kolom yang boleh diumumkan, misalnya nama, "
            "pekerjaan, dan jumlah."
        )
    for both, parts in (("nik_kk", ("nik", "kk")), ("address_village", ("address",))):
        if both in chosen and any(part in chosen for part in parts):
            return f"“{COLUMNS[both].format(village='desa')}” sudah memuat kolom lain yang dipilih."
    return ""


def in_order(numbers: Mapping[str, int]) -> list[str]:
    """The chosen columns by the numbers that somebody gave them; alike ones as they are offered."""
    offered = list(COLUMNS)
    return sorted(numbers, key=lambda key: (numbers[key], offered.index(key)))
