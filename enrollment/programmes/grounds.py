"""On what ground a programme pays, and who: its legal bases, and its payer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from enrollment.programmes.models import LegalBasis, Payer, PremiumSubsidy
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

MOST = 20
"""More legal bases than any decree cites."""
SENTENCES = {
    "legal_basis_once": "Dasar hukum dengan jenis dan nomor ini sudah ada di daftar.",
    "payer_agreement_in_order": "Akhir PKS tidak boleh sebelum awalnya.",
}


@contextmanager
def _changing(programme: PremiumSubsidy) -> Iterator[list[LegalBasis]]:
    """One transaction in which nobody else changes the programme; gives its legal bases."""
    with translating(SENTENCES), transaction.atomic():
        PremiumSubsidy.objects.select_for_update(no_key=True).get(pk=programme.pk)
        yield list(programme.legal_bases.all())


def add(basis: LegalBasis, *, to: PremiumSubsidy, by: Office) -> None:
    """Save a new legal basis as the programme's last one."""
    access.permit(by, "programme.make")
    with _changing(to) as rows:
        if len(rows) >= MOST:
            raise Refusal(f"Paling banyak {MOST} dasar hukum. Hapus dahulu yang tidak dipakai.")
        basis.programme, basis.regency_id = to, to.regency_id
        basis.position = 1 + max((row.position for row in rows), default=0)
        basis.save(force_insert=True)


def change(basis: LegalBasis, *, by: Office) -> None:
    access.permit(by, "programme.make")
    with _changing(basis.programme) as rows:
        if basis not in rows:
            raise Refusal(
                "Dasar hukum ini baru saja dihapus orang lain. Tambahkan lagi bila perlu."
            )
        basis.save(update_fields=["kind", "number", "date", "title"])


def remove(basis: LegalBasis, *, by: Office) -> None:
    access.permit(by, "programme.make")
    with _changing(basis.programme):
        basis.delete()


def move_up(basis: LegalBasis, *, by: Office) -> None:
    """Have it cited before the one that it follows; the first one stays where it is."""
    access.permit(by, "programme.make")
    with _changing(basis.programme) as rows:
        at = rows.index(basis) if basis in rows else 0
        if at:
            before, moved = rows[at - 1 : at + 1]
            before.position, moved.position = moved.position, before.position
            LegalBasis.objects.bulk_update([before, moved], ["position"])


def payer_of(programme: PremiumSubsidy) -> Payer:
    """Who pays for it; one of whom nothing is known yet is not saved."""
    return getattr(programme, "payer", None) or Payer(programme=programme)


def save_payer(payer: Payer, *, by: Office) -> None:
    access.permit(by, "programme.make")
    with _changing(payer.programme):
        known = Payer.objects.filter(programme=payer.programme).values_list("pk", flat=True)
        payer.pk = known.first()  # somebody else may have been the first to save it
        payer._state.adding = payer.pk is None
        payer.regency_id = payer.programme.regency_id
        payer.save()


def copy(earlier: PremiumSubsidy, wave: PremiumSubsidy) -> None:
    """Give a new wave the legal bases and the payer of the wave before it."""
    rows: list[LegalBasis | Payer] = [*earlier.legal_bases.all()]
    rows += Payer.objects.filter(programme=earlier)
    for row in rows:
        row.pk, row.programme, row._state.adding = None, wave, True
        row.save(force_insert=True)
