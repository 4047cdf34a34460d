"""The state of an import and of its rows as pages show it: the badge and the progress."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from enrollment.standing import Standing

if TYPE_CHECKING:
    from enrollment.imports.models import Import, ImportRow

WORKING = {
    "undo": Standing("moving", "Sedang dibatalkan"),
    "discard": Standing("moving", "Sedang dibuang"),
    "take": Standing("moving", "Sedang disimpan"),
    "mended": Standing("moving", "Sedang disimpan"),
}
READING = Standing("moving", "Sedang dibaca")
"""For a phase in which a worker is busy: `WORKING`, else `READING`."""
NOT_WORKING = {
    "match": Standing("attention", "Perlu dicocokkan", "Cocokkan kolomnya"),
    "preview": Standing("attention", "Perlu ditinjau", "Tinjau lalu simpan"),
    "taken": Standing("good", "Tersimpan"),
}
"""For a phase in which no worker is busy."""
CHECKED = Standing("good", "Selesai diperiksa")
UNREADABLE = Standing("refused", "Tidak terbaca")
HELD = Standing("attention", "Menunggu Dinas", "Melewati batas sehari")


def of_import(job: Import) -> Standing:
    if job.refused:
        return UNREADABLE
    if job.held:
        return HELD
    if job.busy:
        return WORKING.get(job.phase, READING)
    if job.check_only and not job.is_matching:
        return CHECKED
    return NOT_WORKING.get(job.phase) or Standing("plain", job.get_phase_display())


AFTER_TAKING = {
    "refused": Standing("refused", "Tidak disimpan"),
    "new": Standing("good", "Baru"),
    "same": Standing("good", "Sudah ada"),
    "changed": Standing("good", "Diperbarui"),
    "kept": Standing("good", "Dibiarkan"),
    "waiting": Standing("attention", "Belum disimpan", "sudah diperbaiki"),
}
"""A row after its import was saved, by outcome."""
AFTER_UNDOING = {
    "new": Standing("plain", "Dikeluarkan lagi"),
    "changed": Standing("plain", "Seperti semula"),
}
"""A row after its import was undone, by outcome."""
CHANGED_SINCE = Standing("attention", "Dibiarkan", "berubah sesudah ditinjau")
DIFFERENT = Standing("attention", "Sudah ada, berbeda")
REGISTERED = Standing("plain", "Sudah ada, sama")
NEW = Standing("plain", "Baru")
"""A row before its import is saved, compared with the registry."""


def of_row(row: ImportRow) -> Standing:
    """`row` must come from `with_outcome`, which adds `became`."""
    if row.stays:
        return Standing("attention", "Tetap ada", row.get_stays_display())
    if row.job.is_undone and row.became in AFTER_UNDOING:
        return AFTER_UNDOING[row.became]
    if row.severity == row.Severity.ERROR:
        return AFTER_TAKING["refused"]
    if row.outcome == row.Outcome.KEPT:
        return CHANGED_SINCE
    if row.became:
        return AFTER_TAKING[row.became]
    if row.changes:
        return DIFFERENT
    return REGISTERED if row.worker_id else NEW


@dataclass(frozen=True)
class Progress:
    """What a busy import is doing; `about`: the total is an estimate."""

    title: str
    done: int | None = None
    total: int | None = None
    about: bool = False
    text: str = ""


def progress_of(job: Import) -> Progress:
    if job.phase in (job.Phase.TAKE, job.Phase.TAKE_CORRECTED):
        return Progress("Menyimpan ke daftar pekerja", job.cursor, job.people)
    if job.phase == job.Phase.UNDO:
        return Progress("Membatalkan impor", job.cursor, job.people)
    if job.phase == job.Phase.DISCARD:
        return Progress("Membuang daftar", text="Baris dan berkasnya dihapus.")
    if job.phase == job.Phase.CHECK:
        text = "Orangnya dicocokkan dengan daftar pekerja."
        return Progress("Memeriksa daftar", text=text)
    title = "Membaca dan memeriksa daftar"
    if job.cursor:
        return Progress(title, job.cursor, job.total, about=True)
    return Progress(title, text="Sebentar lagi mulai.")
