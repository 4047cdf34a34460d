"""How far a person on a list has come on a day: the one answer that every page gives.

Until approval it is the state of the entry. From then on it follows from the decree that names the
person, and from what BPJS has said of it. Nobody is called protected here (terlindungi): that needs
a registration and a payment of that very person, which only a later room will know.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from enrollment.coverage.rules import Period
from enrollment.formats import bulan, tanggal
from enrollment.programmes import months
from enrollment.proposals.verbs import State
from enrollment.standing import Standing

DECREED = "decreed"
"""The stage of approved people whom an issued decree names."""
NAMES: dict[str, str] = {
    stage: name
    for state, label in State.choices
    for stage, name in ([(state, label), (DECREED, "Ditetapkan")] if state == "approved" else
                        [(state, label)])
}  # fmt: skip
"""Every stage as the badge of one person, in the order of State."""
STAGES = list((NAMES | {State.REJECTED: "Ditolak atau ditarik"}).items())
"""Every stage with its label, as a sum of people: those whom the Dinas has rejected and those whom
their village has withdrawn are counted together."""
TONES: Mapping[str, str] = {
    State.DRAFT: "plain",
    State.CHECKING: "moving",
    State.SUBMITTED: "moving",
    State.VERIFIED: "moving",
    State.COSIGNED: "moving",
    State.APPROVED: "moving",
    DECREED: "good",
    State.RETURNED: "attention",
    State.REJECTED: "refused",
    State.WAITING: "plain",
    State.LEFT: "plain",
}
NEXT: Mapping[str, str] = {
    State.DRAFT: "Belum diajukan",
    State.CHECKING: "Menunggu diteruskan ke Dinas",
    State.SUBMITTED: "Menunggu verifikasi Dinas",
    State.VERIFIED: "Menunggu persetujuan Dinas",
    State.COSIGNED: "Menunggu penyetuju berikutnya",
    State.APPROVED: "Menunggu keputusan",
    State.RETURNED: "Perbaiki, lalu ajukan lagi",
    State.REJECTED: "",
    State.WAITING: "Menunggu tempat kosong",
    State.LEFT: "Tempatnya bebas",
}
"""What happens next with people whom no decree names."""


def stage_of(state: str, *, decreed: bool) -> str:
    """The stage of an entry in `state`; `decreed`: an issued decree names the person."""
    return DECREED if decreed and state == State.APPROVED else state


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """An issued decree that names a person: its number, the period `(first, after)` of which it
    grants the premium, and since when its people are registered with BPJS, if they are."""

    number: str
    months: Period
    registered_on: date | None = None


def standing_on(
    day: date, state: str, grant: Grant | None = None, gone: str = "", *,
    repaired: bool = False, withdrawn_by: str = "", signed: str = "",
) -> Standing:  # fmt: skip
    """The standing of an entry in `state` on `day`; `gone` says in a few words that the person has
    died or moved since the approval; `repaired`: what it was returned for has been repaired;
    `withdrawn_by`: who has withdrawn it, in a word; `signed`: who has approved it so far."""
    stage = stage_of(state, decreed=grant is not None)
    name, tone = NAMES[stage], TONES[stage]
    if gone and state == State.APPROVED:
        return Standing("attention", name, gone)
    if withdrawn_by:
        return Standing("plain", f"Ditarik {withdrawn_by}")
    if signed:
        return Standing(tone, name, signed)
    if repaired:
        return Standing("moving", name, "Sudah diperbaiki, siap diajukan lagi")
    if grant is None or stage != DECREED:
        return Standing(tone, name, NEXT[state])
    return _granted(day, grant)


def _granted(day: date, grant: Grant) -> Standing:
    first, after = grant.months
    if day >= after:
        last = tanggal(after - timedelta(days=1))
        return Standing("plain", NAMES[DECREED], f"Masa program berakhir {last}")
    if grant.registered_on is None:
        return Standing("good", NAMES[DECREED], "Menunggu pendaftaran BPJS")
    since = f"Terdaftar di BPJS {tanggal(grant.registered_on)}"
    if day < first:
        since += f", masa program mulai {bulan(first)}"
    return Standing("good", NAMES[DECREED], since)


def grant_of(entry: Any) -> Grant | None:
    """The issued decree that names the person of an entry; reads `entry.programme`, and
    `decree_rows` with their decree and its registrations."""
    for row in entry.decree_rows.all():
        if row.decree.is_granting:
            programme, registration = entry.programme, row.decree.registration
            return Grant(
                number=row.decree.number,
                months=months.of(programme, entry.first_month),
                registered_on=registration and registration.on,
            )
    return None


NAMED_BY = "decree_rows__decree__registrations"
"""What `grant_of` reads of an entry, to be prefetched."""


TO_CHECK = "Perlu Anda periksa"
"""What `State.CHECKING` is called to the one who checks."""


def named(checks: bool) -> list[tuple[str, str]]:
    """`STAGES` as the reader calls them; `checks`: it is the reader who checks."""
    return [
        (stage, TO_CHECK if checks and stage == State.CHECKING else name) for stage, name in STAGES
    ]


def tiles(people: Mapping[str, int], *, checks: bool = False) -> list[tuple[str, str, int, str]]:
    """(stage, label, people, tone) for the stages that occur; `checks` as in `named`."""
    return [
        (stage, label, people[stage], TONES[stage])
        for stage, label in named(checks)
        if people.get(stage)
    ]


def counted(rows: Iterable[tuple[str, Any, int]], issued: Iterable[Any]) -> dict[str, int]:
    """Stage → people, from (state, decree or None, people); `issued` are the decrees that count."""
    decrees, people = set(issued), dict.fromkeys(NAMES, 0)
    for state, decree, number in rows:
        people[stage_of(state, decreed=decree in decrees)] += number
    return {stage: number for stage, number in people.items() if number}
