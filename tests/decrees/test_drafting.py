"""A long list is copied into a draft by a job, with the same people as at once."""

import pytest

from enrollment.decrees import actions, drafting
from enrollment.jobs import actions as jobs
from tests import people
from tests.decrees import drafts, signing
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def subsidy():
    made = drafts.programme()
    drafts.approve(made, *(people.worker(number) for number in range(5)))
    drafts.approve(made, people.worker(7, name="TUA", birth_date="1930-01-01"))
    return made


@pytest.fixture
def long(monkeypatch):
    """Lists of more than three people are long, and two are examined in a turn."""
    monkeypatch.setattr(actions, "SMALL", 3)
    monkeypatch.setattr(drafting, "PEOPLE_A_TURN", 2)


def rows(decree):
    with scope.whole_country("tests"):
        return list(decree.entries.order_by("position").values_list("position", "nik", "cost"))


def of(decree):
    with scope.whole_country("tests"):
        return decree.draftings.first()


def act(action, *arguments):
    rini = people.office("rini")
    with scope.enter(rini):
        return action(*arguments, by=rini)


def test_it_copies_whom_the_request_would_have_copied(subsidy, monkeypatch):
    at_once = drafts.draft(subsidy)
    expected, left_out = rows(at_once), signing.fresh(at_once).left_out
    assert len(expected) == 5 and left_out, "somebody is too old"
    act(actions.discard, at_once)
    monkeypatch.setattr(actions, "SMALL", 3)
    monkeypatch.setattr(drafting, "PEOPLE_A_TURN", 2)
    draft = drafts.draft(subsidy)
    assert rows(draft) == []
    drafting.advance(of(draft).pk)
    made = signing.fresh(draft)
    assert (rows(draft), made.left_out, made.people) == (expected, left_out, 5)
    assert (of(draft).state, of(draft).cursor) == ("done", 6)


def test_a_worker_that_takes_over_goes_on_where_it_stands(subsidy, long, monkeypatch):
    draft = drafts.draft(subsidy)
    examine, seen = drafting._examine, []

    def then_it_dies(job, size):
        examine(job, size)
        seen.append(job.cursor)
        if len(seen) == 2:
            raise SystemExit

    monkeypatch.setattr(drafting, "_examine", then_it_dies)
    with pytest.raises(SystemExit):
        drafting.advance(of(draft).pk)
    assert of(draft).cursor == 2
    drafting.advance(of(draft).pk)
    assert len(rows(draft)) == 5 and seen == [2, 4, 4, 6, 6]


def test_meanwhile_the_draft_waits_and_can_be_stopped(subsidy, long):
    draft = drafts.draft(subsidy)
    for action in (actions.refresh, actions.discard, actions.issue):
        with pytest.raises(Refusal, match="sedang disusun"):
            act(action, draft)
    act(actions.stop, of(draft))
    drafting.advance(of(draft).pk)
    assert rows(draft) == [] and of(draft).state == "refused"
    act(actions.discard, draft)


def test_refreshing_keeps_the_old_list_until_it_is_done(subsidy, monkeypatch):
    draft = drafts.draft(subsidy)
    before = rows(draft)
    monkeypatch.setattr(actions, "SMALL", 3)
    drafts.approve(subsidy, people.worker(8))
    assert act(actions.refresh, draft) is None
    assert rows(draft) == before
    jobs.resume()
    drafting.advance(of(draft).pk)
    assert len(rows(draft)) == 6
