"""What a village, or a proposing agency (OPD), does with its list: draw it up, hand it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from enrollment.jobs import planning
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import candidates, decisions, steps
from enrollment.proposals.models import Entry, EntryQuerySet, Proposal, Step
from enrollment.proposals.papers import actions as papers
from enrollment.proposals.verbs import PICK, SUBMIT
from enrollment.routes import actions as routes
from enrollment.routes.rules import Going, Via
from enrollment.schedules import actions as schedules
from enrollment.schedules.rules import Move
from enrollment.workers.models import Worker, WorkerQuerySet
from villages import access
from villages.models import Office
from villages.refusals import Refusal

# Only people of the proposer: somebody may have moved since the list was put together.
# The rows are locked, so that nobody is put on a list while their import is being taken back.
_PICK = """
INSERT INTO enrollment_entry
    (proposal_id, programme_id, worker_id, area_id, state, reason, cost, changed_at)
SELECT proposal, %(programme)s, id, area_id, %(to)s, '', 0, %(at)s
FROM (
    SELECT chosen.proposal, w.id, w.area_id
    FROM unnest(%(proposals)s::uuid[], %(workers)s::bigint[]) AS chosen (proposal, worker)
    JOIN enrollment_proposal p ON p.id = chosen.proposal
    JOIN enrollment_worker w ON w.id = chosen.worker AND CASE WHEN p.agency_id IS NULL
        THEN w.area_id = p.area_id ELSE w.agency_id = p.agency_id END
    ORDER BY w.name, w.id FOR KEY SHARE OF w
) held
ON CONFLICT (programme_id, worker_id) WHERE NOT (state IN ('left', 'rejected')) DO NOTHING
RETURNING id
"""
# A separate statement: inside the one above, the policy on steps would not see the entries yet.
_PICKED = """
INSERT INTO enrollment_step
    (entry_id, area_id, from_state, to_state, office_id, name, role, at, reason)
SELECT id, area_id, '', %(to)s, %(office)s, %(name)s, %(role)s, %(at)s, %(reason)s
FROM enrollment_entry WHERE id = ANY(%(entries)s)
"""


@dataclass(frozen=True, slots=True)
class Submission:
    """How many people were put on the waiting list and left behind with a finding; and how many
    were handed in, to whom."""

    submitted: int
    waiting: int
    left: int
    going: Going


def start(programme: PremiumSubsidy, *, by: Office) -> Proposal:
    """The list of this office for the programme, begun now if there is none."""
    decisions.require_open(programme)
    proposal, _ = Proposal.objects.get_or_create(
        programme=programme, area=by.area, agency=by.agency, defaults={"created_by": by}
    )
    return proposal


def pick(proposal: Proposal, workers: WorkerQuerySet, *, by: Office) -> int:
    """Put people (a queryset of what the office sees) on the list. Returns how many were new.

    People who are already on a list of the programme are skipped, even if the office may not
    know about that list: the caller can only say that fewer were added than chosen.
    """
    access.permit(by, PICK.permission)
    decisions.require_open(proposal.programme)
    chosen = [(proposal.pk, pk) for pk in workers.active().values_list("pk", flat=True)]
    picked = draft(proposal.programme_id, chosen, by=by)
    planning.refresh(picked, Entry, Step)
    return picked


def draft(
    programme: UUID, chosen: Sequence[tuple[UUID, int]], *, by: Office, reason: str = ""
) -> int:
    """Put people on lists of one programme: pairs of the ids of a list and of a person. Returns how
    many were new; skipped is who is on a list of the programme already, or
    is not of the proposer (lives elsewhere, or is of no agency or another). Two statements."""
    values = {"to": PICK.to, "reason": reason, **steps.signature(by, timezone.now())}
    lists, people = [str(pk) for pk, _ in chosen], [pk for _, pk in chosen]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            _PICK, {"proposals": lists, "workers": people, "programme": programme, **values}
        )
        picked = [pk for (pk,) in cursor.fetchall()]
        cursor.execute(_PICKED, {"entries": picked, **values})
    return len(picked)


def mark_repaired(entry: Entry, *, by: Office) -> None:
    """Note that a returned person on the office's own list is repaired, to be handed in again.

    Nothing happens to somebody who is not, or no longer, returned. A step says who repaired: they
    may not verify or approve this person later.
    """
    access.permit(by, PICK.permission)
    own = Entry.objects.proposed_by(by).unrepaired().filter(pk=entry.pk)
    with transaction.atomic():
        if own.update(repaired_at=timezone.now()):
            steps.note(entry, by=by)


def submit(proposal: Proposal, *, by: Office, unrepaired: bool = False) -> Submission:
    """Hand in everybody without a finding; the others stay on the list, and so does who was
    returned and is not marked as repaired, unless `unrepaired`.

    Places are given in the order of the list. Once the village's quota is full, people go to
    the waiting list with a number. Returns a Submission. Refusal (`papers.MissingPaper`) where the
    programme requires signed papers and they are missing or name others, and Refusal for a
    kelurahan where villages name the people.
    """
    decisions.require_open(proposal.programme)
    decisions.require_decider(proposal.programme, by)
    schedules.refuse_frozen(by.area_id, Move.SUBMIT)
    with steps.deciding():
        rows = _in_time(proposal, by)
        held = steps.hold(rows if unrepaired else rows.ready(), SUBMIT, by=by)
        hurried = rows.unrepaired().values_list("pk", flat=True) if unrepaired else ()
        eligible = decisions.eligible_of(proposal.programme, held, hurried=set(hurried))
        if not eligible:
            raise Refusal(
                "Belum ada yang dapat diajukan. Lengkapi data orang yang bertanda, atau tambahkan "
                "orang lain."
            )
        paper = papers.check(proposal, eligible, by=by)
        via = _mark_handed_in(proposal)
        seated = decisions.seat(proposal.programme, SUBMIT, eligible, by=by)
        papers.note_handover(paper, by=by)
    going = Going(via, seated.checked, seated.admitted - seated.checked)
    return Submission(seated.admitted, seated.waiting, len(held) - len(eligible), going)


def way_of(proposal: Proposal) -> Via:
    """Which way the list goes, or would go if it were handed in now. An agency's goes directly."""
    if proposal.submitted_at or proposal.agency_id:
        return proposal.via
    return routes.way(proposal.programme, proposal.area)


def going_of(proposal: Proposal, rows: EntryQuerySet, people: int) -> Going:
    """To whom `people` would go if they were handed in now: those of `rows` of the list who have no
    finding. Two queries, and the examination of those whom the Dinas has returned."""
    via = way_of(proposal)
    if not via.is_checked:
        return Going(via, 0, people)
    back = rows.returned()
    passed = back.exclude(pk__in=steps.to_be_checked(back).values("pk"))
    workers = Worker.objects.filter(pk__in=passed.values("worker"))
    direct = candidates.ready(proposal.programme, workers, passed.count())
    return Going(via, people - direct, direct)


def _mark_handed_in(proposal: Proposal) -> Via:
    """Note that the list is handed in now. It keeps the way that it takes the first time."""
    way, now = way_of(proposal), timezone.now()
    row = Proposal.objects.filter(pk=proposal.pk)
    if row.filter(submitted_at=None).update(route=way, submitted_at=now):
        return way
    row.update(submitted_at=now)
    return row.only("route").get().via


def to_hand_in(proposal: Proposal, *, by: Office) -> EntryQuerySet:
    """The rows of a village's own list that may be handed in today, whatever is found against
    them; Refusal if the time is over."""
    decisions.require_open(proposal.programme)
    decisions.require_decider(proposal.programme, by)
    return _in_time(proposal, by).pending()


def _in_time(proposal: Proposal, by: Office) -> EntryQuerySet:
    """The rows that may be handed in today: beyond the programme's days only those that were
    returned. Refusal if there are none."""
    rows = proposal.entries.all()
    late = schedules.closed_for(proposal.programme, by.area_id)
    if not late:
        return rows
    if not rows.returned().exists():
        raise Refusal(late)
    return rows.returned()
