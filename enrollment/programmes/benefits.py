"""What the insured receive, in the words of the programme's page."""

from collections.abc import Collection
from typing import NamedTuple

from enrollment.formats import rupiah

DEATH, EARLY_DEATH = 42_000_000, 10_000_000
"""Rupiah for the heirs of who dies, and of who dies within their first EARLY months."""
EARLY = 3
SCHOLARSHIP = 36
"""Months of premiums after which two children have a right to a scholarship."""


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
        f"Ahli waris menerima {rupiah(DEATH)}; {rupiah(EARLY_DEATH)} bila belum genap {EARLY} "
        "bulan menjadi peserta.",
    ),
    Benefit(
        "JKM", "Beasiswa.", f"Untuk dua anak, bila iuran sudah berjalan {SCHOLARSHIP // 12} tahun."
    ),
    Benefit("JHT", "Hari tua (JHT).", "Tabungan yang dapat diambil sesuai aturan."),
    Benefit("JP", "Pensiun (JP).", "Manfaat bulanan sesudah usia pensiun."),
)


def of(components: Collection[str]) -> list[Benefit]:
    return [benefit for benefit in BENEFITS if benefit.component in components]
