"""Who may do what with a decree: with one of the regency what the role may do; with a village's own
one everything if they head that village, and for the regency everything but moving it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied

from enrollment.decrees.models import Decree
from enrollment.programmes.models import PremiumSubsidy
from villages import access
from villages.access import allowed
from villages.models import Area, Office

if TYPE_CHECKING:
    from enrollment.programmes.models import PremiumSubsidyQuerySet
    from villages.annotations import Request
    from villages.models import ScopedQuerySet

MAKE, MAKE_OWN, REGISTER = "decree.make", "village_decree.make", "decree.register"


def may(office: Office | None, verb: str, decree: Decree) -> bool:
    """Whether `office` may do `verb` (a key of `permissions.MAY`) with this decree."""
    if office is None or decree.village_id is None:
        return allowed(office, verb)
    if office.area_id == decree.village_id:
        return verb != REGISTER and allowed(office, MAKE_OWN)
    return verb != MAKE and office.area_id == decree.regency_id and allowed(office, verb)


def may_print(office: Office | None, decree: Decree) -> bool:
    """Whether the office may have files of the decree made. Of a village's decree only whose it is:
    the row is held meanwhile, which row security allows nobody else."""
    own = decree.village_id is None or (office is not None and office.area_id == decree.village_id)
    return own and may(office, "annex.full", decree)


def permit_print(office: Office | None, decree: Decree) -> None:
    """PermissionDenied (403) unless the office may have files of the decree made."""
    if not may_print(office, decree):
        raise PermissionDenied


def permit(office: Office | None, verb: str, decree: Decree) -> None:
    """PermissionDenied (403) unless `office` may do `verb` with this decree."""
    if not may(office, verb, decree):
        raise PermissionDenied


def fetch(request: Request, rows: ScopedQuerySet[Decree], *, may: str, **lookup: Any) -> Decree:
    """As `villages.access.fetch`, by the rights in a decree."""
    decree = access.fetch(request, rows, may="decree.view", **lookup)
    permit(request.office, may, decree)
    return decree


def may_begin(office: Office) -> bool:
    """Whether the office may draft a decree: of the regency, or of its own village where some
    programme is decided by villages."""
    return allowed(office, MAKE) or (allowed(office, MAKE_OWN) and programmes_of(office).exists())


def programmes_of(office: Office) -> PremiumSubsidyQuerySet:
    """The programmes whose recipients the office may name: those that villages decide, for the head
    of a village; the others, for the regency."""
    by_villages = not allowed(office, MAKE)
    rows = PremiumSubsidy.objects.visible_to(office)
    return rows.filter(by_villages__isnull=not by_villages)


def village_of(office: Office) -> Area | None:
    """The village whose decree the office drafts; None for the regency's."""
    return None if allowed(office, MAKE) else office.area
