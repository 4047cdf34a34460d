"""What kind of row this is: a person, or a title, total, signature, note, example …

A row that names a person is a row of a person, whatever its words resemble. So words decide only
where the other cells do not look like those of a person.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from enrollment.fields.person import FIELDS
from enrollment.months import MONTHS
from enrollment.sheets.headings import LONGEST_HEADING, Column, Heading, text_at
from enrollment.sheets.knowledge import Knowledge
from enrollment.sheets.meanings import INTERNAL, Role, meaning
from enrollment.sheets.profiles import has_nik, looks_like
from enrollment.sheets.titles import GROUP, texts
from enrollment.workbooks.opening import Cell

# Whether a table has ended: after a total people may still follow, after a signature or note only a
# legend does.
OPEN, TOTALLED, CLOSED = 0, 1, 2

TALLEST_HEADING = 4  # rows
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
_FORMAT = re.compile(
    r"\W*(?:\d+\s*)?(?:digit|angka|karakter|huruf\b.*|teks?t?|string|varchar.*|char.*|int(?:eger)?|"
    r"date|numerik|numeric|number|wajib.*|opsional|optional|diisi.*|isian.*|bebas|otomatis|"
    r"[dhmbty]{1,4}[-/. ][dhmbty]{1,4}[-/. ][dhmbty]{2,4}|tgl-bln-thn|l\s*/\s*p|p\s*/\s*l|"
    r"0{2,}|9{2,}|"
    r"0?8x+|x{2,}|n{2,}|pilih.*|sesuai\b.*|format.*|max.*|maks.*)\W*",
    re.I,
)
_PEOPLE = re.compile(
    r"\W*(?:[A-Z]\.\s*)?(?:data |daftar )?(?:warga|penduduk|peserta|pekerja|anggota|penerima|"
    r"kategori|status|aktif|hidup|masih)\b",
    re.I,
)
"""How a title begins that says what kind of people follow."""
_OWN_NUMBER = re.compile(r"^\W*[a-z]?\d{1,3}\s*[.)]\s*", re.I)
"""The number of a heading: "2. NIK"."""
_LACKING = re.compile(r"\b(?:belum|blm|tidak|tdk|kosong|menyusul|hilang)\b", re.I)
"""What a cell says instead of a value: "NIK belum ada"."""
_HOUSE = re.compile(r"\W*(?:r\W?t|r\W?w|no|jl|jln|jalan|gang|gg|blok)\b", re.I)
"""How the second line of an address begins, where the first column holds it."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
          "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi",
          "xxvii", "xxviii", "xxix", "xxx")  # fmt: skip


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
        fields.pop("remark", None)
        return cls(nik, name, number, tuple(fields.items()))

    def is_numbered(self, cells: Sequence[Cell]) -> bool:
        number = cells[self.number] if self.number is not None else ""
        return isinstance(number, int | float) or str(number).strip(" .)").isdigit()

    def fitting(self, cells: Sequence[Cell]) -> list[str]:
        """The other fields whose cells look like what their column holds."""
        return [field for field, at in self.others if cells[at] != "" and _fits(field, cells[at])]


_LOOKS = {
    "birth_date": "digits", "sex": "sex", "kk": "digits", "phone": "digits", "rt": "digits",
    "rw": "digits", "rt_rw": "digits", "income": "digits", "decile": "small",
}  # fmt: skip


def _fits(field: str, cell: Cell) -> bool:
    if field in ("sex_male", "sex_female"):
        return isinstance(cell, str)
    if isinstance(cell, date):
        return field in ("birth_date", "birth", "term_start")
    if field == "birth_date" and isinstance(cell, int | float):
        return cell > 1000
    return looks_like(_LOOKS.get(field, "text"), [cell])


def may_be_heading(cells: Sequence[Cell]) -> bool:
    """A quick first test: at least two texts that name columns, and no NIK."""
    words = texts(cells)
    if len(words) < 2 or any(map(has_nik, cells)) or any(map(_LACKING.search, words)):
        return False
    if any(isinstance(cell, int | float) for cell in cells):
        return False
    said = [meaning(word) for word in words if len(word) <= LONGEST_HEADING]
    sure = {each.field for each in said if each.field and not each.guessed}
    return bool(sure & {"nik", "name", "name_first"}) or len(sure) > 2


def spans_columns(line: Sequence[Cell]) -> bool:
    """Whether a line right above a heading belongs to it rather than to the letterhead."""
    filled = [text_at(line, at) for at, cell in enumerate(line) if cell != ""]
    if looks_like("digit", filled, 0.5) or any(map(has_nik, line)):
        return False
    if not all(filled) or any(":" in text for text in filled) or len(" ".join(filled)) > 400:
        return False
    if len(filled) == 1 and line[0] != "":
        return False
    known = [text for text in filled if _is_about(text)]
    return len(filled) >= 3 or any(text in known for text in filled[line[0] == filled[0] :])


def _is_about(text: str) -> bool:
    """Whether a text says what the columns below it are about."""
    said = meaning(text)
    replaced = said.role is not Role.OWN
    return bool(said.field) or ((said.other or replaced) and len(text.split()) < 4)


def continues(line: Sequence[Cell], heading: Heading, longer: Heading) -> bool:
    """Whether a line below a heading belongs to it: only texts, most of which name columns.

    `longer` is the heading with this line added.
    """
    filled = [at for at, cell in enumerate(line) if cell != ""]
    if not filled or not all(text_at(line, at) for at in filled) or is_column_numbers(line):
        return False
    if any(map(has_nik, line)) or is_format(line) or looks_like("digit", line, 0.5):
        return False
    if any(":" in text or sum(map(str.isdigit, text)) > 7 for text in texts(line)):
        return False
    if _stands_below_a_group(line, filled, heading):
        return True
    if not heading.fields.keys() & {"nik", "name"} <= longer.fields.keys():
        return False
    above = {column.index: column for column in heading.columns}
    repeated = {at for at in filled if at in above and above[at].heading == _words(line, at)}
    own = {at for at in filled if at not in repeated and meaning(text_at(line, at)).field}
    gained = {at for at in filled if _gains(longer.columns[at], above.get(at))}
    if len(filled) == 1 and not _divides(text_at(line, filled[0]), above.get(filled[0])):
        return False  # a title such as "DUSUN KRAJAN"
    named = own | gained | repeated
    return (bool(gained) or own | repeated == set(filled)) and 2 * len(named) >= len(filled)


def _stands_below_a_group(line: Sequence[Cell], filled: Sequence[int], heading: Heading) -> bool:
    """Whether the line divides one heading that stands over several columns, in any words."""
    first, last = filled[0], filled[-1]
    headed = {column.index for column in heading.columns if column.heading}
    undivided = first in headed and headed.isdisjoint(range(first + 1, last + 1))
    short = all(len(text) < 40 and not any(map(str.isdigit, text)) for text in texts(line))
    return len(filled) > 1 and undivided and short and last - first + 1 == len(filled)


def _divides(text: str, above: Column | None) -> bool:
    """Whether a single text is the second line of the heading above it ("ALAMAT", "Dusun")."""
    said = meaning(text)
    if not said.field or said.guessed or any(map(str.isdigit, text)):
        return False
    return above is None or above.said.guessed or above.said.field in (None, "address", "birth")


def _words(line: Sequence[Cell], at: int) -> str:
    return " ".join(text_at(line, at).split())


def _gains(longer: Column, above: Column | None) -> bool:
    """Whether a column surely means a field, and another one than without the line."""
    said = longer.said
    return bool(said.field and not said.guessed) and said.field != (above and above.said.field)


def is_column_numbers(cells: Sequence[Cell]) -> bool:
    """Whether the row only numbers the columns: 1, 2, 3 … or (1), -2-, I, II … or a, b, c …"""
    filled = [cell for cell in cells if cell != ""]
    labels = [_bare_label(cell) for cell in filled]
    if len(labels) < 3 or not all(labels):
        return False
    letters = "abcdefghijklmnopqrstuvwxyz"[: len(labels)]
    if labels == list(letters) or labels == list(_ROMAN[: len(labels)]):
        return True
    numbers = [int(label) for label in labels if label.isdigit() and len(label) <= 2]
    return len(numbers) == len(labels) and all(a < b for a, b in itertools.pairwise(numbers))


def _bare_label(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    text = str(cell).strip().casefold()
    return re.sub(r"\s*=.*$", "", text).strip("() .-[]")


def is_example(cells: Sequence[Cell], layout: Layout) -> bool:
    """Whether the row is marked as an example of how to fill in the list."""
    first = [cell for at, cell in enumerate(cells[:2]) if at != layout.name]
    if any(map(EXAMPLE.match, texts(first))) or any(map(_MARKED.fullmatch, texts(cells))):
        return True
    name = str(cells[layout.name])
    return not layout.is_numbered(cells) and bool(re.search(r"\bcontoh\b", name, re.I))


def is_format(cells: Sequence[Cell]) -> bool:
    """Whether the row says how each column is to be filled: "16 digit", "dd-mm-yyyy", "teks"."""
    if any(map(has_nik, cells)):
        return False
    filled = [str(cell) for cell in cells if cell != ""]
    described = [text for text in filled if _FORMAT.fullmatch(text)]
    return len(filled) >= 3 and len(described) * 2 >= len(filled)


def is_other_heading(cells: Sequence[Cell]) -> bool:
    """Whether the row names the columns of another table, such as a recapitulation."""
    filled = [cell for cell in cells if cell != ""]
    words = texts(cells)
    numbers = any(re.search(r"\d", _OWN_NUMBER.sub("", word)) for word in words)
    if len(words) < 3 or len(words) < len(filled) or numbers:
        return False
    named = [word for word in words if (said := meaning(word[:300])).field or said.other]
    return len(named) >= 3 and len(named) * 10 >= len(words) * 6


def kind_of(
    cells: Sequence[Cell],
    layout: Layout,
    closing: int,
    since: int | None,
    titled: Collection[int],
    knowledge: Knowledge,
) -> str:
    """ "person", or the kind of row this is (a key of `reading.KINDS`).

    `since`: how many rows above it the last person stands; None before the first person.
    `titled`: the columns in which titles between people began before.
    """
    nik, name = cells[layout.nik], cells[layout.name]
    words = texts(cells)
    if is_column_numbers(cells):
        return "column_numbers"
    if is_example(cells, layout):
        return "example"
    if any(map(FAMILY.search, words)) and (not has_nik(nik) or FAMILY.search(str(nik))):
        return "group"
    if has_nik(nik) and not (closing == CLOSED and name == ""):
        return "person"
    if since is None and is_format(cells):
        return "format"
    if (
        since is not None
        and since <= FURTHEST_CONTINUED
        and _goes_on(cells, layout, titled, knowledge)
    ):
        return "continued"
    fitting = layout.fitting(cells)
    personal = [field for field in fitting if field in PERSONAL]
    numbered = layout.is_numbered(cells)
    named = isinstance(name, str) and any(map(str.isalpha, name))
    if _is_total(words, personal):
        return "total"
    if named and personal and closing == OPEN and (numbered or len(personal) > 1):
        return "person"
    if words and RECAP.match(words[0]):
        return "recap"
    if is_other_heading(cells):
        return "recap"
    if (named or nik != "") and len(personal) >= 3:
        return "person"
    if closing != CLOSED and numbered and named and not any(map(LEGEND.search, words)):
        return "person"
    if numbered and name == "" and nik == "" and len(personal) < 2:
        return "unfilled"
    if named and fitting and closing == OPEN and not _has_closing_words([str(name)]):
        return "person"
    if not personal and knowledge.is_village(" ".join(words).strip(" .:-")):
        return "group"
    return _kind_by_words(words, name, len(personal)) or _kind_by_cells(
        cells, layout, len(personal), closing, knowledge
    )


def _is_total(words: Sequence[str], fitting: Sequence[str]) -> bool:
    """Whether the row is a sum, and not a person whose name begins so: "Jumlah" alone, with a
    number, of something that is counted, or beside cells that do not fit a person."""
    found = next(filter(None, map(TOTAL.match, words[:3])), None)
    if found is None:
        return False
    rest = found.string[found.end() :].strip(" .:;=-")
    if not rest or _COUNTED.match(rest) or any(map(str.isdigit, rest)):
        return True
    return not fitting or bool(meaning(rest[:100]).field)


def _has_closing_words(words: Sequence[str]) -> bool:
    return any(SIGNATURE.match(word) or DATE_LINE.fullmatch(word) for word in words)


def _kind_by_words(words: Sequence[str], name: Cell, personal: int) -> str | None:
    """A signature or a note, recognised by its words."""
    if any(map(SIGNATURE.match, words)):
        return "signature"
    if any(map(DATE_LINE.fullmatch, words if name == "" else texts([name]))):
        return "signature"
    if words and (NOTE.match(words[0]) or (personal < 2 and any(map(LEGEND.search, words)))):
        return "note"
    return None


def _kind_by_cells(
    cells: Sequence[Cell], layout: Layout, personal: int, closing: int, knowledge: Knowledge
) -> str:
    """A row with neither a NIK nor a word that decides: by which of its cells are filled."""
    nik, name = cells[layout.nik], cells[layout.name]
    words = texts(cells)
    joined = " ".join(words)
    filled = sum(cell != "" for cell in cells)
    if personal < 2 and _is_title(joined, knowledge):
        return "total" if _counts(cells, layout) else "group"
    if closing == CLOSED:
        return "signature"
    if personal >= 2 or (nik != "" and personal):
        return "person"
    if re.search(r"(?<!\d)\d{16}(?!\d)", joined):
        return "unread"
    if name == "":
        return "group" if words else "unfilled"
    numbered_list = layout.number is not None
    if closing == TOTALLED and (numbered_list or SEX.match(str(name))):
        return "total"  # "Laki-laki 12" below "Jumlah"
    # Where people are numbered, a text alone is a title; elsewhere it may be a person's name.
    return "group" if numbered_list and filled == 1 else "person"


def _counts(cells: Sequence[Cell], layout: Layout) -> bool:
    """Whether a number stands beside the text, as in "PINDAH 2" below a list."""
    numbers = (cell for at, cell in enumerate(cells) if at != layout.number)
    return any(isinstance(cell, int | float) for cell in numbers)


def _is_title(text: str, knowledge: Knowledge) -> bool:
    bare = text.strip(" .:-")
    return bool(
        GROUP.match(text)
        or _PEOPLE.match(text)
        or len(LABELLED.findall(text)) >= 2
        or knowledge.is_village(bare)
        or (len(bare) < 80 and knowledge.is_ended(bare))
    )


def _goes_on(
    cells: Sequence[Cell], layout: Layout, titled: Collection[int], knowledge: Knowledge
) -> bool:
    """Whether only texts are filled that may go on from the row above, such as an address."""
    may = {at for field, at in layout.others if field in _CONTINUED}
    filled = {at for at, cell in enumerate(cells) if cell != ""}
    words = texts(cells)
    return (
        bool(filled)
        and filled <= may
        and min(filled) not in titled
        and (min(filled) > 0 or bool(_HOUSE.match(words[0])))
        and len(words) == len(filled)
        and not _has_closing_words(words)
        and not any(map(knowledge.is_ended, words))
        and not any(NOTE.match(word) or TOTAL.match(word) or RECAP.match(word) for word in words)
    )
