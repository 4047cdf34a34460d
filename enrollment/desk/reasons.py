"""The usual reasons of a regency: offered at the desk, kept on a page of the settings."""

from __future__ import annotations

from collections import defaultdict

from django.db import connection, transaction

from enrollment.desk.models import MOST_OFFERED, UsualReason
from enrollment.proposals.verbs import VERBS, Verb
from villages import access, areas
from villages.models import Office
from villages.refusals import Refusal, translating

TWICE = {"usual_reason_once": "Alasan ini sudah ada di daftar kabupaten Anda."}

FULL = (
    "Sudah ada {most} alasan untuk {verb}, sebanyak tombol angkanya. Hapus dahulu satu yang jarang "
    "dipakai."
)
_HOLD = "SELECT pg_advisory_xact_lock(hashtextextended('usual reasons of ' || %s, 0))"
"""One is added after the other, so that two at once do not pass the limit."""


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
    """A reason of the office's own regency. Refusal if it has it already, or has as many for the
    verb as the desk offers: one more would be kept and never be seen."""
    access.permit(by, "settings.change")
    regency = areas.at_level(by.area_id, areas.REGENCY)
    with translating(TWICE), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_HOLD, [regency])
        if UsualReason.objects.filter(regency=regency, verb_name=verb.name).count() >= MOST_OFFERED:
            raise Refusal(FULL.format(most=MOST_OFFERED, verb=verb.label))
        return UsualReason.objects.create(regency_id=regency, verb_name=verb.name, text=text)


def remove(reason: UsualReason, *, by: Office) -> None:
    """What has been decided with it keeps the text."""
    access.permit(by, "settings.change")
    reason.delete()
