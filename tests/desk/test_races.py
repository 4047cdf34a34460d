"""Two people decide about one person at the same moment: real threads, committed rows."""

import pytest

from enrollment.desk import actions
from enrollment.desk.actions import Changed, Seen
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry, EntryQuerySet, Step
from enrollment.proposals.verbs import VERBS
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from tests.proposals.test_races import at_once, enough_connections
from villages import scope
from villages.models import Regency

__all__ = ["enough_connections"]
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
PAIRS = 12


@pytest.fixture
def verified():
    return making.verified(making.programme(), PAIRS)


def both(proposal):
    """Two approvers look at the same verified people; for each of these one approves and the other
    one returns. `return` is allowed from both states, so nothing but the version stops it."""
    offices = {
        "approve": people.office("amir"),
        "return": people.hold("ani", people.Role.APPROVER, people.TRENGGALEK),
    }
    rows = making.entries(proposal)
    with scope.whole_country("tests"):
        persons = dict(Worker.objects.values_list("pk", "updated_at"))

    def call(row, name):
        office = offices[name]

        def decide():
            with scope.enter(office):
                return actions.decide(
                    VERBS[name], PremiumSubsidy.objects.get(pk=proposal.programme_id),
                    Entry.objects.get(pk=row.pk),
                    seen=Seen(row.changed_at, persons[row.worker_id]), by=office,
                    regency=Regency.objects.get(pk=people.TRENGGALEK), reason="Data keliru",
                )  # fmt: skip

        return decide

    return at_once([call(row, name) for row in rows for name in offices])


def decided(proposal):
    """Row → how many decisions were taken about it since it was verified."""
    with scope.whole_country("tests"):
        steps = Step.objects.filter(
            entry__proposal=proposal, from_state__in=("verified", "approved")
        )
        return [steps.filter(entry=row).count() for row in making.entries(proposal)]


def test_one_of_two_decides_and_the_other_is_told_by_whom(verified):
    answers = both(verified)
    late = [answer for answer in answers if isinstance(answer, Changed)]
    assert len(late) == PAIRS
    assert decided(verified) == [1] * PAIRS
    for answer in late:
        assert "oleh Amir, Penyetuju" in str(answer) or "oleh Ani, Penyetuju" in str(answer)
    states = making.states(verified)
    assert sum(states.values()) == PAIRS
    assert making.fresh(verified.programme).committed == states.get("approved", 0) * making.YEAR


def test_without_the_version_the_later_one_overwrites_the_earlier(verified, monkeypatch):
    """The control: whoever returns after the approval takes it back without having seen it."""
    monkeypatch.setattr(EntryQuerySet, "as_shown", lambda self, row, person: self)
    both(verified)
    assert 2 in decided(verified)
