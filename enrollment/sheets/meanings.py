"""What a heading means: its words weighed for each field.

A field needs certain words ("tgl" and "lahir"). The others beside them decide how sure that is:
words that belong to it or say nothing ("peserta") change nothing, an unknown word makes it a
guess, and a word of another field, person or thing ("ayah", "bank") rules it out. How a column's
cells are weighed too is in `columns.py`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache

from enrollment.fields.person import FIELDS
from enrollment.sheets import vocabulary
from enrollment.sheets.words import Words, is_about_health, words_of

__all__ = [
    "INTERNAL",
    "JOINED",
    "LONGEST_HEADING",
    "MEANINGS",
    "NO_MEANING",
    "PARTS",
    "PLACES",
    "SECRET",
    "Meaning",
    "Role",
    "meaning",
]  # fmt: skip

LONGEST_HEADING = 300


class Role(Enum):
    """Whose value it is, where a list has two people or two values in a row: the person's, the
    head's of an RT (in a list of them, the person's too), the old and the new one."""

    OWN = "own"
    POST = "post"
    OLD = "old"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The `field` that a heading means, or None. `guessed`: it is not sure. `other`: it is surely
    about somebody or something else. `words`: all its words, those of its group included."""

    field: str | None = None
    guessed: bool = False
    role: Role = Role.OWN
    other: bool = False
    words: frozenset[str] = frozenset()

    @property
    def is_of_both(self) -> bool:
        """Whether it names both the name and the NIK of the row's person ("Nama / NIK")."""
        own = self.field in ("nik", "name") and not self.other and self.role is Role.OWN
        return own and "nama" in self.words and bool(self.words & {"nik", "ktp", "induk"})


NO_MEANING = Meaning()


@dataclass(frozen=True, slots=True)
class Concept:
    """The words for a field: `needed`, one of these sets, as `written`; `beside`, words that may be
    added; `alone`, whether an unknown word rules it out."""

    field: str
    written: tuple[str, ...]
    needed: tuple[frozenset[str], ...]
    beside: frozenset[str]
    alone: bool = False


def _concept(field: str, words: str, beside: str = "", alone: bool = False) -> Concept:
    written = tuple(words.split("|"))
    needed = tuple(frozenset(alternative.split()) for alternative in written)
    return Concept(field, written, needed, frozenset(beside.split()).union(*needed), alone)


JOINED = {
    "birth": ("tempat tgl lahir|ttl|ttgl", "bln thn hari kota kabupaten"),
    "rt_rw": ("rt rw", ""),
    "rw_rt": ("rw rt", ""),
    "term": ("masa jabatan|masa bakti|masa menjabat|periode jabatan", "thn"),
}
"""Columns that hold two fields of a person."""
PLACES = {
    "province": ("provinsi|nmprov|nmprop", "nama"),
    "regency": ("kabupaten|kota|nmkab", "nama kabupaten kota"),
    "district": ("kecamatan|nmkec", "nama tempat tinggal di domisili alamat"),
    "village": (
        "desa|kel|nmdesa|nmkel|kode desa|kode kel|kode kemendagri",
        "nama kel kampung adat tempat tinggal di domisili alamat",
    ),
}
INTERNAL = {
    "number": ("no|nu|urut", ""),
    "sex_male": ("l|laki", ""),
    "sex_female": ("p|perempuan", ""),
    "remark": ("keterangan", "lain tambahan status kondisi petugas pendata verifikator dinas desa"),
    "ill": (
        "sakit|sakit berat|sakit keras|sakit sehat",
        "sedang kondisi keadaan sehingga tidak bekerja mampu bisa",
    ),
    "healthy": ("sehat|kondisi sehat|kondisi kesehatan|keadaan kesehatan", "badan jasmani saat"),
    "health": ("kesehatan|penyakit|cacat|disabilitas|hamil", ""),
}
"""Columns from which no field is stored: the row's number, two columns to tick the sex, what is
remarked about a person, such as that the person has died, and whether somebody is too ill to work
or healthy, or something else of their health, which is taken out of the row at once (`SECRET`)."""
SECRET = ("ill", "healthy", "health")
"""What is said of a person's health: nothing of it is shown or kept with the list. Of `health`
nothing is understood either."""
PARTS = {
    "name_first": ("nama depan", ""),
    "name_middle": ("nama tengah", ""),
    "name_last": ("nama belakang|nama keluarga", ""),
    "birth_month": ("bln lahir", ""),
    "birth_year": ("thn lahir", ""),
}
"""Columns that hold a part of a field."""
CONCEPTS: tuple[Concept, ...] = (
    *(_concept(field.name, field.words, field.beside, field.alone) for field in FIELDS),
    *(_concept(field, *words) for field, words in JOINED.items()),
    *(_concept(field, *words, alone=field == "regency") for field, words in PLACES.items()),
    *(_concept(field, *words, alone=field != "remark") for field, words in INTERNAL.items()),
    *(_concept(field, *words, alone=True) for field, words in PARTS.items()),
)
MEANINGS = tuple(dict.fromkeys(concept.field for concept in CONCEPTS if concept.field not in PARTS))
"""Everything that a column may mean."""
GUESSES = (
    _concept("nik", "id", "no"),
    _concept("name", "nama kepala|nama krt|nama kk", "keluarga rumah tangga"),
    _concept("birth", "lahir"),
    _concept("address", "lokasi", alone=True),
    _concept("hamlet", "kampung|kp", "nama", alone=True),
    _concept("village", "kampung desa", "nama", alone=True),
)
"""What a heading may mean that names no field surely."""

_NAMING = frozenset(word for concept in CONCEPTS for needed in concept.needed for word in needed)
_FOREIGN = (
    (_NAMING - vocabulary.words("no id jenis asal data l p ortu di dari"))
    | vocabulary.SOMEBODY_ELSE
    | vocabulary.SOMETHING_ELSE
)
_BARE = frozenset({"number", "sex_male", "sex_female"})
"""Meanings of a heading that says nothing more ("No")."""
_SAYING_LITTLE = frozenset({"no", "di", "data"})
_PERSONS = vocabulary.SOMEBODY_ELSE | {"ibu"}
_BLOCKS = vocabulary.words(
    """
    bank rekening kelompok usaha toko perusahaan instansi sekolah poktan gapoktan lembaga
    kapal organisasi yayasan kantor koperasi
    """
)
"""Words of a group heading that say that the columns below are about that thing."""
_WITHIN_BIRTH = {
    "tempat": "birth_place", "kota": "birth_place", "tgl": "birth_date", "hari": "birth_date",
    "bln": "birth_month", "thn": "birth_year",
}  # fmt: skip


@lru_cache(maxsize=8192)
def meaning(*lines: str) -> Meaning:
    """The meaning of a heading of one or more lines, the top one first; a longer text is none."""
    if not lines or any(len(line.strip()) > LONGEST_HEADING for line in lines):
        return Meaning()
    if len(lines) == 1 and len(parts := re.split(r"\s[-–—:>]\s", lines[0])) == 2:
        divided = meaning(*parts)
        if divided.field in ("nik", "name") and not divided.guessed:
            return divided  # "Pengganti - Nama"
    every = [words_of(line) for line in lines]
    said = [frozenset((*line.named, *line.behind, *line.bracketed)) for line in every]
    group, whole = frozenset().union(*said[:-1]), frozenset().union(*said)
    found = _in_group(group, every[-1], lines) or _of_lines(lines, every[-1])
    if any(map(is_about_health, lines)) and not _is_of_a_field(found):
        found = Meaning("health", guessed=True)
    other = found.other or _is_other(whole, found)
    return Meaning(found.field, found.guessed, _role(said), other, whole)


def _is_of_a_field(found: Meaning) -> bool:
    """Whether a heading with a word of health is surely understood, and not as a remark."""
    return bool(found.field) and not found.guessed and found.field not in ("status", "remark")


def _role(lines: Sequence[frozenset[str]]) -> Role:
    """The role that the lowest line names: below "Penggantian", "Keluar" are the old ones."""
    for words in reversed(lines):
        if words & vocabulary.NEW:
            return Role.NEW
        if words & vocabulary.OLD:
            return Role.OLD
    return Role.POST if any("ketua" in words for words in lines) else Role.OWN


def _is_other(words: frozenset[str], found: Meaning) -> bool:
    foreign = words & (_PERSONS | vocabulary.SOMETHING_ELSE)
    return found.field is None and bool(foreign)


def _in_group(group: frozenset[str], leaf: Words, lines: tuple[str, ...]) -> Meaning | None:
    """The meaning of a leaf below a group heading that decides it; None where it does not."""
    named = frozenset(leaf.named)
    if group & _PERSONS and not group & vocabulary.NEW:
        return _of_somebody(group, leaf)
    if group & _BLOCKS:
        return Meaning(other=True)
    if (
        group & {"lahir", "ttl", "ttgl"}
        and len(named) == 1
        and (within := _WITHIN_BIRTH.get(leaf.named[0]))
    ):
        return Meaning(within)
    if "alamat" in group and named and named <= {"jalan", "jl", "nama", "no"}:
        return Meaning("address")
    return None


def _of_somebody(group: frozenset[str], leaf: Words) -> Meaning:
    """In a block about a parent, the spouse or the head: only the mother's name is a field."""
    field = _best(leaf.named)[0]
    others = group & vocabulary.SOMEBODY_ELSE - {"ortu"}
    if "ibu" in group and field == "name" and not others:
        return Meaning("mother_name")
    if field == "mother_name" and not group & {"nik", "ktp"}:
        return Meaning("mother_name")
    if others == {"kepala"} and field in ("nik", "name"):
        return Meaning(field, guessed=True)
    return Meaning(other=True)


def _of_lines(lines: tuple[str, ...], leaf: Words) -> Meaning:
    """By the words of the leaf, else by those of the leaf and the lines above it together."""
    for at in reversed(range(len(lines))):
        words = words_of(" ".join(lines[at:])) if at < len(lines) - 1 else leaf
        field, sure = _whole(words)
        if field and sure:
            return Meaning(field)
    if not leaf.named:
        return Meaning()
    for words in (leaf, words_of(" ".join(lines))):
        field, _ = _whole(words)
        if field := field or _guess(words):
            return Meaning(field, guessed=True)
    return Meaning()


def _whole(words: Words) -> tuple[str | None, bool]:
    """The field and whether it is sure; what stands in brackets or behind counts if it matters."""
    if words.behind and _NAMING & set(words.named):
        field, sure = _best((*words.named, *words.behind))
        if sure or set(words.named) <= _SAYING_LITTLE:
            return field, sure
    if vocabulary.SOMEBODY_ELSE.isdisjoint(words.bracketed):
        field, sure = _best(words.named)
        if field or not words.bracketed:
            return field, sure
    return _best((*words.named, *words.bracketed))


def _best(words: tuple[str, ...]) -> tuple[str | None, bool]:
    """The field that the words name best, and whether no unknown word makes it doubtful."""
    found = max(_weighed(words, CONCEPTS), default=None)
    return (found[-1], found[0] == 1) if found else (None, False)


def _weighed(
    words: tuple[str, ...], concepts: tuple[Concept, ...]
) -> Iterator[tuple[float, bool, int, str]]:
    """(sureness, whether it is named first, words that speak for it, field) of each concept that
    is not ruled out."""
    first = next((word for word in words if word in _NAMING - {"no", "jenis", "nama"}), "")
    for concept in concepts:
        said = frozenset(words)
        if concept.field not in ("status", "remark"):
            said -= (vocabulary.OLD | vocabulary.NEW) - concept.beside
        if not any(needed <= said for needed in concept.needed):
            continue
        rest = _not_numbers(said - concept.beside)
        if concept.field not in _BARE:
            rest -= vocabulary.SAYING_NOTHING
        if concept.field in PLACES and "no" in said:
            continue  # NO_KEC: the district's code
        if rest & _FOREIGN or (concept.alone and rest) or _reversed(concept, words):
            continue
        led = any(first in needed for needed in concept.needed)
        yield 1 - len(rest) / 8, led, len(said & concept.beside), concept.field


def _not_numbers(words: frozenset[str]) -> frozenset[str]:
    return frozenset(word for word in words if not word.isdigit())


def _reversed(concept: Concept, words: tuple[str, ...]) -> bool:
    """Whether this is "RW/RT" for the concept of "RT/RW", or the other way round."""
    if concept.field not in ("rt_rw", "rw_rt"):
        return False
    first, second = concept.field.split("_")
    return words.index(first) > words.index(second)


def _guess(words: Words) -> str | None:
    said = (*words.named, *words.bracketed)
    for concept in GUESSES:
        rest = frozenset(said) - concept.beside - vocabulary.SAYING_NOTHING
        if concept.alone and rest:
            continue
        if any(needed <= frozenset(said) for needed in concept.needed) and not rest & _FOREIGN:
            return concept.field
    if words.apart and _PERSONS.isdisjoint(words.named):
        return _first(words)
    return None


def _first(words: Words) -> str | None:
    """The field named first, where a heading names several things ("TTL/Umur")."""
    for length in range(len(words.named) - 1, 0, -1):
        field, sure = _best(words.named[:length])
        if field and sure and field not in INTERNAL:
            return field
    return None
