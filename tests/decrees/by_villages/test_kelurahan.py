"""A kelurahan has no budget of its own, so it names nobody where villages do."""

import pytest
from django.utils import timezone

from enrollment.proposals import actions as proposals
from enrollment.proposals.models import Proposal
from tests import people
from tests.decrees import drafts
from tests.decrees.by_villages import own
from tests.decrees.by_villages.test_story import text_of
from tests.proposals import making
from villages import scope
from villages.models import Area

pytestmark = pytest.mark.django_db


@pytest.fixture
def kelurahan(monkeypatch):
    """The area whose lurah is the account "lura"."""
    with scope.whole_country("tests"):
        rows = Area.objects.within(people.TRENGGALEK).filter(kind=Area.Kind.URBAN_VILLAGE)
        area = rows.earliest("pk").pk
    monkeypatch.setitem(people.NAMES, "lura", (people.Role.VILLAGE_HEAD, area))
    return area


def decided_by_villages():
    subsidy, rini = making.programme(fund_id="apbdes"), people.office("rini")
    with scope.enter(rini):
        own.actions.let_decide(subsidy, villages=True, by=rini)
    return subsidy


def hand_in(subsidy, by, area, first):
    proposal, office = making.draft(subsidy, 2, by=by, area=area, first=first), people.office(by)
    with scope.enter(office):
        return proposals.submit(Proposal.objects.get(pk=proposal.pk), by=office).submitted


def test_its_people_are_refused_at_handing_in(kelurahan):
    subsidy = decided_by_villages()
    with pytest.raises(own.Refusal, match="kelurahan tidak memilikinya"):
        hand_in(subsidy, "lura", kelurahan, first=10)
    assert hand_in(subsidy, "kartika", people.SENDEN, first=20) == 2


def test_control_where_the_regency_decides_they_are_not(kelurahan):
    assert hand_in(making.programme(fund_id="apbdes"), "lura", kelurahan, first=10) == 2


def test_it_is_told_to_name_nobody(kelurahan, as_person):
    """People whom it had before villages were to decide."""
    subsidy = own.programme()
    for area in (kelurahan, people.SENDEN):
        drafts.approve(subsidy, people.worker(30, area))
    with scope.whole_country("tests"):
        Proposal.objects.update(submitted_at=timezone.now())
    assert "dengan keputusan Anda" in text_of(as_person("kartika"), "home")
    assert "dengan keputusan Anda" not in text_of(as_person("lura"), "home")
