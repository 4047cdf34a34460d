"""Thousands of people need as few queries as three. `bench/approvals/run` uses 5,000."""

import os
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollment.proposals import actions, candidates, decisions
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from villages import scope

pytestmark = pytest.mark.django_db

PEOPLE = int(os.environ.get("BULK_PEOPLE", "300"))


def enter(count, first):
    """Create `count` people of Senden with complete data, in one statement."""
    pattern = people.worker(first)
    alike = {
        field.attname: getattr(pattern, field.attname)
        for field in Worker._meta.concrete_fields
        if field.attname not in ("id", "public_id", "nik", "name")
    }
    with scope.whole_country("tests"):
        Worker.objects.bulk_create(
            Worker(**alike, nik=people.nik(first + n), name=f"Orang {first + n:05d}")
            for n in range(1, count)
        )


def journey(count, first):
    """Step → number of queries, for a list of `count` people from picking to sending back."""
    subsidy = making.programme(people_paid=count, name=f"Program {count}")
    enter(count, first)
    kartika, vera, amir = map(people.office, ("kartika", "vera", "amir"))
    counted = {}

    def step(name, call):
        with CaptureQueriesContext(connection) as queries:
            began = time.perf_counter()
            answer = call()
        seconds = time.perf_counter() - began
        if "BULK_PEOPLE" in os.environ:
            print(f"{name:8} {seconds:6.2f} s {len(queries):3} queries  {answer}")
        counted[name] = len(queries)

    with scope.enter(kartika):
        proposal = actions.start(subsidy, by=kartika)
        own = Worker.objects.visible_to(kartika).filter(nik__gte=people.nik(first))
        able = candidates.eligible(subsidy, own)
        step("pick", lambda: actions.pick(proposal, Worker.objects.filter(pk__in=able), by=kartika))
        step("submit", lambda: actions.submit(proposal, by=kartika))
    rows = proposal.entries.all()
    with scope.enter(vera):
        step("verify", lambda: decisions.decide("verify", subsidy, rows, by=vera))
    with scope.enter(amir):
        step("approve", lambda: decisions.decide("approve", subsidy, rows, by=amir))
        why = "Diulang dari awal"
        step("return", lambda: decisions.decide("return", subsidy, rows, by=amir, reason=why))
    assert making.states(proposal) == {"returned": count}
    return counted


def test_a_list_takes_as_many_queries_as_three_people(monkeypatch):
    monkeypatch.setattr(candidates, "CHUNK", max(PEOPLE, candidates.CHUNK))
    few = journey(3, first=0)
    many = journey(PEOPLE, first=10)
    assert many == few
    assert max(few.values()) <= 25
