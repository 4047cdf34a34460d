"""A leaving is meant for one approval: it ends with it, and says who ended it."""

import pytest

from enrollment.leavings import actions
from enrollment.leavings.models import LeavingStep
from tests.duplicates.test_whole_person import claimed, decide, undo
from tests.leavings import stories
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_may(monkeypatch):
    stories.today_is(monkeypatch, stories.MAY)


@pytest.fixture
def proposal():
    return making.approved(making.programme(), 2)


def last_step(leaving):
    with scope.whole_country("tests"):
        return LeavingStep.objects.filter(leaving=leaving).last()


@pytest.mark.parametrize("how", [stories.prepared, stories.filed])
def test_taking_the_approval_back_takes_it_back(proposal, how):
    entry, other = making.entries(proposal)
    leaving, kept = how(entry), how(other)
    making.act("amir", "unapprove", proposal, pks=[entry.pk])
    assert (making.fresh(leaving).state, making.fresh(kept).state) == ("withdrawn", kept.state)
    step = last_step(leaving)
    assert (step.to_state, step.name, step.role) == ("withdrawn", "Amir", "penyetuju")
    assert "Persetujuannya berakhir" in step.reason


def test_it_does_not_take_effect_after_another_approval(proposal):
    entry = making.entries(proposal)[0]
    leaving = stories.filed(entry)
    making.act("amir", "unapprove", proposal)
    making.act("amir", "approve", proposal)
    with pytest.raises(Refusal, match="sudah diputuskan atau ditarik"):
        stories.do("amir", actions.approve, leaving)
    assert making.fresh(entry).state == "approved"
    stories.left(entry)  # and it can be filed anew


def test_nor_after_a_duplicate_was_decided_and_undone(proposal):
    entry = making.entries(proposal)[0]
    leaving, case = stories.filed(entry), claimed(entry.worker)
    decide(case)
    assert (making.fresh(leaving).state, last_step(leaving).name) == ("withdrawn", "Vera")
    undo(making.fresh(case))
    making.act("vera", "verify", proposal)
    making.act("amir", "approve", proposal)
    with pytest.raises(Refusal, match="sudah diputuskan atau ditarik"):
        stories.do("amir", actions.approve, leaving)


def test_an_approved_one_stays(proposal):
    leaving = stories.left(making.entries(proposal)[0])
    assert (leaving.state, last_step(leaving).to_state) == ("approved", "approved")
