"""Choosing how often villages look at their recipients again, and saying that one has."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from enrollment.formats import tanggal
from enrollment.programmes.models import PremiumSubsidy
from enrollment.reverification.models import Reverification, ReverificationRule
from enrollment.reverification.rules import Asked, Demand, Standing
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

SENTENCES = {
    "reverified_once_a_day": "Berita acara dengan tanggal itu sudah dicatat. Periksa tanggalnya.",
}


def ask(programme: PremiumSubsidy, months: int | None, *, by: Office) -> None:
    """Let people go on in a wave only if their village verifies them each so many months; None asks
    nothing. Lists that were handed in are judged by it from now on."""
    access.permit(by, "programme.make")
    if months is None:
        ReverificationRule.objects.filter(pk=programme.pk).delete()
        return
    values = {"regency_id": programme.regency_id, "months": months}
    ReverificationRule.objects.update_or_create(pk=programme.pk, defaults=values)


def demands_of(programmes: Iterable[PremiumSubsidy]) -> dict[UUID, Demand]:
    """What these waves ask: those that ask nothing are left out. Where nobody has chosen for a
    wave, as the first one of its programme does. One query."""
    waves = list(programmes)
    wanted = {pk for wave in waves for pk in (wave.pk, wave.first_id) if pk}
    rules = ReverificationRule.objects.in_bulk(wanted)
    found = {wave.pk: rules.get(wave.pk) or rules.get(wave.first_id) for wave in waves}
    return {
        wave.pk: Demand(rule.months, wave.first_month) for wave in waves if (rule := found[wave.pk])
    }


def demand_of(programme: PremiumSubsidy) -> Demand | None:
    return demands_of([programme]).get(programme.pk)


def asked_of(programme: PremiumSubsidy) -> Asked | None:
    """What a wave asks, with when the villages that the office sees last verified; None where it
    asks nothing. Two queries, one row a village."""
    demand = demand_of(programme)
    return Asked(demand, last_of(programme)) if demand else None


def last_of(programme: PremiumSubsidy) -> dict[str, date]:
    """Village → the day of its last verification of the programme, of what it continues or of what
    continues it: the people are the same."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM last_reverified(%s)", [programme.pk])
        return dict(cursor.fetchall())


def standing_of(programme: PremiumSubsidy, office: Office) -> Standing | None:
    """How the village of an office stands today; None where the wave asks nothing."""
    asked = asked_of(programme)
    if asked is None:
        return None
    return Standing(asked.demand, asked.last.get(office.area_id), timezone.localdate())


def confirm(
    programme: PremiumSubsidy, *, on: date, document: str, people: int, by: Office
) -> Reverification:
    """Say that the `people` who receive this programme in the village of `by` have been looked at
    again, by minutes of the day `on`. Refusal where nothing is asked, or the day is to come or
    no later than that of the minutes before."""
    access.permit(by, "reverification.make")
    standing = standing_of(programme, by)
    if standing is None:
        raise Refusal("Program ini tidak mensyaratkan verifikasi ulang, jadi tidak perlu dicatat.")
    if on > standing.today:
        raise Refusal("Tanggal berita acara belum tiba. Periksa tanggalnya.")
    if standing.last and on <= standing.last:
        raise Refusal(
            f"Yang terakhir tercatat {tanggal(standing.last)}. Isi berita acara yang sesudahnya."
        )
    with translating(SENTENCES), transaction.atomic():
        return Reverification.objects.create(
            programme=programme, area_id=by.area_id, on=on, document=document, people=people,
            said_on=standing.today, office=by, name=str(by.user),
        )  # fmt: skip
