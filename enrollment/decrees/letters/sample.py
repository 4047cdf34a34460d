"""Invented values for the preview of a template, for a regency that has no decree yet."""

from __future__ import annotations

from typing import Any

from enrollment.decrees.annex import LetterWords
from enrollment.decrees.annexes import sample
from enrollment.decrees.annexes.choices import SLOTS, Signing
from enrollment.decrees.header import regency_words
from enrollment.decrees.letters.words import values as values_from
from enrollment.programmes.models import Component


def values(regency_id: str) -> dict[str, Any]:
    """What `words.values_of` gives of a decree, of an invented one in the regency's words."""
    words: LetterWords = {
        **regency_words(sample.profile_of(regency_id)),
        "fund": "",
        "fund_key": "apbd",
        "components": [Component.JKK.label, Component.JKM.label],
        "year": 2026,
    }
    header = sample.header(regency_id)
    return values_from(header, words, people=3, money=453_600, slots=SLOTS[Signing.INK])
