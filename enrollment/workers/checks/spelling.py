"""Typing errors: whether one word is another one with a single slip of the fingers."""

from __future__ import annotations

from rapidfuzz.distance import OSA


def one_slip(typed: str, meant: str) -> bool:
    """Whether a letter has been left out, added, changed, or swapped with the next; or nothing."""
    return OSA.distance(typed, meant, score_cutoff=1) <= 1
