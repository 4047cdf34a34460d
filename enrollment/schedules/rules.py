"""What the dates of a programme allow on a day. No database, no clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from django.db.models import TextChoices
from django.utils.text import capfirst

from enrollment.formats import angka, tanggal


class Move(TextChoices):
    """Whose turn it is."""

    SUBMIT = "submit", "Pengajuan"
    CHECK = "check", "Pemeriksaan kecamatan/DPMD"
    VERIFY = "verify", "Verifikasi"
    APPROVE = "approve", "Persetujuan"
    ISSUE = "issue", "Penerbitan keputusan"


class Stop(TextChoices):
    """What rests in a freeze: one of the steps, or all."""

    EVERYTHING = "all", "Semua langkah"
    SUBMIT = Move.SUBMIT.value, Move.SUBMIT.label
    CHECK = Move.CHECK.value, Move.CHECK.label
    VERIFY = Move.VERIFY.value, Move.VERIFY.label
    APPROVE = Move.APPROVE.value, Move.APPROVE.label
    ISSUE = Move.ISSUE.value, Move.ISSUE.label


@dataclass(frozen=True, slots=True)
class Dates:
    """Days are included; None is no limit."""

    submit_from: date | None = None
    submit_until: date | None = None
    verify_until: date | None = None
    approve_until: date | None = None

    def due(self, move: Move, extended: date | None = None) -> date | None:
        """The last day of a step; `extended` is more time for handing in, where that has a last
        day at all. Kecamatan and DPMD check before the Dinas has to have verified."""
        if move == Move.SUBMIT:
            return (
                max(self.submit_until, extended or self.submit_until) if self.submit_until else None
            )
        dues = {
            Move.CHECK: self.verify_until,
            Move.VERIFY: self.verify_until,
            Move.APPROVE: self.approve_until,
        }
        return dues.get(move)


def closed(dates: Dates, today: date, extended: date | None = None) -> str:
    """Why no list is handed in on this day; empty if it may be."""
    if dates.submit_from and today < dates.submit_from:
        return f"Pengajuan baru dibuka {tanggal(dates.submit_from)}."
    due = dates.due(Move.SUBMIT, extended)
    if due and today > due:
        return (
            f"Batas pengajuan {tanggal(due)} sudah lewat. Yang dikembalikan tetap dapat diajukan "
            "lagi; untuk yang lain, minta tambahan waktu kepada Dinas."
        )
    return ""


def in_words(due: date | None, today: date) -> str:
    """`paling lambat 30 November 2026, 12 hari lagi`; empty without a day."""
    if due is None:
        return ""
    days = (due - today).days
    told = f"paling lambat {tanggal(due)}"
    if days < 0:
        return f"{told}, terlambat {angka(-days)} hari"
    return f"{told}, {'hari ini' if days == 0 else f'{angka(days)} hari lagi'}"


def dates_in_words(dates: Dates) -> str:
    """`Pengajuan 1 Juni 2026 sampai 30 Juni 2026, verifikasi paling lambat 15 Juli 2026`."""
    first, last = dates.submit_from, dates.submit_until
    said = []
    if first and last:
        said.append(f"pengajuan {tanggal(first)} sampai {tanggal(last)}")
    elif first or last:
        said.append(f"pengajuan {'mulai' if first else 'paling lambat'} {tanggal(first or last)}")
    if dates.verify_until:
        said.append(f"verifikasi paling lambat {tanggal(dates.verify_until)}")
    if dates.approve_until:
        said.append(f"persetujuan paling lambat {tanggal(dates.approve_until)}")
    return capfirst(", ".join(said)) if said else "Tanpa batas waktu"


def impossible(dates: Dates) -> str:
    """Why the days cannot follow one another; empty if they can."""
    named = [
        ("pengajuan dibuka", dates.submit_from),
        ("paling lambat diajukan", dates.submit_until),
        ("paling lambat diverifikasi", dates.verify_until),
        ("paling lambat disetujui", dates.approve_until),
    ]
    known = [(name, day) for name, day in named if day]
    for (name, day), (following, later) in pairwise(known):
        if later < day:
            return (
                f"“{capfirst(following)}” ({tanggal(later)}) lebih awal daripada “{name}” "
                f"({tanggal(day)}). Periksa tanggalnya."
            )
    return ""
