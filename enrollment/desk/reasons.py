"""The usual reasons of a regency: offered at the desk, kept on a page of the settings."""

from __future__ import annotations

from collections import defaultdict

from django.db import transaction

from enrollment.desk.models import MOST_OFFERED, UsualReason
from enrollment.proposals.verbs import VERBS, Verb
from villages import access, areas
from villages.models import Office
from villages.refusals import translating

TWICE = {"usual_reason_once": "Alasan ini sudah ada di daftar kabupaten Anda."}


def reasoned() -> list[Verb]:
    """The verbs for which an office gives a reason about somebody else's list."""
    return [verb for verb in VERBS.values() if verb.needs_reason and verb.is_of_a_desk]


def offered(office: Office) -> dict[str, list[str]]:
    """Verb → the first few usual reasons for it in the office's regency."""
    found: dict[str, list[str]] = defaultdict(list)
    for name, text in UsualReason.objects.of(office.area_id).values_list("verb_name", "text"):
        if len(found[name]) < MOST_OFFERED:
            found[name].append(text)
    return dict(found)


def add(verb: Verb, text: str, *, by: Office) -> UsualReason:
    """A reason of the office's own regency. Refusal if it has it already."""
    access.permit(by, "settings.change")
    regency = areas.at_level(by.area_id, areas.REGENCY)
    with translating(TWICE), transaction.atomic():
        return UsualReason.objects.create(regency_id=regency, verb_name=verb.name, text=text)


def remove(reason: UsualReason, *, by: Office) -> None:
    """What has been decided with it keeps the text."""
    access.permit(by, "settings.change")
    reason.delete()
