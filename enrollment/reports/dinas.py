"""What waits at the regency: to verify, to approve, to decree."""

from django.db.models import Exists, OuterRef, Q

from enrollment.decrees import actions, selection
from enrollment.decrees.header import village_heading
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.duplicates.models import DuplicateCase
from enrollment.programmes import budget
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import overview
from enrollment.proposals.models import Entry, Proposal
from enrollment.reports.proposers import FOR_SOME, MOST
from villages.models import Area

PROGRAMMES = 6
OLDEST = 5
State = Entry.State


def verifier(office, regency, today):
    return {
        **_lists_in(State.SUBMITTED, office, regency),
        "duplicates": DuplicateCase.objects.visible_to(office).open().count(),
    }


def approver(office, regency, today):
    context = _lists_in(State.VERIFIED, office, regency)
    for programme in context["programmes"]:
        programme.cost_here = programme.here * programme.cost_a_person
        programme.left = programme.ceiling - programme.committed
        programme.people_left = budget.people_left(programme)
    return context


def admin(office, regency, today):
    programmes = PremiumSubsidy.objects.visible_to(office)
    waiting = selection.waiting(office)
    for_decree = list(programmes.filter(pk__in=waiting)[:PROGRAMMES])
    for programme in for_decree:
        programme.waiting = waiting[programme.pk]
    annexes = DecreeAnnex.objects.visible_to(office).filter(state=DecreeAnnex.State.REFUSED)
    decrees = Decree.objects.visible_to(office)
    return {
        "for_decree": for_decree,
        "drafts": _drafts(decrees),
        "annexes": annexes.select_related("decree")[:MOST],
        "unopened": programmes.filter(state=PremiumSubsidy.State.DRAFT)[:MOST],
        "without_basis": programmes.open().filter(legal_basis_number="")[:MOST],
        **standing(office, regency),
    }


def _drafts(decrees):
    """Drafts with the sentences that say what each still lacks."""
    drafts = list(decrees.filter(state=Decree.State.DRAFT).select_related("programme")[:MOST])
    for draft in drafts:
        draft.lacks = list(actions.missing(draft).values())
    return drafts


def _lists_in(state, office, regency):
    """Programmes with people in `state` (`here`: how many), and the lists that wait longest."""
    here = Exists(Entry.objects.filter(programme=OuterRef("pk"), state=state))
    context = standing(office, regency, also=here)
    for programme in context["programmes"]:
        programme.here = _people(programme, state)
        programme.queued = _people(programme, State.WAITING)
    return {**context, "oldest": _oldest(state, office)}


def standing(office, regency, *, also=None):
    """Programmes open for lists (and those of which `also` is true): how many villages handed in.

    Also what a village is called here, for "desa/kelurahan" and "nagari".
    """
    shown = Q(state=PremiumSubsidy.State.OPEN)
    if also is not None:
        shown |= also
    programmes = PremiumSubsidy.objects.visible_to(office).filter(shown).annotate(optional=FOR_SOME)
    programmes = list(programmes.order_by("-state", "-year", "name", "pk")[:PROGRAMMES])
    overview.add_lists(programmes, office)
    return {
        "programmes": programmes,
        "village_word": village_heading(regency, office.area_id),
    }


def _people(programme, state):
    return next((people for name, _, people, _ in programme.states if name == state), 0)


def _oldest(state, office):
    """The lists with people in `state` that were handed in first; `people` are those in it.

    They are chosen before anybody is counted, so that the work does not grow with the regency.
    """
    waits = Exists(Entry.objects.filter(proposal=OuterRef("pk"), state=state))
    lists = Proposal.objects.visible_to(office)
    first = list(lists.filter(waits).order_by("submitted_at", "pk").values_list("pk")[:OLDEST])
    chosen = lists.filter(pk__in=[pk for (pk,) in first]).with_counts()
    chosen = list(chosen.select_related("area", "agency", "programme").order_by("submitted_at"))
    districts = Area.objects.in_bulk([proposal.area.district_code for proposal in chosen])
    for proposal in chosen:
        proposal.here = getattr(proposal, f"people_{state}")
        proposal.district = districts.get(proposal.area.district_code)
    return chosen
