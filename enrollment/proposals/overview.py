"""The progress of lists: people by state, villages that handed in, steps of one person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count

from enrollment.formats import tanggal
from enrollment.proposals import stages, verbs
from enrollment.proposals.models import Entry, EntryCount, Proposal, ProposalQuerySet, Step
from villages.models import Area, AreaQuerySet, Office, Regency, Role
from villages.permissions import PROPOSERS, held_by

State = Entry.State


def add_lists(programmes: Iterable[Any], office: Office) -> None:
    """Give each programme of a page the office's own list, how many lists are expected and how
    many have been handed in, and its people counted by state. The number of queries does not
    depend on the number of programmes."""
    wanted = [programme.pk for programme in programmes]
    rows = EntryCount.objects.visible_to(office).filter(programme__in=wanted)
    own = Proposal.objects.own(office).filter(programme__in=wanted)
    if office.role in PROPOSERS:
        rows = rows.proposed_by(office)
    counts = rows.by_stage("programme")
    lists_of = {proposal.programme_id: proposal for proposal in own}
    lists = handed_in(office).filter(programme__in=wanted).order_by().values_list("programme")
    came = dict(lists.annotate(lists=Count("pk")))
    villages = villages_of(office).count()
    for programme in programmes:
        programme.own_list = lists_of.get(programme.pk)
        programme.states = stages.tiles(counts.get(programme.pk, {}))
        programme.people = sum(counts.get(programme.pk, {}).values())
        programme.came, programme.villages = came.get(programme.pk, 0), villages


def villages_of(office: Office) -> AreaQuerySet:
    """The villages in the office's area that should hand in a list."""
    return Area.objects.within(office.area_id).villages().filter(current=True)


def handed_in(office: Office) -> ProposalQuerySet:
    """The villages' lists that have been handed in, without those of agencies."""
    return Proposal.objects.visible_to(office).handed_in().filter(agency=None)


@dataclass(frozen=True, slots=True)
class Moment:
    """A step of one person, as the part `moments` shows it."""

    when: datetime
    what: str
    who: str
    why: str


def moments(entry: Entry, regency: Regency) -> list[Moment]:
    """What happened to one person on a list, the latest first: steps, decree, registration."""
    steps = [
        Moment(step.at, _what(step), _who(step, regency), step.reason)
        for step in entry.steps.order_by("-at", "-pk")
    ]
    return [*_after_approval(entry), *steps]


def _after_approval(entry: Any) -> Iterator[Moment]:
    """The decree that names the person of an entry, and what BPJS has said of it."""
    for row in entry.decree_rows.all():
        decree = row.decree
        if decree.is_issued:
            if said := decree.registration:
                yield Moment(said.at, f"Didaftarkan ke BPJS {tanggal(said.on)}", said.name, "")
            named = f"Ditetapkan dengan keputusan {decree.number} tanggal {tanggal(decree.date)}"
            yield Moment(decree.issued_at, named, "", "")


def _what(step: Step) -> str:
    verb = verbs.taken(step.from_state, step.to_state, held_by(step.role))
    # An old step may come from a role that may not take this verb today.
    return verb.history if verb else step.get_to_state_display()


def _who(step: Step, regency: Regency) -> str:
    words: dict[str, str] = {
        Role.VILLAGE_HEAD: regency.village_head_word,
        Role.VILLAGE_OPERATOR: f"operator {regency.village_word}",
    }
    return f"{step.name}, {words.get(step.role, step.get_role_display())}"
