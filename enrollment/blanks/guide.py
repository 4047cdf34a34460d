"""The columns of the template, each with what is asked of it: the sheet that explains them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from enrollment.sheets.labels import label
from enrollment.workers.checks.findings import CODES, Severity

if TYPE_CHECKING:
    from villages.models import Regency

PLACES = ("district", "village")


class Need(StrEnum):
    """Whether a column must be filled, in the words of the explanation."""

    MUST = "Wajib"
    LATER = "Wajib sebelum diusulkan"
    MAY = "Boleh kosong"


EMPTY = {
    Need.MUST: "Orangnya belum dapat disimpan.",
    Need.LATER: "Orangnya disimpan, tetapi belum dapat diusulkan.",
    Need.MAY: "Tidak apa-apa.",
}
_NEEDS = {Severity.ERROR: Need.MUST, Severity.GAP: Need.LATER}
HAMLET_WORDS = {"nagari": "Jorong"}
"""What a part of a village is called, where the regency's word for the village settles it."""


@dataclass(frozen=True)
class Column:
    """A column: its `field`, its width in characters, how to fill it, an invented example.

    `unlisted` is said of what is typed and not among its choices.
    """

    field: str
    width: int
    how: str
    example: str
    unlisted: str = ""

    @property
    def need(self) -> Need:
        """What the rules say of an empty cell."""
        empty = "village.unknown" if self.field == "village" else f"{self.field}.missing"
        return _NEEDS[CODES[empty].severity] if empty in CODES else Need.MAY

    def heading(self, regency: Regency) -> str:
        """Its heading in the regency's own words, which the reader understands."""
        if self.field == "hamlet":
            return HAMLET_WORDS.get(regency.village_word, label("hamlet"))
        return label(self.field, regency.village_word)


COLUMNS = (
    Column("nik", 20, "16 angka seperti pada KTP atau KK.", "3503075708750001"),
    Column("kk", 20, "16 angka nomor Kartu Keluarga.", "3503071203100002"),
    Column("name", 28, "Nama lengkap seperti pada KTP.", "SITI CONTOH"),
    Column(
        "district", 20, "Pilih dari daftar, sebelum mengisi kolom berikutnya.", "",
        "Pilih nama kecamatan dari daftar, supaya orangnya tercatat di tempat yang benar.",
    ),
    Column(
        "village", 22, "Pilih dari daftar.", "",
        "Pilih namanya dari daftar, supaya orangnya tercatat di tempat yang benar.",
    ),
    Column("birth_place", 18, "Kota atau kabupaten tempat lahir.", "Surabaya"),
    Column("birth_date", 15, "Hari-bulan-tahun.", "17-08-1975"),
    Column(
        "sex", 10, "L untuk laki-laki, P untuk perempuan. Pilih dari daftar.", "P",
        "Isi L untuk laki-laki atau P untuk perempuan.",
    ),
    Column("address", 30, "Nama jalan dan nomor, atau letak rumahnya.", "Jl. Merdeka No. 12"),
    Column("rt", 7, "Angka RT.", "003"),
    Column("rw", 7, "Angka RW.", "001"),
    Column("hamlet", 18, "Nama bagian wilayah tempat tinggalnya.", "Krajan"),
    Column(
        "occupation", 24, "Pilih dari daftar. Tidak ada yang cocok? Ketik sendiri.", "Petani",
        "Pekerjaan ini tidak ada di daftar pilihan. Pilih yang paling dekat, atau tetap pakai "
        "yang Anda ketik: Dinas yang mencocokkannya.",
    ),
    Column("income", 16, "Rupiah sebulan, kira-kira.", "1250000"),
    Column("phone", 17, "Nomor HP atau WA, diawali 0.", "081200000012"),
    Column("mother_name", 26, "Nama ibu kandung seperti pada KK.", "AMINAH CONTOH"),
    Column("source", 16, "Dari daftar mana orang ini diketahui.", "DTSEN 2025"),
)  # fmt: skip

STEPS = (
    "1. Isi satu orang per baris, langsung di bawah judul kolom.",
    "2. Semua sel bertipe teks supaya angka tidak rusak. Bila menempel dari berkas lain, pilih "
    "tempel nilai saja (Paste Values).",
    "3. Ada isian yang belum diketahui? Kosongkan. Baris yang salah tidak menghalangi yang lain.",
    "4. Simpan, lalu di portal buka Impor, tekan Unggah daftar, dan pilih berkas ini.",
)


def guide_lines(
    columns: Iterable[Column], regency: Regency, heads: Mapping[Need, str]
) -> list[tuple[list[str], str]]:
    """The lines of the sheet below its title: (cells, style of them all); `heads`: Need → style.

    The person of the example is invented.
    """
    heading = ["Kolom", "Perlu diisi", "Cara mengisi", "Bila dikosongkan", "Contoh"]
    return [
        *(([step], "catatan") for step in STEPS),
        ([], "catatan"),
        (heading, heads[Need.MUST]),
        *((_line(column, regency), "jelas") for column in columns),
    ]


def _line(column: Column, regency: Regency) -> list[str]:
    need = column.need
    return [column.heading(regency), need, column.how, EMPTY[need], column.example]
