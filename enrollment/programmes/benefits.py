"""What the insured receive, in the words of the programme's page."""

from collections.abc import Collection
from typing import NamedTuple


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
        "Ahli waris menerima Rp42.000.000; Rp10.000.000 bila belum genap 3 bulan menjadi peserta.",
    ),
    Benefit("JKM", "Beasiswa.", "Untuk dua anak, bila iuran sudah berjalan 3 tahun."),
    Benefit("JHT", "Hari tua (JHT).", "Tabungan yang dapat diambil sesuai aturan."),
    Benefit("JP", "Pensiun (JP).", "Manfaat bulanan sesudah usia pensiun."),
)


def of(components: Collection[str]) -> list[Benefit]:
    return [benefit for benefit in BENEFITS if benefit.component in components]
