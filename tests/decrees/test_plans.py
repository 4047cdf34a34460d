"""Bulk statements read each person only a few times, even with wrong planner statistics.

Right after many rows were added the statistics still say that there are none, and behind row
security the planner expects few of a join. A statement that then compared everybody with everybody
took 40 s for the decree of 744 people.
"""

from datetime import date

import pytest
from django.db import connection
from django.urls import reverse

from enrollment.coverage.models import Cover
from enrollment.decrees import actions, preparing
from enrollment.decrees.revoking import actions as revoking
from enrollment.decrees.revoking import working
from enrollment.proposals import actions as proposals
from enrollment.proposals import bulk
from enrollment.proposals.pick import candidates_for
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts, signing
from tests.plans import rows_looked_at
from tests.proposals import making
from villages import scope

pytestmark = pytest.mark.django_db

PEOPLE = 400
A_PERSON = 40
"""Rows that a statement may look at for each person: joins, index look-ups and sorts."""


@pytest.fixture(params=[0, 1, 50], ids="{} people known to the planner".format)
def listed(request, monkeypatch):
    """A list that is drawn up while the statistics are still the old ones."""
    if request.param:
        making.crowd(making.programme(name="Tahun lalu"), request.param, "draft", first=1000)
    making.analyze()
    monkeypatch.setattr(making, "analyze", lambda: None)
    monkeypatch.setattr("enrollment.jobs.planning.refresh", lambda written, *tables: None)
    return making.crowd(making.programme(people_paid=PEOPLE), PEOPLE, "draft")


def looks_few_times(action, *args, **values):
    """Call `action` and return its result; no statement may read each person many times."""
    with rows_looked_at() as seen:
        answer = action(*args, **values)
    most, statement = max(seen)
    assert PEOPLE <= most < A_PERSON * PEOPLE, f"{most:,} rows looked at by\n{statement}"
    return answer


def test_the_next_list_of_a_programme_that_pays_for_many_already():
    """Who waits is compared with the months that are paid: not each with everybody."""
    subsidy = making.programme(people_paid=2 * PEOPLE)
    making.crowd(subsidy, PEOPLE, "approved")
    drafts.issue(drafts.draft(subsidy))
    making.crowd(subsidy, PEOPLE, "approved", area=people.BOGORAN, first=2 * PEOPLE)
    decree = drafts.draft(subsidy, number="2/2026")
    with scope.enter(people.office("rini")):
        readiness = looks_few_times(preparing.readiness_of, decree)
    assert (decree.people, readiness.new, readiness.paid) == (PEOPLE, 0, 0)


def test_from_choosing_people_to_the_seal(listed):
    kartika = people.office("kartika")
    with scope.enter(kartika):
        looks_few_times(list, candidates_for(listed, kartika))
        looks_few_times(proposals.submit, listed, by=kartika)
    for name, verb in (("vera", "verify"), ("amir", "approve")):
        job = making.begin(people.office(name), verb, making.fresh(listed.programme))
        looks_few_times(bulk.proceed, job.pk)
    assert making.states(listed) == {"approved": PEOPLE}
    decree = looks_few_times(drafts.draft, listed.programme)
    with scope.enter(people.office("rini")):
        readiness = looks_few_times(preparing.readiness_of, decree)
    assert (readiness.stale, readiness.new, readiness.paid) == (0, 0, 0)
    issued = looks_few_times(drafts.issue, decree)
    assert issued.state == issued.State.ISSUED


@pytest.fixture
def amendable():
    """An issued decree about PEOPLE, whose months are paid; as many more are approved since, and a
    quarter of the first were corrected."""
    subsidy = making.programme(people_paid=2 * PEOPLE, year=2027, first_month=date(2027, 1, 1))
    making.crowd(subsidy, PEOPLE, "approved")
    base = drafts.issue(drafts.draft(subsidy, date=date(2026, 3, 17)))
    with scope.whole_country("tests"):
        assert Cover.objects.count() == PEOPLE
        making.crowd(subsidy, PEOPLE, "approved", area=people.BOGORAN, first=3000)
        chosen = list(Worker.objects.order_by("pk").values_list("pk", flat=True)[: PEOPLE // 4])
        Worker.objects.filter(pk__in=chosen).update(rt="009")
    return base


def test_an_amendment_of_what_is_paid_already_and_revoking(amendable, as_person):
    rini = people.office("rini")
    with scope.enter(rini):
        amendment = looks_few_times(
            actions.draft_amendment, by=rini, base=amendable, number="2", date=amendable.date,
            title="Perubahan", legal_basis="Keputusan",
        )  # fmt: skip
        assert (amendment.people, amendment.changes.count()) == (PEOPLE, PEOPLE // 4)
        readiness = looks_few_times(preparing.readiness_of, amendment)
        assert (readiness.stale, readiness.new, readiness.paid) == (0, 0, 0)
    looks_few_times(drafts.issue, amendment)
    address = reverse("list_in_force", args=[amendable.pk])
    page = looks_few_times(as_person("rini").get, address)
    assert (page.context["people"], page.context["page"].paginator.count) == (2 * PEOPLE,) * 2
    with scope.enter(rini):
        job = revoking.revoke(
            signing.fresh(amendable), by=rini, number="3", day=amendable.date, reason="Keliru",
            file=signing.pdf(),
        )  # fmt: skip
    looks_few_times(working.advance, job.pk)
    assert signing.fresh(amendable).is_revoked


@pytest.mark.parametrize("table", ["decreechange", "decreeentry"])
def test_no_trigger_of_a_list_runs_for_each_row(table):
    """What a trigger asks for one row it plans once, for the table as it was when that was empty:
    each row then reads all rows before it, and 28,000 changes took three minutes."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname, tgtype & 1 FROM pg_trigger"
            " WHERE tgrelid = %s::regclass AND NOT tgisinternal",
            [f"enrollment_{table}"],
        )
        found = dict(cursor.fetchall())
    assert found
    assert {name for name, each_row in found.items() if each_row} == set()
