"""The headings that the portal itself writes above the columns of its workbooks."""

from collections.abc import Iterator

from enrollment.fields.person import FIELDS

_JOINED = {
    "name": {"birth": "Tempat, Tanggal Lahir"},
    "rw": {"rt_rw": "RT/RW", "rw_rt": "RW/RT"},
    "term_end": {"term": "Masa Jabatan"},
}
"""Columns that hold two fields, under the field after which a list of choices offers them."""
_PLACES = {
    "village": "Desa",
    "district": "Kecamatan",
    "regency": "Kabupaten",
    "province": "Provinsi",
}
_TICKED = {"sex_male": "L", "sex_female": "P"}


def _labels() -> Iterator[tuple[str, str]]:
    for field in FIELDS:
        yield field.name, field.heading
        yield from _JOINED.get(field.name, {}).items()
    yield from _PLACES.items()


LABELS = dict(_labels())
"""Each meaning of a column (without `meanings.INTERNAL`) → a heading that is read back as it."""


def label(field: str, village_word: str = "desa") -> str:
    """The heading for a field; villages are called by the regency's own word."""
    return village_word.capitalize() if field == "village" else (LABELS | _TICKED)[field]
