"""The meaning of a heading: from its words to a field of a person.

Headings vary endlessly (`N I K`, `No. KTP`, `Nomor Induk Kependudukan (16 digit)`), but they are
built from few words. First the words are brought to one spelling; then each field has a pattern
that must match the whole heading, not a part of it: `NIK Ayah` must not become the NIK. No heading
matches two patterns.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from enrollment.fields.person import FIELDS

__all__ = ["INTERNAL", "JOINED", "OTHERS", "PLACES", "meaning", "normalise"]

SPELLINGS = {
    "no": "nomor nomer nmr number",
    "tgl": "tanggal tg",
    "tempat": "tmp tmpt tpt tmpat",
    "lahir": "lhr kelahiran",
    "hp": "handphone hape telp telpon telepon telfon tlp wa whatsapp ponsel phone mobile kontak",
    "jenis": "jns jen",
    "kelamin": "klmin klm kelmin",
    "lengkap": "lgkp lngkp lkp",
    "alamat": "almt",
    "pekerjaan": "pkrjaan pkrjn pek kerja profesi occupation job",
    "kecamatan": "kec distrik district kapanewon kemantren",
    "kabupaten": "kab regency",
    "provinsi": "prov prop propinsi province",
    "desa": "ds nagari gampong pekon lembang kalurahan kelurahan village",
    "dusun": "dsn lingkungan jorong dukuh padukuhan pedukuhan banjar korong hamlet",
    "ktp": "ektp",
    "ibu": "mother mothers",
    "nama": "name nm",
}
SPELLING = {variant: word for word, variants in SPELLINGS.items() for variant in variants.split()}

VILLAGE = r"(?:desa|kel|kampung)"
JOINED = {
    "birth": r"t ?t ?l|tempat(?: lahir)?(?: dan)? ?tgl(?: bln| bulan)?(?: thn| tahun)? ?lahir"
    r"|(?:place and date|date and place) of birth",
    "rt_rw": r"rt rw|rtrw",
    "rw_rt": r"rw rt|rwrt",
}
"""Columns that hold two fields of a person."""
PLACES = {
    "province": r"(?:nama )?provinsi|nmpro[pv]",
    "regency": r"(?:nama )?(?:kabupaten(?: kota)?|kota)|nmkab",
    "district": r"(?:nama )?kecamatan|nmkec",
    "village": rf"(?:nama )?desa(?: {VILLAGE})*|kel desa|(?:nama )?kel|nm(?:desa|kel)",
}
INTERNAL = {
    "number": r"no(?: urut)?|nu|urut",
    "sex_male": r"l|lk|laki laki|laki|pria",
    "sex_female": r"p|pr|perempuan|wanita",
}
"""Columns that no field is stored from: the row's number, and two columns to tick the sex."""
PATTERNS = {field.name: field.pattern for field in FIELDS} | JOINED | PLACES | INTERNAL
COMPILED = {field: re.compile(pattern) for field, pattern in PATTERNS.items()}

# Words that say the column is about somebody else: a parent, the spouse, the enumerator.
OTHERS = re.compile(
    r"\b(?:ayah|bapak|ibu|ortu|orang tua|suami|istri|isteri|pasangan|waris|wali|anak|kepala|krt|"
    r"pemilik|pendamping|petugas|saksi|pencacah|father|spouse)\b"
)
# Used only for fields that no column names surely; the column is then marked as guessed.
GUESSES: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("nik", re.compile(r".*\b(?:nik|ktp)\b.*|no id|id")),
    ("name", re.compile(r"nama (?:kepala keluarga|krt|kk)")),
    (
        "name",
        re.compile(
            r"nama (?!.*\b(?:desa|kel|dusun|kecamatan|kabupaten|kota|provinsi|bank|usaha|kelompok|"
            r"instansi|perusahaan|sekolah|program|jalan|rekening|opd|dinas|panggilan)\b).*"
        ),
    ),
    ("birth", re.compile(r"lahir")),
    ("address", re.compile(r"jalan|jl|lokasi")),
    ("hamlet", re.compile(r"kampung")),
    ("village", re.compile(r"kampung desa")),
)
SENTENCE = re.compile(r"\s*(?:\S+\s+){3,}\S+\.\s*")
"""A whole sentence: it explains a column and is not a heading."""
WITHIN_BIRTH = {"tempat": "birth_place", "kota": "birth_place", "tgl": "birth_date"}


@lru_cache(maxsize=4096)
def normalise(text: str) -> str:
    """A heading in one spelling: lower case, known words, no punctuation, nothing in brackets."""
    text = unicodedata.normalize("NFKC", text).casefold()
    without_remarks = re.sub(r"\([^)]*\)?", " ", text)
    words = re.findall(r"[a-z0-9]+", without_remarks) or re.findall(r"[a-z0-9]+", text)
    if len(words) > 2 and all(len(word) == 1 for word in words):
        words = ["".join(words)]  # N I K
    words = [SPELLING.get(word, word) for word in words]
    once = [word for word, before in zip(words, [None, *words], strict=False) if word != before]
    return " ".join(once)


@lru_cache(maxsize=4096)
def meaning(*lines: str) -> tuple[str | None, bool]:
    """The field that a heading of one or more lines (top first) means, and whether it is a guess.

    No field: None.
    """
    *parents, leaf = [normalise(line) for line in lines]
    group = " ".join(parents)
    if OTHERS.search(group):
        field = _strict(leaf)
        name_of_mother = "ibu" in group and field == "name"
        named = field == "mother_name" and not _guess(group, among=GUESSES[:1])
        return ("mother_name" if name_of_mother or named else None), False
    if "lahir" in group.split() and leaf in WITHIN_BIRTH:
        return WITHIN_BIRTH[leaf], False
    if group.startswith("alamat") and leaf in ("jalan", "jl"):
        return "address", False
    # The words of a heading may be spread over several lines, below the name of a group.
    joins = [normalise(" ".join(lines[at:])) for at in reversed(range(len(lines)))]
    if field := next(filter(None, map(_strict, joins)), None):
        return field, False
    joined = joins[-1]
    if OTHERS.search(joined) and not _guess(joined, among=GUESSES[1:2]):
        return None, False
    if SENTENCE.fullmatch(lines[-1]):
        return None, False
    guess = _guess(leaf) or _guess(joined)
    return guess, guess is not None


def _strict(text: str) -> str | None:
    return next((field for field, pattern in COMPILED.items() if pattern.fullmatch(text)), None)


def _guess(text: str, among: Iterable[tuple[str, re.Pattern[str]]] = GUESSES) -> str | None:
    return next((field for field, pattern in among if pattern.fullmatch(text)), None)
