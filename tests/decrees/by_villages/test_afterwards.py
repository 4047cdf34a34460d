"""A village's decree is amended and revoked by the same means, by its head."""

from datetime import date

import pytest

from enrollment.coverage.models import Cover
from enrollment.decrees.revoking import actions as revoking
from enrollment.decrees.revoking import working
from enrollment.proposals.models import Entry
from tests import people
from tests.decrees import drafts, signing
from tests.decrees.amendments import making as amendments
from tests.decrees.by_villages import own
from tests.leavings import stories
from tests.proposals import making
from villages import scope

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 10)


@pytest.fixture
def decree(monkeypatch):
    """Three people of Senden, from January to December; today is in May."""
    stories.today_is(monkeypatch, stories.MAY)
    subsidy = making.programme(fund_id="apbdes")
    rini = people.office("rini")
    with scope.enter(rini):
        own.actions.let_decide(subsidy, villages=True, by=rini)
    making.approved(subsidy, 3)
    own.budget(subsidy)
    head = own.signatory()
    issued = drafts.issue(drafts.draft(subsidy, by="kartika"), by="kartika")
    assert signing.fresh(issued).signatory == head, "who serves on the day of the decree"
    return signing.fresh(issued)


def test_an_amendment_of_the_village(decree):
    with scope.whole_country("tests"):
        entry = Entry.objects.earliest("pk")
    stories.left(entry)
    making.approved(decree.programme, 1, first=500)
    made = amendments.amend(decree, by="kartika")
    assert made.village_id == people.SENDEN
    head = decree.signatory
    signing.send(signing.freeze(made, by="kartika", signatory=head), by="kartika")
    number, day = "188/13/2026", date(2026, 5, 14)
    signing.receive(made, number=number, day=day, signatory=head, by="kartika")
    assert drafts.issue(signing.fresh(made), by="kartika").is_issued
    assert len(amendments.in_force(decree, day)) == 3
    assert len(amendments.in_force(decree, date(2026, 5, 1))) == 3


def test_revoked_by_its_head(decree):
    kartika = people.office("kartika")
    with scope.enter(kartika):
        job = revoking.revoke(
            decree, by=kartika, number="188/14/2026", day=DAY, reason="Salah dasar hukum",
            file=signing.pdf(),
        )  # fmt: skip
    working.advance(job.pk)
    assert signing.fresh(decree).is_revoked
    with scope.whole_country("tests"):
        assert {one.months.upper for one in Cover.objects.all()} == {date(2026, 6, 1)}
        assert {entry.state for entry in Entry.objects.all()} == {"left"}
    # Their money comes free in the programme too, and stays with the village's budget.
    assert stories.committed(decree.programme) == 3 * 5 * 16_800
    with scope.enter(kartika):
        assert own.money.spending(decree.programme_id, people.SENDEN).cost == 3 * 5 * 16_800


def test_the_dinas_neither_amends_nor_revokes_it(decree, as_person):
    rini = as_person("rini")
    for name in ("ubah", "perubahan/baru", "cabut"):
        assert rini.get(f"/keputusan/{decree.pk}/{name}/").status_code == 403, name
    assert "Cabut" not in rini.get(f"/keputusan/{decree.pk}/").content.decode()
