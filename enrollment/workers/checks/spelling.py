"""Typing errors: whether one word is another one with a single slip of the fingers."""

from __future__ import annotations


def one_slip(typed: str, meant: str) -> bool:
    """Whether a letter has been left out, added, changed, or swapped with the next; or nothing."""
    if abs(len(typed) - len(meant)) > 1:
        return False
    at = _common(typed, meant)
    left, right = typed[at:], meant[at:]
    swapped = left[:2] == right[1::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or swapped


def _common(one: str, other: str) -> int:
    """How many characters two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
