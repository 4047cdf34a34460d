"""Programmes and lists for tests, made by the same actions that the pages call."""

from collections import Counter
from datetime import date

from django.db import connection
from django.utils import timezone

from enrollment.programmes import actions as programmes
from enrollment.programmes import grounds
from enrollment.programmes.models import LegalBasis, PremiumSubsidy
from enrollment.proposals import actions, bulk, decisions
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.verbs import HOLDS_PLACE, SIGNED, VERBS
from enrollment.workers.models import Worker
from tests import databases, people
from villages import scope

YEAR = 201_600
"""Rupiah for one person over twelve months at 16,800."""


def programme(*, people_paid=100, occupations=(), by="rini", opened=True, legal_basis="", **values):
    """An open programme of Trenggalek for 2026 whose ceiling pays for `people_paid`; `legal_basis`
    is the number of its Perbup."""
    given = {
        "name": "Pekerja rentan", "year": 2026, "fund_id": "apbd", "components": ["JKK", "JKM"],
        "first_month": date(2026, 1, 1), "months": 12, "ceiling": people_paid * YEAR, **values,
    }  # fmt: skip
    rini = people.office(by)
    with scope.enter(rini):
        made = PremiumSubsidy(**given)
        programmes.create(made, occupations=occupations, by=rini)
        if legal_basis:
            grounds.add(LegalBasis(number=legal_basis), to=made, by=rini)
        if opened:
            programmes.open_for_lists(made, by=rini)
        made.refresh_from_db()
    return made


def paid_by(subsidy, *, by="rini", **values):
    """Say who pays for the programme."""
    office = people.office(by)
    with scope.enter(office):
        payer = grounds.payer_of(fresh(subsidy))
        for name, value in values.items():
            setattr(payer, name, value)
        grounds.save_payer(payer, by=office)
    return payer


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


def crowd(subsidy, count, state, *, area=people.SENDEN, first=0):
    """Create `count` people on one list, in `state` with the signatures that it needs; their NIKs
    count from `first`.

    The rows are committed and the statistics fresh, as in a portal that has run for a while.
    """
    signers = {"submitted_by": "kartika", "verified_by": "vera", "approved_by": "amir"}
    signed = {column: people.office(signers[column]).user for column in SIGNED[state]}
    kartika = people.office("kartika")
    pattern = people.worker(first, area)
    alike = {
        field.attname: getattr(pattern, field.attname)
        for field in Worker._meta.concrete_fields
        if field.attname not in ("id", "public_id", "nik", "name")
    }
    with scope.whole_country("tests"):
        proposal = Proposal.objects.create(programme=subsidy, area_id=area, created_by=kartika)
        others = Worker.objects.bulk_create(
            Worker(**alike, nik=people.nik(number, area), name=f"Orang {number:05d}")
            for number in range(first + 1, first + count)
        )
        Entry.objects.bulk_create(
            Entry(proposal=proposal, programme=subsidy, worker=worker, area_id=area, state=state,
                  **signed)
            for worker in [pattern, *others]
        )  # fmt: skip
        held = count if state in HOLDS_PLACE else 0
        subsidy.quotas.filter(area=area).update(used=held)
    analyze()
    return proposal


def analyze():
    """Analyze as autovacuum does every minute; otherwise joins of bulk work are quadratic."""
    with databases.owner(connection.settings_dict["NAME"]) as owner, owner.cursor() as cursor:
        cursor.execute("ANALYZE enrollment_worker, enrollment_entry, enrollment_decreeentry")


def act(name, verb, proposal, *, pks=None, **values):
    """Let somebody decide about a list, or about some of its entries."""
    office = people.office(name)
    with scope.enter(office):
        rows = Entry.objects.filter(proposal=proposal)
        if pks is not None:
            rows = rows.filter(pk__in=pks)
        subsidy = PremiumSubsidy.objects.get(pk=proposal.programme_id)
        return decisions.decide(verb, subsidy, rows, by=office, **values)


def begin(office, verb, programme, *, proposal=None, reason="", seen=None, **chosen):
    """A bulk decision about everybody of a programme, or of one list; None if there is nobody."""
    with scope.enter(office):
        return bulk.start(
            VERBS[verb], programme, by=office, proposal=proposal, reason=reason,
            chosen={"status": "semua"} | chosen, seen=seen or timezone.now(),
        )  # fmt: skip


def states(proposal):
    """State → number of people, counted without row security."""
    with scope.whole_country("tests"):
        return dict(Counter(proposal.entries.values_list("state", flat=True)))


def fresh(row):
    with scope.whole_country("tests"):
        return type(row).objects.get(pk=row.pk)


def entries(proposal):
    with scope.whole_country("tests"):
        rows = Entry.objects.select_related(
            "worker__area", "submitted_by", "verified_by", "approved_by"
        )
        return list(rows.filter(proposal=proposal).order_by("pk"))
