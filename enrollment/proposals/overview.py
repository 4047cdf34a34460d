"""How far lists have come, in numbers and in words."""

from django.db.models import Count

from enrollment.proposals import verbs
from enrollment.proposals.lists import LOOKS
from enrollment.proposals.models import Entry, Proposal
from villages.models import Area, Role
from villages.permissions import PROPOSERS, held_by

State = Entry.State


def add_lists(programmes, office):
    """Give each programme of a page the office's own list, how many lists there are to come and
    how many have come, and its people counted by state: three queries, whatever the page."""
    wanted = [programme.pk for programme in programmes]
    rows = Entry.objects.visible_to(office).filter(programme__in=wanted)
    own = Proposal.objects.own(office).filter(programme__in=wanted)
    if office.role in PROPOSERS:
        rows = rows.proposed_by(office)
    counts = {}
    for programme, state, people in (
        rows.order_by().values_list("programme", "state").annotate(people=Count("pk"))
    ):
        counts.setdefault(programme, {})[state] = people
    lists_of = {proposal.programme_id: proposal for proposal in own}
    came = handed_in(office).filter(programme__in=wanted).order_by().values_list("programme")
    came = dict(came.annotate(lists=Count("pk")))
    villages = villages_of(office).count()
    for programme in programmes:
        programme.own_list = lists_of.get(programme.pk)
        programme.states = state_tiles(counts.get(programme.pk, {}))
        programme.came, programme.villages = came.get(programme.pk, 0), villages


def villages_of(office):
    """The villages in the office's area that are to hand in."""
    return Area.objects.within(office.area_id).villages().filter(current=True)


def handed_in(office):
    """The villages' lists that have been handed in; those of agencies come on top."""
    return Proposal.objects.visible_to(office).handed_in().filter(agency=None)


def state_tiles(counts):
    """(state, label, people, tone) for the states that occur, in the order of the way."""
    return [
        (state.value, state.label, counts[state], LOOKS[state][0])
        for state in State
        if counts.get(state)
    ]


def moments(entry, regency):
    """The steps of one person, the latest first, as the part `moments` shows them."""
    return [
        {"when": step.at, "what": _what(step), "who": _who(step, regency), "why": step.reason}
        for step in entry.steps.order_by("-at", "-pk")
    ]


def _what(step):
    verb = verbs.taken(step.from_state, step.to_state, held_by(step.role))
    # Who took an old step may hold a role that could not take it today.
    return verb.history if verb else step.get_to_state_display()


def _who(step, regency):
    role = {
        Role.VILLAGE_HEAD: regency.village_head_word,
        Role.VILLAGE_OPERATOR: f"operator {regency.village_word}",
    }.get(step.role, step.get_role_display())
    return f"{step.name}, {role}"
