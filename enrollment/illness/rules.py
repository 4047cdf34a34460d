"""What a cell says of an illness that keeps somebody from working. No database, no clock."""

from __future__ import annotations

import re
from collections.abc import Mapping

from enrollment.workers.checks.values import plain, tidy

QUESTION = "Sedang sakit berat sehingga tidak bekerja?"
"""As it is asked where a regency has no words of its own."""
LONGEST_ANSWER = 200
UNREAD = "work.ill_unread"
"""The finding where a list's answer is not understood. It does not tell what was written."""
_WORDS = re.compile(r"[^\W_]+")
_YES = frozenset(["ya", "y", "iya", "benar", "betul", "true", "v", "1"])
_NO = frozenset(["tidak", "tdk", "tak", "t", "n", "no", "bukan", "false", "0", "enggak"])
_TICK = frozenset("√✓✔☑")
_SLIGHT = frozenset(["ringan", "sembuh"])
_WELL = frozenset(["sehat", "baik", "normal", "bekerja"])


def read(told: Mapping[str, object]) -> bool | None:
    """Whether somebody is too ill to work, by the cells under `ill` ("Sakit berat") or `healthy`
    ("Kondisi sehat"); None where they say nothing or nothing clear."""
    said = [_is_ill(told.get("ill")), _is_ill(told.get("healthy"), asks_health=True)]
    clear = {each for each in said if each is not None}
    return clear.pop() if len(clear) == 1 else None


def is_unread(told: Mapping[str, object]) -> bool:
    """Whether the cells say something that `read` makes nothing of, or contradict each other."""
    said = any(isinstance(cell, bool) or tidy(cell) for cell in told.values())
    return said and read(told) is None


def _is_ill(cell: object, *, asks_health: bool = False) -> bool | None:
    if isinstance(cell, bool):
        return cell is not asks_health
    text = tidy(cell, LONGEST_ANSWER)
    if text in _TICK:
        return not asks_health if text else None
    words = _WORDS.findall(plain(text).casefold())
    denied, named = bool(words) and words[0] in _NO, frozenset(words)
    if "sakit" in named:
        return not denied and named.isdisjoint(_SLIGHT)
    if named & _WELL:
        return denied  # "tidak sehat", "tidak bekerja"
    if denied:
        return asks_health
    return not asks_health if words and words[0] in _YES else None
