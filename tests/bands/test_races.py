"""Several approvers sign at one moment: real threads, real connections, committed rows."""

import threading

import pytest
from django.db.models import F

from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import bulk, decisions, signing, steps
from enrollment.proposals.models import Entry
from tests import people
from tests.bands.asking import signers, verified
from tests.proposals import making
from tests.proposals.making import YEAR
from tests.proposals.test_races import at_once, enough_connections  # noqa: F401
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db(transaction=True)


def approving(name, proposal, pk):
    office = people.office(name)

    def approve():
        with scope.enter(office):
            subsidy = PremiumSubsidy.objects.get(pk=proposal.programme_id)
            return decisions.decide("approve", subsidy, Entry.objects.filter(pk=pk), by=office)

    return approve


def both_at_once(proposal):
    """Amir and Ani sign for the same person."""
    (row,) = making.entries(proposal)
    return at_once([approving(name, proposal, row.pk) for name in ("amir", "ani")])


def test_two_approvers_at_once_are_a_first_and_a_last_signature():
    proposal = verified(1)
    answers = both_at_once(proposal)
    assert sorted(answer.partly for answer in answers) == [0, 1]
    assert making.states(proposal) == {"approved": 1}
    assert making.fresh(proposal.programme).committed == YEAR


def test_without_the_lock_both_take_theirs_for_the_first(monkeypatch):
    """The control: both count before either signs, and nobody finishes."""
    proposal, looked = verified(1), threading.Barrier(2)
    count = signing.parts

    def unlocked(entries, verb, *, by):
        return list(steps.within_reach(entries, verb, by=by).order_by("pk").only(*steps.NEEDED))

    def count_together(*args):
        found = count(*args)
        looked.wait(timeout=30)
        return found

    monkeypatch.setattr(steps, "hold", unlocked)
    monkeypatch.setattr(signing, "parts", count_together)
    answers = both_at_once(proposal)
    assert [answer.partly for answer in answers] == [1, 1]
    assert making.states(proposal) == {"cosigned": 1}
    assert sorted(signers(proposal)[0]) == ["amir", "ani"]


def test_last_signatures_under_a_nearly_used_ceiling_approve_as_many_as_it_pays():
    proposal = verified(20, people_paid=6)
    making.act("amir", "approve", proposal)
    rows = making.entries(proposal)
    names = ["ani", "anto"]
    answers = at_once(
        [approving(names[place % 2], proposal, row.pk) for place, row in enumerate(rows)]
    )
    refused = [answer for answer in answers if isinstance(answer, Refusal)]
    subsidy = making.fresh(proposal.programme)
    assert making.states(proposal) == {"approved": 6, "cosigned": 14}
    assert len(refused) == 14 and subsidy.committed == subsidy.ceiling == 6 * YEAR


def test_a_job_and_single_last_signatures_share_one_budget(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 4)
    proposal = verified(20, people_paid=12)
    making.act("amir", "approve", proposal)
    rows = making.entries(proposal)
    job = making.begin(people.office("ani"), "approve", proposal.programme)
    at_once([
        lambda: bulk.proceed(job.pk),
        *(approving("anto", proposal, row.pk) for row in rows[:10]),
    ])  # fmt: skip
    job, subsidy = making.fresh(job), making.fresh(proposal.programme)
    approved = making.states(proposal).get("approved", 0)
    assert job.state in ("done", "refused") and job.funded == 0
    assert subsidy.committed == approved * YEAR <= subsidy.ceiling
    with scope.whole_country("tests"):
        assert not Entry.objects.exclude(cost=0).exclude(state="approved").exists()
        assert not Entry.objects.filter(state="approved", approved_by=F("verified_by")).exists()
