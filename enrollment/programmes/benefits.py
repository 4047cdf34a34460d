"""What the insured receive, in the words of the programme's page."""

from collections.abc import Collection
from typing import NamedTuple

from enrollment.formats import rupiah

DEATH = 42_000_000
"""Rupiah that a family receives when a member dies (JKM, PP 82/2019)."""
DEATH_OF_A_BEGINNER = 10_000_000
"""The same in the first BEGINNING months of a membership."""
BEGINNING = 3
SCHOLARSHIP_AFTER = 36
"""Months paid of one membership."""


class Benefit(NamedTuple):
    component: str
    name: str
    text: str


BENEFITS = (
    Benefit(
        "JKK",
        "Kecelakaan kerja (JKK).",
        "Biaya pengobatan dan santunan. Laporkan kecelakaan paling lambat 2 × 24 jam.",
    ),
    Benefit(
        "JKM",
        "Kematian (JKM).",
        f"Ahli waris menerima {rupiah(DEATH)}; {rupiah(DEATH_OF_A_BEGINNER)} bila belum genap "
        f"{BEGINNING} bulan menjadi peserta.",
    ),
    Benefit(
        "JKM",
        "Beasiswa.",
        f"Untuk dua anak, bila iuran sudah berjalan {SCHOLARSHIP_AFTER // 12} tahun.",
    ),
    Benefit("JHT", "Hari tua (JHT).", "Tabungan yang dapat diambil sesuai aturan."),
    Benefit("JP", "Pensiun (JP).", "Manfaat bulanan sesudah usia pensiun."),
)


def of(components: Collection[str]) -> list[Benefit]:
    return [benefit for benefit in BENEFITS if benefit.component in components]
