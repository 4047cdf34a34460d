"""What a gap between two lists would destroy. No database, no clock.

The facts are in book 908 of BPJS (p. 59): whoever pays within three months stays a member, and
later they are a new one, of whom the age and all waiting times are asked anew.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import IntegerChoices, TextChoices

from enrollment.coverage.rules import (
    OLDEST_NEW,
    Kind,
    kind_of,
    lapses_on,
    month_after,
    months_between,
)
from enrollment.programmes.benefits import (
    BEGINNING,
    DEATH,
    DEATH_OF_A_BEGINNER,
    SCHOLARSHIP_AFTER,
)
from enrollment.proposals.rules import age_on

NEAR = 6
"""Months before the right to a scholarship in which it counts as nearly earned."""
LESS_FOR_A_FAMILY = DEATH - DEATH_OF_A_BEGINNER
"""Rupiah that a family receives less when somebody dies soon after a gap."""


class Loss(IntegerChoices):
    """What a gap would destroy, the worst first."""

    FOREVER = 1, "65 tahun ke atas"
    SCHOLARSHIP = 2, "Hak beasiswa"
    BEGINNING = 3, "Tiga bulan pertama"
    CLOCKS = 4, "Lainnya"


EXPLAINED = {
    Loss.FOREVER: "sesudah putus tidak dapat menjadi peserta lagi",
    Loss.SCHOLARSHIP: f"iurannya sudah atau hampir {SCHOLARSHIP_AFTER} bulan; hitungannya mulai "
    "dari nol",
    Loss.BEGINNING: f"masa {BEGINNING} bulan dengan santunan kecil mulai dari nol",
    Loss.CLOCKS: "hitungan beasiswa dan masa tunggu mulai dari nol",
}


class Reason(TextChoices):
    """Why somebody of the last list is not on the new one."""

    LEFT = "pergi", "Meninggal, pindah, atau berakhir"
    REFUSED = "ditolak", "Ditolak atau ditarik di daftar baru"
    UNFIT = "syarat", "Tidak lagi memenuhi syarat"
    UNVERIFIED = "verifikasi", "Menunggu verifikasi ulang"
    GAP = "data", "Data perlu dilengkapi"
    MISSING = "belum", "Belum dimasukkan"


NOT_REVERIFIED = "reverification.missing"
"""The finding that is in the way of `Reason.UNVERIFIED`, and nothing else is."""
TO_MEND = (Reason.UNFIT, Reason.UNVERIFIED, Reason.GAP)
"""With these somebody can be put on the list once something is corrected."""
CAN_LOSE = tuple(reason for reason in Reason if reason != Reason.LEFT)
"""With these somebody loses something by a gap: no list helps those who have left."""


@dataclass(frozen=True, slots=True)
class Paid:
    """What is known to be paid of somebody's present membership: the first day of its last month,
    and how many months it has."""

    last: date
    months: int


def loss_of(birth_date: date | None, paid: Paid | None, begins: date) -> Loss:
    """What a gap would destroy for somebody of whom so much is `paid`. `begins`: the first month of
    the new list; for whoever has paid, their age counts on the day on which they would be new."""
    new_on = lapses_on(paid.last) if paid else begins
    return _loss(is_too_old(birth_date, new_on), paid)


def is_too_old(birth_date: date | None, day: date) -> bool:
    """Whether somebody cannot become a member on that day."""
    return birth_date is not None and age_on(day, birth_date) >= OLDEST_NEW


def _loss(too_old: bool, paid: Paid | None) -> Loss:
    if too_old:
        return Loss.FOREVER
    if paid and paid.months + NEAR >= SCHOLARSHIP_AFTER:
        return Loss.SCHOLARSHIP
    if paid and paid.months <= BEGINNING:
        return Loss.BEGINNING
    return Loss.CLOCKS


def earliest_birth(day: date) -> date:
    """Whoever was born on that date or before is too old to become a member on `day`."""
    year = day.year - OLDEST_NEW
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February: those born then turn a year older on 1 March
        return date(year, 2, 28)


@dataclass(frozen=True, slots=True)
class Crowd:
    """So many people of whom the same is paid; `too_old` to become a member on the day after the
    gap. `paid` is None where no month is known."""

    people: int
    paid: Paid | None
    too_old: bool


@dataclass(slots=True)
class Outcome:
    """What becomes of people when there is a gap; `bridge` in rupiah."""

    people: int = 0
    restart: int = 0
    arrears: int = 0
    covered: int = 0
    bridge: int = 0

    @property
    def lacking(self) -> int:
        """Who lacks months."""
        return self.restart + self.arrears

    def add(self, other: Outcome) -> None:
        self.people += other.people
        self.restart += other.restart
        self.arrears += other.arrears
        self.covered += other.covered
        self.bridge += other.bridge


class Fate(TextChoices):
    """What becomes of somebody when nothing is paid before a month."""

    RESTART = "mulai", "Mulai dari nol"
    ARREARS = "menunggak", "Tetap, menunggak"
    COVERED = "tanpa-jeda", "Tanpa jeda"
    UNKNOWN = "belum", "Belum ada keputusannya"


LACKING = "kurang"
"""Both of those who lack months: `Fate.RESTART` and `Fate.ARREARS`."""
FATES = {
    LACKING: (Fate.RESTART, Fate.ARREARS),
    **{fate.value: (fate,) for fate in Fate},
}
"""What may be asked for, and whom it means."""


def fate_of(paid: Paid | None, resumes: date) -> Fate:
    """What becomes of somebody of whom so much is `paid` if cover goes on from `resumes`."""
    if paid is None:
        return Fate.UNKNOWN
    if not months_between(month_after(paid.last), resumes):
        return Fate.COVERED
    return Fate.RESTART if kind_of(resumes, paid.last) is Kind.NEW else Fate.ARREARS


def crowds_of(
    crowds: Iterable[Crowd],
    resumes: date,
    *,
    loss: Loss | None = None,
    fates: Collection[Fate] = (),
) -> list[Crowd]:
    """Those of `crowds` that lose this and of whom this becomes. Without `fates`, all whom a
    decree names."""
    found = []
    for crowd in crowds:
        fate = fate_of(crowd.paid, resumes)
        if fate not in fates if fates else fate == Fate.UNKNOWN:
            continue
        if loss is None or _loss(crowd.too_old, crowd.paid) == loss:
            found.append(crowd)
    return found


def outcomes(
    crowds: Iterable[Crowd], resumes: date, price: Callable[[date], int]
) -> dict[Loss, Outcome]:
    """What becomes of whom if nothing is paid before the month `resumes`: who begins anew, who goes
    on and owes arrears, whose cover has no gap, and what paying the months between costs.
    `price`: rupiah of one person in a month. Crowds of whom no month is known are left out."""
    found = {loss: Outcome() for loss in Loss}
    for crowd in crowds:
        if crowd.paid:
            found[_loss(crowd.too_old, crowd.paid)].add(_outcome(crowd, crowd.paid, resumes, price))
    return found


def _outcome(crowd: Crowd, paid: Paid, resumes: date, price: Callable[[date], int]) -> Outcome:
    people, between = crowd.people, months_between(month_after(paid.last), resumes)
    bridge = people * sum(map(price, between))
    fate = fate_of(paid, resumes)
    return Outcome(
        people,
        restart=people if fate == Fate.RESTART else 0,
        arrears=people if fate == Fate.ARREARS else 0,
        covered=people if fate == Fate.COVERED else 0,
        bridge=bridge,
    )


def together(parts: Iterable[Outcome]) -> Outcome:
    whole = Outcome()
    for part in parts:
        whole.add(part)
    return whole
