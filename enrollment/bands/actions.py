"""Setting how many have to approve, and asking how many a wave needs."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils import timezone

from enrollment.bands.models import ApprovalBand
from enrollment.bands.rules import SUGGESTED, Span, spans
from villages import access
from villages.models import Office, Role
from villages.refusals import Refusal


def needed(programme: UUID) -> int:
    """How many people have to approve somebody of the wave with this id today. The database
    says it, since it refuses an approval with fewer signatures."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT approvers_needed(%s)", [programme])
        (number,) = cursor.fetchone()
    return int(number)


def asks_for_several(area_code: str) -> bool:
    """Whether the regency of an area has waves for which one approver may not be enough."""
    return ApprovalBand.objects.of(area_code).filter(approvers__gt=1).exists()


def scale(office: Office) -> list[tuple[ApprovalBand | None, Span]]:
    """Each span with the row that begins it; None for the one below the lowest."""
    rows = {row.amount_from: row for row in ApprovalBand.objects.of(office.area_id)}
    pairs = [(row.amount_from, row.approvers) for row in rows.values()]
    return [(rows.get(span.first), span) for span in spans(pairs)]


def remove(band: ApprovalBand, *, by: Office) -> None:
    access.permit(by, "settings.change")
    band.delete()


def take_suggestion(*, by: Office) -> None:
    """Make the usual scale the regency's own. Refusal if it has bands already."""
    access.permit(by, "settings.change")
    if ApprovalBand.objects.of(by.area_id).exists():
        raise Refusal("Sudah ada jenjang. Hapus dahulu yang ada bila ingin memakai usulan ini.")
    ApprovalBand.objects.bulk_create(
        ApprovalBand(regency_id=by.area_id, amount_from=amount, approvers=approvers)
        for amount, approvers in SUGGESTED
    )


def approvers_missing(office: Office) -> int:
    """How many people more would have to hold the office of an approver, so that the highest band
    can be approved at all."""
    bands = ApprovalBand.objects.of(office.area_id).values_list("approvers", flat=True)
    held = Office.objects.visible_to(office).held_on(timezone.localdate())
    people = held.filter(role=Role.APPROVER).order_by().values("user").distinct().count()
    return max(0, max(bands, default=0) - people)
