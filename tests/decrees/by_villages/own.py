"""Helpers for programmes whose recipients villages name themselves."""

from datetime import date

from django.db import IntegrityError, connection

from enrollment.decrees import actions as decrees
from enrollment.decrees.by_villages import actions, money
from enrollment.decrees.signatories.models import Signatory
from tests import people
from tests.decrees import drafts, signing
from villages import scope
from villages.refusals import Refusal

__all__ = ["IntegrityError", "Refusal", "Signatory", "actions", "decrees", "money"]

HEAD = "H. KARTIKA SARI, S.Pd."
THREE = 3 * 9 * 16_800
"""Rupiah of three people."""
BUDGET = 16_800 * 9 * 100
DOCUMENT = "Peraturan Desa Senden Nomor 7 Tahun 2025 tentang APBDes Tahun 2026"


def programme(**values):
    """A wave that is paid from villages' budgets and decided by them."""
    made = drafts.programme(**{"name": "Pekerja Rentan Desa", "fund_id": "apbdes"} | values)
    rini = people.office("rini")
    with scope.enter(rini):
        actions.let_decide(made, villages=True, by=rini)
    return made


def budget(subsidy, by="kartika", ceiling=BUDGET, document=DOCUMENT):
    office = people.office(by)
    with scope.enter(office):
        return actions.set_budget(subsidy, ceiling=ceiling, document=document, by=office)


def signatory(by="kartika", name=HEAD, **values):
    """Who heads the village of this office."""
    office = people.office(by)
    with scope.enter(office):
        return Signatory.objects.create(
            regency_id=office.area.regency_code, village=office.area, name=name,
            **{"valid_from": date(2024, 1, 1)} | values,
        )  # fmt: skip


def approved(subsidy, number=3, area=people.SENDEN, first=0):
    """People of a village, approved in the programme."""
    workers = [people.worker(first + one, area) for one in range(number)]
    drafts.approve(subsidy, *workers)
    return workers


def ready():
    """A wave with three people of Senden and two of Bogoran, and the budget and head of Senden."""
    subsidy = programme()
    approved(subsidy)
    approved(subsidy, 2, people.BOGORAN, first=100)
    budget(subsidy)
    return subsidy, signatory()


def unnumbered(subsidy, by="kartika"):
    return drafts.draft(subsidy, by=by, number="", date=None)


def issued(subsidy, head, by="kartika"):
    """From a draft to an issued decree of the village of `by`."""
    decree = unnumbered(subsidy, by)
    signing.send(signing.freeze(decree, by=by, signatory=head), by=by)
    signing.receive(decree, signatory=head, by=by)
    return drafts.issue(signing.fresh(decree), by=by)


def ask(name, question, *values):
    """What a statement gives, or how many rows it changes, in the scope of somebody."""
    with scope.enter(people.office(name)), connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0] if cursor.description else cursor.rowcount
