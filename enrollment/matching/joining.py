"""Which line an answer is about: by its key, else by KPJ, NIK, or name with birth date.

What names two lines, or a line by one thing and another line by another, is left to a person. No
database, no clock.
"""

from __future__ import annotations

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
    DIFFERENT = "different", "Kunci barisnya milik orang lain"
    TWICE = "twice", "Orang ini dijawab dua kali"
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
        """The line and by what it was found, or None and why nobody can say."""
        for how, value in _ways(answer):
            found = self.known.get((how, value), set())
            if len(found) > 1:
                return None, Problem.SEVERAL
            for line in found:
                if how == How.KEY and self._is_of_another(line, answer):
                    return None, Problem.DIFFERENT
                return line, how
        return None, Problem.UNKNOWN

    def _is_of_another(self, line: int, answer: Names) -> bool:
        """Whether an answer with the key of this line has a NIK that another line has, or both its
        NIK and its name are other ones."""
        names = self.names[line]
        if not answer.nik or answer.nik == names.nik:
            return False
        if self.known.get((How.NIK, answer.nik)):
            return True
        return bool(answer.name) and folded(answer.name) != folded(names.name)


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
