"""For how long data of a kind is kept, and what was removed."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from villages.audit import KEPT_DAYS, audited

__all__ = ["Removal", "Retention"]


class Kind(models.TextChoices):
    """What is removed some time after nobody needs it any more.

    Decrees, their annexes and people are never removed, nor is the history of offices, programmes,
    lists and decrees.
    """

    LISTS = "lists", "berkas dan baris daftar yang selesai"
    WAITING = "waiting", "daftar yang tidak pernah disimpan"
    STRAYS = "strays", "berkas tanpa daftar"
    LOG_INS = "log_ins", "catatan masuk dan keluar"
    HISTORY = "history", "riwayat perubahan data orang"


LEAST_DAYS = {
    Kind.LISTS: 30,
    Kind.WAITING: 7,
    Kind.STRAYS: 1,
    Kind.LOG_INS: 90,
    Kind.HISTORY: KEPT_DAYS,
}
"""An administrator cannot have data removed sooner: people may still want to undo or to look."""
_LONG_ENOUGH = models.Q(
    *(models.Q(kind=kind, days__gte=days) for kind, days in LEAST_DAYS.items()),
    _connector=models.Q.OR,
)


@audited()
class Retention(models.Model):
    """After how many days data of a kind is removed; an administrator of the platform decides."""

    kind = models.CharField("jenis", primary_key=True, max_length=10, choices=Kind.choices)
    days = models.PositiveSmallIntegerField("disimpan (hari)")

    class Meta:
        verbose_name = "lama penyimpanan"
        verbose_name_plural = "lama penyimpanan"
        ordering = ["kind"]
        constraints = [
            models.CheckConstraint(
                condition=_LONG_ENOUGH,
                name="retention_long_enough",
                violation_error_message="Terlalu singkat. Paling sedikit: "
                + ", ".join(f"{days} hari untuk {kind.label}" for kind, days in LEAST_DAYS.items())
                + ".",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()


class Removal(models.Model):
    """What was removed on a day. Rows are only ever added."""

    kind = models.CharField("jenis", max_length=10, choices=Kind.choices)
    at = models.DateTimeField("dihapus pada", default=timezone.now)
    before = models.DateTimeField("yang lebih lama daripada")
    removed = models.PositiveIntegerField("banyaknya")

    class Meta:
        verbose_name = "penghapusan data lama"
        verbose_name_plural = "penghapusan data lama"
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.removed} {self.get_kind_display()}"
