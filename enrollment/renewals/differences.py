"""The list of differences: who of the last list is not on the new one, why, and what a gap would
destroy for them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Sum
from django.utils import timezone

from enrollment.coverage.rules import last_payable
from enrollment.formats import tanggal
from enrollment.paging import listed
from enrollment.proposals import candidates, departures
from enrollment.proposals.lists import sorts_by_person
from enrollment.proposals.models import EntryCount
from enrollment.proposals.verbs import State
from enrollment.renewals.models import Continuation, RenewalCheck, RenewalCheckQuerySet
from enrollment.renewals.rules import CAN_LOSE, EXPLAINED, TO_MEND, Loss, Reason
from enrollment.reverification import actions as reverification
from enrollment.standing import Standing
from enrollment.workers import search
from enrollment.workers.models import Worker
from villages.models import Office
from villages.naming import name_apart
from villages.permissions import PROPOSERS

TONES = {
    Reason.LEFT: "plain", Reason.REFUSED: "refused", Reason.UNFIT: "attention",
    Reason.UNVERIFIED: "attention", Reason.GAP: "attention", Reason.MISSING: "moving",
}  # fmt: skip
NOW_FITS = "Kini memenuhi syarat: dapat dimasukkan."


def of(link: Continuation, office: Office) -> RenewalCheckQuerySet:
    """The differences that an office works on: a proposer those of its own list."""
    asked = reverification.asked_of(link.programme)
    villages = [code for code in asked.last if asked.is_met_by(code)] if asked else []
    return _checks(link, office).different(villages)


def _checks(link: Continuation, office: Office) -> RenewalCheckQuerySet:
    rows = RenewalCheck.objects.visible_to(office).filter(programme=link)
    return rows.proposed_by(office) if office.role in PROPOSERS else rows


def are_checked(link: Continuation, office: Office) -> bool:
    """Whether the office's people have been checked at least once."""
    return _checks(link, office).exists()


def last_people(link: Continuation, office: Office) -> int:
    """How many people of the last list there are for the office, by the counts that are kept."""
    rows = EntryCount.objects.visible_to(office)
    rows = rows.filter(programme=link.previous_id, state=State.APPROVED)
    own = rows.proposed_by(office) if office.role in PROPOSERS else rows
    people: int = own.aggregate(number=Sum("people", default=0))["number"]
    return people


class Counts:
    """How many people differ, by reason and by what a gap would destroy. One query."""

    def __init__(self, rows: RenewalCheckQuerySet) -> None:
        counted: Any = rows.order_by()
        counted = counted.values_list("reason", "loss").annotate(people=Count("pk"))
        self._people = {(reason, loss): people for reason, loss, people in counted}

    @property
    def people(self) -> int:
        return sum(self._people.values())

    @property
    def to_mend(self) -> int:
        return sum(self.because(reason) for reason in TO_MEND)

    def because(self, reason: str) -> int:
        return sum(people for (why, _), people in self._people.items() if why == reason)

    def losing(self, loss: int) -> int:
        return sum(
            people for (why, what), people in self._people.items()
            if what == loss and why in CAN_LOSE
        )  # fmt: skip

    @property
    def reasons(self) -> list[tuple[str, str, int, str]]:
        """Key, label, people and tone of each reason that somebody has."""
        found = [(reason, self.because(reason)) for reason in Reason]
        return [(r.value, r.label, people, TONES[r]) for r, people in found if people]

    @property
    def losses(self) -> list[tuple[int, str, int, str]]:
        """Key, label, people and explanation of each group, the worst first."""
        return [(loss.value, loss.label, self.losing(loss), EXPLAINED[loss]) for loss in Loss]


def page_of(
    rows: RenewalCheckQuerySet, link: Continuation, asked: search.Asked, *, office: Office
) -> Any:
    """The page of differences that is asked for, those first for whom a gap
    destroys most; each with `person`, `standing`, `notes` and the last day on which arrears can be
    paid. The number of queries does not depend on their number."""
    page = listed(
        rows.select_related("area").order_by("loss", "area_id", "entry_id"), asked.values,
        sorts=sorts_by_person() | {"putus": ["loss", "paid_until"]},
        stored="yang kehilangan paling banyak dahulu", posted=asked.posted,
    )  # fmt: skip
    checks = list(page)
    departures.add_people(checks)
    name_apart([check.area for check in checks], within=office.area)
    wanted = [check.worker_id for check in checks if check.present and check.reason != Reason.LEFT]
    verdicts: Any = {}
    if wanted:
        people = Worker.objects.filter(pk__in=wanted)
        verdicts = candidates.examine(link.programme, people)
    today = timezone.localdate()
    for check in checks:
        reason, loss = Reason(check.reason), Loss(check.loss)
        check.standing = Standing(TONES[reason], reason.label)
        check.loses = loss.label
        check.last_day = last_payable(check.paid_until) if check.paid_until else None
        check.is_over = bool(check.last_day and check.last_day < today)
        check.findings, check.note = [], ""
        if reason == Reason.LEFT:
            check.note = _left(check)
        elif verdict := verdicts.get(check.worker_id):
            check.findings = verdict.against
            if reason in TO_MEND and not verdict.against:
                check.note = NOW_FITS
    return page


def _left(check: Any) -> str:
    person = check.person
    if check.present and person.ended_on and person.area_id == check.area_id:
        return f"{person.get_ended_reason_display()}, {tanggal(person.ended_on)}."
    return "Sekarang tercatat di wilayah lain."
