"""The words of an exchange: what is asked of the other office, and how each line ends."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from django.db.models import TextChoices


class Kind(TextChoices):
    """What BPJS is asked to do with the people of a file."""

    NEW = "new", "Peserta baru"
    CONTINUING = "continuing", "Peserta lanjutan"
    LEAVING = "leaving", "Peserta keluar"


class State(TextChoices):
    """How far a line has come. Only a sent one can be answered."""

    INCOMPLETE = "incomplete", "Belum lengkap"
    SENT = "sent", "Belum dijawab"
    ACCEPTED = "accepted", "Diterima"
    ALREADY = "already", "Sudah peserta"
    REFUSED = "refused", "Ditolak"
    WITHDRAWN = "withdrawn", "Dibatalkan"


HOLDING = (State.SENT, State.ACCEPTED, State.ALREADY)
"""Whoever has a line in one of these is not sent a second time."""
ANSWERS = (State.ACCEPTED, State.ALREADY, State.REFUSED)


class Wording(NamedTuple):
    """What words of an answer mean: a state, and the class of a refusal. `words` is looked for in
    the answer, without regard to case and punctuation."""

    words: str
    state: str
    reason: str = ""


def plain(text: str) -> str:
    """An answer as words alone: "Silakan, hubungi…" and "silahkan hubungi" are the same."""
    return " ".join(re.findall(r"\w+", text.casefold())).replace("silahkan", "silakan")


def meaning(text: str, kpj: str, wordings: Sequence[Wording]) -> Wording | None:
    """What an answer says: by the longest of the words in it; without words, a KPJ says that the
    person is accepted.

    None where nobody has said what the words mean, and where a "tidak" or the like stands there
    that belongs to none of the words found: "Valid, tidak ada tunggakan".
    """
    said = plain(text)
    found = [one for one in wordings if _is_said(plain(one.words), said)]
    if not found:
        return Wording("", State.ACCEPTED) if kpj and not said else None
    rest = f" {said} "
    for one in sorted(found, key=lambda one: len(one.words), reverse=True):
        rest = rest.replace(f" {plain(one.words)} ", "  ")
    if not NOT.isdisjoint(rest.split()):
        return None
    return max(found, key=lambda one: len(plain(one.words)))


def _is_said(words: str, said: str) -> bool:
    return bool(words) and f" {words} " in f" {said} "


NOT = frozenset({"tidak", "belum", "bukan", "gagal", "tanpa", "tak", "batal"})


def parts(people: int, most_rows: int) -> int:
    """How many files so many people need."""
    return -(-people // most_rows)


KPJ_DIGITS = range(8, 14)
"""How many digits a KPJ has, as known."""


def kpj_of(text: str) -> str:
    """The KPJ in a cell; nothing where it is none, such as a NIK or "belum terbit"."""
    digits = re.sub(r"[\s.\-/]", "", text)
    return digits if digits.isdecimal() and len(digits) in KPJ_DIGITS else ""
