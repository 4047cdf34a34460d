"""Who leaves, and what that means for their months. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import TextChoices

from enrollment.coverage.rules import (
    GRACE,
    OLDEST_NEW,
    OpenPeriod,
    Period,
    already_paid,
    month_after,
)
from enrollment.formats import angka, bulan, rupiah
from enrollment.programmes.benefits import (
    BEGINNING,
    DEATH,
    DEATH_OF_A_BEGINNER,
    SCHOLARSHIP_AFTER,
)


class Reason(TextChoices):
    """Why somebody who is approved leaves."""

    DIED = "died", "Meninggal"
    MOVED = "moved", "Pindah dari sini"
    FORMAL = "formal", "Bekerja di perusahaan"
    DOUBLE = "double", "Terdaftar ganda"
    TOO_OLD = "too_old", "Terlalu tua"
    WITHDREW = "withdrew", "Mengundurkan diri"
    REFUSED = "refused", "Ditolak BPJS"
    NOT_PAID = "not_paid", "Tidak dibayar keputusan"


BY_THE_DINAS = frozenset({Reason.REFUSED})
"""What BPJS has told the Dinas, and no village."""


class Stage(TextChoices):
    """How far a leaving has come."""

    PREPARED = "prepared", "Disiapkan"
    FILED = "filed", "Menunggu Dinas"
    APPROVED = "approved", "Disetujui"
    REFUSED = "refused", "Ditolak"
    TAKEN_BACK = "withdrawn", "Ditarik"


OPEN = frozenset({Stage.PREPARED, Stage.FILED})
"""Not decided yet: of an entry only one at a time, and none after it was approved."""


@dataclass(frozen=True, slots=True)
class Act:
    """What somebody does with a leaving: the permission for it, from which stages it is possible
    (none: it begins), and the stage after it."""

    name: str
    permission: str
    origins: frozenset[Stage]
    to: Stage
    needs_reason: bool = False


PREPARE = Act("Orang ini keluar", "leaving.prepare", frozenset(), Stage.PREPARED)
FILE = Act("Kirim ke Dinas", "leaving.file", frozenset({Stage.PREPARED}), Stage.FILED)
TAKE_BACK = Act("Tarik kembali", "leaving.prepare", OPEN, Stage.TAKEN_BACK, needs_reason=True)
REFUSE = Act("Tolak", "leaving.decide", frozenset({Stage.FILED}), Stage.REFUSED, needs_reason=True)
APPROVE = Act("Setujui", "leaving.decide", frozenset({Stage.FILED}), Stage.APPROVED)
ACTS = (PREPARE, FILE, TAKE_BACK, REFUSE, APPROVE)
"""The whole way of a leaving. An approved one moves the person's row from approved to left."""


def last_kept(paid: Period, *, reason: str, on: date, today: date) -> date | None:
    """The last month that stays paid when a person leaves on the day `on`; None if none does.

    It is the month in which they leave. Months before that of `today` stay, too: they have been
    paid to BPJS, and only BPJS gives money back. Whom BPJS has refused was never paid for.
    `paid` is the person's period `(first, after)`.
    """
    if reason == Reason.REFUSED:
        return None
    first, after = paid
    last = max(month_after(on, 0), month_after(today, -1))
    last = min(last, month_after(after, -1))
    return last if last >= first else None


def impossible_day(on: date, *, today: date, born: date | None) -> str:
    """Why nobody can have left on this day; empty if they can."""
    if on > today:
        return "Tanggalnya tidak boleh di masa depan."
    if born and on < born:
        return "Tanggalnya mendahului tanggal lahirnya."
    return ""


def months_in_a_row(last: date, covers: Iterable[OpenPeriod], most: int = SCHOLARSHIP_AFTER) -> int:
    """How many months, the month `last` among them and up to `most`, were paid in a row."""
    wanted = (month_after(last, 1 - most), month_after(last))
    months, expected = 0, last
    for month in reversed(already_paid(wanted, covers)):
        if month != expected:
            break
        months, expected = months + 1, month_after(month, -1)
    return months


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """What runs for a member, and stops when they leave after the month `last` (None: nothing was
    paid). `paid` counts the months in a row until then; `age` is in years, if it is known."""

    last: date | None
    paid: int
    age: int | None = None

    def sentences(self) -> list[str]:
        """What is lost, for who decides. Rules of BPJS: process book 908, p. 59 (three months of
        grace, from the fourth a new membership); benefits as in `programmes.benefits`."""
        if self.last is None:
            return ["Belum ada bulan yang dibayar, jadi tidak ada masa kepesertaan yang hilang."]
        latest = month_after(self.last, GRACE)
        return [self._counted(), self._return(latest), self._early(), *self._too_old()]

    def _counted(self) -> str:
        if self.paid >= SCHOLARSHIP_AFTER:
            return (
                f"Menurut keputusan {SCHOLARSHIP_AFTER} bulan berturut-turut atau lebih: hak "
                "beasiswa untuk dua anak berakhir."
            )
        return (
            f"Menurut keputusan {angka(self.paid)} bulan berturut-turut dari {SCHOLARSHIP_AFTER} "
            "bulan untuk beasiswa dua anak."
        )

    def _return(self, latest: date) -> str:
        return (
            f"Bila iurannya dibayar lagi paling lambat untuk {bulan(latest)}, bersama bulan yang "
            f"terlewat, masa ini berlanjut. Mulai {bulan(month_after(latest))} ia peserta baru: "
            f"{BEGINNING} bulan pertama dan {SCHOLARSHIP_AFTER} bulan itu dihitung dari awal."
        )

    def _early(self) -> str:
        return (
            f"Bila meninggal dalam {BEGINNING} bulan pertama sebagai peserta baru, keluarganya "
            f"menerima {rupiah(DEATH_OF_A_BEGINNER)}, bukan {rupiah(DEATH)}: berkurang "
            f"{rupiah(DEATH - DEATH_OF_A_BEGINNER)}."
        )

    def _too_old(self) -> Iterable[str]:
        if self.age is not None and self.age >= OLDEST_NEW:
            yield (
                f"Usianya {self.age} tahun: dari {OLDEST_NEW} tahun tidak ada yang dapat menjadi "
                "peserta baru, jadi ia tidak dapat kembali."
            )


def claim_in_words(months: int) -> str:
    """What the heirs of somebody are due who died in the last of so many paid months in a row; the
    month in which they died is not a whole one."""
    if not months:
        return "Belum ada bulan yang dibayar, jadi tidak ada santunan kematian dari program ini."
    amount = DEATH if months > BEGINNING else DEATH_OF_A_BEGINNER
    return (
        "Bila BPJS sudah menerima iurannya, ahli waris dapat mengajukan santunan kematian (JKM): "
        f"{rupiah(amount)}, menurut {angka(months)} bulan dalam keputusan. Bantu keluarganya "
        "melengkapi berkasnya."
    )
