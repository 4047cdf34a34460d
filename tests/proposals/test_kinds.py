"""New or continuing: known when a row is handed in, and again at each signature."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollment.coverage.models import Cover, Membership
from enrollment.proposals import actions, bulk
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from tests.proposals.asking import of, text
from villages import scope

pytestmark = pytest.mark.django_db
OLD = date(1961, 3, 20)
"""65 years old on 20 March 2026."""


@pytest.fixture
def subsidy():
    return making.programme(first_month=date(2026, 4, 1), months=9)


@pytest.fixture
def proposal(subsidy):
    """A draft with Ani, who is new, and Beni and Cici, whose last month was March and January."""
    proposal = making.draft(subsidy, 3)
    _, beni, cici = (entry.worker for entry in making.entries(proposal))
    paid_until(beni, 4)
    paid_until(cici, 2)
    return proposal


def paid_until(worker, month, year=2026):
    return people.cover(worker, date(2025, 1, 1), date(year, month, 1))


def kinds(proposal):
    return [entry.kind for entry in making.entries(proposal)]


def submit(proposal):
    return making.act("kartika", "submit", proposal)


class TestKept:
    def test_when_it_is_handed_in(self, proposal):
        assert kinds(proposal) == ["", "", ""]
        submit(proposal)
        assert kinds(proposal) == ["baru", "lanjut", "lanjut"]

    @pytest.mark.parametrize("steps", [("verify",), ("verify", "approve")])
    def test_at_each_signature_anew(self, proposal, steps):
        submit(proposal)
        for step in steps[:-1]:
            making.act("vera", step, proposal)
        beni = making.entries(proposal)[1].worker
        with scope.whole_country("tests"):
            Cover.objects.filter(worker=beni).update(months=(date(2025, 1, 1), date(2025, 7, 1)))
        making.act({"verify": "vera", "approve": "amir"}[steps[-1]], steps[-1], proposal)
        assert kinds(proposal) == ["baru", "baru", "lanjut"]

    def test_in_bulk(self, subsidy, proposal):
        submit(proposal)
        with scope.whole_country("tests"):
            proposal.entries.update(kind="")
        vera = people.office("vera")
        bulk.proceed(making.begin(vera, "verify", subsidy).pk)
        assert kinds(proposal) == ["baru", "lanjut", "lanjut"]

    def test_while_somebody_is_sent_back(self, proposal):
        submit(proposal)
        making.act("vera", "return", proposal, reason="Periksa lagi")
        assert kinds(proposal) == ["baru", "lanjut", "lanjut"]


class TestAge:
    """Limits of age bind the new."""

    def test_who_is_65_may_go_on(self, subsidy):
        proposal = making.draft(subsidy, 2, birth_date=OLD)
        _, old = making.entries(proposal)
        paid_until(old.worker, 4)
        submit(proposal)
        making.act("vera", "verify", proposal)
        assert [entry.state for entry in making.entries(proposal)] == ["draft", "verified"]

    def test_a_membership_of_their_own_counts(self, subsidy):
        proposal = making.draft(subsidy, 1, birth_date=OLD)
        (entry,) = making.entries(proposal)
        with scope.whole_country("tests"):
            Membership.objects.create(
                worker=entry.worker, area=entry.area, active_until=date(2026, 2, 28)
            )
        submit(proposal)
        assert kinds(proposal) == ["lanjut"]

    def test_who_is_approved_in_an_earlier_wave_goes_on_before_its_decree(self, subsidy):
        first = making.programme(name="Tahap awal", first_month=date(2026, 1, 1), months=3)
        before = making.approved(first, 1, birth_date=date(1961, 3, 1))
        (entry,) = making.entries(before)
        proposal = making.draft(subsidy, 0)
        put_on(proposal, entry.worker)
        submit(proposal)
        assert kinds(proposal) == ["lanjut"]


def words(answer):
    return re.sub(r"\s+(?=[,.])", "", " ".join(re.sub(r"<[^>]+>", " ", text(answer)).split()))


def put_on(proposal, worker, by="kartika"):
    office = people.office(by)
    with scope.enter(office):
        actions.pick(proposal, Worker.objects.filter(pk=worker.pk), by=office)


class TestShown:
    @pytest.mark.parametrize("who", ["kartika", "vera"])
    def test_village_and_verifier_read_what_a_gap_costs(self, as_person, subsidy, who):
        proposal = making.draft(subsidy, 1, birth_date=OLD)
        (entry,) = making.entries(proposal)
        paid_until(entry.worker, 2)
        submit(proposal)
        page = words(as_person(who).get(f"/usulan/orang/{entry.public_id}/"))
        assert "tidak dapat mendaftar lagi untuk selamanya" in page
        assert "Iuran Februari–Maret 2026 belum dibayar: 16.800 × 2 = Rp33.600." in page
        assert "Kepesertaan Lanjut" in page

    def test_the_list_counts_and_filters(self, as_person, proposal):
        submit(proposal)
        client = as_person("vera")
        assert "Sudah diajukan: 1 baru, 2 lanjut." in words(client.get(of(proposal)))
        found = text(client.get(of(proposal), {"status": "semua", "kepesertaan": "lanjut"}))
        names = [entry.worker.name for entry in making.entries(proposal)]
        assert [name in found for name in names] == [False, True, True]

    def test_a_draft_shows_what_it_would_be(self, as_person, proposal):
        page = text(as_person("kartika").get(of(proposal)))
        assert page.count(">lanjut<") >= 2

    def test_what_has_changed_since_is_told(self, as_person, proposal):
        submit(proposal)
        beni = making.entries(proposal)[1]
        with scope.whole_country("tests"):
            Cover.objects.filter(worker=beni.worker).delete()
        page = text(as_person("vera").get(f"/usulan/orang/{beni.public_id}/"))
        assert "tercatat lanjut, sekarang baru" in page

    def test_the_page_of_a_person_says_it(self, as_person, subsidy, proposal):
        submit(proposal)
        beni = making.entries(proposal)[1].worker
        page = words(as_person("kartika").get(f"/pekerja/{beni.public_id}/"))
        assert f"{subsidy}, lanjut" in page

    def test_a_filter_takes_its_people_in_bulk(self, subsidy, proposal):
        submit(proposal)
        vera = people.office("vera")
        bulk.proceed(making.begin(vera, "verify", subsidy, kepesertaan="lanjut").pk)
        assert making.states(proposal) == {"submitted": 1, "verified": 2}


def test_many_with_arrears_are_asked_about_at_once(subsidy):
    def queries(proposal):
        for entry in making.entries(proposal):
            paid_until(entry.worker, 2)
        with CaptureQueriesContext(connection) as asked:
            submit(proposal)
        return len(asked)

    other = making.programme(name="Lain", first_month=date(2026, 4, 1), months=9)
    assert queries(making.draft(subsidy, 1)) == queries(making.draft(other, 5, first=10))
