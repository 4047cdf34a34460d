"""Which line an answer is about: by its key, else by KPJ, NIK, or name with birth date.

What names two lines, or a line by one thing and another line by another, is left to a person. No
database, no clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from django.db.models import TextChoices


class How(TextChoices):
    """By what the line of an answer was found."""

    KEY = "key", "kunci baris"
    KPJ = "kpj", "nomor KPJ"
    NIK = "nik", "NIK"
    NAME = "name", "nama dan tanggal lahir"
    PERSON = "person", "pilihan petugas"


class Problem(TextChoices):
    """Why an answer is left to a person."""

    UNKNOWN = "unknown", "Tidak ada baris yang cocok"
    SEVERAL = "several", "Cocok dengan lebih dari satu baris"
    DIFFERENT = "different", "Isinya menyebut orang yang berbeda"
    TWICE = "twice", "Orang ini dijawab dua kali"
    CHANGED = "changed", "Orang ini sudah diterima BPJS"
    WORDS = "words", "Kata-kata jawabannya belum dikenal"


class Names(NamedTuple):
    """What a line or an answer says of who it is about; "" for what it does not say."""

    key: str = ""
    kpj: str = ""
    nik: str = ""
    name: str = ""
    born: str = ""
    """The birth date as YYYY-MM-DD."""


class Lines:
    """The lines of a batch, to be found by what an answer says."""

    def __init__(self, lines: Iterable[tuple[int, Names]]):
        self.known: dict[tuple[How, str], set[int]] = {}
        self.names: dict[int, Names] = {}
        for line, names in lines:
            self.names[line] = names
            for how, value in _ways(names):
                self.known.setdefault((how, value), set()).add(line)

    def find(self, answer: Names) -> tuple[int | None, How | Problem]:
        """The line and by what it was found, or None and why nobody can say. All that an answer
        says must be of one line; the key of another batch is of none."""
        found = [(how, self.known.get((how, value), set())) for how, value in _ways(answer)]
        if answer.key and not self.known.get((How.KEY, answer.key.upper())) and is_key(answer.key):
            return None, Problem.DIFFERENT
        sure = [(how, lines) for how, lines in found if lines]
        if not sure:
            return None, Problem.UNKNOWN
        how, lines = sure[0]
        if len(lines) > 1:
            return None, Problem.SEVERAL
        (line,) = lines
        if any(line not in others for _, others in sure) or self._is_of_another(line, answer):
            return None, Problem.DIFFERENT
        return line, how

    def _is_of_another(self, line: int, answer: Names) -> bool:
        """Whether neither the NIK nor the name of the answer are those of the line, as far as it
        says any; or it has another NIK and only name and birth date are alike."""
        names = self.names[line]
        same_nik = bool(answer.nik) and answer.nik == names.nik
        same_name = bool(answer.name) and folded(answer.name) == folded(names.name)
        if same_nik or not (answer.nik or answer.name):
            return False
        by_key = bool(answer.key) and answer.key.upper() == names.key
        by_kpj = bool(answer.kpj) and answer.kpj == names.kpj
        return not same_name or (bool(answer.nik) and not (by_key or by_kpj))


KEY = re.compile(r"[A-Z0-9]{6}-\d{6}")


def is_key(text: str) -> bool:
    """Whether a text looks like the key of a line."""
    return bool(KEY.fullmatch(text.strip().upper()))


def _ways(names: Names) -> Iterable[tuple[How, str]]:
    named = f"{folded(names.name)} {names.born}" if names.name and names.born else ""
    ways = (
        (How.KEY, names.key.upper()), (How.KPJ, names.kpj), (How.NIK, names.nik),
        (How.NAME, named),
    )  # fmt: skip
    return [(how, value) for how, value in ways if value]


def folded(name: str) -> str:
    """A name without dots, spaces and the like."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())
