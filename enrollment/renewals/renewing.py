"""The lists of a wave begin as those of the one that it continues: last one's people are checked
again, and whoever may be proposed becomes a draft.

People are looked at list by list, a batch at a time. A list that its proposer has begun keeps what
it has: of its last people is only noted how they were found. So a second run adds nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils import timezone

from enrollment.among import Among
from enrollment.formats import angka
from enrollment.jobs import actions as jobs
from enrollment.jobs import planning, sharing
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import actions as proposals
from enrollment.proposals import candidates
from enrollment.proposals.models import Entry, EntryCount, EntryQuerySet, Proposal, Step
from enrollment.proposals.verbs import State
from enrollment.renewals import paid, rules
from enrollment.renewals.models import Continuation, Renewal
from enrollment.workers.models import Worker
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

BATCH = 2000
MOST_AT_ONCE = 5000
"""People of a list that are checked while its proposer waits for the page."""
NOT_LINKED = "Program ini belum ditetapkan sebagai lanjutan program lain. Minta admin menautkannya."
TOO_MANY = (
    "Daftar lama Anda lebih dari {} orang. Minta Dinas memulai daftar dari program lama: itu "
    "berjalan di latar belakang."
)
STILL_BUSY = "Daftar-daftar sedang dimulai. Tunggu sampai selesai."
SENTENCES = {"renewal_once_at_a_time": STILL_BUSY}
KEPT_IN_PERSON = {"data.incomplete", "worker.ended"}
"""Findings that are asked anew whenever the list of differences is shown."""

# One row a person, written again at each check.
_KEEP = """
INSERT INTO enrollment_renewalcheck (entry_id, programme_id, proposal_id, worker_id, area_id, loss,
    paid_until, months_paid, codes, checked_at)
SELECT entry, %(programme)s, proposal, worker, area, loss, last, months,
    string_to_array(codes, ' '), %(at)s
FROM unnest(%(entries)s::bigint[], %(proposals)s::uuid[], %(workers)s::bigint[], %(areas)s::text[],
    %(losses)s::smallint[], %(lasts)s::date[], %(months)s::smallint[], %(codes)s::text[])
    AS each (entry, proposal, worker, area, loss, last, months, codes)
ON CONFLICT (entry_id) DO UPDATE SET programme_id = excluded.programme_id, loss = excluded.loss,
    paid_until = excluded.paid_until, months_paid = excluded.months_paid, codes = excluded.codes,
    checked_at = excluded.checked_at
"""


class Former(NamedTuple):
    """A row of the last list, as plain values."""

    pk: int
    proposal: UUID
    worker: int
    area: str
    gone: bool


@dataclass(frozen=True, slots=True)
class Found:
    """Somebody of the last list as they were found; `fits`: nothing is against proposing them."""

    former: Former
    fits: bool


def start(programme: PremiumSubsidy, *, by: Office) -> Renewal:
    """Begin the lists of a wave by a job, of the admin: whoever puts people on lists may not verify
    or approve them. After one that was refused it goes on from there. Refusal
    if the wave continues none, is not open, or its lists are being begun already."""
    access.permit(by, "renewal.begin")
    link = _link(programme)
    _require_open(programme)
    with translating(SENTENCES), transaction.atomic():
        if Renewal.objects.unfinished().filter(programme=programme).exists():
            raise Refusal(STILL_BUSY)
        sharing.admit(by)
        last = latest(programme)
        goes_on = (
            {name: getattr(last, name) for name in ("cursor", "last_list", "last_id", "fills")}
            if last and last.refused else {}
        )  # fmt: skip
        people = sum(people for _, people in _lists(link))
        job = Renewal.objects.create(
            office=by, area_id=link.regency_id, programme=programme, total=people, **goes_on
        )
        jobs.enqueue(job)
    return job


def latest(programme: PremiumSubsidy) -> Renewal | None:
    return Renewal.objects.filter(programme=programme).first()


def take_over(programme: PremiumSubsidy, *, by: Office) -> int:
    """Put those of the office's own last list who may be proposed, and are not on it yet, on its
    new list. Returns how many. Refusal if the wave is not open, or the list too long to wait for.
    """
    link = _link(programme)
    own = Proposal.objects.own(by).filter(programme=link.previous_id).first()
    if own is None:
        raise Refusal(f"Anda tidak mempunyai daftar di {link.previous}, jadi pilih orangnya.")
    rows = _approved(link).filter(proposal=own)
    if rows.count() > MOST_AT_ONCE:
        raise Refusal(TOO_MANY.format(angka(MOST_AT_ONCE)))
    with transaction.atomic():
        proposal = proposals.start(programme, by=by)
        found = check(link, _formers(rows.order_by("pk")))
        fit = [one.former.worker for one in found if one.fits]
        return proposals.pick(proposal, Worker.objects.filter(Among("pk", fit)), by=by)


def check(link: Continuation, formers: Sequence[Former]) -> list[Found]:
    """Check people of the last list for the new one by the rules of picking, and note how they are
    found."""
    programme = PremiumSubsidy.objects.get(pk=link.programme_id)
    begins, ids = programme.first_month, [former.worker for former in formers]
    people = {
        person.pk: (person, verdict)
        for person, verdict in candidates.examined(
            programme, Worker.objects.filter(Among("pk", ids)).order_by()
        )
    }
    months = paid.of_people(ids, begins)
    found, losses, codes = [], [], []
    for former in formers:
        person, verdict = people.get(former.worker, (None, None))
        against = [finding.code for finding in verdict.against] if verdict else []
        known = months.get(former.worker)
        found.append(Found(former, verdict is not None and not former.gone and not against))
        losses.append(rules.loss_of(person.birth_date if person else None, known, begins).value)
        codes.append(" ".join(code for code in against if code not in KEPT_IN_PERSON))
    lasts = [months.get(pk) for pk in ids]
    _keep(
        programme=link.programme_id,
        at=timezone.now(),
        entries=[former.pk for former in formers],
        proposals=[str(former.proposal) for former in formers],
        workers=ids,
        areas=[former.area for former in formers],
        losses=losses,
        lasts=[known and known.last for known in lasts],
        months=[known.months if known else 0 for known in lasts],
        codes=codes,
    )
    return found


def _keep(**values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_KEEP, values)


def proceed(pk: UUID | str) -> None:
    """Go on with the job `pk` from where it stands (the Celery task)."""
    jobs.advance(Renewal, pk, batches=_batches, work=_work, finish=_finish)


def _batches(job: Renewal) -> Iterator[int]:
    job.more = True
    while job.more:
        yield BATCH


def _work(job: Renewal, size: int) -> None:
    """Look at the next people: of several lists, or of a part of a long one."""
    programme = PremiumSubsidy.objects.get(pk=job.programme_id)
    _require_open(programme)
    link = _link(programme)
    formers = _following(job, link, size)
    if not formers:
        job.more = False
        return
    found = check(link, formers)
    to_fill = _to_fill(job, link, {former.proposal for former in formers})
    fit = [one.former for one in found if one.fits]
    filled = [former for former in fit if former.proposal in to_fill]
    lists = _new_lists(job, link, {former.proposal for former in filled})
    reason = f"Dilanjutkan dari {link.previous}."
    chosen = [(lists[former.proposal], former.worker) for former in filled]
    if chosen:
        job.added += proposals.draft(programme.pk, chosen, by=job.office, reason=reason)
    job.kept += len(fit) - len(filled)
    job.left += len(found) - len(fit)
    job.cursor += len(formers)
    last = formers[-1]
    job.last_list, job.last_id, job.fills = last.proposal, last.pk, last.proposal in to_fill


def _following(job: Renewal, link: Continuation, size: int) -> list[Former]:
    """The next people in the order of lists and of their rows, up to `size`."""
    wanted: list[UUID] = []
    coming = 0
    for pk, people in _lists(link):
        if job.last_list and pk < job.last_list:
            continue
        wanted.append(pk)
        coming += people if pk != job.last_list else 0  # how many of that one remain is not known
        if coming >= size:
            break
    rows = _approved(link).filter(proposal__in=wanted)
    if job.last_list:
        rows = rows.filter(~Q(proposal=job.last_list) | Q(pk__gt=job.last_id))
    return _formers(rows.order_by("proposal_id", "pk")[:size])


def _to_fill(job: Renewal, link: Continuation, lists: set[UUID]) -> set[UUID]:
    """Those of the last lists whose people are put on the new ones: where the proposer has not
    begun the new list. A list of which an earlier batch took a part is handled as in that batch
    (`Renewal.fills`), since its new one has people by now."""
    last = list(Proposal.objects.filter(pk__in=lists).values_list("pk", "area", "agency"))
    some = Exists(Entry.objects.filter(proposal=OuterRef("pk")))
    new = Proposal.objects.filter(some, programme=link.programme_id).order_by()
    begun = set(new.filter(area__in={area for _, area, _ in last}).values_list("area", "agency"))
    empty = {pk for pk, *whose in last if tuple(whose) not in begun}
    if job.last_list in lists:
        empty.discard(job.last_list)
        if job.fills:
            empty.add(job.last_list)
    return empty


def _new_lists(job: Renewal, link: Continuation, lists: set[UUID]) -> dict[UUID, UUID]:
    """The last list → the new one of the same proposer, begun now where there is none."""
    last = list(Proposal.objects.filter(pk__in=lists).order_by("pk"))
    Proposal.objects.bulk_create(
        [
            Proposal(
                programme_id=link.programme_id, area_id=one.area_id, agency_id=one.agency_id,
                created_by=job.office,
            )
            for one in last
        ],
        ignore_conflicts=True,
    )  # fmt: skip
    rows = Proposal.objects.filter(
        programme=link.programme_id, area__in={one.area_id for one in last}
    ).order_by()
    new: dict[Any, UUID] = {
        (area, agency): pk for pk, area, agency in rows.values_list("pk", "area", "agency")
    }
    return {one.pk: new[one.area_id, one.agency_id] for one in last}


def _lists(link: Continuation) -> list[tuple[UUID, int]]:
    """The last lists in their order, and how many people of each were approved."""
    rows = EntryCount.objects.filter(programme=link.previous_id, state=State.APPROVED).order_by()
    counted = rows.values_list("proposal").annotate(n=Sum("people")).order_by("proposal")
    return [(pk, people) for pk, people in counted if people]


def _approved(link: Continuation) -> EntryQuerySet:
    return Entry.objects.filter(programme=link.previous_id, state=State.APPROVED)


def _formers(rows: EntryQuerySet) -> list[Former]:
    fields = ("pk", "proposal_id", "worker_id", "area_id", "gone")
    return [Former(*row) for row in rows.values_list(*fields)]


def _finish(job: Renewal) -> None:
    job.total = job.cursor
    planning.refresh(job.added, Entry, Step)
    jobs.end(job, Renewal.State.DONE)


def _link(programme: PremiumSubsidy) -> Continuation:
    link = Continuation.objects.select_related("previous").filter(pk=programme.pk).first()
    if link is None:
        raise Refusal(NOT_LINKED)
    return link


def _require_open(programme: PremiumSubsidy) -> None:
    if not programme.is_open:
        raise Refusal("Buka programnya untuk usulan dahulu, lalu mulai daftarnya.")
