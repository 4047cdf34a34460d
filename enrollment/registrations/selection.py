"""Who of a decree is still to be sent to BPJS, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from enrollment.coverage.models import Membership
from enrollment.decrees import amending
from enrollment.decrees.models import Decree, DecreeEntry, DecreeEntryQuerySet, DecreeRevocation
from enrollment.leavings.models import Leaving
from enrollment.leavings.rules import OPEN, Reason
from enrollment.matching.batches import Person
from enrollment.matching.layouts import Value as Known
from enrollment.matching.models import Line
from enrollment.matching.rules import HOLDING, Kind, State
from enrollment.programmes import months
from enrollment.proposals.models import Entry
from enrollment.registrations.models import FileDefaults
from enrollment.workers.models import Worker

WHY_LEFT = "A1"
"""Of SIPP: has left by choice. Other reasons are settled at the branch."""


def waiting(decree: Decree, kind: Kind) -> DecreeEntryQuerySet:
    """The people of a published decree whom BPJS is to be asked about, and has not been.

    New and continuing: they are approved, here and alive, no line holds them, nobody has noted that
    they leave, and the decree has not been revoked. Leaving: BPJS has accepted them and they have
    left the programme. The dead are not among them: their family claims.
    """
    rows = decree.entries.filter(~Exists(_lines(kind, HOLDING)))
    if kind == Kind.LEAVING:
        accepted = Q(Exists(_lines(Kind.NEW, [State.ACCEPTED]))) | Q(
            Exists(_lines(Kind.CONTINUING, [State.ACCEPTED]))
        )
        died = Leaving.objects.filter(entry=OuterRef("entry"), reason=Reason.DIED)
        dead = Worker.objects.filter(pk=OuterRef("entry__worker"), ended_reason="died")
        rows = rows.filter(accepted, entry__state=Entry.State.LEFT)
        return rows.exclude(Exists(died)).exclude(Exists(dead))
    if not base_of(decree).is_issued:
        return rows.none()
    leaves = Leaving.objects.filter(entry=OuterRef("entry"), state__in=OPEN)
    return rows.filter(
        ~Exists(leaves), entry__state=Entry.State.APPROVED, entry__gone=False,
        entry__kind__in=KINDS[kind],
    )  # fmt: skip


def base_of(decree: Decree) -> Decree:
    """The decree that an amendment changes, or the decree itself: when it is revoked, all are."""
    return decree.amends or decree


KINDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.NEW: ("baru", ""),
    Kind.CONTINUING: ("lanjut",),
}
"""The kinds of rows of lists; of old ones it is not known."""


def _lines(kind: Kind, states: Sequence[State]) -> QuerySet[Line]:
    return Line.objects.filter(about=OuterRef("pk"), kind=kind, state__in=states)


def counts(decree: Decree) -> dict[Kind, int]:
    """How many of each kind are still to be sent."""
    return {kind: waiting(decree, kind).count() for kind in Kind}


def people(decree: Decree, rows: Sequence[DecreeEntry], kind: Kind) -> list[Person]:
    """The rows, with their `entry`, and all that a file may say of them: as the decree and its
    amendments name them."""
    amending.correct(rows, list(amending.chain_of(decree)))
    alike = alike_of(decree)
    begins = months.of(decree.programme)[0]
    kpjs = _kpjs(rows)
    left = _left(decree, rows) if kind == Kind.LEAVING else {}
    workers = Worker.objects.in_bulk([row.entry.worker_id for row in rows])
    return [
        Person(
            row.pk, row.entry.worker_id, row.area_id,
            {
                **alike,
                **_own(row, workers.get(row.entry.worker_id)),
                Known.KPJ: kpjs.get(row.pk, ""),
                Known.BEGINS_ON: _begins(row, begins).isoformat(),
                Known.LEFT_ON: left.get(row.entry_id, ""),
                Known.LEFT_WHY: WHY_LEFT if left.get(row.entry_id) else "",
            },
        )
        for row in rows
    ]  # fmt: skip


def _begins(row: DecreeEntry, first: date) -> date:
    return row.entry.first_month or first


def alike_of(decree: Decree) -> dict[str, str]:
    """What a file says of everybody alike; nothing where nobody has said so."""
    alike = FileDefaults.objects.filter(pk=decree.programme_id).first() or FileDefaults()
    return {
        Known.MARRIED: alike.married,
        Known.PLACE_OF_WORK: alike.place_of_work,
        Known.EMPLOYMENT: alike.employment,
        Known.WAGE: str(decree.programme.wage),
    }


def _own(row: DecreeEntry, worker: Worker | None) -> dict[str, str]:
    """As the decree names the person; mother and telephone stand in no decree, and are not known of
    somebody who has moved out of sight."""
    return {
        Known.NIK: row.nik,
        Known.NAME: row.name,
        Known.BIRTH_PLACE: row.birth_place,
        Known.BIRTH_DATE: row.birth_date.isoformat() if row.birth_date else "",
        Known.SEX: row.sex,
        Known.ADDRESS: row.address,
        Known.MOTHER: worker.mother_name if worker else "",
        Known.PHONE: worker.phone if worker else "",
    }


def _kpjs(rows: Sequence[DecreeEntry]) -> dict[int, str]:
    """Row of the decree → the KPJ of the person: as BPJS has answered last, else of a membership
    that is known."""
    workers = {row.entry.worker_id: row.pk for row in rows}
    members = Membership.objects.filter(worker__in=list(workers)).order_by("pk")
    lines = Line.objects.filter(worker__in=list(workers)).order_by("pk")
    found = [
        *members.exclude(kpj="").values_list("worker", "kpj"),
        *lines.exclude(kpj="").values_list("worker", "kpj"),
    ]
    return {workers[worker]: kpj for worker, kpj in found}


def _left(decree: Decree, rows: Sequence[DecreeEntry]) -> dict[int, str]:
    """Entry → the day on which the person left; of a revoked decree that of the revocation."""
    entries = [row.entry_id for row in rows]
    left = Leaving.objects.filter(entry__in=entries, state="approved")
    days = {entry: on.isoformat() for entry, on in left.values_list("entry", "on")}
    revoked = DecreeRevocation.objects.filter(decree=base_of(decree)).first()
    return {entry: revoked.date.isoformat() for entry in entries if revoked} | days


def results(decree: Decree) -> dict[str, int]:
    """State → people, by the newest line of each person in a kind that was not withdrawn."""
    rows = Line.objects.filter(batch__registering__decree=decree).exclude(state=State.WITHDRAWN)
    newest = rows.order_by("about", "kind", "-pk").distinct("about", "kind")
    counted = Line.objects.filter(pk__in=newest.values("pk")).order_by().values("state")
    return {row["state"]: row["people"] for row in counted.annotate(people=Count("pk"))}
