"""The page of a village's own list reads each person a few times, whatever the planner expects.

Behind row security the planner expects one person where a village has hundreds. A statement that
then went through the village for each of them took 2.8 s for a list of 718 people.
"""

import pytest

from tests.plans import rows_looked_at
from tests.proposals import asking, making

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
