"""Changes people's state: one verb for all chosen rows, in a few SQL statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from enrollment.among import Among
from enrollment.proposals.models import Cosignature, Entry, EntryQuerySet, Step
from enrollment.proposals.verbs import ADMIT, HOLDS_MONEY, NOT_LISTED, SIGNED, VERBS, State, Verb
from enrollment.schedules.actions import FROZEN
from villages.models import Office, Role, User
from villages.permissions import CHECKERS, PROPOSERS, held_by
from villages.refusals import translating

if TYPE_CHECKING:
    from villages.annotations import SqlValues

SENTENCES = {
    "entry_verifier_is_not_maker": "Di antaranya ada yang Anda ajukan sendiri. Yang mengajukan "
    "tidak boleh memverifikasi: minta verifikator lain.",
    "entry_approver_is_not_maker": "Di antaranya ada yang Anda ajukan atau verifikasi sendiri. "
    "Persetujuan harus oleh orang lain: minta penyetuju lain.",
    "entry_signer_is_not_maker": "Di antaranya ada yang dahulu Anda usulkan, ajukan, atau periksa, "
    "dari jabatan mana pun. Yang itu harus ditandatangani orang lain: hapus centangnya.",
    "cosigner_is_not_maker": "Di antaranya ada yang dahulu Anda usulkan, ajukan, periksa, atau "
    "verifikasi. Persetujuan harus oleh orang lain: hapus centangnya.",
    "cosignature_once_a_person": "Di antaranya ada yang sudah Anda setujui. Persetujuan berikutnya "
    "harus oleh penyetuju lain: hapus centangnya.",
    "entry_approved_by_enough": "Jumlah penyetuju yang diperlukan baru saja berubah. Muat ulang "
    "halamannya, lalu ulangi.",
    "checker_is_not_maker": "Di antaranya ada yang dahulu Anda usulkan atau ajukan sendiri. Yang "
    "itu harus diteruskan orang lain: hapus centangnya.",
    "entry_in_decree_stays_approved": "Di antaranya ada yang sudah masuk keputusan Bupati atau "
    "rancangannya, jadi persetujuannya tidak dapat dicabut di sini. Yang masuk rancangan dapat "
    "dicabut sesudah admin membuang rancangannya.",
    "family_limit_holds": "Dengan yang baru saja disetujui, satu keluarga menjadi lebih banyak "
    "daripada yang diterima program ini. Muat ulang halamannya, lalu pilih lagi.",
    "months_promised_once": "Di antaranya ada yang bulannya baru saja disetujui di program atau "
    "tahap lain. Muat ulang halamannya, lalu pilih lagi.",
    "entry_person_once_a_programme": "Di antaranya ada yang baru saja diusulkan lagi dalam program "
    "ini, jadi yang lama tetap ditolak. Muat ulang halamannya, lalu pilih lagi.",
    **FROZEN,
}

NEEDED = [
    *("pk", "state", "area_id", "worker_id", "cost", "rank", "kind", "proposal_id", "programme_id"),
    *SIGNED[State.APPROVED],
]
"""The fields of a row that a decision reads."""

_RECORD = """
INSERT INTO enrollment_step
    (entry_id, area_id, from_state, to_state, office_id, name, role, at, reason)
SELECT id, area_id, state, %(to)s, %(office)s, %(name)s, %(role)s, %(at)s, %(reason)s
FROM enrollment_entry WHERE id = ANY(%(entries)s)
"""
_COSIGN = """
INSERT INTO enrollment_cosignature (entry_id, area_id, user_id, office_id, name, at)
SELECT id, area_id, %(user)s, %(office)s, %(name)s, %(at)s
FROM enrollment_entry WHERE id = ANY(%(entries)s)
"""


def add_who_withdrew(entries: Collection[Any], village_word: str) -> None:
    """Give each row `withdrawn_by`: who has taken the person off the list again, `desa` or `OPD`;
    empty for those whom the Dinas has rejected and for all others. At most one query."""
    ended = {entry.pk: entry for entry in entries if entry.state == State.REJECTED}
    last = Step.objects.filter(entry__in=ended, to_state=State.REJECTED) if ended else ()
    roles = {step.entry_id: step.role for step in last}  # the latest comes last
    for entry in entries:
        role = roles.get(entry.pk)
        proposer = "OPD" if role == Role.AGENCY else village_word
        entry.withdrawn_by = proposer if role in PROPOSERS else ""


@contextmanager
def deciding() -> Iterator[None]:
    """One transaction; violated database constraints become sentences for the user."""
    with translating(SENTENCES), transaction.atomic():
        yield


def hold(entries: EntryQuerySet, verb: Verb, *, by: Office) -> list[Entry]:
    """Lock those of `entries` to which the office `by` may apply `verb`; returns them in order.

    A second click, or a second person, waits here and then finds no row left to lock. Rows are
    locked in the order of their ids, so that overlapping choices cannot deadlock.
    """
    rows = within_reach(entries, verb, by=by)
    return list(rows.order_by("pk").select_for_update(of=("self",)).only(*NEEDED))


def within_reach(entries: EntryQuerySet, verb: Verb, *, by: Office) -> EntryQuerySet:
    """Those of `entries` to which the office `by` may apply `verb`."""
    rows = entries.filter(state__in=verb.origins(held_by(by.role)))
    if by.role in CHECKERS:
        rows = rows.filter(proposal__route=by.role)
    if verb.own_list:
        rows = rows.proposed_by(by)
    if verb.own_signature:
        rows = rows.cosigned_by(by)
    if verb.own_decision:
        undone = VERBS[verb.undoes].origins(held_by(by.role))
        rows = rows.filter(gone=False, repaired_at=None).not_proposed_again()
        rows = rows.last_decided_by(by, origins=undone)
    return rows.exclude(rank=None) if verb.undoes == ADMIT.name else rows


def own_earlier(entries: Sequence[Entry], verb: Verb, by: Office) -> set[int]:
    """The ids of those of `entries` with whom this person may not take the verb, having put them on
    the list, proposed or checked them or signed an earlier step, whatever the office was. The
    database holds the same."""
    if not verb.not_by:
        return set()
    steps = Step.objects.filter(Among("entry", [entry.pk for entry in entries]))
    making = Q(role__in=verb.not_by) | Q(from_state=NOT_LISTED)
    taken = steps.filter(making, office__user=by.user_id)
    columns = [f"{column}_id" for column in SIGNED[verb.to] if verb.signs and column != verb.signs]
    signed = {
        entry.pk
        for entry in entries
        if by.user_id in {getattr(entry, column) for column in columns}
    }
    if verb.partly:
        partly = [entry.pk for entry in entries if entry.state == verb.partly]
        cosigned = Cosignature.objects.filter(Among("entry", partly), user=by.user_id).order_by()
        signed |= set(cosigned.values_list("entry", flat=True)) if partly else set()
    return signed | set(taken.order_by().values_list("entry", flat=True))


def waited(entries: Sequence[Entry]) -> set[int]:
    """The ids of those of the held rows who were on the waiting list until their last step."""
    rejected = [entry.pk for entry in entries if entry.state == State.REJECTED]
    if not rejected:
        return set()
    last = Step.objects.filter(Among("entry", rejected), from_state=State.WAITING)
    return set(last.filter(at=F("entry__changed_at")).values_list("entry", flat=True))


def unpassed(entries: Sequence[Entry]) -> set[int]:
    """The ids of those of `entries` whom the kecamatan or the DPMD has to look at before the Dinas:
    their list goes that way, and they have not been passed on. Whoever has been, and is handed in
    again after the Dinas has returned them, goes directly."""
    rows = Entry.objects.filter(Among("pk", [entry.pk for entry in entries]))
    return set(to_be_checked(rows).values_list("pk", flat=True))


def to_be_checked(rows: EntryQuerySet) -> EntryQuerySet:
    """Those of `rows` whom `unpassed` names."""
    checked = rows.filter(proposal__route__in=CHECKERS)
    touched = Q(from_state=State.CHECKING) | Q(to_state=State.CHECKING)
    last = Step.objects.filter(touched, entry=OuterRef("pk")).order_by("-at", "-pk")
    came_to = Coalesce(Subquery(last.values("to_state")[:1]), Value(NOT_LISTED))
    return checked.annotate(last=came_to).exclude(last=State.SUBMITTED)


def decreed(entries: Sequence[Entry]) -> list[int]:
    """The ids of `entries` named by a decree or its draft: these stay approved."""
    approved = [entry.pk for entry in entries if entry.state == State.APPROVED]
    named = Entry.objects.filter(Among("pk", approved), decree_rows__isnull=False)
    return list(named.values_list("pk", flat=True))


def signature(by: Office, at: datetime) -> SqlValues:
    """The columns of a Step that say who took it and when."""
    name = f"{by.user}, {by.agency}" if by.agency else str(by.user)
    return {"office": by.pk, "name": name, "role": by.role, "at": at}


def move(
    held: Sequence[Entry],
    verb: Verb,
    *,
    by: Office,
    reason: str = "",
    price: Callable[[Entry], int] | None = None,
) -> None:
    """Move the held rows to where `verb` leads, with a Step for each.

    Whoever is admitted keeps the number on the waiting list until the next step, so that it can be
    taken back. In a state that holds money, `price` says what each costs from now on, and sector
    and first month are written as they have been assigned. `kind` is written as it has been found.
    """
    pks, now = [entry.pk for entry in held], timezone.now()
    if not pks:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _RECORD, {"to": verb.to, "entries": pks, "reason": reason, **signature(by, now)}
        )
        if verb.to == State.COSIGNED:
            who = {"user": by.user_id, **signature(by, now)}
            cursor.execute(_COSIGN, {"entries": pks, **who})
    numbered = verb.to == State.WAITING or verb.name == ADMIT.name
    values: SqlValues = {
        "state": verb.to,
        "reason": reason,
        "changed_at": now,
        "repaired_at": None,
        **_signatures(verb, by),
        **({} if numbered else {"rank": None}),
    }
    paid = price if verb.to in HOLDS_MONEY else None
    for (kind, cost, sector, first_month), alike in _alike(held, paid).items():
        rows = Entry.objects.filter(Among("pk", alike))
        rows.update(**values, kind=kind, cost=cost, sector=sector, first_month=first_month)


def note(entry: Entry, *, by: Office) -> None:
    """A step that leaves the row where it stands: its state says what has been done there."""
    Step.objects.create(
        entry=entry, area_id=entry.area_id, from_state=entry.state, to_state=entry.state,
        office=by, name=signature(by, timezone.now())["name"], role=by.role,
    )  # fmt: skip


Alike = tuple[str, int, str | None, date | None]


def _alike(held: Sequence[Entry], price: Callable[[Entry], int] | None) -> dict[Alike, list[int]]:
    """(kind, cost, sector, first month) → the rows that are written alike; without a `price` the
    last three are empty."""
    found: dict[Alike, list[int]] = defaultdict(list)
    for entry in held:
        paid = (price(entry), entry.sector_id, entry.first_month) if price else (0, None, None)
        found[entry.kind, *paid].append(entry.pk)
    return found


def _signatures(verb: Verb, by: Office) -> dict[str, User | None]:
    """Column values: the new signature, and None for signatures that are no longer valid."""
    standing = SIGNED[verb.to]
    emptied = {column: None for column in SIGNED[State.APPROVED] if column not in standing}
    return emptied | ({verb.signs: by.user} if verb.signs else {})
