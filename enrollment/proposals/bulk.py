"""A bulk decision: a job that applies a verb to everybody a page showed, in batches by id.

Places and money are reserved for everybody or for nobody before the first decision. Therefore
phase CHECK comes first: it records the people who do not qualify, with the reasons (LeftOut).
Rows are locked for one batch at a time.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Count, Exists, Func, OuterRef
from django.utils import timezone

from enrollment.among import Among
from enrollment.jobs import actions as jobs
from enrollment.jobs import planning, sharing
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import costs, decisions, signing, steps
from enrollment.proposals.lists import DECREED, GONE, GONE_NAMED, LABELS, OWN, EntryFilter
from enrollment.proposals.models import (
    BulkDecision,
    Entry,
    EntryQuerySet,
    LeftOut,
    Proposal,
    Step,
)
from enrollment.proposals.verbs import HOLDS_MONEY, HOLDS_PLACE, Verb
from enrollment.schedules import actions as schedules
from enrollment.workers.models import Worker
from villages.models import Office
from villages.refusals import Refusal

if TYPE_CHECKING:
    from villages.annotations import SqlValues

BATCH = 2000
SHOWN_FOR = timedelta(days=1)
CHANGED = (
    "Daftarnya berubah sewaktu diproses, jadi pekerjaan ini berhenti. Yang sudah diproses tetap; "
    "ulangi untuk yang tersisa."
)
Phase = BulkDecision.Phase
Turn = Callable[[BulkDecision], None]
"""What is done in one turn of the job."""


def start(
    verb: Verb,
    programme: PremiumSubsidy,
    *,
    by: Office,
    reason: str,
    chosen: Mapping[str, str],
    seen: datetime,
    proposal: Proposal | None = None,
    out_of_turn: bool = False,
) -> BulkDecision | None:
    """Start a job that applies `verb` to everybody whom the filters `chosen` find and whose row has
    not changed since `seen`; None if there is nobody. If the same job is already unfinished,
    returns that one instead of a second. Refusal when the verb needs a reason and has none, or when
    the office has too many unfinished jobs; OutOfTurn as in `decisions.decide`."""
    same: SqlValues = {
        "office": by,
        "programme": programme,
        "proposal": proposal,
        "verb_name": verb.name,
        "chosen": chosen,
    }
    values: SqlValues = {
        "area": by.area,
        "agency": by.agency,
        "reason": verb.checked_reason(reason),
        "seen_at": min(seen, timezone.now()),
        "phase": Phase.CHECK if verb.reserves else Phase.DECIDE,
    }
    schedules.refuse_frozen(by.area_id, schedules.move_of(by))
    everybody = _everybody(BulkDecision(**same, **values))
    total = everybody.count()
    if not total:
        return None
    if not out_of_turn:
        decisions.refuse_out_of_turn(verb, programme, everybody)
    if not BulkDecision.objects.unfinished().filter(**same).exists():
        sharing.admit(by)
    job, new = BulkDecision.objects.unfinished().get_or_create(
        **same, defaults=values | {"total": total}
    )
    if new:
        jobs.enqueue(job)
    return job


def latest(
    programme: PremiumSubsidy, proposal: Proposal | None, *, by: Office
) -> BulkDecision | None:
    """The job that the office started last on this page, if it is not older than SHOWN_FOR."""
    begun = BulkDecision.objects.filter(office=by, programme=programme, proposal=proposal)
    return begun.filter(created_at__gt=timezone.now() - SHOWN_FOR).first()


def reasons(job: BulkDecision) -> list[tuple[str, str, int]]:
    """(code, label, people) for each reason why people were left out, the commonest first."""
    codes = job.left_out.order_by().annotate(code=Func("codes", function="unnest"))
    counted = codes.values_list("code").annotate(people=Count("pk")).order_by("-people", "code")
    return [(code, dict(LABELS).get(code, code), people) for code, people in counted]


def proceed(pk: UUID | str) -> None:
    """Go on with the job `pk` from where it stands (the Celery task)."""
    jobs.advance(
        BulkDecision,
        pk,
        batches=_steps,
        work=lambda job, step: step(job),
        finish=_finish,
        abandon=_give_back,
    )


def _steps(job: BulkDecision) -> Iterator[Turn]:
    """What is left to do, turn by turn."""
    if job.phase == Phase.CHECK:
        yield from _to_the_end(job, _check)
        yield _reserve
    yield from _to_the_end(job, _decide)


def _to_the_end(job: BulkDecision, step: Turn) -> Iterator[Turn]:
    job.more = True
    while job.more:
        yield step


def _check(job: BulkDecision) -> None:
    """Check the next batch and record those who must be left out."""
    rows = _remaining(job).filter(pk__gt=job.last_id).order_by("pk")
    batch = list(rows.only(*steps.NEEDED)[:BATCH])
    _leave_out(job, batch, _against(job, _programme(job), batch))
    _go_on(job, [entry.pk for entry in batch])


def _reserve(job: BulkDecision) -> None:
    """Reserve places and money for everybody who remains, or Refusal; then begin to decide."""
    programme, rows, places = _programme(job), _remaining(job), Counter[str]()
    last = signing.finished(programme, job.verb, rows)
    people, takes_money = last.count(), job.verb.to in HOLDS_MONEY
    rupiah = costs.of_everybody(programme, last) if takes_money else 0
    if job.verb.to in HOLDS_PLACE:
        coming = rows.exclude(state__in=HOLDS_PLACE).order_by().values_list("area")
        places.update(dict(coming.annotate(people=Count("pk"))))
    decisions.reserve(programme, job.verb, places=places, people=people, rupiah=rupiah)
    job.places, job.funded = places, rupiah
    job.phase, job.cursor, job.last_id = Phase.DECIDE, job.left, 0


def _decide(job: BulkDecision) -> None:
    """Apply the verb to the next batch."""
    programme, rows = _programme(job), _remaining(job)
    following = rows.filter(pk__gt=job.last_id).order_by("pk").values_list("pk", flat=True)
    pks = list(following[:BATCH])
    with steps.deciding():
        held = steps.hold(rows.filter(Among("pk", pks)), job.verb, by=job.office)
        against = _against(job, programme, held)
        going = [entry for entry in held if entry.pk not in against]
        for taken, part in signing.parts(programme, job.verb, going):
            _use_reserved(job, taken, programme, part)
            decisions.carry_out(programme, taken, part, by=job.office, reason=job.reason)
    _leave_out(job, held, against)
    job.decided += len(going)
    _go_on(job, pks)


def _go_on(job: BulkDecision, pks: Sequence[int]) -> None:
    job.cursor += len(pks)
    job.last_id = pks[-1] if pks else job.last_id
    job.more = len(pks) == BATCH


def _use_reserved(
    job: BulkDecision, verb: Verb, programme: PremiumSubsidy, going: Sequence[Entry]
) -> None:
    left = Counter(job.places)
    left.subtract(decisions.places_for(verb, going))
    funded = job.funded - decisions.cost_of(programme, verb, going)
    if funded < 0 or any(places < 0 for places in left.values()):
        raise Refusal(CHANGED)
    job.places, job.funded = {area: places for area, places in left.items() if places}, funded


def _finish(job: BulkDecision) -> None:
    _give_back(job)
    planning.refresh(job.decided, Entry, Step)
    jobs.end(job, BulkDecision.State.DONE)


def _give_back(job: BulkDecision) -> None:
    """Give back the places and the money that nobody needed."""
    decisions.give_back(_programme(job), places=job.places, rupiah=job.funded)
    job.places, job.funded = {}, 0


def _programme(job: BulkDecision) -> PremiumSubsidy:
    """The programme read anew: an administrator may change its criteria while the job runs."""
    return PremiumSubsidy.objects.get(pk=job.programme_id)


def _everybody(job: BulkDecision) -> EntryQuerySet:
    """The people whom the page showed and to whom the verb may still be applied.

    Written once for all turns: reading the filters of a page looks up its villages.
    """
    if job.everybody is None:
        job.everybody = _shown(job)
    return job.everybody.all()


def _shown(job: BulkDecision) -> EntryQuerySet:
    if job.proposal_id:
        rows = Entry.objects.filter(proposal=job.proposal_id)
    else:
        rows = Entry.objects.visible_to(job.office).filter(programme=job.programme_id)
    sifted = EntryFilter(job.chosen, queryset=rows, office=job.office)
    # What it was started with may be gone by now, a village for instance: then it finds nobody.
    rows = sifted.qs if sifted.form.is_valid() else rows.none()
    rows = steps.within_reach(rows, job.verb, by=job.office).filter(changed_at__lte=job.seen_at)
    if job.chosen.get("q") or job.chosen.get("status") in (GONE, GONE_NAMED):
        # These filters ask about the person: whoever was renamed or ended since then was perhaps
        # not on the page.
        rows = rows.exclude(worker__in=Worker.objects.filter(updated_at__gt=job.seen_at))
    return rows


def _remaining(job: BulkDecision) -> EntryQuerySet:
    """Everybody but those who were left out."""
    return _everybody(job).filter(~Exists(job.left_out.filter(entry=OuterRef("pk"))))


def _against(
    job: BulkDecision, programme: PremiumSubsidy, entries: Sequence[Entry]
) -> dict[int, list[str]]:
    """Entry id → codes of the reasons against the verb, only for entries that have any."""
    against: dict[int, list[str]] = {entry.pk: [] for entry in entries}
    for pk in steps.own_earlier(entries, job.verb, job.office):
        against[pk].append(OWN)
    for pk in steps.decreed(entries):
        against[pk].append(DECREED)
    if job.verb.only_eligible:
        findings = decisions.findings_of(programme, entries)
        for entry in entries:
            against[entry.pk] += [finding.code for finding in findings[entry.worker_id]]
    return {pk: codes for pk, codes in against.items() if codes}


def _leave_out(
    job: BulkDecision, entries: Sequence[Entry], against: Mapping[int, list[str]]
) -> None:
    LeftOut.objects.bulk_create(
        LeftOut(decision=job, entry=entry, area_id=entry.area_id, codes=against[entry.pk])
        for entry in entries
        if entry.pk in against
    )
    job.left += len(against)
