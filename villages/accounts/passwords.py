"""Passwords that are too easy to guess here: Indonesian words and the names of places."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from django.contrib.auth.password_validation import (
    CommonPasswordValidator,
    MinimumLengthValidator,
    NumericPasswordValidator,
    UserAttributeSimilarityValidator,
)
from django.core.exceptions import ValidationError
from django.db.models import F, Func, Value
from django.db.models.functions import Lower

from villages.models import Area, User

WORDS = Path(__file__).with_name("common_words.txt")
LONG = 16
"""Digits and signs alone are a phone number, a date or a NIK while they are fewer than this."""
LONGEST = 128
"""Of a longer password only so many characters are looked at."""
KINDS = ("kabupaten", "kota", "kecamatan", "kelurahan", "desa", "nagari", "distrik", "provinsi")


@cache
def common_words() -> frozenset[str]:
    """Words that people here choose for passwords, in small letters."""
    lines = WORDS.read_text().split("\n")
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


class NotTooShort(MinimumLengthValidator):
    def get_error_message(self) -> str:
        return f"Kata sandi terlalu pendek. Paling sedikit {self.min_length} huruf atau angka."


class NotCommon(CommonPasswordValidator):
    def get_error_message(self) -> str:
        return "Kata sandi ini dipakai banyak orang, jadi mudah ditebak. Pilih yang lain."


class NotNumeric(NumericPasswordValidator):
    def get_error_message(self) -> str:
        return "Kata sandi tidak boleh angka saja. Campur dengan huruf."


class NotOwnName(UserAttributeSimilarityValidator):
    def get_error_message(self) -> str:
        return "Kata sandi terlalu mirip nama pengguna atau nama Anda. Pilih yang lain."


class NoLocalWords:
    """Refuses a password whose letters are only common words, the portal's or a place's name."""

    def validate(self, password: str, user: User | None = None) -> None:
        letters = _letters(password[:LONGEST])
        own = [user.username, *user.get_full_name().split()] if user else []
        names = {name for word in own if len(name := _letters(word)) > 2}
        if not letters:
            easy = len(password) < LONG
        else:
            easy = _made_of(letters, common_words() | names) or _is_a_place(letters)
        if easy:
            raise ValidationError(
                "Kata sandi ini mudah ditebak. Pakai beberapa kata yang tidak berhubungan, "
                "misalnya tiga kata benda dengan tanda hubung.",
                code="password_common_here",
            )

    def get_help_text(self) -> str:
        return "Jangan memakai nama tempat, nama Anda, atau kata yang umum."


def _letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.casefold())


def _made_of(letters: str, words: frozenset[str]) -> bool:
    """Whether the letters are one or two of these words, perhaps the same one twice."""
    return letters in words or any(
        letters[:cut] in words and letters[cut:] in words for cut in range(1, len(letters))
    )


def _is_a_place(letters: str) -> bool:
    """Whether the letters are the name of any area of the country, with or without its kind."""
    plain = {letters, *(letters.removeprefix(kind) for kind in KINDS)}
    written = Func(
        Lower(F("name")), Value("[^a-z]"), Value(""), Value("g"), function="regexp_replace"
    )
    kinds = Func(written, Value(f"^({'|'.join(KINDS)})"), Value(""), function="regexp_replace")
    return Area.objects.annotate(plain=kinds).filter(plain__in=plain).exists()
