"""Two presses at one moment make one paper: real threads, real connections, committed rows."""

import pytest

from enrollment.proposals.papers import actions
from tests import people
from tests.proposals import making
from tests.proposals.papers import signing
from tests.proposals.test_races import at_once, enough_connections  # noqa: F401 a fixture
from villages.refusals import Refusal

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PRESSES = 6


def press(proposal):
    people.office("kartika")  # known already: threads only read it
    return at_once([lambda: signing.make(proposal)] * PRESSES)


def test_six_presses_make_one_paper():
    proposal = making.draft(making.programme(), 5)
    answers = press(proposal)
    assert len({paper.pk for paper, _ in answers}) == 1
    assert sum(new for _, new in answers) == 1


def test_without_the_lock_a_press_is_refused_by_the_number(monkeypatch):
    """The control: the same presses without waiting for each other collide."""
    monkeypatch.setattr(
        actions.Proposal.objects, "select_for_update", lambda **_: actions.Proposal.objects.all()
    )
    proposal = making.draft(making.programme(), 5)
    answers = press(proposal)
    assert any(isinstance(answer, Refusal) for answer in answers)


def test_a_list_is_handed_in_once_by_two_presses():
    subsidy = making.programme()
    signing.ask(subsidy)
    proposal = making.draft(subsidy, 5)
    paper, _ = signing.make(proposal)
    signing.scan(paper)
    answers = at_once([lambda: signing.hand_in(proposal)] * PRESSES)
    assert sum(not isinstance(answer, Refusal) for answer in answers) == 1
    assert signing.handovers(proposal) == [(paper.pk, 1)]
