"""A village that has not looked at its recipients again in time stops them at every step: when they
are handed in, passed on, verified, approved, drafted, frozen, and issued."""

from datetime import date

import pytest

from enrollment.decrees import actions as decrees
from enrollment.decrees import freezing
from enrollment.decrees.models import DecreeFreezing
from enrollment.proposals import actions as proposals
from enrollment.proposals import bulk
from enrollment.routes import actions as routes
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts, signing
from tests.proposals import making
from tests.renewals import making as renewals
from tests.reverification.asking import ask, member, recorded
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
CODE = "reverification.missing"
IN_TIME = date(2026, 10, 1)


@pytest.fixture
def wave():
    """Of 2027. Lists of desa go by the DPMD, and Senden has looked once, in October 2026."""
    made = renewals.next_year(legal_basis="1 Tahun 2024")
    rini = people.office("rini")
    with scope.enter(rini):
        routes.set_ways(made, desa="dpmd", kelurahan="kecamatan", by=rini)
    recorded(made, IN_TIME)
    return made


@pytest.fixture
def proposal(wave):
    """Somebody who stays a member, and somebody new whom nobody asks about."""
    chosen = [member(1).pk, people.worker(2).pk]
    kartika = people.office("kartika")
    with scope.enter(kartika):
        made = proposals.start(wave, by=kartika)
        proposals.pick(made, Worker.objects.filter(pk__in=chosen), by=kartika)
    return made


def hand_in(proposal):
    kartika = people.office("kartika")
    with scope.enter(kartika):
        return proposals.submit(proposal, by=kartika)


def lapse(wave):
    """The regency asks for more: what was in time no longer is."""
    ask(wave, 1)


STEPS = [("dewi", "pass"), ("vera", "verify"), ("amir", "approve")]


def go(proposal, until):
    """Everybody through the steps before `until`."""
    ask(proposal.programme, 3)
    hand_in(proposal)
    for name, verb in STEPS:
        if verb == until:
            return
        assert making.act(name, verb, proposal).done == 2


def test_handing_in_leaves_them_behind(wave, proposal):
    ask(wave, 1)
    done = hand_in(proposal)
    assert (done.submitted, done.left) == (1, 1)
    ask(wave, 3)
    assert hand_in(proposal).submitted == 1


@pytest.mark.parametrize(("name", "verb"), STEPS)
def test_a_decision_stops_that_row_alone_and_goes_on_once_the_village_has_looked(
    wave, proposal, name, verb
):
    go(proposal, verb)
    lapse(wave)
    staying, _ = making.entries(proposal)
    decided = making.act(name, verb, proposal)
    assert (decided.done, decided.left_out) == (1, (staying.pk,))
    recorded(wave, date(2026, 12, 1))
    assert making.act(name, verb, proposal).done == 1


def test_a_job_about_everybody_says_why(wave, proposal):
    go(proposal, "verify")
    lapse(wave)
    job = making.begin(people.office("vera"), "verify", wave)
    bulk.proceed(job.pk)
    job = making.fresh(job)
    with scope.enter(people.office("vera")):
        told = bulk.reasons(job)
    assert (job.decided, job.left) == (1, 1)
    assert [(code, number) for code, _, number in told] == [(CODE, 1)]


def test_a_draft_leaves_them_out_with_the_reason(wave, proposal):
    go(proposal, "")
    lapse(wave)
    staying, _ = making.entries(proposal)
    draft = drafts.draft(making.fresh(wave))
    assert (draft.people, draft.left_out) == (1, {str(staying.pk): [CODE]})


@pytest.mark.parametrize("step", ["freeze", "issue"])
def test_between_draft_and_decree_it_is_asked_again(wave, proposal, step):
    go(proposal, "")
    draft = signing.unnumbered(making.fresh(wave)) if step == "freeze" else drafts.draft(wave)
    assert draft.people == 2
    lapse(wave)
    if step == "freeze":
        job = signing.begin_to_freeze(draft)
        freezing.advance(job.pk)
        job = making.fresh(job)
        assert job.state == DecreeFreezing.State.REFUSED
        message = job.message
    else:
        with pytest.raises(Refusal) as refused:
            drafts.issue(draft)
        message = str(refused.value)
    assert "1 orang tidak memenuhi syarat lagi" in message
    assert signing.fresh(draft).is_draft
    ask(wave, 3)
    assert drafts.issue(numbered(draft)).people == 2


def numbered(draft):
    rini = people.office("rini")
    with scope.enter(rini):
        return decrees.change(signing.fresh(draft), by=rini, **drafts.WORDS)
