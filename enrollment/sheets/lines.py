"""Single lines of a sheet as headings: whether a line may name columns, and belongs to others."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from enrollment.sheets.headings import Column, Heading, text_at
from enrollment.sheets.meanings import LONGEST_HEADING, Role, meaning
from enrollment.sheets.profiles import digits_of, divided, has_nik, looks_like
from enrollment.sheets.titles import texts
from enrollment.sheets.vocabulary import KNOWN
from enrollment.sheets.words import words_of
from enrollment.workbooks.opening import Cell

TALLEST_HEADING = 4  # rows
_FORMAT = re.compile(
    r"\W*(?:\d+\s*)?(?:digit|angka|karakter|huruf\b.*|teks?t?|string|varchar.*|char.*|int(?:eger)?|"
    r"date|numerik|numeric|number|wajib.*|opsional|optional|diisi.*|isian.*|bebas|otomatis|"
    r"[dhmbty]{1,4}[-/. ][dhmbty]{1,4}[-/. ][dhmbty]{2,4}|tgl-bln-thn|l\s*/\s*p|p\s*/\s*l|"
    r"0{2,}|9{2,}|"
    r"0?8x+|x{2,}|n{2,}|pilih.*|sesuai\b.*|format.*|max.*|maks.*)\W*",
    re.I,
)
_OWN_NUMBER = re.compile(r"^\W*[a-z]?\d{1,3}\s*[.)]\s*", re.I)
"""The number of a heading: "2. NIK"."""
_LACKING = re.compile(r"\b(?:belum|blm|tidak|tdk|kosong|menyusul|hilang)\b", re.I)
"""What a cell says instead of a value: "NIK belum ada"."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii", "xiii", "xiv",
          "xv", "xvi", "xvii", "xviii", "xix", "xx", "xxi", "xxii", "xxiii", "xxiv", "xxv", "xxvi",
          "xxvii", "xxviii", "xxix", "xxx")  # fmt: skip


def may_be_heading(cells: Sequence[Cell]) -> bool:
    """A quick first test: at least two texts that name columns, and no NIK."""
    words = texts(cells)
    outside = [_outside_brackets(cell) if isinstance(cell, str) else cell for cell in cells]
    if len(words) < 2 or any(map(has_nik, outside)) or any(map(divided, words)):
        return False
    if any(map(_LACKING.search, words)):
        return False
    if any(isinstance(cell, int | float) for cell in cells):
        return False
    said = list(map(meaning, words))
    sure = {each.field for each in said if each.field and not each.guessed}
    both = any(each.is_of_both for each in said)
    return both or bool(sure & {"nik", "name", "name_first"}) or len(sure) > 2


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


def stands_over(line: Sequence[Cell], below: Sequence[Cell]) -> bool:
    """Whether a line groups the columns of a heading that begins in the next row ("No | Keluar |
    | Masuk"), and is nobody's."""
    named = texts(line)
    alone = len(named) > 1 and len(named) == sum(cell != "" for cell in line)
    about = all(map(_is_about, named)) or names_columns(line)
    return alone and about and spans_columns(line) and may_be_heading(below)


def names_columns(line: Sequence[Cell]) -> bool:
    """Whether a line consists of words for columns, even if none says NIK or name, and of nothing
    that people have."""
    words = texts(line)
    whole = len(words) > 2 and len(words) == sum(cell != "" for cell in line)
    outside = list(map(_outside_brackets, words))
    if not whole or any(len(digits_of(word)) > 4 for word in outside) or is_format(line):
        return False
    if any(looks_like("sex", [word]) and meaning(word).field != "sex" for word in words):
        return False
    return sum(map(_is_of_headings, words)) * 10 >= len(words) * 6


def _outside_brackets(text: str) -> str:
    """A heading without the example in it: "Tgl Lahir (contoh 17-08-1975)"."""
    return re.sub(r"\(.*?\)", "", text) if "(" in text else text


def _is_of_headings(text: str) -> bool:
    named = [word for word in words_of(text[:LONGEST_HEADING]).named if not word.isdigit()]
    return bool(named) and KNOWN.issuperset(named)


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
    columns = (column for column in longer.columns if column.index in filled)
    gained = {column.index for column in columns if _gains(column, above.get(column.index))}
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
    if above is None or above.said.guessed or above.said.field in (None, "address", "birth"):
        return True
    return (above.said.field, said.field) == ("number", "nik")  # "Nomor", "NIK"


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
