"""Two presses at one moment make one paper: real threads, real connections, committed rows."""

import threading

import pytest

from enrollment.proposals.papers import actions
from tests import people
from tests.proposals import making
from tests.proposals.papers import signing
from tests.proposals.test_races import at_once, enough_connections  # noqa: F401 a fixture
from villages.refusals import Refusal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PRESSES = 6


def press(proposal, *, times=PRESSES):
    people.office("kartika")  # known already: threads only read it
    return at_once([lambda: signing.make(proposal)] * times)


def test_six_presses_make_one_paper():
    proposal = making.draft(making.programme(), 5)
    answers = press(proposal)
    assert len({paper.pk for paper, _ in answers}) == 1
    assert sum(new for _, new in answers) == 1


def test_without_the_lock_a_press_is_refused_by_the_number(monkeypatch):
    """The control: both look for papers before either has made any. Only the constraint then stops
    one of them."""
    looked, latest = threading.Barrier(2), actions.latest

    def look(proposal):
        found = latest(proposal)
        looked.wait(timeout=30)
        return found

    monkeypatch.setattr(actions, "latest", look)
    monkeypatch.setattr(
        actions.Proposal.objects, "select_for_update", lambda **_: actions.Proposal.objects.all()
    )
    proposal = making.draft(making.programme(), 5)
    answers = press(proposal, times=2)
    (refused,) = [answer for answer in answers if isinstance(answer, Refusal)]
    assert "baru saja dibuat" in str(refused)


def test_a_list_is_handed_in_once_by_two_presses():
    subsidy = making.programme()
    signing.ask(subsidy)
    proposal = making.draft(subsidy, 5)
    paper, _ = signing.make(proposal)
    signing.scan(paper)
    answers = at_once([lambda: signing.hand_in(proposal)] * PRESSES)
    assert sum(not isinstance(answer, Refusal) for answer in answers) == 1
    assert signing.handovers(proposal) == [(paper.pk, 1)]
