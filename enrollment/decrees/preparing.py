"""What the page of a decree shows: suggested texts, what is still missing, and where it stands."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict

from django.urls import reverse

from enrollment.decrees import actions, amending, selection
from enrollment.decrees.by_villages import money
from enrollment.decrees.models import Decree, DecreeAnnex, DecreeStep
from enrollment.decrees.rules import NUMBERED, legal_basis_of
from enrollment.formats import angka
from enrollment.jobs import planning
from enrollment.jobs.models import Job
from enrollment.programmes.models import LegalBasis, PremiumSubsidy
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Move
from villages.models import Area, Regency


@dataclass(frozen=True)
class Lack:
    """What a draft lacks, and the page where that can be entered."""

    text: str
    url: str
    link: str


@dataclass(frozen=True)
class Readiness:
    """Whether a draft can be frozen: `lacks` and `stale` prevent it. Without number and date
    (`unnumbered`) it can be frozen, but not issued at once; the others inform."""

    lacks: list[Lack]
    unnumbered: list[Lack]
    stale: int
    new: int
    paid: int
    outside_agreement: str

    @property
    def ready(self) -> bool:
        return not (self.lacks or self.stale)

    @property
    def may_issue(self) -> bool:
        """Whether it has everything: an office that signs with ink types the number first."""
        return self.ready and not self.unnumbered

    @property
    def only_stale(self) -> bool:
        """Whether the list only has to be copied again."""
        return bool(self.stale) and not self.lacks


@dataclass(frozen=True)
class Download:
    """The texts of the download link for one version of the annex."""

    url_name: str
    label: str
    holds: str
    button: str


DOWNLOADS = {
    DecreeAnnex.Version.FULL: Download(
        "annex_full",
        "Unduh lampiran lengkap",
        "Excel, dengan NIK dan alamat. Setiap unduhan dicatat.",
        "btn-primary",
    ),
    DecreeAnnex.Version.MASKED: Download(
        "annex_masked",
        "Unduh lampiran untuk diumumkan",
        "Excel, NIK disamarkan, tanpa nomor KK dan alamat.",
        "btn-quiet",
    ),
}


class Words(TypedDict):
    title: str
    legal_basis: str


def first_words(programme: PremiumSubsidy, village: Area | None = None) -> Words:
    """Suggested title and legal basis, taken from the programme; for a `village` its own budget
    regulation stands there, too."""
    profile = Regency.objects.select_related("area").of(programme.regency_id)
    bases = list(programme.legal_bases.all())
    words: Words = {
        "title": f"Penerima Bantuan Iuran Jaminan Sosial Ketenagakerjaan {programme.name} "
        f"Tahun Anggaran {programme.year}",
        "legal_basis": legal_basis_of(
            [basis.citation(profile) for basis in bases],
            names_inpres=any(basis.kind == LegalBasis.Kind.PRESIDENT for basis in bases),
        ),
    }
    own = village and money.budget_of(programme.pk, village.pk)
    if own:
        words["legal_basis"] = f"{words['legal_basis']}\n{own.document}".strip()
    return words


@planning.reading_whole_tables()
def readiness_of(decree: Decree) -> Readiness:
    """The Readiness of a draft."""
    difference = selection.difference(decree)
    missing = actions.missing(decree).items()
    lacks = [_lack(decree, field, text) for field, text in missing if field not in NUMBERED]
    if wrong := actions.over_budget(decree):
        budget = reverse("village_budget", args=[decree.programme_id])
        lacks.append(Lack(wrong, budget, "Buka pagu"))
    paid = selection.paid_already(decree).count()
    if paid and (inside := actions.paid_within(decree).count()):
        lacks.append(
            Lack(
                f"{angka(inside)} orang dalam daftar sudah dibayar iurannya pada bulan yang sama.",
                reverse("decree_paid", args=[decree.pk]),
                "Lihat siapa saja",
            )
        )
    return Readiness(
        lacks=lacks,
        unnumbered=[_lack(decree, field, text) for field, text in missing if field in NUMBERED],
        stale=difference.gone
        + difference.changed
        + (amending.stale(decree) if decree.is_amendment else 0),
        new=difference.new,
        paid=paid,
        outside_agreement=decree.programme.outside_agreement,
    )


def _lack(decree: Decree, field: str, text: str) -> Lack:
    if field == "people":
        return Lack(text, reverse("proposal_list"), "Buka usulan")
    return Lack(text, f"{reverse('decree_change', args=[decree.pk])}#id_{field}", "Lengkapi")


@dataclass(frozen=True)
class Moment:
    """A step of a decree, as the part `moments` shows it."""

    when: datetime
    what: str
    who: str
    why: str


def moments(decree: Decree, taken: Iterable[DecreeStep]) -> list[Moment]:
    """What happened to a decree, the latest first; `taken`: its steps in that order."""
    steps = [Moment(step.at, step.words, step.name, step.reason) for step in taken]
    return [*steps, Moment(decree.drafted_at, "Rancangan dibuat", str(decree.drafted_by.user), "")]


@dataclass(frozen=True)
class Work:
    """A job at work on a decree: its title, what it does, and whether it can be stopped."""

    job: Job
    title: str
    text: str
    may_stop: bool


def rests(decree: Decree) -> str:
    """Until when decrees rest, and why; empty where they do not, or none of its steps is left."""
    open_still = decree.is_draft or decree.is_frozen
    return schedules.rests(decree.regency_id, Move.ISSUE) if open_still else ""


WORKS: list[tuple[str, str, str, bool]] = [
    (
        "draftings", "Menyusun daftar",
        "Setiap orang diperiksa lagi. Rancangannya tetap seperti sebelumnya sampai selesai.", True,
    ),
    (
        "freezings", "Membekukan daftar",
        "Setiap orang diperiksa sekali lagi, lalu daftarnya disegel.", True,
    ),
    (
        "issues", "Menerbitkan keputusan",
        "Daftarnya sudah dibekukan. Bulan iuran setiap orang dicatat, lalu daftarnya disegel.",
        False,
    ),
    (
        "receivings", "Memeriksa berkas yang kembali",
        "Berkasnya dibandingkan dengan yang dikirim, lalu disimpan dengan nomor dan tanggalnya.",
        True,
    ),
    (
        "revocations", "Mencabut keputusan",
        "Orang-orangnya keluar satu per satu. Bulan yang sudah berjalan tetap dibayar.", False,
    ),
]  # fmt: skip
"""Relation of the decree → title, what it does, whether it can be stopped."""


def work_on(decree: Decree) -> Work | None:
    """The job that is at work on the decree now."""
    for relation, title, text, may_stop in WORKS:
        if job := getattr(decree, relation).unfinished().first():
            return Work(job, title, text, may_stop)
    return None


def refusal_of(decree: Decree) -> str:
    """Why the latest attempt to draft, freeze or issue was refused; empty if none was."""
    latest = [getattr(decree, relation).first() for relation, *_ in WORKS]
    last = max(filter(None, latest), key=lambda job: job.created_at, default=None)
    return last.message if last and last.refused else ""


def amendments_of(decree: Decree) -> dict[str, Any]:
    """What the page of a decree says of its amendments; of an amendment, what it changes."""
    if not (decree.is_published or decree.is_amendment):
        return {}
    later = [one for one in amending.chain_of(decree) if one.ordinal > decree.ordinal]
    first = decree.amends or decree
    revocation = getattr(first, "revocation", None)
    values: dict[str, Any] = {
        "later": later, "amends": decree.amends, "first": first.pk, "revocation": revocation,
    }  # fmt: skip
    if decree.is_amendment:
        balance = amending.balance_of(decree)
        sums = {"before": balance["before"], "out": balance["out"], "coming": balance["coming"],
                "after": balance["after"]}  # fmt: skip
        values["counts"] = {name: f"{angka(people)} orang" for name, (people, _) in sums.items()}
        values["counts"]["corrected"] = f"{angka(balance['corrected'])} orang"
    return {"chain": values}
