"""Giving a list its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.db import IntegrityError, transaction

from enrollment.decrees.codes.models import DecreeCode
from enrollment.decrees.codes.rules import new_code

if TYPE_CHECKING:
    from uuid import UUID

    from enrollment.decrees.models import Decree

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


def code_of(decree: Decree) -> str:
    """The code by which anybody looks an issued decree up. It stands in the sealed header and on
    each page; of a list that was frozen before there were codes, beside it, and on no page. Empty
    where there is none yet."""
    if code := decree.header.get("code", ""):
        return code
    beside = DecreeCode.objects.filter(decree=decree.pk) if decree.is_published else ()
    return next((row.pk for row in beside), "")


def give_missing(decree: Decree) -> None:
    """Give a code to a decree that is issued, if its list was frozen before there were codes."""
    if not decree.header.get("code"):
        give_code(decree.pk, decree.regency_id)


def address_of(code: str) -> str:
    """Where anybody looks a code up."""
    return f"{settings.PUBLIC_ADDRESS}/{PLACE}/{code}/"
