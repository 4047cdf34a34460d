"""The order of a decree's states: what may follow what, and the words for it.

The same moves stand in the SQL function `decree_step_is_next`, which refuses any other.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import TextChoices

from enrollment.standing import Standing


class State(TextChoices):
    """A draft and one in legal review can be changed. From freezing on the list stays as it is,
    and months are paid only from `ISSUED` on. An issued one is changed by an amendment, a decree
    of its own; it moves only if it is revoked."""

    DRAFT = "draft", "Rancangan"
    REVIEW = "review", "Telaah hukum"
    FREEZING = "freezing", "Sedang dibekukan"
    READY = "ready", "Siap tanda tangan"
    SENT = "sent", "Terkirim"
    RETURNED = "returned", "Kembali bertanda tangan"
    ISSUING = "issuing", "Sedang diterbitkan"
    ISSUED = "issued", "Diterbitkan"
    WITHDRAWN = "withdrawn", "Dibuang"
    REVOKING = "revoking", "Sedang dicabut"
    REVOKED = "revoked", "Dicabut"


OPEN = (State.DRAFT, State.REVIEW)
"""Words and people can still be changed."""
FROZEN = (State.FREEZING, State.READY, State.SENT, State.RETURNED, State.ISSUING)
"""The list stays as it is, and nobody is paid for yet."""
TO_SIGN = (State.READY, State.SENT, State.RETURNED)
"""Frozen, and waiting for people: nothing runs."""
GRANTING = (State.ISSUED, State.REVOKING)
"""Whoever is named has been granted the months, and of one being revoked has not left yet."""
PUBLISHED = (State.ISSUED, State.REVOKING, State.REVOKED)
"""Anybody may know of it."""


class Move(NamedTuple):
    """What the record says of a move, and whether it needs a reason."""

    words: str
    needs_reason: bool = False


MOVES: dict[tuple[str, str], Move] = {
    (State.DRAFT, State.REVIEW): Move("Diserahkan untuk telaah hukum"),
    (State.DRAFT, State.FREEZING): Move("Daftar mulai dibekukan"),
    (State.DRAFT, State.ISSUING): Move("Mulai diterbitkan"),
    (State.DRAFT, State.WITHDRAWN): Move("Rancangan dibuang"),
    (State.REVIEW, State.DRAFT): Move("Dikembalikan dari telaah hukum", needs_reason=True),
    (State.REVIEW, State.FREEZING): Move("Selesai ditelaah, daftar mulai dibekukan"),
    (State.REVIEW, State.ISSUING): Move("Selesai ditelaah, mulai diterbitkan"),
    (State.REVIEW, State.WITHDRAWN): Move("Rancangan dibuang"),
    (State.FREEZING, State.READY): Move("Daftar dibekukan, siap ditandatangani"),
    (State.FREEZING, State.DRAFT): Move("Pembekuan berhenti, kembali ke rancangan"),
    (State.READY, State.SENT): Move("Dikirim untuk ditandatangani"),
    (State.READY, State.RETURNED): Move("Kembali bertanda tangan"),
    (State.READY, State.DRAFT): Move("Daftar dibuka lagi", needs_reason=True),
    (State.SENT, State.RETURNED): Move("Kembali bertanda tangan"),
    (State.SENT, State.DRAFT): Move("Ditarik, daftar dibuka lagi", needs_reason=True),
    (State.RETURNED, State.ISSUING): Move("Mulai diterbitkan"),
    (State.RETURNED, State.DRAFT): Move("Daftar dibuka lagi", needs_reason=True),
    (State.ISSUING, State.ISSUED): Move("Diterbitkan"),
    (State.ISSUING, State.DRAFT): Move("Penerbitan berhenti, kembali ke rancangan"),
    (State.ISSUING, State.RETURNED): Move("Penerbitan berhenti, berkas bertanda tangan tetap ada"),
    (State.ISSUED, State.REVOKING): Move("Mulai dicabut", needs_reason=True),
    (State.REVOKING, State.REVOKED): Move("Dicabut"),
}

STANDINGS = {
    State.DRAFT: Standing("attention", "Rancangan", "Belum diterbitkan"),
    State.REVIEW: Standing("moving", "Telaah hukum", "Menunggu Bagian Hukum"),
    State.FREEZING: Standing("moving", "Sedang dibekukan"),
    State.READY: Standing("attention", "Siap tanda tangan", "Kirim untuk ditandatangani"),
    State.SENT: Standing("moving", "Terkirim", "Menunggu tanda tangan"),
    State.RETURNED: Standing("attention", "Kembali bertanda tangan", "Periksa, lalu terbitkan"),
    State.ISSUING: Standing("moving", "Sedang diterbitkan"),
    State.ISSUED: Standing("good", "Diterbitkan"),
    State.WITHDRAWN: Standing("plain", "Dibuang"),
    State.REVOKING: Standing("moving", "Sedang dicabut"),
    State.REVOKED: Standing("refused", "Dicabut"),
}

STEPS = ("Rancangan", "Telaah hukum", "Siap tanda tangan", "Terkirim", "Kembali", "Terbit")
PLACES = {
    State.DRAFT: 1,
    State.REVIEW: 2,
    State.FREEZING: 3,
    State.READY: 3,
    State.SENT: 4,
    State.RETURNED: 5,
    State.ISSUING: 6,
    State.ISSUED: 7,
    State.REVOKING: 7,
    State.REVOKED: 7,
    State.WITHDRAWN: 0,
}
"""State → which of `STEPS` it stands at, from 1; past the end when all are done."""


def way(state: str, went: Collection[str]) -> tuple[str, int]:
    """The steps to show of a decree in `state` that went through the states `went`, joined by `|`,
    and at which of them it stands. What it went past without stopping is left out: an office that
    signs with ink issues at once."""
    now = PLACES[State(state)]
    reached = {1, *(PLACES[State(one)] for one in went)}
    shown = [place for place in range(1, len(STEPS) + 1) if place >= now or place in reached]
    names = "|".join(STEPS[place - 1] for place in shown)
    return names, len([place for place in shown if place < now]) + 1 if now else 0
