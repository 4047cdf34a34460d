"""Many people at one moment: real threads, real connections, committed rows."""

import threading

import pytest
from django.db import IntegrityError

from enrollment.leavings import actions
from enrollment.leavings.models import Leaving
from enrollment.proposals import replacing
from enrollment.proposals.models import Entry, Proposal, Step
from tests import people
from tests.leavings import stories
from tests.leavings.stories import MAY
from tests.proposals import making
from tests.proposals.making import YEAR
from tests.proposals.test_races import at_once, enough_connections  # noqa: F401 a fixture
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def in_may(monkeypatch):
    stories.today_is(monkeypatch, MAY)


def approving(leaving, name="amir"):
    return lambda: stories.do(name, actions.approve, leaving)


def steps_to_left():
    with scope.whole_country("tests"):
        return Step.objects.filter(to_state="left").count()


def test_50_clicks_let_one_person_leave_once():
    proposal = stories.decreed(3)
    leaving = stories.filed(making.entries(proposal)[0])
    answers = at_once([approving(leaving) for _ in range(50)])
    assert sum(not isinstance(answer, Refusal) for answer in answers) == 1
    assert steps_to_left() == 1
    assert stories.used(proposal.programme) == 2
    assert stories.committed(proposal.programme) == stories.cost_of_everybody(proposal.programme)


def test_without_the_lock_on_the_row_all_of_them_go_on(monkeypatch):
    """The control: all look before any has decided. Only the database then stops the others, and
    they get an error instead of a sentence."""
    proposal = stories.decreed(3)
    leaving = stories.filed(making.entries(proposal)[0])
    looked = threading.Barrier(4)

    def look(entry):
        found = Entry.objects.select_related("programme").get(pk=entry.pk)
        looked.wait(timeout=30)
        return found

    def seen(row, *states):
        return Leaving.objects.get(pk=row.pk)

    monkeypatch.setattr(actions, "_lock_person", lambda entry: None)
    # Striking holds the decree that names the person, and so lets one after the other look.
    monkeypatch.setattr(actions, "_strike_from_drafts", actions.decree_row_of)
    monkeypatch.setattr(actions, "_held_entry", look)
    monkeypatch.setattr(actions, "_held", seen)
    monkeypatch.delitem(actions.SENTENCES, "leaving_approved_stays")
    with pytest.raises(IntegrityError, match="leaving_approved_stays"):
        at_once([approving(leaving) for _ in range(4)])
    assert steps_to_left() == 1


def test_leaving_and_replacing_at_once_never_fill_a_place_twice():
    """Ten leave while the village clicks forty times for its waiting list: as many come as left."""
    proposal = stories.decreed(10, village_quota=10, people_paid=10)
    making.submitted(proposal.programme, 20, first=40)
    leavings = [stories.filed(entry) for entry in making.entries(proposal)[:10]]
    kartika = people.office("kartika")

    def replace():
        with scope.enter(kartika):
            seen = Proposal.objects.select_related("programme").get(pk=proposal.pk)
            return replacing.take(seen, by=kartika)

    calls = [*map(approving, leavings), *[replace] * 40]
    answers = at_once(calls)
    assert not any(isinstance(answer, Refusal) for answer in answers[:10])
    taken = sum(answer for answer in answers[10:] if isinstance(answer, int))
    found = making.states(proposal)
    assert found == {
        state: people
        for state, people in (("left", 10), ("submitted", taken), ("waiting", 20 - taken))
        if people
    }
    assert stories.used(proposal.programme) == taken <= 10
    assert stories.committed(proposal.programme) == stories.cost_of_everybody(proposal.programme)
    if taken < 10:
        assert replace() == 10 - taken
    assert making.states(proposal) == {"left": 10, "submitted": 10, "waiting": 10}


def test_leaving_and_approving_share_one_ceiling():
    """What comes free can be committed at the same moment, and no more than that."""
    proposal = stories.decreed(10, people_paid=10)
    more = making.verified(proposal.programme, 20, by="bagus", first=60, area=people.BOGORAN)
    leavings = [stories.filed(entry) for entry in making.entries(proposal)[:10]]

    def approve(pk):
        return lambda: making.act("amir", "approve", more, pks=[pk])

    at_once([*map(approving, leavings), *[approve(row.pk) for row in making.entries(more)]])
    programme = making.fresh(proposal.programme)
    assert programme.committed == stories.cost_of_everybody(programme) <= programme.ceiling
    assert programme.ceiling == 10 * YEAR
    assert steps_to_left() == 10
