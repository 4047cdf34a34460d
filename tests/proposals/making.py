"""Programmes and lists for tests, made by the same actions that the pages call."""

from datetime import date

from enrollment.programmes import actions as programmes
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import actions, decisions
from enrollment.proposals.models import Entry, Proposal
from enrollment.workers.models import Worker
from tests import people
from villages import scope

YEAR = 201_600
"""Rupiah for one person over twelve months at 16,800."""


def programme(*, people_paid=100, occupations=(), by="rini", opened=True, **values):
    """An open programme of Trenggalek for 2026 whose ceiling reaches for `people_paid`."""
    given = {
        "name": "Pekerja rentan", "year": 2026, "fund": "apbd", "components": ["JKK", "JKM"],
        "first_month": date(2026, 1, 1), "months": 12, "ceiling": people_paid * YEAR, **values,
    }  # fmt: skip
    rini = people.office(by)
    with scope.enter(rini):
        made = PremiumSubsidy(**given)
        programmes.create(made, occupations=occupations, by=rini)
        if opened:
            programmes.open_for_lists(made, by=rini)
        made.refresh_from_db()
    return made


def draft(subsidy, count, *, by="kartika", first=0, area=people.SENDEN, **values):
    """A list with `count` new people, drawn up and not handed in."""
    office = people.office(by)
    made = [people.worker(first + n, area, agency=office.agency, **values) for n in range(count)]
    with scope.enter(office):
        proposal = actions.start(subsidy, by=office)
        chosen = Worker.objects.filter(pk__in=[worker.pk for worker in made])
        actions.pick(proposal, chosen, by=office)
    return proposal


def submitted(subsidy, count, *, by="kartika", **values):
    proposal = draft(subsidy, count, by=by, **values)
    office = people.office(by)
    with scope.enter(office):
        actions.submit(proposal, by=office)
    return proposal


def verified(subsidy, count, **values):
    proposal = submitted(subsidy, count, **values)
    act("vera", "verify", proposal)
    return proposal


def approved(subsidy, count, **values):
    proposal = verified(subsidy, count, **values)
    act("amir", "approve", proposal)
    return proposal


def act(name, verb, proposal, *, pks=None, **values):
    """Let somebody decide about a list, or about some of its entries."""
    office = people.office(name)
    with scope.enter(office):
        rows = Entry.objects.filter(proposal=proposal)
        if pks is not None:
            rows = rows.filter(pk__in=pks)
        subsidy = PremiumSubsidy.objects.get(pk=proposal.programme_id)
        return decisions.decide(verb, subsidy, rows, by=office, **values)


def states(proposal):
    """State → people, seen with every row in view."""
    with scope.whole_country("tests"):
        return Proposal.objects.get(pk=proposal.pk).entries.counted()


def fresh(row):
    with scope.whole_country("tests"):
        return type(row).objects.get(pk=row.pk)


def entries(proposal):
    with scope.whole_country("tests"):
        rows = Entry.objects.select_related(
            "worker__area", "submitted_by", "verified_by", "approved_by"
        )
        return list(rows.filter(proposal=proposal).order_by("pk"))
