"""What the page of a draft shows: suggested texts, and what is still missing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from django.urls import reverse

from enrollment.decrees import actions, selection
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.rules import legal_basis_of
from enrollment.jobs import planning
from enrollment.programmes.models import LegalBasis, PremiumSubsidy
from villages.models import Regency


@dataclass(frozen=True)
class Lack:
    """What a draft lacks, and the page where that can be entered."""

    text: str
    url: str
    link: str


@dataclass(frozen=True)
class Readiness:
    """Whether a draft can be issued: `lacks` and `stale` prevent it, the others inform."""

    lacks: list[Lack]
    stale: int
    new: int
    paid: int
    outside_agreement: str

    @property
    def ready(self) -> bool:
        return not (self.lacks or self.stale)

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
        "Excel, dengan NIK dan alamat, untuk ditandatangani. Setiap unduhan dicatat.",
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


def first_words(programme: PremiumSubsidy) -> Words:
    """Suggested title and legal basis, taken from the programme."""
    profile = Regency.objects.select_related("area").of(programme.regency_id)
    bases = list(programme.legal_bases.all())
    return {
        "title": f"Penerima Bantuan Iuran Jaminan Sosial Ketenagakerjaan {programme.name} "
        f"Tahun Anggaran {programme.year}",
        "legal_basis": legal_basis_of(
            [basis.citation(profile) for basis in bases],
            names_inpres=any(basis.kind == LegalBasis.Kind.PRESIDENT for basis in bases),
        ),
    }


@planning.reading_whole_tables()
def readiness_of(decree: Decree) -> Readiness:
    """The Readiness of a draft."""
    difference = selection.difference(decree)
    lacks = [_lack(decree, field, text) for field, text in actions.missing(decree).items()]
    if inside := actions.paid_within(decree).count():
        lacks.append(
            Lack(
                f"{inside} orang dalam daftar sudah dibayar iurannya pada bulan yang sama.",
                reverse("decree_paid", args=[decree.pk]),
                "Lihat siapa saja",
            )
        )
    return Readiness(
        lacks=lacks,
        stale=difference.gone + difference.changed,
        new=difference.new,
        paid=selection.paid_already(decree).count(),
        outside_agreement=decree.programme.outside_agreement,
    )


def _lack(decree: Decree, field: str, text: str) -> Lack:
    if field == "people":
        return Lack(text, reverse("proposal_list"), "Buka usulan")
    return Lack(text, f"{reverse('decree_change', args=[decree.pk])}#id_{field}", "Lengkapi")
