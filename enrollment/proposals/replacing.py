"""A place that came free goes to who is next on the waiting list: the village takes it for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef

from enrollment.formats import angka
from enrollment.programmes import months
from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.proposals import decisions, departures, queue
from enrollment.proposals.models import Entry, EntryQuerySet, Proposal
from enrollment.proposals.verbs import REPLACE
from villages import access
from villages.models import Office
from villages.refusals import Refusal

MOST_NAMED = 3
"""How many of those whose turn has come a page names."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Free places of a village, offered to those of its list whose turn has come."""

    proposal: Proposal
    people: int
    first: list[Any]

    @property
    def more(self) -> int:
        return self.people - len(self.first)


def whose_turn_it_is(proposal: Proposal) -> EntryQuerySet:
    """Those of a village's list who are next for its free places. Others of the village, whom an
    agency proposes, stand in the same line; the Dinas admits them."""
    programme = proposal.programme
    quota = Quota.objects.filter(programme=programme, area=proposal.area_id).with_room().first()
    waiting = proposal.entries.in_line()
    if quota is None or quota.left is None:
        return waiting if quota else waiting.none()
    rows = Entry.objects.filter(programme=programme, area=proposal.area_id).in_line()
    line = rows.annotate(place=queue.place(programme.waiting_order))
    return waiting.filter(pk__in=line.filter(place__lte=quota.left).values("pk"))


def offer_of(proposal: Proposal) -> Offer | None:
    """What the village may take now; None if no place is free, nobody's turn has come, or nobody
    can be approved any more."""
    if proposal.agency_id or not _takes(proposal.programme):
        return None
    rows = whose_turn_it_is(proposal)
    people = rows.count()
    if not people:
        return None
    order = proposal.programme.waiting_order
    first = list(rows.select_related("area").order_by(queue.turn(order), "pk")[:MOST_NAMED])
    departures.add_people(first)
    queue.add_turns(proposal.programme, first)
    return Offer(proposal, people, first)


def _takes(programme: PremiumSubsidy) -> bool:
    return programme.is_open and months.any_left(programme, months.first_payable(programme))


def offers(office: Office, most: int) -> list[Offer]:
    """The offers to a village, of the programmes in which somebody waits and a place is free."""
    quotas = Quota.objects.filter(area=office.area_id).with_room()
    waiting = Entry.objects.proposed_by(office).in_line()
    lists = Proposal.objects.own(office).filter(agency=None)
    lists = lists.filter(
        Exists(waiting.filter(proposal=OuterRef("pk"))),
        programme__in=quotas.values("programme"),
        programme__state=PremiumSubsidy.State.OPEN,
    )
    found = lists.select_related("programme").order_by("-programme__year", "pk")[:most]
    return [offer for proposal in found if (offer := offer_of(proposal))]


def take(proposal: Proposal, *, by: Office) -> int:
    """Hand in those whose turn has come, for the free places. Returns how many. Refusal where the
    programme takes no lists, or no month is left to be paid."""
    return len(take_them(proposal, by=by))


def take_them(proposal: Proposal, *, by: Office) -> list[int]:
    """The same; returns the ids of their rows, in the order of their turn."""
    access.permit(by, REPLACE.permission)
    decisions.require_open(proposal.programme)
    months.refuse_none_left(proposal.programme, months.first_payable(proposal.programme))
    order = queue.turn(proposal.programme.waiting_order)
    ids = list(whose_turn_it_is(proposal).order_by(order, "pk").values_list("pk", flat=True))
    chosen = Entry.objects.filter(pk__in=ids)
    done = set(decisions.decide(REPLACE.name, proposal.programme, chosen, by=by).rows)
    if not done:
        raise Refusal(
            "Tidak ada lagi tempat kosong bagi yang menunggu di daftar ini. Tempatnya mungkin baru "
            "saja diisi."
        )
    return [pk for pk in ids if pk in done]


def in_words(rows: Sequence[int]) -> str:
    """The names of the people of these rows, the first `MOST_NAMED` of them."""
    first: dict[int, Any] = {
        entry.pk: entry for entry in Entry.objects.filter(pk__in=rows[:MOST_NAMED])
    }
    departures.add_people(list(first.values()))
    names = ", ".join(first[pk].person.name for pk in rows if pk in first)
    more = len(rows) - len(first)
    return f"{names}, dan {angka(more)} orang lagi" if more > 0 else names
