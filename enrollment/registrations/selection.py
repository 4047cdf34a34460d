"""Who of a decree is still to be sent to BPJS, and what is known of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from enrollment.coverage.models import Membership
from enrollment.decrees.models import Decree, DecreeEntry, DecreeEntryQuerySet
from enrollment.leavings.models import Leaving
from enrollment.leavings.rules import Reason
from enrollment.matching.batches import Person
from enrollment.matching.layouts import Value as Known
from enrollment.matching.models import Line
from enrollment.matching.rules import HOLDING, Kind, State
from enrollment.programmes import months
from enrollment.proposals.models import Entry
from enrollment.registrations.models import FileDefaults

WHY_LEFT = "A1"
"""Of SIPP: has left by choice. Other reasons are settled at the branch."""


def waiting(decree: Decree, kind: Kind) -> DecreeEntryQuerySet:
    """The people of a decree whom BPJS is to be asked about, and has not been.

    New and continuing: they are approved, alive, and no line holds them. Leaving: BPJS has accepted
    them and they have left the programme. The dead are not among them: their family claims.
    """
    rows = decree.entries.filter(~Exists(_lines(kind, HOLDING)))
    if kind == Kind.LEAVING:
        accepted = Q(Exists(_lines(Kind.NEW, [State.ACCEPTED]))) | Q(
            Exists(_lines(Kind.CONTINUING, [State.ACCEPTED]))
        )
        died = Leaving.objects.filter(entry=OuterRef("entry"), reason=Reason.DIED)
        return rows.filter(accepted, entry__state=Entry.State.LEFT).exclude(Exists(died))
    return rows.filter(
        entry__state=Entry.State.APPROVED, entry__kind=KINDS[kind], entry__worker__ended_on=None
    )


KINDS: Mapping[Kind, str] = {Kind.NEW: "baru", Kind.CONTINUING: "lanjut"}


def _lines(kind: Kind, states: Sequence[State]) -> QuerySet[Line]:
    return Line.objects.filter(about=OuterRef("pk"), kind=kind, state__in=states)


def counts(decree: Decree) -> dict[Kind, int]:
    """How many of each kind are still to be sent."""
    return {kind: waiting(decree, kind).count() for kind in Kind}


def people(decree: Decree, rows: Sequence[DecreeEntry], kind: Kind) -> list[Person]:
    """The rows with all that a file may say of them; `rows` have `entry` and its `worker`."""
    alike = FileDefaults.objects.get(pk=decree.programme_id)
    begins = months.of(decree.programme)[0]
    kpjs = _kpjs(rows)
    left = _left(rows) if kind == Kind.LEAVING else {}
    return [
        Person(
            row.pk, row.entry.worker_id, row.area_id,
            {
                **_alike(alike, decree),
                **_own(row),
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


def _alike(alike: FileDefaults, decree: Decree) -> dict[str, str]:
    return {
        Known.MARRIED: alike.married,
        Known.PLACE_OF_WORK: alike.place_of_work,
        Known.EMPLOYMENT: alike.employment,
        Known.WAGE: str(decree.programme.wage),
    }


def _own(row: DecreeEntry) -> dict[str, str]:
    """As the decree names the person; mother and telephone stand in no decree."""
    worker = row.entry.worker
    return {
        Known.NIK: row.nik,
        Known.NAME: row.name,
        Known.BIRTH_PLACE: row.birth_place,
        Known.BIRTH_DATE: row.birth_date.isoformat() if row.birth_date else "",
        Known.SEX: row.sex,
        Known.ADDRESS: row.address,
        Known.MOTHER: worker.mother_name,
        Known.PHONE: worker.phone,
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


def _left(rows: Sequence[DecreeEntry]) -> dict[int, str]:
    """Entry → the day on which the person left."""
    left = Leaving.objects.filter(entry__in=[row.entry_id for row in rows], state="approved")
    return {entry: on.isoformat() for entry, on in left.values_list("entry", "on")}


def results(decree: Decree) -> dict[tuple[str, str], int]:
    """(kind, state) → people, of all lines about a decree that were not withdrawn."""
    rows = Line.objects.filter(batch__registering__decree=decree).exclude(state=State.WITHDRAWN)
    counted = rows.order_by().values("kind", "state").annotate(people=Count("pk"))
    return {(row["kind"], row["state"]): row["people"] for row in counted}
