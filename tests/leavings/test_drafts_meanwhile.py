"""A draft that comes while somebody leaves: never is a person named, paid for and gone."""

import threading
from datetime import date

import pytest
from django.db import IntegrityError, connections, transaction

from enrollment.coverage.models import Cover
from enrollment.decrees import issuing, selection
from enrollment.decrees.models import Decree
from enrollment.leavings import actions
from enrollment.leavings.models import Leaving
from enrollment.proposals.models import Entry
from tests import people
from tests.decrees import drafts
from tests.leavings import stories
from tests.proposals import making
from tests.proposals.test_races import enough_connections  # noqa: F401 a fixture
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)
YEAR_2026 = (date(2026, 1, 1), date(2027, 1, 1))


@pytest.fixture(autouse=True)
def in_may(monkeypatch):
    stories.today_is(monkeypatch, stories.MAY)


@pytest.fixture
def leaving():
    proposal = making.approved(making.programme(legal_basis="1"), 3)
    filed = stories.filed(making.entries(proposal)[0])
    with scope.whole_country("tests"):
        return Leaving.objects.select_related("entry__programme").get(pk=filed.pk)


def aside(call):
    """Start a call in a thread and a connection of its own; returns the thread."""

    def run():
        try:
            call()
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def before_the_row_is_held(monkeypatch, call):
    """Let a call run, for three seconds at most, between the drafts and the lock on the row."""
    real, threads = actions._held_entry, []

    def late(entry):
        threads.append(aside(call))
        threads[0].join(3)
        return real(entry)

    monkeypatch.setattr(actions, "_held_entry", late)
    return threads


def test_a_draft_in_between_lets_them_stay_until_the_next_click(monkeypatch, leaving):
    subsidy = leaving.entry.programme
    with monkeypatch.context() as between:
        before_the_row_is_held(between, lambda: drafts.draft(making.fresh(subsidy)))
        with pytest.raises(Refusal, match="baru saja masuk rancangan"):
            stories.do("amir", actions.approve, leaving)
    assert making.fresh(leaving.entry).state == "approved"
    stories.do("amir", actions.approve, leaving)
    with scope.whole_country("tests"):
        assert Decree.objects.get().people == 2


def test_a_decree_that_is_issued_in_between_pays_for_somebody_who_stays(monkeypatch, leaving):
    subsidy = leaving.entry.programme
    threads = before_the_row_is_held(
        monkeypatch, lambda: drafts.issue(drafts.draft(making.fresh(subsidy)))
    )
    with pytest.raises(Refusal, match="baru saja masuk rancangan"):
        stories.do("amir", actions.approve, leaving)
    threads[0].join(60)
    assert making.fresh(leaving.entry).state == "approved"
    assert stories.months_of(leaving.entry) == YEAR_2026
    with scope.whole_country("tests"):
        assert (Decree.objects.get().state, Cover.objects.count()) == ("issued", 3)


def test_without_the_second_look_the_database_keeps_them(monkeypatch, leaving):
    """The control: the draft is there, the leaving goes on, and the trigger stops it."""
    subsidy = leaving.entry.programme
    before_the_row_is_held(monkeypatch, lambda: drafts.draft(making.fresh(subsidy)))
    monkeypatch.setattr(actions, "decree_row_of", lambda entry: None)
    with pytest.raises(Refusal, match="baru saja masuk rancangan") as refused:
        stories.do("amir", actions.approve, leaving)
    assert isinstance(refused.value.__cause__, IntegrityError)


@pytest.mark.parametrize("begin", [False, True], ids=["draft", "being issued"])
def test_no_sql_lets_somebody_go_whom_a_draft_names(leaving, begin):
    draft = drafts.draft(making.fresh(leaving.entry.programme))
    if begin:
        drafts.begin(draft)
    amir = people.office("amir").user
    with (
        scope.whole_country("tests"),
        pytest.raises(IntegrityError, match="entry_in_decree_stays_approved"),
        transaction.atomic(),
    ):
        Leaving.objects.filter(pk=leaving.pk).update(state="approved", decided_by=amir)
        Entry.objects.filter(pk=leaving.entry_id).update(state="left")


def held_meanwhile(monkeypatch, leaving):
    """Whether issuing waits for who holds the row of a person."""
    job = drafts.begin(drafts.draft(making.fresh(leaving.entry.programme)))
    with scope.whole_country("tests"), transaction.atomic():
        Entry.objects.select_for_update(of=("self",), no_key=True).get(pk=leaving.entry_id)
        thread = aside(lambda: issuing.advance(job.pk))
        thread.join(2)
        waits = thread.is_alive()
    thread.join(60)
    return waits


@pytest.mark.every
def test_issuing_waits_for_who_holds_the_row(monkeypatch, leaving):
    assert held_meanwhile(monkeypatch, leaving)


def test_without_its_own_lock_issuing_goes_past(monkeypatch, leaving):
    """The control."""
    monkeypatch.setattr(selection, "hold_people", lambda entries: None)
    assert not held_meanwhile(monkeypatch, leaving)
