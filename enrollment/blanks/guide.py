"""The columns of the blank template, and the sheet that explains how to fill each of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrollment.fields.definitions import Need, TemplateColumn
from enrollment.fields.person import FIELDS
from enrollment.sheets.labels import label

if TYPE_CHECKING:
    from villages.models import Regency

EMPTY = {
    Need.MUST: "Orangnya belum dapat disimpan.",
    Need.LATER: "Orangnya disimpan, tetapi belum dapat diusulkan.",
    Need.MAY: "Tidak apa-apa.",
}
HAMLET_WORDS = {"nagari": "Jorong"}
"""The word for a part of a village, where it follows from the regency's word for a village."""


@dataclass(frozen=True)
class Column:
    """A column of the template: its field, and whether and how it is to be filled."""

    field: str
    need: Need
    template: TemplateColumn

    def heading(self, regency: Regency) -> str:
        """Its heading in the regency's own words; the import recognises it."""
        if self.field == "hamlet":
            return HAMLET_WORDS.get(regency.village_word, label("hamlet"))
        return label(self.field, regency.village_word)


_PLACES = (
    Column("district", Need.MAY, TemplateColumn(
        20, "Pilih dari daftar, sebelum mengisi kolom berikutnya.", "",
        "Pilih nama kecamatan dari daftar, supaya orangnya tercatat di tempat yang benar.",
    )),
    Column("village", Need.MUST, TemplateColumn(
        22, "Pilih dari daftar.", "",
        "Pilih namanya dari daftar, supaya orangnya tercatat di tempat yang benar.",
    )),
)  # fmt: skip
PLACES = tuple(column.field for column in _PLACES)


def _columns() -> Iterator[Column]:
    for field in FIELDS:
        if field.template:
            yield Column(field.name, field.need, field.template)
        if field.name == "name":
            yield from _PLACES


COLUMNS = tuple(_columns())

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
    """The lines of the sheet below its title, as (cells, their style); `heads`: Need → style.

    The person in the examples is invented.
    """
    heading = ["Kolom", "Perlu diisi", "Cara mengisi", "Bila dikosongkan", "Contoh"]
    return [
        *(([step], "catatan") for step in STEPS),
        ([], "catatan"),
        (heading, heads[Need.MUST]),
        *((_line(column, regency), "jelas") for column in columns),
    ]


def _line(column: Column, regency: Regency) -> list[str]:
    need, template = column.need, column.template
    return [column.heading(regency), need, template.how, EMPTY[need], template.example]
