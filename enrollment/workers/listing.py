"""Giving a list of people to its reader: every file with people in it is recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import HttpResponse

from enrollment import listing
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure

if TYPE_CHECKING:
    from villages.annotations import Request


def show_people(
    request: Request,
    template: str,
    context: dict[str, Any],
    *,
    subject: str = "list:people",
    area: str | None = None,
) -> HttpResponse:
    """As `listing.show`, of a list whose rows are people: a file is recorded as a download of so
    many, of `area` and with this `subject` (see `disclosures.record`)."""

    def record(people: int) -> None:
        if request.office:
            disclosures.record(
                by=request.office, kind=Disclosure.Kind.EXPORT, subject=subject,
                area=area or request.office.area_id, people=people,
            )  # fmt: skip

    return listing.show(request, template, context, given=record)
