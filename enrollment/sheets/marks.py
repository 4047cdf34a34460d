"""Marks that stand for the value in the row above: sda, idem, quotation marks."""

from __future__ import annotations

import re
from functools import lru_cache

__all__ = ["REPEATED", "is_ditto"]

_WORDS = frozenset(
    ["sda", "sd a", "idem", "id", "sama", "sama dengan atas", "sama dengan di atas",
     "sama dgn atas", "sama dg atas", "sama dgn di atas", "idem di atas", "seperti di atas", "do",
     "ditto"]
)  # fmt: skip
_BEGINS = frozenset("sSiIdD\"'“”„″〃’‘`´,/-–—=. _")
"""How such a mark may begin: a quick look, since hardly a cell is one."""
_MARKS = re.compile(r"[\s\-–—=.,_/]*(?:[\"”“„″〃'’‘`´]{1,4}|,,)[\s\-–—=.,_/]*|-*//-*")
REPEATED = ("address", "hamlet", "rt", "rw", "rt_rw", "rw_rt", "village", "district", "kk",
            "occupation", "source")  # fmt: skip
"""Fields in which such a mark is followed; never NIK, name or birth date."""


def is_ditto(text: str) -> bool:
    """Whether a text stands for "the same as above"."""
    return text[:1] in _BEGINS and _is_ditto(text)


@lru_cache(maxsize=1024)
def _is_ditto(text: str) -> bool:
    if len(text) > 24:
        return False
    word = " ".join(re.sub(r"[.\-/]", "", text.casefold()).split())
    return bool(_MARKS.fullmatch(text)) or word in _WORDS or word.replace(" ", "") == "sda"
