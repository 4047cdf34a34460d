"""What a field is called on paper: the heading that the portal itself writes above a column."""

from collections.abc import Iterator

from enrollment.fields.person import FIELDS

_JOINED = {
    "name": {"birth": "Tempat, Tanggal Lahir"},
    "rw": {"rt_rw": "RT/RW", "rw_rt": "RW/RT"},
}
"""Columns that hold two fields, under the field which they follow where one is chosen."""
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
"""What a column may mean (but `words.INTERNAL`) → a heading that is read back as that."""


def label(field: str, village_word: str = "desa") -> str:
    """The heading for a field, in the regency's own word for its villages."""
    return village_word.capitalize() if field == "village" else (LABELS | _TICKED)[field]
