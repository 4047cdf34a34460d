"""Legends: what a list itself says its codes mean ("A = Aktif, M = Meninggal").

A legend stands in the heading of its column, in the letterhead, or below the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from enrollment.sheets.titles import texts
from enrollment.workbooks.opening import Cell

__all__ = ["UNEXPLAINED", "below", "code_of", "explained", "in_cells", "in_heading", "is_legend"]

UNEXPLAINED = "(perlu penjelasan)"
"""Stands behind a code or a "no" that may mean that somebody has gone, which nothing explains."""
_CODE = r"[^\W\d_]{1,3}|\d{1,2}"
_ENTRY = re.compile(
    rf"(?<![^\W_])({_CODE})\s*[)\].]?\s*[=:]\s*[\[(]?\s*([^\W\d_][^=:,;|()\[\]\n]*?)\s*"
    rf"(?=$|[,;|()\[\]\n]|\s[-–/]\s|/|\s(?:{_CODE})\s*[)\].]?\s*[=:]|\s(?:dan|serta)\s)"
)
_NUMBERED = re.compile(r"(?<![^\W_])(\d{1,2})\s*[.)]\s*([^\W\d_][^=:,;|()\[\]\n\d]*)")
_SHORT = re.compile(_CODE)


def code_of(cell: Cell) -> str:
    """The cell as a code of a few letters or digits, in small letters; "" for any other."""
    text = str(cell).strip().removesuffix(".0").strip(" .()").casefold()
    return (text.lstrip("0") or text) if _SHORT.fullmatch(text) else ""


def explained(text: str) -> dict[str, str]:
    """Code → what the text says it means: of "1 = Hidup; 2 = Mati" two."""
    return {code_of(code): meant for code, meant in _ENTRY.findall(text)}


def in_heading(text: str) -> dict[str, str]:
    """Code → what a heading says it means, also without an equals sign: "(1. Hidup 2. Mati)", but
    not the number of the heading itself."""
    found = [each for each in _NUMBERED.finditer(text.strip()) if each.start() > 0]
    numbered = {code_of(each[1]): each[2].strip() for each in found}
    return explained(text) or (numbered if len(numbered) > 1 else {})


def is_legend(text: str) -> bool:
    """Whether a text explains codes: several of them, or one with an equals sign. "Ds : SENDEN"
    does not."""
    found = len(explained(text))
    return found > 1 or (found == 1 and "=" in text)


def below(rows: Iterable[Sequence[Cell]]) -> dict[str, list[str]]:
    """Code → what the texts among some rows say it means: a legend, in one cell or in several."""
    found: dict[str, list[str]] = {}
    for cells in rows:
        words = texts(cells)
        for code, meant in [*explained(" | ".join(words)).items(), *in_cells(cells)]:
            found.setdefault(code, []).append(meant)
    return found


def in_cells(cells: Sequence[Cell]) -> list[tuple[str, str]]:
    """A code, an equals sign and its meaning in cells of their own: M | = | Meninggal."""
    filled = [cell for cell in cells if cell != ""]
    if len(filled) == 2 and str(filled[1]).strip()[:1] in ("=", ":"):
        filled = [filled[0], "=", str(filled[1]).strip(" =:")]
    if len(filled) != 3 or str(filled[1]).strip() not in ("=", ":", "-") or not code_of(filled[0]):
        return []
    return [(code_of(filled[0]), str(filled[2]).strip())]
