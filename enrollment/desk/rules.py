"""What a desk makes of steps and verbs. No database, no clock."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from enrollment.proposals import verbs
from enrollment.proposals.stages import DECREED
from enrollment.proposals.verbs import SIGNED, State, Verb
from villages.permissions import PROPOSERS, held_by

RESERVED = frozenset("lmun")
"""Keys of the desk itself: on (lewati), back (mundur), undo (urungkan), unmask (NIK)."""

WITH_WHOM: dict[str, str] = {
    State.DRAFT: "masih disusun oleh pengusulnya",
    State.RETURNED: "ada pada pengusulnya untuk diperbaiki",
    State.CHECKING: "menunggu diteruskan ke Dinas",
    State.SUBMITTED: "menunggu verifikasi Dinas",
    State.VERIFIED: "menunggu persetujuan Dinas",
    State.WAITING: "menunggu tempat kosong",
    State.APPROVED: "menunggu keputusan",
    DECREED: "sudah ditetapkan dengan keputusan",
    State.REJECTED: "sudah ditolak atau ditarik",
    State.LEFT: "sudah keluar",
}
"""Stage → with whom its people are, after their number: `12 orang ada pada …`."""


class Taken(Protocol):
    """What is read of a step."""

    from_state: str
    to_state: str
    role: str


AnyStep = TypeVar("AnyStep", bound=Taken)


def keys_of(decisions: Sequence[Verb]) -> dict[str, str]:
    """Verb → the letter that takes it: the first of its label that is free."""
    keys: dict[str, str] = {}
    for verb in decisions:
        letters = (letter for letter in verb.label.lower() if letter.isascii() and letter.isalpha())
        free = (key for key in letters if key not in RESERVED and key not in keys.values())
        keys[verb.name] = next(free, "")
    return keys


def standing_steps(steps: Sequence[AnyStep]) -> list[AnyStep]:
    """The steps, oldest first, without those that were taken back and those that took them back."""
    left: list[AnyStep] = []
    for step in steps:
        verb = verbs.taken(step.from_state, step.to_state, held_by(step.role))
        if verb and verb.undoes and left:
            left.pop()
        else:
            left.append(step)
    return left


def last_look(steps: Sequence[AnyStep]) -> AnyStep | None:
    """Of the steps, oldest first, the one since which changes are news: what an office decided
    last, else the first time that the person was handed in. None for who never was."""
    left = standing_steps(steps)
    decided = [step for step in left if step.role not in PROPOSERS]
    signed = [step for step in left if SIGNED[State(step.to_state)]]
    found = decided[-1:] or signed[:1]
    return found[0] if found else None
