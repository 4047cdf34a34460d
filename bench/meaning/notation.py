"""Texts from a small notation: `{a|b}` is one of them, `[name]` a rule of the grammar.

Outside of braces, `|` divides whole texts.
"{No|Nomor} [own]" may become "Nomor Peserta". Blanks are collapsed, so that a part may be empty.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

_INNERMOST = re.compile(r"\{([^{}]*)\}")
_RULE = re.compile(r"\[(\w+)\]")


def expand(text: str, dice: Random, rules: Mapping[str, str]) -> str:
    """One of the texts that the notation describes."""
    text = f"{{{text}}}"
    while match := _RULE.search(text) or _INNERMOST.search(text):
        if match[0][0] == "[":
            chosen = f"{{{rules[match[1]]}}}"
        else:
            chosen = dice.choice(match[1].split("|"))
        text = text[: match.start()] + chosen + text[match.end() :]
    return " ".join(text.split())
