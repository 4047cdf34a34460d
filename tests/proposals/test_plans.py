"""Pages of lists read each person a few times, whatever the planner expects.

Behind row security the planner expects one person where a village has hundreds. A statement that
then went through the village for each of them took 2.8 s for a list of 718 people.
"""

import json

import pytest

from enrollment.proposals.lists import EntryFilter
from enrollment.proposals.models import Entry
from tests import people
from tests.plans import rows_looked_at
from tests.proposals import asking, making
from villages import scope

pytestmark = pytest.mark.django_db

PEOPLE = 200
A_PERSON = 40
"""Rows that a statement may look at for each person: joins, index look-ups and sorts."""


def test_a_list_that_is_not_handed_in_yet(as_person):
    listed = making.crowd(making.programme(people_paid=PEOPLE), PEOPLE, "draft")
    kartika, page = as_person("kartika"), asking.of(listed)
    with rows_looked_at() as seen:  # the sort by name apart: it is about a page of people
        answer = kartika.get(page)
    assert f"{PEOPLE} orang" in answer.text
    most, statement = max(one for one in seen if "sorted_by" not in one[1])
    assert PEOPLE <= most < A_PERSON * PEOPLE, f"{most:,} rows looked at by\n{statement}"


@pytest.mark.parametrize(("name", "found"), [("zzyzx", 0), ("orang 00007", 1)])
def test_a_name_in_a_whole_programme_is_not_looked_up_person_by_person(name, found):
    """That took 4 s of 309,000 people. In one list it is how the few are found."""
    subsidy = making.programme(people_paid=PEOPLE)
    making.crowd(subsidy, PEOPLE, "submitted")
    vera = people.office("vera")

    def asked(**options):
        rows = Entry.objects.visible_to(vera).filter(programme=subsidy)
        data = {"status": "semua", "q": name}
        return EntryFilter(data, queryset=rows, office=vera, **options).qs.order_by()

    with scope.enter(vera):
        assert asked(whole=True).count() == asked().count() == found
        assert times_asked_for_people(asked()) >= PEOPLE
        assert times_asked_for_people(asked(whole=True)) == 0


def times_asked_for_people(rows):
    """How often the plan of a query goes to the table of people."""
    (plan,) = json.loads(rows.explain(format="json", analyze=True))
    return max(loops_over_people(plan["Plan"]), default=0)


def loops_over_people(node):
    if node.get("Relation Name") == "enrollment_worker":
        yield node["Actual Loops"]
    for part in node.get("Plans", []):
        yield from loops_over_people(part)
