"""Prices follow a tariff that has changed in the year: those of the wave at once, those of the
people who are approved already by a job.

Each batch changes people and committed money in one transaction, so the sum of the approved
people's costs is what is committed at every moment. If the ceiling is used up on the way, the job
ends with a sentence; who has been repriced stays so, and it goes on from there when started again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from enrollment.among import Among
from enrollment.jobs import actions as jobs
from enrollment.jobs import sharing
from enrollment.programmes import budget, pricing
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.prices import PriceList, in_words
from enrollment.proposals import costs
from enrollment.proposals.models import Entry, EntryQuerySet, Repricing
from enrollment.proposals.verbs import State
from villages import access
from villages.models import Office
from villages.refusals import Refusal

BATCH = 2000
SEEN_OTHERS = "Tarif atau daftarnya berubah lagi. Lihat perubahannya sekali lagi, lalu sesuaikan."
STILL_BUSY = "Penyesuaian sebelumnya masih berjalan. Tunggu sampai selesai, lalu lihat lagi."


@dataclass(frozen=True)
class Outlook:
    """What today's tariffs would change; money in rupiah."""

    before: PriceList
    after: PriceList
    people: int
    """Who is approved."""
    cost_before: int
    cost_after: int
    left: int
    """Of the ceiling, before the change."""

    @property
    def changes(self) -> bool:
        return self.before != self.after or self.difference != 0

    @property
    def difference(self) -> int:
        return self.cost_after - self.cost_before

    @property
    def lacking(self) -> int:
        """How much the ceiling must grow first."""
        return max(self.difference - self.left, 0)

    @property
    def before_in_words(self) -> str:
        return in_words(self.before.general)

    @property
    def after_in_words(self) -> str:
        return in_words(self.after.general)

    @property
    def mark(self) -> str:
        """Differs as soon as something that was shown differs."""
        shown = [self.after.as_json(), self.people, self.difference]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def outlook(programme: PremiumSubsidy) -> Outlook:
    """Raises ProgrammeError where a month has no tariff."""
    after = pricing.price_list(programme)
    rows = _approved(programme)
    cost_before = rows.aggregate(rupiah=Sum("cost", default=0))["rupiah"]
    people = rows.count()
    return Outlook(
        before=programme.price_list,
        after=after,
        people=people,
        cost_before=cost_before,
        cost_after=costs.of_approved(programme, rows, after),
        left=programme.left,
    )


def start(programme: PremiumSubsidy, *, by: Office, seen: str) -> Repricing | None:
    """Fix the prices of today's tariffs, and start the job that gives them to the approved people;
    None if nobody is approved. `seen` is the mark of the Outlook that was shown. Refusal if it is
    another one by now, or the ceiling does not suffice."""
    access.permit(by, "programme.make")
    with transaction.atomic():
        held = PremiumSubsidy.objects.select_for_update(no_key=True).get(pk=programme.pk)
        now = outlook(held)
        if now.mark != seen:
            raise Refusal(SEEN_OTHERS)
        if now.lacking:
            raise budget.lacking(now.lacking)
        if Repricing.objects.unfinished().filter(programme=held).exists():
            raise Refusal(STILL_BUSY)
        held.prices = now.after.as_json()
        held.save(update_fields=["prices"])
        if not now.people:
            return None
        sharing.admit(by)
        job = Repricing.objects.create(
            office=by, area_id=held.regency_id, programme=held, total=now.people
        )
        jobs.enqueue(job)
        return job


def latest(programme: PremiumSubsidy) -> Repricing | None:
    return Repricing.objects.filter(programme=programme).first()


def proceed(pk: UUID | str) -> None:
    """Go on with the job `pk` from where it stands (the Celery task)."""
    jobs.advance(Repricing, pk, batches=_batches, work=_work, finish=_finish)


def _batches(job: Repricing) -> Iterator[int]:
    job.more = True
    while job.more:
        yield BATCH


def _work(job: Repricing, size: int) -> None:
    programme = PremiumSubsidy.objects.get(pk=job.programme_id)
    rows = _approved(programme).filter(pk__gt=job.last_id).order_by("pk")
    rows = rows.select_for_update(of=("self",)).only(
        "pk", "worker_id", "cost", "sector", "first_month"
    )
    held = list(rows[:size])
    changed, difference = _reprice(programme, held)
    budget.settle(programme, difference)
    job.changed, job.difference = job.changed + changed, job.difference + difference
    job.cursor += len(held)
    job.last_id = held[-1].pk if held else job.last_id
    job.more = len(held) == size


def _reprice(programme: PremiumSubsidy, held: list[Entry]) -> tuple[int, int]:
    """Give the held people the programme's prices. Returns how many changed, and by how much."""
    before = {entry.pk: (entry.cost, entry.sector_id) for entry in held}
    costs.assign_sectors(programme, held)
    price, difference = costs.of_row(programme), 0
    alike: dict[tuple[int, str | None], list[int]] = {}
    for entry in held:
        cost = price(entry)
        if (cost, entry.sector_id) != before[entry.pk]:
            alike.setdefault((cost, entry.sector_id), []).append(entry.pk)
            difference += cost - before[entry.pk][0]
    for (cost, sector), pks in alike.items():
        Entry.objects.filter(Among("pk", pks)).update(cost=cost, sector=sector)
    return sum(map(len, alike.values())), difference


def _finish(job: Repricing) -> None:
    job.total = job.cursor
    jobs.end(job, Repricing.State.DONE)


def _approved(programme: PremiumSubsidy) -> EntryQuerySet:
    return Entry.objects.filter(programme=programme, state=State.APPROVED)
