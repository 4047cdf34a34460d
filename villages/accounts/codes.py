"""Codes on paper, each good once: to set a password, or to log in without the phone."""

from __future__ import annotations

from hashlib import sha256
from secrets import choice

LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Without I, O, 0 and 1, which are mistaken for each other on paper."""
LENGTH = 12


def new() -> str:
    """A code such as `ABCD-EFGH-JKLM`. It is shown once; its digest alone is kept."""
    return in_fours("".join(choice(LETTERS) for _ in range(LENGTH)), "-")


def in_fours(text: str, between: str) -> str:
    return between.join(text[n : n + 4] for n in range(0, len(text), 4))


def digest(code: str) -> str:
    """The digest under which a code is kept; blanks, dashes and small letters do not matter."""
    plain = "".join(letter for letter in code.upper() if letter in LETTERS)
    return sha256(plain.encode()).hexdigest()
