"""What kind of row this is below a heading: a person, or a title, total, signature, note, example …

A row that names a person is a row of a person, whatever its words resemble. So words decide only
where the other cells do not look like those of a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from enrollment.fields.person import FIELDS
from enrollment.months import MONTHS
from enrollment.sheets.headings import Heading
from enrollment.sheets.knowledge import Knowledge
from enrollment.sheets.legends import in_cells, is_legend
from enrollment.sheets.lines import is_column_numbers, is_format, is_other_heading
from enrollment.sheets.meanings import INTERNAL, SECRET, meaning
from enrollment.sheets.profiles import has_nik, looks_like
from enrollment.sheets.titles import GROUP, HAMLET, texts
from enrollment.workbooks.opening import Cell

# Whether a table has ended: after a total people may still follow, after a signature or note only a
# legend does.
OPEN, TOTALLED, CLOSED = 0, 1, 2
FURTHEST_CONTINUED = 3
"""Rows below a person in which the text of a cell may go on."""
NOT_KEPT = tuple(INTERNAL)
# Fields that are filled for actual people only. Others, such as the village, are often filled in
# beforehand down to the last row of an empty form.
PERSONAL = (*(field.name for field in FIELDS if field.personal), "birth", "sex_male", "sex_female")
_CONTINUED = ("address", "birth", "birth_place", "occupation", "mother_name", "position")
"""Fields whose text may go on in the row below."""

MONTH = "|".join(["nopember", *map(str.lower, MONTHS)])
TOTAL = re.compile(
    r"(?:sub ?-? ?|grand )?(?:jumlah|total|jml)\b(?! penghasilan| pendapatan)|rata ?-? ?rata\b",
    re.I,
)
_COUNTED = re.compile(
    r"(?:orang|jiwa|peserta|pekerja|penerima|warga|semua|keseluruhan|seluruh\w*|akhir|a\b|[ivx]+\b|"
    r"sementara|per\b|dusun|dsn|rt|rw|desa|laki|perempuan|pria|wanita)",
    re.I,
)
RECAP = re.compile(r"\W*(?:tabel |data )?(?:rekap\w*|ringkasan|resume|statistik)\b", re.I)
EXAMPLE = re.compile(r"\W*(?:baris |data )?(?:contoh|cth|misal|misalnya|example)\b", re.I)
_MARKED = re.compile(r"\W*(?:contoh|cth|misal)\b\W*", re.I)
SEX = re.compile(r"(?:laki|perempuan|pria|wanita|lk\b|pr\b)", re.I)
SIGNATURE = re.compile(
    r"(?:mengetahui|menyetujui|mengesahkan|disetujui|diketahui|diperiksa|dibuat|yang membuat|"
    r"penjabat|pejabat|pelaksana|"
    r"pembuat daftar|hormat kami|tertanda|ttd|tanda tangan|nip\b|nrp\b|petugas|pendata|verifikator|"
    r"(?:an|a\.n|pj|plt|plh|pjs)\b\.?|(?:kepala|sekretaris|kasi|kaur|ketua|koordinator|camat|lurah|"
    r"bupati|wali ?nagari|keuchik|kuwu|penghulu|peratin)\b)",
    re.I,
)
DATE_LINE = re.compile(
    rf"[^\d,;:]{{3,40}},[\s\d.…_]*(?:{MONTH}|[.…_]{{3,}})[\s.…_]*(?:20[\d.…_]{{2,}})?",
    re.I,
)
NOTE = re.compile(r"(?:keterangan|ket|catatan|note|nb|sumber|petunjuk|penjelasan)\b|\*", re.I)
LEGEND = re.compile(r"\S\s*=\s*\S")
FAMILY = re.compile(
    r"\b(?:n?kk|kartu keluarga)\b[^\d\n]{0,12}\d{10}|^\s*(?:alamat|kepala keluarga)\s*:", re.I
)
"""The title of a family: "No. KK : 3503…", "Alamat : Dusun …"."""
LABELLED = re.compile(r"[^:]{2,30}\s:\s*\S")
_PEOPLE = re.compile(
    r"\W*(?:[A-Z]\.\s*)?(?:data |daftar )?(?:warga|penduduk|peserta|pekerja|anggota|penerima|"
    r"kategori|status|aktif|hidup|masih)\b",
    re.I,
)
"""How a title begins that says what kind of people follow."""
_HOUSE = re.compile(r"\W*(?:r\W?t|r\W?w|no|jl|jln|jalan|gang|gg|blok)\b", re.I)
"""How the second line of an address begins, where the first column holds it."""
_LONG_NUMBER = re.compile(r"(?<!\d)\d{16}(?!\d)")
_LOOKS = {
    "birth_date": "digits", "sex": "sex", "kk": "digits", "phone": "digits", "rt": "digits",
    "rw": "digits", "rt_rw": "digits", "income": "digits", "decile": "small",
}  # fmt: skip


@dataclass(frozen=True)
class Layout:
    """Where a table's cells stand: column indexes of the NIK, the name, the row's number, and
    (field, index) of the others that hold a field."""

    nik: int
    name: int
    number: int | None
    others: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, heading: Heading) -> Layout:
        fields = dict(heading.fields)
        nik, name, number = fields.pop("nik"), fields.pop("name"), fields.pop("number", None)
        for not_of_a_person in ("remark", *SECRET):
            fields.pop(not_of_a_person, None)
        return cls(nik, name, number, tuple(fields.items()))

    def is_numbered(self, cells: Sequence[Cell]) -> bool:
        number = cells[self.number] if self.number is not None else ""
        return isinstance(number, int | float) or str(number).strip(" .)").isdigit()

    def fitting(self, cells: Sequence[Cell]) -> list[str]:
        """The other fields whose cells look like what their column holds."""
        return [field for field, at in self.others if cells[at] != "" and _fits(field, cells[at])]


def _fits(field: str, cell: Cell) -> bool:
    if field in ("sex_male", "sex_female"):
        return isinstance(cell, str)
    if isinstance(cell, date):
        return field in ("birth_date", "birth", "term_start")
    if field == "birth_date" and isinstance(cell, int | float):
        return cell > 1000
    return looks_like(_LOOKS.get(field, "text"), [cell])


@dataclass(frozen=True)
class Line:
    """A row below a heading.

    `closing`: whether its table has ended. `since`: how many rows above it the last person stands;
    None before the first person. `titled`: the columns in which titles between people began before.
    """

    cells: Sequence[Cell]
    layout: Layout
    closing: int
    since: int | None
    titled: Collection[int]
    knowledge: Knowledge

    @cached_property
    def words(self) -> list[str]:
        return texts(self.cells)

    @cached_property
    def joined(self) -> str:
        return " ".join(self.words)

    @property
    def nik(self) -> Cell:
        return self.cells[self.layout.nik]

    @property
    def name(self) -> Cell:
        return self.cells[self.layout.name]

    @cached_property
    def named(self) -> bool:
        return isinstance(self.name, str) and any(map(str.isalpha, self.name))

    @cached_property
    def numbered(self) -> bool:
        return self.layout.is_numbered(self.cells)

    @cached_property
    def fitting(self) -> list[str]:
        return self.layout.fitting(self.cells)

    @cached_property
    def personal(self) -> int:
        """How many cells look like what only actual people have."""
        return sum(field in PERSONAL for field in self.fitting)

    # --- without words -------------------------------------------------------------------------

    def is_example(self) -> bool:
        """Marked as an example of how to fill in the list."""
        first = [cell for at, cell in enumerate(self.cells[:2]) if at != self.layout.name]
        if any(map(EXAMPLE.match, texts(first))):
            return True
        own = self.numbered and (self.nik != "" or self.personal > 0)  # somebody called Contoh
        beside = [cell for at, cell in enumerate(self.cells) if not own or at != self.layout.name]
        if any(map(_MARKED.fullmatch, texts(beside))):
            return True
        return not self.numbered and bool(re.search(r"\bcontoh\b", str(self.name), re.I))

    def is_of_a_family(self) -> bool:
        own = has_nik(self.nik) and not FAMILY.search(str(self.nik))
        return not own and any(map(FAMILY.search, self.words))

    def has_a_nik(self) -> bool:
        return has_nik(self.nik) and not (self.closing == CLOSED and self.name == "")

    def says_how_to_fill_in(self) -> bool:
        return self.since is None and is_format(self.cells)

    def goes_on(self) -> bool:
        """Only texts are filled that may go on from the row above, such as an address."""
        if self.since is None or self.since > FURTHEST_CONTINUED:
            return False
        may = {at for field, at in self.layout.others if field in _CONTINUED}
        filled = [at for at, cell in enumerate(self.cells) if cell != ""]
        if not may.issuperset(filled) or len(self.words) != len(filled) or not filled:
            return False
        if filled[0] in self.titled or (filled[0] == 0 and not _HOUSE.match(self.words[0])):
            return False
        return not any(map(self._closes, self.words))

    def _closes(self, word: str) -> bool:
        patterns = (SIGNATURE, NOTE, TOTAL, RECAP)
        ends = DATE_LINE.fullmatch(word) or any(pattern.match(word) for pattern in patterns)
        return bool(ends) or self.knowledge.is_ended(word)

    # --- people --------------------------------------------------------------------------------

    def is_listed(self) -> bool:
        """A name with what a person has beside it, and a number, or more of it."""
        much = self.numbered or self.personal > 1
        return self.named and self.personal > 0 and much and self.closing == OPEN

    def is_filled(self) -> bool:
        return (self.named or self.nik != "") and self.personal >= 3

    def is_numbered_name(self) -> bool:
        legend = any(map(LEGEND.search, self.words))
        return self.numbered and self.named and self.closing != CLOSED and not legend

    def is_name_with_more(self) -> bool:
        name = str(self.name)
        closes = SIGNATURE.match(name) or DATE_LINE.fullmatch(name)
        return self.named and bool(self.fitting) and self.closing == OPEN and not closes

    def is_person_by_cells(self) -> bool:
        """Neither a NIK nor words decide."""
        return self.personal >= 2 or (self.nik != "" and self.personal > 0)

    # --- other rows ----------------------------------------------------------------------------

    def is_total(self) -> bool:
        """A sum, and not a person whose name begins so: "Jumlah" alone, with a number, of something
        that is counted, or beside cells that do not fit a person."""
        found = next(filter(None, map(TOTAL.match, self.words[:3])), None)
        if found is None:
            return False
        if self.numbered and found.string == str(self.name).strip() and self.personal > 0:
            return False  # somebody called Jumlah
        rest = found.string[found.end() :].strip(" .:;=-")
        if not rest or _COUNTED.match(rest) or any(map(str.isdigit, rest)):
            return True
        return not self.personal or bool(meaning(rest[:100]).field)

    def is_recap(self) -> bool:
        begins = bool(self.words) and bool(RECAP.match(self.words[0]))
        return begins or is_other_heading(self.cells)

    def is_unfilled(self) -> bool:
        blank = self.name == "" and self.nik == "" and self.personal < 2
        return self.numbered and blank and not self.has_long_number()

    def has_long_number(self) -> bool:
        """A number of sixteen digits stands somewhere, which nobody has read as a NIK."""
        return any(_LONG_NUMBER.search(str(cell).removesuffix(".0")) for cell in self.cells)

    def is_signature(self) -> bool:
        dated = self.words if self.name == "" else texts([self.name])
        return any(map(SIGNATURE.match, self.words)) or any(map(DATE_LINE.fullmatch, dated))

    def is_note(self) -> bool:
        explains = any(map(LEGEND.search, self.words)) or is_legend(self.joined)
        explains = explains or bool(in_cells(self.cells))
        legend = self.personal < 2 and explains
        return bool(self.words) and bool(NOTE.match(self.words[0]) or legend)

    def is_village(self) -> bool:
        if self.personal or HAMLET.match(self.joined):
            return False
        return self.knowledge.is_village(self.joined.strip(" .:-"))

    def is_title(self) -> bool:
        bare = self.joined.strip(" .:-")
        said = GROUP.match(self.joined) or _PEOPLE.match(self.joined)
        labelled = len(LABELLED.findall(self.joined)) >= 2
        known = self.is_village() or (len(bare) < 80 and self.knowledge.is_ended(bare))
        return self.personal < 2 and bool(said or labelled or known)

    def counts(self) -> bool:
        """A number stands beside a title's text, as in "PINDAH 2" below a list."""
        numbers = (cell for at, cell in enumerate(self.cells) if at != self.layout.number)
        return self.is_title() and any(isinstance(cell, int | float) for cell in numbers)

    def counts_below(self) -> bool:
        """A part of a recapitulation: "Dusun Krajan 12"."""
        return self.closing == CLOSED and self.counts()

    def is_part_of_a_total(self) -> bool:
        """ "Laki-laki 12" below "Jumlah"."""
        listed = self.layout.number is not None or bool(SEX.match(str(self.name)))
        return self.closing == TOTALLED and listed

    def is_text_alone(self) -> bool:
        """Where people are numbered, a text alone is a title; elsewhere it may be a name."""
        alone = sum(cell != "" for cell in self.cells) == 1
        return alone and (self.layout.number is not None or self.name == "")


_KINDS: tuple[tuple[str, Callable[[Line], bool]], ...] = (
    ("column_numbers", lambda line: is_column_numbers(line.cells)),
    ("example", Line.is_example),
    ("group", Line.is_of_a_family),
    ("person", Line.has_a_nik),
    ("format", Line.says_how_to_fill_in),
    ("continued", Line.goes_on),
    ("total", Line.is_total),
    ("person", Line.is_listed),
    ("recap", Line.is_recap),
    ("person", Line.is_filled),
    ("person", Line.is_numbered_name),
    ("unfilled", Line.is_unfilled),
    ("person", Line.is_name_with_more),
    ("total", Line.counts_below),
    ("group", Line.is_village),
    ("signature", Line.is_signature),
    ("note", Line.is_note),
    ("total", Line.counts),
    ("group", Line.is_title),
    ("signature", lambda line: line.closing == CLOSED),
    ("person", Line.is_person_by_cells),
    ("unread", Line.has_long_number),
    ("group", lambda line: line.name == "" and bool(line.words)),
    ("unfilled", lambda line: line.name == ""),
    ("total", Line.is_part_of_a_total),
    ("group", Line.is_text_alone),
    ("person", lambda line: True),
)
"""The kinds of rows (keys of `reading.KINDS`, or "person"): the first whose rule holds."""


def kind_of(line: Line) -> str:
    return next(kind for kind, holds in _KINDS if holds(line))
