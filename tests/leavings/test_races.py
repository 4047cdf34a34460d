"""Many people at one moment: real threads, real connections, committed rows."""

import threading
from contextlib import contextmanager

import pytest
from django.db import IntegrityError

from enrollment.leavings import actions
from enrollment.leavings.models import Leaving
from enrollment.programmes import quotas
from enrollment.programmes.models import Quota
from enrollment.proposals import decisions, replacing, steps
from enrollment.proposals.models import Entry, Proposal, Step
from tests import databases, people
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


def places_left_by(count, waiting):
    """So many people of a full village have left, and so many others wait there."""
    proposal = stories.decreed(count, village_quota=count, people_paid=count)
    making.submitted(proposal.programme, waiting, first=40)
    for entry in making.entries(proposal)[:count]:
        stories.left(entry)
    return proposal


def taking(proposal):
    """The village takes whoever is next for the places that are free."""
    kartika = people.office("kartika")

    def take():
        with scope.enter(kartika):
            seen = Proposal.objects.select_related("programme").get(pk=proposal.pk)
            return replacing.take(seen, by=kartika)

    return take


def admitting(proposal, row):
    """The Dinas takes one person, whoever waits before them."""
    vera = people.office("vera")

    def admit():
        with scope.enter(vera):
            chosen = Entry.objects.filter(pk=row.pk)
            return decisions.decide(
                "admit", proposal.programme, chosen, by=vera, out_of_turn=True
            ).done

    return admit


def waiting_rows(proposal):
    return [row for row in making.entries(proposal) if row.state == "waiting"]


def test_50_replacements_at_once_fill_five_places():
    """The village takes who is next 25 times, while the Dinas takes 25 people one by one."""
    proposal = places_left_by(5, waiting=25)
    calls = [admitting(proposal, row) for row in waiting_rows(proposal)]
    answers = at_once([*calls, *[taking(proposal)] * 25])
    assert sum(answer for answer in answers if isinstance(answer, int)) == 5
    assert making.states(proposal) == {"left": 5, "submitted": 5, "waiting": 20}
    assert stories.used(proposal.programme) == 5


@contextmanager
def without_the_constraint_of_places(name):
    """Drop it, so that the control can really fill a place twice."""
    rule, table = "quota_not_exceeded", "enrollment_quota"
    with databases.owner(name) as owner, owner.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conname = '{rule}'"
        )
        ((condition,),) = cursor.fetchall()
        cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {rule}")
        try:
            yield
        finally:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {rule} {condition} NOT VALID")


def test_without_the_lock_on_the_quota_25_replacements_take_five_places(monkeypatch, database_name):
    """The control: all look at the free places before any has taken one."""
    proposal = places_left_by(5, waiting=25)
    looked = threading.Barrier(25)

    def look(programme, areas=None):
        rows = {
            row.area_id: row for row in Quota.objects.filter(programme=programme, area__in=areas)
        }
        looked.wait(timeout=30)
        return rows

    monkeypatch.setattr(quotas, "lock", look)
    with without_the_constraint_of_places(database_name):
        at_once([admitting(proposal, row) for row in waiting_rows(proposal)])
        used = stories.used(proposal.programme)
        with scope.whole_country("tests"):  # leave no row that breaks the rule behind
            Quota.objects.filter(programme=proposal.programme).update(used=0)
    assert used == 25
    assert making.states(proposal) == {"left": 5, "submitted": 25}


def test_without_the_lock_on_the_row_one_replacement_takes_two_places(monkeypatch):
    """The other control: both clicks find the same person still waiting, so a place is lost."""
    proposal = places_left_by(2, waiting=1)
    looked = threading.Barrier(2)

    def look(entries, verb, *, by):
        found = list(steps.within_reach(entries, verb, by=by).order_by("pk").only(*steps.NEEDED))
        looked.wait(timeout=30)
        return found

    monkeypatch.setattr(steps, "hold", look)
    at_once([taking(proposal)] * 2)
    assert making.states(proposal) == {"left": 2, "submitted": 1}
    assert stories.used(proposal.programme) == 2


def test_two_clicks_for_one_replacement_take_one_place():
    proposal = places_left_by(2, waiting=1)
    at_once([taking(proposal)] * 2)
    assert making.states(proposal) == {"left": 2, "submitted": 1}
    assert stories.used(proposal.programme) == 1
