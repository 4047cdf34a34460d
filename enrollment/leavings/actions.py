"""The verbs of a leaving: prepare, file, approve, refuse, take back. Each is one transaction.

Locks are taken as everywhere: the person, drafts of decrees, the row of the list, its leaving, the
quota, the programme.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.utils import timezone

from enrollment.coverage.models import Cover
from enrollment.coverage.rules import month_after
from enrollment.decrees import actions as decrees
from enrollment.decrees.models import DecreeEntry
from enrollment.formats import tanggal
from enrollment.leavings import rules
from enrollment.leavings.models import Leaving, LeavingStep
from enrollment.leavings.rules import Act, Reason
from enrollment.programmes import budget, months, quotas
from enrollment.proposals import costs, steps
from enrollment.proposals.models import Entry
from enrollment.proposals.verbs import DEPART, State
from enrollment.schedules import actions as schedules
from enrollment.workers import actions as workers
from enrollment.workers.models import Worker
from villages import access, scope
from villages.models import Office
from villages.permissions import VILLAGE
from villages.refusals import Refusal, translating

NOT_APPROVED = (
    "Hanya yang sudah disetujui dan belum keluar yang dapat dicatat keluar. Muat ulang halamannya."
)
ALREADY = "Keluarnya orang ini sudah dicatat. Buka catatan itu."
DECIDED = "Catatan ini sudah diputuskan atau ditarik orang lain. Muat ulang halamannya."
NOT_MAKER = (
    "Anda sendiri yang menyiapkan atau mengajukan catatan ini. Yang memutuskan harus orang lain: "
    "minta penyetuju lain."
)
BEING_ISSUED = (
    "Keputusan yang menyebut orang ini sedang diterbitkan. Tunggu sampai selesai, lalu ulangi."
)
FROZEN = (
    "Orang ini ada di daftar keputusan yang sudah dibekukan untuk ditandatangani. Catat sesudah "
    "keputusannya terbit, atau minta admin kabupaten membuka lagi daftarnya."
)
JUST_DRAFTED = "Orang ini baru saja masuk rancangan keputusan. Tekan sekali lagi."
OUT = "Keluar dari program"
"""All that a row of a list says of it. Why somebody left stays with the leaving: more people read
lists, and the reason may be an illness."""
RECORD = "Catatan keluar dari program"
"""The proof of a death at the person: the name of a file may say more than others may read."""
ELSEWHERE = "Orang ini sekarang tercatat di wilayah lain. Pilih alasan yang lain, misalnya pindah."
SENTENCES = {
    "leaving_once": ALREADY,
    "leaving_decider_is_not_maker": NOT_MAKER,
    "leaving_approved_stays": DECIDED,
    **steps.SENTENCES,
    "entry_in_decree_stays_approved": JUST_DRAFTED,
}
_IS_UNPAID = "SELECT EXISTS (SELECT FROM rows_not_paid() WHERE entry_id = %s)"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a leaving would change today: the person's months that stay paid and those that come
    free, and what each of the two cost in rupiah."""

    kept: tuple[date, ...]
    freed: tuple[date, ...]
    used: int
    released: int

    @property
    def last(self) -> date | None:
        return self.kept[-1] if self.kept else None


def outlook(entry: Entry, leaving: Leaving) -> Outlook:
    """Of an approved row with its `programme`. Of whom no decree has paid any month, all of them
    come free. `sector` of a row that new prices have not reached yet is set, as their job will
    do."""
    whole = months.of(entry.programme, entry.first_month)
    last = _is_paid_for(entry) and rules.last_kept(
        whole, reason=leaving.reason, on=leaving.on, today=timezone.localdate()
    )
    all_months = months.in_order(entry.programme, entry.first_month)
    kept = tuple(month for month in all_months if last and month <= last)
    each = _prices_of(entry)
    used, released = sum(each[: len(kept)]), sum(each[len(kept) :])
    return Outlook(kept, all_months[len(kept) :], used, released)


def _is_paid_for(entry: Entry) -> bool:
    """Whether an issued decree pays months of the person."""
    row = decree_row_of(entry)
    return row is not None and row.decree.is_issued and not _is_unpaid(entry)


def _is_unpaid(entry: Entry) -> bool:
    """Whether an issued decree names the person and pays none of their months: it was signed before
    they had gone (`decrees.issuing`). The months are where the person is now, which may be out of
    sight."""
    with scope.whole_country("leaving"), connection.cursor() as cursor:
        cursor.execute(_IS_UNPAID, [entry.pk])
        found: bool = cursor.fetchone()[0]
    return found


def _prices_of(entry: Entry) -> tuple[int, ...]:
    """The rupiah of each month of a row at the prices of the programme. Between a change of these
    and its job (`repricing`), or where the job was refused, the row still costs what it did."""
    prices = months.prices(entry.programme, entry.first_month)
    if prices.cost(entry.sector_id) != entry.cost:
        costs.assign_sectors(entry.programme, [entry])
    return prices.of(entry.sector_id)


def decree_row_of(entry: Entry) -> DecreeEntry | None:
    """The person as a decree, or the draft of one, names them."""
    return DecreeEntry.objects.filter(entry=entry).select_related("decree").first()


@transaction.atomic
def prepare(entry: Entry, *, by: Office, leaving: Leaving) -> Leaving:
    """Keep that the person of an approved row has left: reason, day, words and document are those
    of `leaving`, which is not saved yet. Refusal if they cannot have left so."""
    access.permit(by, rules.PREPARE.permission)
    if leaving.reason in rules.BY_THE_DINAS and by.role in VILLAGE:
        raise Refusal("Alasan ini hanya dicatat Dinas, yang mendapat kabar dari BPJS.")
    held = _held_entry(entry)
    if leaving.reason == Reason.NOT_PAID and not _is_unpaid(held):
        raise Refusal("Keputusan membayar orang ini, jadi alasan itu tidak cocok. Pilih lagi.")
    _refuse_impossible(leaving, Worker.objects.filter(pk=held.worker_id).first())
    leaving.entry, leaving.area_id, leaving.role = held, held.area_id, by.role
    leaving.prepared_by = by.user
    with translating(SENTENCES), transaction.atomic():
        leaving.save()
    _record(leaving, by=by)
    return leaving


@transaction.atomic
def file(leaving: Leaving, *, by: Office) -> None:
    """Send it to who decides."""
    access.permit(by, rules.FILE.permission)
    schedules.refuse_frozen(by.area_id, schedules.move_of(by))
    held = _held(leaving, rules.FILE)
    _refuse_other_side(held, by)
    held.filed_by = by.user
    _move(held, rules.FILE, by=by)


@transaction.atomic
def take_back(leaving: Leaving, *, by: Office, reason: str) -> None:
    """The side that has made it takes it back, until it is decided."""
    access.permit(by, rules.TAKE_BACK.permission)
    held = _held(leaving, rules.TAKE_BACK)
    _refuse_other_side(held, by)
    _move(held, rules.TAKE_BACK, by=by, reason=reason)


@transaction.atomic
def refuse(leaving: Leaving, *, by: Office, reason: str) -> None:
    """The person stays as they are."""
    access.permit(by, rules.REFUSE.permission)
    schedules.refuse_frozen(by.area_id, schedules.move_of(by))
    held = _held(leaving, rules.REFUSE)
    held.decided_by = by.user
    _move(held, rules.REFUSE, by=by, reason=reason)


@transaction.atomic
def approve(leaving: Leaving, *, by: Office) -> Outlook:
    """The person leaves: their paid months end, place and money of the months after are free, and
    who died ends as a person, too. Returns what has changed."""
    access.permit(by, rules.APPROVE.permission)
    schedules.refuse_frozen(by.area_id, schedules.move_of(by))
    worker = _lock_person(leaving.entry)
    row = _strike_from_drafts(leaving.entry)
    with steps.deciding(), translating(SENTENCES):
        entry = _held_entry(leaving.entry)
        if decree_row_of(entry) != row:  # a draft came before the row was held
            raise Refusal(JUST_DRAFTED)
        held = _held(leaving, rules.APPROVE)
        _refuse_impossible(held, worker)
        change = outlook(entry, held)
        held.decided_by, held.decree_row = by.user, row
        held.last_month, held.freed = change.last, change.released
        _move(held, rules.APPROVE, by=by)
        _end_months(entry, row, change.last)
        _leave(entry, change, by=by)
        if worker and held.died and not worker.ended_on:
            workers.close(worker, on=held.on, reason=Worker.EndReason.DIED, document=RECORD)
    return change


def _leave(entry: Entry, change: Outlook, *, by: Office) -> None:
    """Refusal where months that stay paid have become dearer than the ceiling can bear."""
    steps.move([entry], DEPART, by=by, reason=OUT, price=lambda _: change.used)
    quotas.give_back(entry.programme, {entry.area_id: 1})
    budget.settle(entry.programme, change.used - entry.cost)


def _end_months(entry: Entry, row: DecreeEntry | None, last: date | None) -> None:
    """Cut the cover that the decree pays after the month `last`. It is where the person is now,
    which may be out of sight."""
    if row is None:
        return
    with scope.whole_country("leaving"):
        covers = Cover.objects.filter(worker=entry.worker_id, source=row.decree.cover_source_id)
        if last is None:
            covers.delete()
            return
        for cover in covers.select_for_update():
            cover.months = (cover.months.lower, month_after(last))
            cover.save(update_fields=["months"])


def _strike_from_drafts(entry: Entry) -> DecreeEntry | None:
    """Take the row out of the draft that names it. Returns the person as an issued decree names
    them, if one does; Refusal while it is frozen or being issued."""
    kept = decrees.strike(DecreeEntry.objects.filter(entry=entry))
    if any(row.decree.waits_for_people for row in kept):
        raise Refusal(FROZEN)
    if any(not row.decree.is_issued for row in kept):
        raise Refusal(BEING_ISSUED)
    return kept[0] if kept else None


def _refuse_impossible(leaving: Leaving, worker: Worker | None) -> None:
    """Refusal if the day cannot be, or what is known of the person says something else."""
    born = worker.birth_date if worker else None
    if wrong := rules.impossible_day(leaving.on, today=timezone.localdate(), born=born):
        raise Refusal(wrong)
    if leaving.reason != Reason.DIED:
        return
    if worker is None:
        raise Refusal(ELSEWHERE)
    if worker.ended_on and (worker.ended_on, worker.ended_reason) != (leaving.on, "died"):
        raise Refusal(
            f"Di data orang ini tercatat {worker.get_ended_reason_display().lower()} "
            f"{tanggal(worker.ended_on)}. Samakan tanggal dan alasannya, atau minta admin membuka "
            "datanya kembali."
        )


def _refuse_other_side(leaving: Leaving, by: Office) -> None:
    if not is_own(leaving, by):
        raise Refusal(
            "Catatan ini dibuat pihak lain: hanya pihak itu yang mengirim atau menariknya."
        )


def is_own(leaving: Leaving, office: Office) -> bool:
    """Whether the side of this office has made it: the village, or the Dinas."""
    return (leaving.role in VILLAGE) == (office.role in VILLAGE)


def _given(reason: str) -> str:
    reason = reason.replace("\0", "").strip()
    if not reason:
        raise Refusal("Tulis alasannya dahulu.")
    return reason[:1000]


def _lock_person(entry: Entry) -> Worker | None:
    """The person of a row, held; None if they are out of sight by now."""
    return Worker.objects.select_for_update(of=("self",)).filter(pk=entry.worker_id).first()


def _held_entry(entry: Entry) -> Entry:
    rows = Entry.objects.select_related("programme").select_for_update(of=("self",))
    held = rows.filter(pk=entry.pk, state=State.APPROVED).first()
    if held is None:
        raise Refusal(NOT_APPROVED)
    return held


def _held(leaving: Leaving, act: Act) -> Leaving:
    """The leaving, locked; Refusal if it is at no stage from which the act is possible."""
    held = Leaving.objects.select_for_update(of=("self",)).filter(pk=leaving.pk).first()
    if held is None or held.state not in act.origins:
        raise Refusal(DECIDED)
    return held


def _move(held: Leaving, act: Act, *, by: Office, reason: str = "") -> None:
    reason = _given(reason) if act.needs_reason else ""
    held.state, held.changed_at = act.to, timezone.now()
    with translating(SENTENCES), transaction.atomic():
        held.save()
    _record(held, by=by, reason=reason)


def _record(leaving: Leaving, *, by: Office, reason: str = "") -> None:
    LeavingStep.objects.create(
        leaving=leaving, area_id=leaving.area_id, to_state=leaving.state, reason=reason,
        office=by, name=str(by.user), role=by.role, at=leaving.changed_at,
    )  # fmt: skip
