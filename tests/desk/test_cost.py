"""What one decision asks the database, as a portal runs it: in transactions of its own."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollment.proposals.models import Entry
from tests import people
from tests.bands.asking import bands
from tests.desk.asking import form_of, programme_desk
from tests.proposals import making
from tests.proposals.asking import text
from villages import scope

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 40
"""Statements of a decision and of showing who is next, transactions and session included."""
HTMX = {"HX-Request": "true"}


@pytest.fixture
def asking():
    """A programme that asks for much; ten of a family wait, others are on last year's list."""
    family = {"kk": "3503070101200009", "name": "ANI"}
    last_year = making.programme(name="Tahun lalu", year=2025, first_month=date(2025, 1, 1))
    making.submitted(last_year, 3, first=50, **family)
    subsidy = making.programme(family_limit=14, village_quota=40)
    proposal = making.submitted(subsidy, 10, **family)
    making.submitted(subsidy, 3, by="bagus", first=200, area=people.BOGORAN)
    return subsidy, proposal


def statements(client, subsidy, act, **given):
    """Of one decision about the first who waits; it must have led on to somebody else."""
    address = programme_desk(subsidy)
    page = text(client.get(address))
    values = form_of(page, act) | {"act": act, **given}
    client.post(address, values, headers=HTMX)  # what a process reads once has been read
    page = text(client.get(address))
    values = form_of(page, act) | {"act": act, **given}
    with CaptureQueriesContext(connection) as asked:
        answer = text(client.post(address, values, headers=HTMX))
    assert form_of(answer, act)["orang"] != values["orang"]
    return [query["sql"] for query in asked.captured_queries]


def test_a_decision_asks_little(asking, as_person):
    subsidy, proposal = asking
    vera = as_person("vera")
    counted = {
        "verify": statements(vera, subsidy, "verify"),
        "return": statements(vera, subsidy, "return", reason="Data belum lengkap"),
    }
    making.act("vera", "verify", proposal)
    counted["approve"] = statements(as_person("amir"), subsidy, "approve")
    bands((0, 2))
    counted["sign first"] = statements(as_person("amir"), subsidy, "approve")
    counted["sign last"] = statements(as_person("ani"), subsidy, "approve")
    found = {act: len(asked) for act, asked in counted.items()}
    assert max(found.values()) <= MOST, found
    with scope.whole_country("tests"):
        assert Entry.objects.filter(programme=subsidy, state="approved").count() == 4
