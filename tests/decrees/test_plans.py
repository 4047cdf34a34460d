"""Bulk statements read each person only a few times, even with wrong planner statistics.

Right after many rows were added the statistics still say that there are none, and behind row
security the planner expects few of a join. A statement that then compared everybody with everybody
took 40 s for the decree of 744 people.
"""

import pytest

from enrollment.decrees import preparing
from enrollment.proposals import actions, bulk
from enrollment.proposals.pick import candidates_for
from tests import people
from tests.decrees import drafts
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
        looks_few_times(actions.submit, listed, by=kartika)
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
