"""Setting dates, giving a village more time, and stopping steps for a while."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils import timezone

from enrollment.formats import tanggal
from enrollment.programmes.models import PremiumSubsidy
from enrollment.schedules.models import Extension, Freeze, Schedule
from enrollment.schedules.rules import Dates, Move, closed, impossible, in_words
from villages import access
from villages.models import Area, Office, Role
from villages.permissions import CHECKERS
from villages.refusals import Refusal

FROZEN = dict.fromkeys(
    ("steps_rest", "decree_rests"),
    "Sedang masa beku: langkah ini berhenti dahulu. Muat ulang halamannya untuk melihat sampai "
    "kapan.",
)
"""The sentence of the triggers behind `refuse_frozen`, of lists and of decrees."""
OWN_MOVE = {
    **dict.fromkeys(CHECKERS, Move.CHECK),
    Role.VERIFIER: Move.VERIFY,
    Role.APPROVER: Move.APPROVE,
}
"""Whose move it is that an office takes; all others hand in."""


def move_of(office: Office) -> Move:
    return OWN_MOVE.get(Role(office.role), Move.SUBMIT)


def dates_of(programme: PremiumSubsidy) -> Dates:
    found = Schedule.objects.filter(pk=programme.pk).first()
    return found.dates if found else Dates()


def set_dates(programme: PremiumSubsidy, dates: Dates, *, by: Office) -> None:
    """Refusal where the days do not follow one another."""
    access.permit(by, "programme.make")
    if wrong := impossible(dates):
        raise Refusal(wrong)
    values = {
        "regency_id": programme.regency_id,
        "submit_from": dates.submit_from,
        "submit_until": dates.submit_until,
        "verify_until": dates.verify_until,
        "approve_until": dates.approve_until,
    }
    Schedule.objects.update_or_create(pk=programme.pk, defaults=values)


def extend(
    programme: PremiumSubsidy, area: Area, *, until: date, reason: str, by: Office
) -> Extension:
    """Give the list of one village more time. Refusal where it has as much already."""
    access.permit(by, "programme.make")
    due = dates_of(programme).due(Move.SUBMIT, extended(programme, area.pk))
    if due is None:
        raise Refusal("Program ini tidak punya batas pengajuan, jadi tidak perlu tambahan waktu.")
    if until <= due:
        raise Refusal(f"Batasnya sudah {tanggal(due)}. Isi tanggal sesudahnya.")
    return Extension.objects.create(
        programme=programme, area=area, until=until, reason=reason, office=by, name=str(by.user)
    )


def extended(programme: PremiumSubsidy, area_code: str) -> date | None:
    """Until when this village has been given more time."""
    rows = Extension.objects.filter(programme=programme, area=area_code)
    last: date | None = rows.aggregate(last=Max("until"))["last"]
    return last


def closed_for(programme: PremiumSubsidy, area_code: str) -> str:
    """Why the village cannot hand in today; empty if it can."""
    return closed(dates_of(programme), timezone.localdate(), extended(programme, area_code))


def dues(programmes: Iterable[PremiumSubsidy], office: Office) -> dict[UUID, str]:
    """Until when the office's own step in these programmes is due, and how many days that is: their
    ids → words. Two queries."""
    wanted, move, today = [each.pk for each in programmes], move_of(office), timezone.localdate()
    more: dict[UUID, date] = {}
    if move == Move.SUBMIT:
        given = Extension.objects.filter(programme__in=wanted, area=office.area_id).order_by()
        more = dict(given.values_list("programme").annotate(last=Max("until")))
    return {
        kept.pk: in_words(kept.dates.due(move, more.get(kept.pk)), today)
        for kept in Schedule.objects.filter(pk__in=wanted)
    }


def late(programme: PremiumSubsidy, area_codes: Iterable[str]) -> set[str]:
    """Those of the villages whose time for handing in is over. Two queries."""
    codes, today, dates = list(area_codes), timezone.localdate(), dates_of(programme)
    if dates.submit_until is None:
        return set()
    given = Extension.objects.filter(programme=programme, area__in=codes).order_by()
    more = dict(given.values_list("area").annotate(last=Max("until")))
    dues = {code: dates.due(Move.SUBMIT, more.get(code)) for code in codes}
    return {code for code, due in dues.items() if due and due < today}


@dataclass(frozen=True)
class Situation:
    """What a page says of the office's own step today: sentences, empty where there is nothing."""

    due: str
    closed: str
    rests: str


def situation(programme: PremiumSubsidy, office: Office) -> Situation:
    move, today = move_of(office), timezone.localdate()
    hands_in = move == Move.SUBMIT
    dates = dates_of(programme)
    more = extended(programme, office.area_id) if hands_in else None
    return Situation(
        due=in_words(dates.due(move, more), today),
        closed=closed(dates, today, more) if hands_in else "",
        rests=rests(office.area_id, move),
    )


def freeze(*, move: str, first: date, last: date, reason: str, by: Office) -> Freeze:
    access.permit(by, "settings.change")
    if last < first:
        raise Refusal("Lebih awal daripada tanggal mulai. Periksa tanggalnya.")
    return Freeze.objects.create(
        regency_id=by.area.regency_code or by.area_id,
        move=move,
        first=first,
        last=last,
        reason=reason,
    )


def thaw(frozen: Freeze, *, by: Office) -> None:
    """Lift a freeze that holds or is to come: from now on steps go on. Its days stay as they were.
    Refusal if it is over already."""
    access.permit(by, "settings.change")
    now = timezone.now()
    rows = Freeze.objects.filter(pk=frozen.pk, lifted_at=None, last__gte=timezone.localdate(now))
    if not rows.update(lifted_at=now):
        raise Refusal("Masa beku ini sudah berakhir. Muat ulang halamannya.")


def frozen_now(area_code: str, move: Move) -> Freeze | None:
    """What stops this move today in the regency of an area."""
    rows = Freeze.objects.of(area_code).holding(timezone.localdate())
    return next((row for row in rows if row.stops(move)), None)


def refuse_frozen(area_code: str, move: Move) -> None:
    """Refusal while this kind of move rests. Triggers hold the same for steps of lists and of
    decrees, in case that a freeze begins in between."""
    if sentence := rests(area_code, move):
        raise Refusal(sentence)


def rests(area_code: str, move: Move) -> str:
    """Until when this move rests in the regency of an area, and why; empty if it goes on."""
    found = frozen_now(area_code, move)
    return rest_in_words(found, move) if found else ""


def rest_in_words(found: Freeze, move: Move) -> str:
    return (
        f"{move.label} berhenti sampai {tanggal(found.last)}: {found.reason}. Data tetap dapat "
        "dilihat dan disiapkan."
    )
