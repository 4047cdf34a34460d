"""A person entered by two villages: the Dinas compares both entries and decides once where the
person is registered. The decision takes the whole person: address and family card, places on lists,
rows of drafts. It can be undone until something is built on it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from enrollment.decrees import actions as decrees
from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.duplicates.carrying import ADDRESS, after, before
from enrollment.duplicates.models import DuplicateCase, DuplicateCaseQuerySet
from enrollment.fields.person import FIELD, FORM_ORDER
from enrollment.proposals import departures
from enrollment.proposals.models import Cosignature, Entry
from enrollment.proposals.verbs import ENDED
from enrollment.standing import Standing
from enrollment.workers.models import Worker
from enrollment.workers.showing import Show, label
from villages import access, scope
from villages.models import Office
from villages.refusals import Refusal, translating

COMPARED = [FIELD[name].column for name in FORM_ORDER if FIELD[name].claimed]
DECIDED = "Data ganda ini sudah diputuskan."
WITHDRAWN = "Data ganda ini sudah ditarik kembali oleh yang mengajukannya."
LEFT = "Orang ini sudah tidak terdaftar di wilayah Anda, jadi tidak ada yang diputuskan di sini."
NO_REASON = "Tulis alasannya, supaya kedua pihak tahu dasarnya."
OPEN = "Data ganda ini belum diputuskan, jadi tidak ada yang dibatalkan."
TOO_OLD = (
    "Keputusan ini dari sebelum dapat dibatalkan. Minta tempat yang sekarang mengajukannya lagi."
)
CLAIMED_AGAIN = (
    "Orang ini sudah diajukan lagi oleh tempat yang sama. Putuskan yang baru itu; yang lama tetap."
)
BUILT = {
    "changed": "Keputusan ini tidak dapat dibatalkan lagi: di tempatnya yang baru, data orang ini "
    "sudah diubah. Bila memang keliru, minta tempat yang lama mengajukannya lagi.",
    "listed": "Keputusan ini tidak dapat dibatalkan lagi: orang ini sudah masuk daftar usulan. "
    "Keluarkan dahulu dari daftar itu, lalu batalkan.",
    "left": "Keputusan ini tidak dapat dibatalkan lagi: sesudahnya orang ini tercatat keluar "
    "dari program. Bila memang keliru, minta tempat yang lama mengajukannya lagi.",
    "claimed": "Keputusan ini tidak dapat dibatalkan lagi: orang ini sudah diajukan tempat lain. "
    "Putuskan data ganda yang baru itu.",
}
"""What was built on a decision (`move_person_back`) → why it stays."""
ENDED_BY_DECISION = "Data ganda: sekarang tercatat di wilayah lain."
UNDONE = "Data ganda: keputusannya dibatalkan, jadi tetap di sini."
BEING_ISSUED = (
    "Orang ini ada di keputusan yang sedang diterbitkan. Tunggu sebentar, lalu putuskan lagi."
)
FROZEN = (
    "Orang ini ada di daftar keputusan yang sudah dibekukan untuk ditandatangani. Putuskan sesudah "
    "keputusannya terbit, atau minta admin kabupaten membuka lagi daftarnya."
)
OF_A_DECISION = (
    *("decision", "reason", "decided_by_id", "decided_at", "was_in_id", "before", "after", "lists"),
    *("kept_by", "approvals_ended", "approver_told_at", "claimant_told_at"),
)
MOST_ANSWERS = 50
ANSWERS: dict[str, tuple[Standing, str]] = {
    DuplicateCase.Decision.STAY: (
        Standing("plain", "Tetap di tempat lain"),
        "Tidak ada yang perlu Anda kerjakan. Jangan mengusulkannya dari sini.",
    ),
    DuplicateCase.Decision.MOVE: (
        Standing("good", "Tercatat di sini"),
        "Lengkapi alamatnya bila kosong, minta KK yang baru, lalu orang ini dapat diusulkan. Nama, "
        "pekerjaan, dan isian lainnya tetap seperti di tempat lama: periksa juga.",
    ),
    DuplicateCase.Decision.OTHER: (
        Standing("attention", "Bukan orang yang sama"),
        "NIK yang Anda tulis milik orang lain yang sudah terdaftar. Cocokkan NIK-nya dengan KTP, "
        "lalu masukkan lagi dengan NIK yang benar.",
    ),
}
"""Decision → its badge for who claimed the person, and what to do."""


class Pair(NamedTuple):
    """One field of a person as registered and as claimed."""

    label: str
    registered: str
    claimed: str
    differs: bool


def side_by_side(case: DuplicateCase, worker: Worker, show: Show) -> list[Pair]:
    """Each field that either of the two fills, written by `show`."""
    rows: list[Pair] = []
    for field in COMPARED:
        ours = getattr(worker, field)
        theirs: object = case.claimed_values.get(field) or ""
        if theirs and isinstance(ours, date):
            theirs = date.fromisoformat(str(theirs))
        differs = str(ours or "").upper() != str(theirs or "").upper()
        if ours or theirs:
            rows.append(Pair(label(field), show(field, ours), show(field, theirs), differs))
    return rows


def withdrawn(office: Office) -> QuerySet[Any]:
    """Cases that the village has withdrawn by undoing its list, the newest first. They are told by
    the history: the village has learnt of the person all the same."""
    history = DuplicateCase.events.rel.related_model  # type: ignore[attr-defined]  # by pghistory
    low, high = scope.bounds(office.area_id)
    rows: QuerySet[Any] = history.objects.filter(
        pgh_label="delete", regency_id__gte=low, regency_id__lt=high
    )
    return rows.select_related("claimed_by").order_by("-pgh_id")


def decide(*, by: Office, case: DuplicateCase, decision: str, reason: str) -> DuplicateCase:
    """The person stays where registered, moves to the village that claims them, or the two are not
    the same person, so that one NIK is wrong.

    `decision`: a `DuplicateCase.Decision`. Raises `Refusal` when the case has been decided or
    withdrawn already, or when no reason is given.
    """
    locked = _held(case)
    if locked.decision:
        raise Refusal(DECIDED)
    if not reason.strip():
        raise Refusal(NO_REASON)
    worker = Worker.objects.select_for_update(of=("self",)).filter(pk=locked.worker_id).first()
    if worker is None:
        raise Refusal(LEFT)
    locked.decision, locked.reason = DuplicateCase.Decision(decision), reason.strip()
    locked.decided_by, locked.decided_at, locked.was_in_id = by, timezone.now(), worker.area_id
    if locked.has_moved:
        locked.unchanged = _unchanged(locked, worker)
        _move(locked, worker, by)
    else:
        locked.save()
    return locked


def _unchanged(case: DuplicateCase, worker: Worker) -> list[str]:
    """Labels of fields that stay as registered, although the claiming village wrote another
    value."""
    claimed, moved = case.claimed_values, {"kk", *ADDRESS}
    return [
        label(field)
        for field in COMPARED
        if field not in moved
        and claimed.get(field)
        and str(getattr(worker, field) or "").upper() != str(claimed[field]).upper()
    ]


def _move(case: DuplicateCase, worker: Worker, by: Office) -> None:
    """The person keeps all data, sources and memberships, goes to the address that the claiming
    village wrote, and leaves the lists and drafts of the other one; an ended record is reopened."""
    case.before, case.after = before(worker), after(case, worker)
    if case.claimed_by_id != worker.area_id:  # else an agency only takes over from the village
        _leave_lists(case, worker, by)
    case.save()
    # The village may lie in another regency, where row security lets this office write nothing: a
    # function of the database moves the person.
    with connection.cursor() as cursor:
        cursor.execute("SELECT move_claimed_person(%s)", [case.pk])


def _leave_lists(case: DuplicateCase, worker: Worker, by: Office) -> None:
    frozen = Decree.objects.frozen().filter(entries__entry__worker=worker).first()
    if frozen:
        raise Refusal(FROZEN if frozen.waits_for_people else BEING_ISSUED)
    named = DecreeEntry.objects.filter(entry__worker=worker, entry__area=worker.area_id).count()
    kept = decrees.take_out(worker)
    case.struck = named - len(kept)
    case.approvals_ended = _approved_by_others(worker, by, but=[row.entry_id for row in kept])
    why = f"{ENDED_BY_DECISION} {case.reason}"
    ended = departures.leave(worker, by=by, reason=why, but=[row.entry_id for row in kept])
    case.lists = {str(entry.pk): _kept(entry) for entry in ended}
    case.kept_by = ", ".join(row.decree.number for row in kept)


def _approved_by_others(worker: Worker, by: Office, *, but: Collection[int]) -> int:
    """On how many lists of the village that the person leaves somebody else than `by` has approved
    them, alone or as one of several."""
    rows = Entry.objects.filter(worker=worker, area=worker.area_id).exclude(pk__in=but)
    others = Cosignature.objects.filter(entry=OuterRef("pk")).exclude(user=by.user_id)
    last = Q(state=Entry.State.APPROVED) & ~Q(approved_by=by.user_id)
    return rows.filter(last | Exists(others)).count()


def undo(*, by: Office, case: DuplicateCase) -> DuplicateCase:
    """The case is open again. Who moved is where and as they were, and on the lists again; whoever
    held a place wins one anew or waits, and is verified and approved anew.

    Raises `Refusal` when something was built on the decision meanwhile.
    """
    locked = _held(case)
    if not locked.decision:
        raise Refusal(OPEN)
    if locked.has_moved:
        _move_back(locked, by)
    open_again = DuplicateCase()
    for name in OF_A_DECISION:
        setattr(locked, name, getattr(open_again, name))
    with translating({"duplicate_case_open_once": CLAIMED_AGAIN}), transaction.atomic():
        locked.save()
    return locked


def _move_back(case: DuplicateCase, by: Office) -> None:
    if not case.before:
        raise Refusal(TOO_OLD)
    with connection.cursor() as cursor:
        cursor.execute("SELECT move_person_back(%s, %s)", [case.pk, by.pk])
        (built,) = cursor.fetchone()
    if built:
        raise Refusal(BUILT[built])
    was = {int(pk): _stood(*values) for pk, values in case.lists.items()}
    departures.come_back(was, by=by, reason=UNDONE)


def _kept(entry: Entry) -> tuple[str, int | None, str, str]:
    """How a row stood, as the case keeps it."""
    repaired = entry.repaired_at.isoformat() if entry.repaired_at else ""
    return entry.state, entry.rank, entry.reason, repaired


def _stood(
    state: str, rank: int | None, reason: str = "", repaired_at: str = ""
) -> departures.Stood:
    """The other way round. An older case has state and number alone."""
    repaired = datetime.fromisoformat(repaired_at) if repaired_at else None
    return departures.Stood(state, rank, reason, repaired)


def _held(case: DuplicateCase) -> DuplicateCase:
    locked = DuplicateCase.objects.select_for_update(of=("self",)).filter(pk=case.pk).first()
    if locked is None:
        raise Refusal(WITHDRAWN)
    return locked


def listed(people: Collection[int]) -> dict[int, list[Entry]]:
    """Person → the rows of lists from which moving would take them, each with its programme and
    `decree_rows`."""
    rows = Entry.objects.filter(worker__in=people, area=F("worker__area"))
    found: dict[int, list[Entry]] = {}
    for entry in (
        rows.exclude(state__in=ENDED)
        .select_related("programme")
        .prefetch_related("decree_rows__decree")
        .order_by("worker", "pk")
    ):
        found.setdefault(entry.worker_id, []).append(entry)
    return found


def untold(office: Office) -> DuplicateCaseQuerySet:
    """Decisions that ended approvals which others had given, until an approver knows."""
    return DuplicateCase.objects.visible_to(office).untold()


def note_told(cases: Collection[UUID], *, by: Office) -> int:
    """An approver knows of these decisions that ended approvals; returns how many were new."""
    access.permit(by, "proposal.approve")
    return untold(by).filter(public_id__in=cases).update(approver_told_at=timezone.now())


class Answer(NamedTuple):
    """What a village or agency is told about somebody whom it has claimed."""

    public_id: UUID
    name: str
    decision: str
    reason: str
    decided_at: datetime

    @property
    def standing(self) -> Standing:
        return ANSWERS[self.decision][0]

    @property
    def then(self) -> str:
        """What to do now."""
        return ANSWERS[self.decision][1]


def answers() -> tuple[list[Answer], int]:
    """The latest answers of which the office in scope has not said that it knows, and how many
    there are. It sees no case: a function of the database tells what it may know."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM answers_to_claims(%s)", [MOST_ANSWERS])
        rows = cursor.fetchall()
    return [Answer(*row[:-1]) for row in rows], (rows[0][-1] if rows else 0)


def note_answers_read(ids: Collection[UUID]) -> int:
    """The office in scope knows these answers; returns how many were new to it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT note_answers_read(%s::uuid[])", [[str(one) for one in ids]])
        (noted,) = cursor.fetchone()
    return int(noted)
