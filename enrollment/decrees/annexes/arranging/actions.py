"""Keeping how a regency arranges its annexes, and going back to the portal's own arrangement."""

from __future__ import annotations

from django.db import transaction

from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.arrangement.models import AnnexArrangement
from enrollment.decrees.arrangement.rules import DEFAULT
from villages import access
from villages.models import Office
from villages.refusals import Refusal

IS_OWN = "Susunan bawaan sudah dipakai."


def arrangement_of(regency_id: str) -> AnnexArrangement:
    """What a regency has chosen; unsaved and with the portal's own columns where it has not."""
    kept = AnnexArrangement.objects.filter(regency=regency_id).first()
    return kept or AnnexArrangement(regency_id=regency_id, columns=list(DEFAULT))


@transaction.atomic
def keep(arrangement: AnnexArrangement, *, paper: str, signing: str, by: Office) -> None:
    """For lists that are frozen from now on; those frozen before stay as they are."""
    access.permit(by, "settings.change")
    arrangement.save()
    annexes.remember(arrangement.regency_id, paper=paper, signing=signing)


@transaction.atomic
def back(regency_id: str, *, by: Office) -> None:
    """The portal's own arrangement again. Refusal where it is in use already."""
    access.permit(by, "settings.change")
    gone, _ = AnnexArrangement.objects.filter(regency=regency_id).delete()
    if not gone:
        raise Refusal(IS_OWN)
