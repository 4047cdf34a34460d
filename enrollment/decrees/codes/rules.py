"""The code of a list: ten characters by which anybody can look its decree up; plain values."""

from __future__ import annotations

import secrets

ALPHABET = "ACDEFGHJKMNPQRTVWXY34679"
"""Without what is mistaken for something else on paper: 0 O, 1 I L, 2 Z, 5 S, 8 B, U V."""
LENGTH = 10
"""24^10 are 63 million million codes: trying them out takes longer than any decree is kept."""


def new_code() -> str:
    """A code that nobody can foresee, from the operating system's source of random numbers."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def read_code(typed: str) -> str:
    """A code as it is stored, however it was typed: small letters, spaces and hyphens are as good.
    Empty if it cannot be one."""
    code = "".join(
        character for character in typed.upper() if character not in " -\u2010\u2011\u2013"
    )
    return code if len(code) == LENGTH and set(code) <= set(ALPHABET) else ""


def in_halves(code: str) -> str:
    """`ACDEF-34679`: as it is printed, easier to read aloud and to type."""
    return f"{code[:5]}-{code[5:]}" if code else ""
