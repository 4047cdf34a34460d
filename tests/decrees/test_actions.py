"""What a decree promises: only the approved, frozen at issue, protected from that day."""

import pytest

from enrollment.coverage.models import Cover
from enrollment.decrees import actions, selection
from enrollment.decrees.models import Decree
from enrollment.decrees.rules import list_order, snapshot_sha256
from enrollment.proposals.models import Entry
from tests import people
from tests.decrees import drafts
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def subsidy():
    return drafts.programme()


@pytest.fixture
def rini():
    return people.office("rini")


def test_a_draft_copies_the_approved_in_the_order_of_the_annex(subsidy):
    siti = people.worker(1, name="Siti", area=people.SENDEN)
    budi = people.worker(2, name="budi", area=people.SENDEN)
    ani = people.worker(3, name="Ani", area=people.BOGORAN)
    refused = people.worker(4, name="Ditolak")
    drafts.approve(subsidy, siti, budi, ani)
    with scope.whole_country("tests"):
        proposal = Entry.objects.get(worker=siti).proposal
        Entry.objects.create(
            proposal=proposal, programme=subsidy, worker=refused, area_id=refused.area_id,
            state="rejected", reason="uji",
        )  # fmt: skip
    decree = drafts.draft(subsidy)
    with scope.enter(people.office("rini")):
        rows = list(decree.entries.order_by("position"))
    assert [(row.position, row.name) for row in rows] == [(1, "Ani"), (2, "budi"), (3, "Siti")]
    assert rows == sorted(rows, key=list_order)
    assert (decree.people, decree.total) == (3, 3 * 9 * 16_800)
    assert rows[2].nik == siti.nik
    assert (rows[2].village, rows[2].district) == ("Senden", "Kampak")


def test_issue(subsidy, rini):
    drafts.approve(subsidy, people.worker(1), people.worker(2))
    decree = drafts.issue(drafts.draft(subsidy))
    with scope.enter(rini):
        decree = Decree.objects.get(pk=decree.pk)
        rows = decree.entries.order_by("position")
        assert decree.state == "issued"
        assert decree.sha256 == snapshot_sha256(rows, decree.header)
        assert [c.paid_by for c in Cover.objects.all()] == ["Pekerja Rentan 2026"] * 2
