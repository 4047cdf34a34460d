"""Giving a list its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction

from enrollment.decrees.codes.models import DecreeCode
from enrollment.decrees.codes.rules import new_code

if TYPE_CHECKING:
    from uuid import UUID

PLACE = "k"
"""Where the public page is, below the portal's address: short, for it stands in a small picture."""


def give_code(decree: UUID, regency: str) -> str:
    """A new code for a list. The database refuses one that was ever given; another follows."""
    while True:
        try:
            with transaction.atomic():
                return DecreeCode.objects.create(
                    code=new_code(), decree_id=decree, regency_id=regency
                ).pk
        except IntegrityError as error:
            if "enrollment_decreecode_pkey" not in str(error):
                raise


def code_beside(decree: UUID) -> str:
    """The code of a decree whose list was frozen before there were codes: it stands beside the
    list, in no seal and on no page. Empty where there is none."""
    return next((row.pk for row in DecreeCode.objects.filter(decree=decree)), "")


def address_of(code: str) -> str:
    """Where anybody looks a code up."""
    return f"{settings.PUBLIC_ADDRESS}/{PLACE}/{code}/"
