"""What the pages say of a leaving: what it costs, what it frees, what has happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import DateField, DurationField, ExpressionWrapper, F, Func, Sum
from django.utils import timezone

from enrollment.coverage.models import Cover
from enrollment.coverage.rules import in_words
from enrollment.decrees.models import Decree
from enrollment.leavings import actions, rules
from enrollment.leavings.actions import Outlook
from enrollment.leavings.models import Leaving, LeavingQuerySet
from enrollment.leavings.rules import Clocks, Reason, Stage
from enrollment.proposals import departures
from enrollment.proposals.models import Entry, EntryCount, EntryQuerySet
from enrollment.proposals.overview import Moment, who
from enrollment.proposals.rules import age_on
from enrollment.proposals.verbs import State
from enrollment.schedules import actions as schedules
from villages.access import allowed
from villages.models import Office, Regency

HAPPENED = {
    Stage.PREPARED: "Disiapkan",
    Stage.FILED: "Dikirim ke Dinas",
    Stage.APPROVED: "Disetujui: keluar dari program",
    Stage.REFUSED: "Ditolak, tetap dalam program",
    Stage.TAKEN_BACK: "Ditarik kembali",
}

AFTER = ExpressionWrapper(
    F("programme__first_month")
    + Func(
        F("programme__months"),
        template="make_interval(months => %(expressions)s)",
        output_field=DurationField(),
    ),
    output_field=DateField(),
)
"""The first day after the months of a row's programme."""


@dataclass(frozen=True, slots=True)
class Consequences:
    """What an open leaving would change if it were approved today, in words."""

    kept: str
    freed: str
    months: int
    released: int
    lost: list[str]
    paid_for: str
    """Months that have gone, which would count as never paid although BPJS has the people; mostly
    empty."""
    place: str


def consequences(leaving: Leaving, entry: Any) -> Consequences:
    """`entry` has its `programme` and `person`."""
    change = actions.outlook(entry, leaving)
    return Consequences(
        kept=in_words(change.kept),
        freed=in_words(change.freed),
        months=len(change.freed),
        released=change.released,
        lost=_lost(leaving, entry, change),
        paid_for=in_words(_paid_for(change, entry)) if leaving.reason == Reason.REFUSED else "",
        place=_place(entry),
    )


def _paid_for(change: Outlook, entry: Any) -> list[date]:
    row = actions.decree_row_of(entry)
    if row is None or not row.decree.registration:
        return []
    today = timezone.localdate()
    return [month for month in change.freed if month <= today]


def _place(entry: Any) -> str:
    """The place that comes free, and whether somebody of the village waits for it."""
    waiting = Entry.objects.in_state(State.WAITING)
    waits = waiting.filter(programme=entry.programme_id, area=entry.area_id).exists()
    return "1, untuk yang berikutnya di daftar tunggu" if waits else "1, belum ada yang menunggu"


def _lost(leaving: Leaving, entry: Any, change: Outlook) -> list[str]:
    covers = Cover.objects.filter(worker=entry.worker_id).values_list("months", flat=True)
    periods = [(months.lower, months.upper) for months in covers]
    if leaving.died:
        last = min(change.last, leaving.on.replace(day=1)) if change.last else None
        return [rules.claim_in_words(_in_a_row(last, periods))]
    born = entry.person.birth_date
    age = age_on(timezone.localdate(), born) if born else None
    return Clocks(last=change.last, paid=_in_a_row(change.last, periods), age=age).sentences()


def _in_a_row(last: date | None, periods: list[Any]) -> int:
    return rules.months_in_a_row(last, periods) if last else 0


def moments(leaving: Leaving, regency: Regency) -> list[Moment]:
    """What happened to it, the latest first."""
    return [
        Moment(step.at, HAPPENED[Stage(step.to_state)], who(step, regency), step.reason)
        for step in leaving.steps.order_by("-at", "-pk")
    ]


def due(office: Office) -> EntryQuerySet:
    """Approved people whom a decree names and who have died or moved since, and of whom nobody has
    filed that they leave. Once the months are over, nothing is to be done. A draft of a decree is
    no matter of who may not see it."""
    return _paid_and_gone(office).exclude(leavings__in=Leaving.objects.unfinished())


def due_people(office: Office) -> int:
    """How many are `due`: a sum of kept counts, less those of whom it is filed, who are few."""
    rows: Any = EntryCount.objects.visible_to(office).approved_but_gone()
    rows = rows.alias(after=AFTER).filter(named=True, after__gt=timezone.localdate())
    if not allowed(office, "decree.draft"):
        rows = rows.filter(decree_id__in=Decree.objects.issued().values("pk"))
    people: int = rows.order_by().aggregate(number=Sum("people", default=0))["number"]
    if not people:
        return 0
    filed = _paid_and_gone(office).filter(leavings__in=Leaving.objects.unfinished())
    return people - len(filed.values_list("pk", flat=True))


def _paid_and_gone(office: Office) -> EntryQuerySet:
    rows: Any = Entry.objects.visible_to(office).approved_but_gone()
    rows = rows.alias(after=AFTER).filter(named=True, after__gt=timezone.localdate())
    if not allowed(office, "decree.draft"):
        rows = rows.filter(decree_rows__decree__in=Decree.objects.issued())
    found: EntryQuerySet = rows
    return found


def to_decide(office: Office) -> LeavingQuerySet:
    return Leaving.objects.visible_to(office).filter(state=Stage.FILED)


def to_send(office: Office) -> LeavingQuerySet:
    """Prepared by the office's own side, and not sent yet."""
    rows = Leaving.objects.visible_to(office).filter(state=Stage.PREPARED)
    return rows.of_side(office)


def first_guess(entry: Any) -> dict[str, Any]:
    """What is known of why the person has left: fills the form."""
    person = entry.person
    if getattr(person, "ended_on", None):
        reason = person.ended_reason if person.ended_reason in ("died", "moved") else ""
        return {"reason": reason, "on": f"{person.ended_on:%d-%m-%Y}"}
    if departures.has_moved(entry):
        return {"reason": Reason.MOVED}
    return {"reason": Reason.NOT_PAID} if entry.gone else {}


def rests(leaving: Leaving, office: Office) -> str:
    """Until when the office's own step with a leaving rests, and why; empty where it does not."""
    decides = leaving.is_filed and allowed(office, rules.APPROVE.permission)
    files = leaving.is_prepared and allowed(office, rules.FILE.permission)
    return schedules.rests(office.area_id, schedules.move_of(office)) if decides or files else ""
