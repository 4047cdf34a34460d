"""What pages say of an import and of its rows: the badge, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrollment.standing import Standing

if TYPE_CHECKING:
    from enrollment.imports.models import Import, ImportRow

WORKING = {
    "undo": Standing("moving", "Sedang dibatalkan"),
    "take": Standing("moving", "Sedang disimpan"),
    "mended": Standing("moving", "Sedang disimpan"),
}
READING = Standing("moving", "Sedang dibaca")
"""While a worker is busy, by phase."""
ARRIVED = {
    "match": Standing("attention", "Menunggu Anda", "Cocokkan kolomnya"),
    "preview": Standing("attention", "Menunggu Anda", "Tinjau lalu simpan"),
    "taken": Standing("good", "Tersimpan"),
}
"""Otherwise."""
CHECKED = Standing("good", "Selesai diperiksa")
UNREADABLE = Standing("refused", "Tidak terbaca")


def of_import(job: Import) -> Standing:
    if job.refused:
        return UNREADABLE
    if job.busy:
        return WORKING.get(job.phase, READING)
    if job.check_only and not job.is_matching:
        return CHECKED
    return ARRIVED.get(job.phase) or Standing("plain", job.get_phase_display())


BECAME = {
    "refused": Standing("refused", "Tidak disimpan"),
    "new": Standing("good", "Baru"),
    "same": Standing("good", "Sudah ada"),
    "changed": Standing("good", "Diperbarui"),
    "kept": Standing("good", "Dibiarkan"),
    "waiting": Standing("attention", "Belum disimpan", "sudah diperbaiki"),
}
"""What taking made of a row."""
TAKEN_BACK = {
    "new": Standing("plain", "Dikeluarkan lagi"),
    "changed": Standing("plain", "Seperti semula"),
}
"""What taking the import back made of those that it brought or changed."""
MOVED = Standing("attention", "Dibiarkan", "berubah sesudah ditinjau")
DIFFERENT = Standing("attention", "Sudah ada, berbeda")
REGISTERED = Standing("plain", "Sudah ada, sama")
NEW = Standing("plain", "Baru")
"""How a row stands to the registry before it is taken."""


def of_row(row: ImportRow) -> Standing:
    """`row` comes from `with_outcome`, which knows what `became` of it."""
    if row.stays:
        return Standing("attention", "Tetap ada", row.get_stays_display())
    if row.job.is_undone and row.became in TAKEN_BACK:
        return TAKEN_BACK[row.became]
    if row.severity == row.Severity.ERROR:
        return BECAME["refused"]
    if row.outcome == row.Outcome.KEPT:
        return MOVED
    if row.became:
        return BECAME[row.became]
    if row.changes:
        return DIFFERENT
    return REGISTERED if row.worker_id else NEW


@dataclass(frozen=True)
class Progress:
    """What a busy import is doing; `about`: the total is a guess."""

    title: str
    done: int | None = None
    total: int | None = None
    about: bool = False
    text: str = ""


def progress_of(job: Import) -> Progress:
    if job.phase in (job.Phase.TAKE, job.Phase.TAKE_MENDED):
        return Progress("Menyimpan ke daftar pekerja", job.cursor, job.people)
    if job.phase == job.Phase.UNDO:
        return Progress("Membatalkan impor", job.cursor, job.people)
    if job.phase == job.Phase.CHECK:
        text = "Orangnya dicocokkan dengan daftar pekerja."
        return Progress("Memeriksa daftar", text=text)
    title = "Membaca dan memeriksa daftar"
    if job.cursor:
        return Progress(title, job.cursor, job.total, about=True)
    return Progress(title, text="Sebentar lagi mulai.")
