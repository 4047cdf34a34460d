"""A bulk decision while people change, where it cannot end, and with input that no page sends."""

from contextlib import suppress

import pytest
from django.db import DatabaseError
from django.utils import timezone

from enrollment.jobs.actions import MOST_ATTEMPTS
from enrollment.proposals import bulk
from enrollment.proposals.models import BulkDecision
from enrollment.workers.models import Worker
from tests.proposals import making
from tests.proposals import test_departures as departures
from tests.proposals.asking import picks, text
from tests.proposals.making import YEAR
from tests.proposals.test_bulk_decisions import begin, committed
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def batches_of_two(monkeypatch):
    monkeypatch.setattr(bulk, "BATCH", 2)


class TestWhoWasNotOnThePage:
    def test_somebody_who_dies_later_is_not_rejected_with_those_who_were_shown(self):
        proposal = making.approved(making.programme(), 3)
        shown, later, _ = making.entries(proposal)
        departures.end(shown)
        job = begin("amir", "reject", proposal, reason="Meninggal", status="gone")
        departures.end(later)
        bulk.proceed(job.pk)
        assert making.states(proposal) == {"approved": 2, "rejected": 1}

    def test_somebody_who_is_renamed_later_is_not_found_by_the_name(self):
        proposal = making.submitted(making.programme(), 3)
        job = begin("vera", "verify", proposal, q="Pekerja 1")
        assert job.total == 1
        with scope.whole_country("tests"):
            Worker.objects.filter(name="Pekerja 2").update(
                name="Pekerja 1", updated_at=timezone.now()
            )
        bulk.proceed(job.pk)
        assert making.states(proposal) == {"submitted": 2, "verified": 1}


class TestAJobThatCannotEnd:
    @staticmethod
    def try_often(job):
        for _ in range(MOST_ATTEMPTS + 2):  # the first one gets on, so it does not count
            with suppress(RuntimeError):
                bulk.proceed(job.pk)
        return making.fresh(job)

    def test_is_given_up_where_its_last_turn_always_fails(self, monkeypatch):
        def fail(written, *tables):
            raise RuntimeError

        proposal = making.verified(making.programme(), 2)
        job = begin("amir", "approve", proposal)
        monkeypatch.setattr("enrollment.jobs.planning.refresh", fail)
        assert self.try_often(job).state == "refused"
        assert making.states(proposal) == {"approved": 2}
        assert committed(proposal) == 2 * YEAR

    def test_is_given_up_even_if_what_it_holds_cannot_be_given_back(self, monkeypatch):
        def fail(*args):
            raise DatabaseError

        proposal = making.verified(making.programme(), 2)
        job = begin("amir", "approve", proposal)
        monkeypatch.setattr(bulk, "_check", lambda job: 1 / 0)
        monkeypatch.setattr(bulk, "_give_back", fail)
        for _ in range(MOST_ATTEMPTS + 1):
            with suppress(ZeroDivisionError):
                bulk.proceed(job.pk)
        assert making.fresh(job).state == "refused"


@pytest.mark.parametrize("all_of_them", [True, False])
def test_characters_that_postgresql_cannot_keep_are_left_out(as_person, all_of_them):
    proposal = making.submitted(making.programme(), 1)
    ticked = {"all": "1"} if all_of_them else {"pick": picks(proposal, 1)}
    values = {"act": "return", "reason_return": "Alamat\0 keliru", "q": "", **ticked}
    answer = as_person("vera").post(f"/usulan/{proposal.pk}/tindak/", values)
    assert answer.status_code == 302
    if all_of_them:
        with scope.whole_country("tests"):
            bulk.proceed(BulkDecision.objects.latest("created_at").pk)
    assert making.states(proposal) == {"returned": 1}
    assert making.entries(proposal)[0].reason == "Alamat keliru"


@pytest.mark.parametrize(
    "filters",
    [{"q": "A\0"}, {"q": "A" * 151}, {"wilayah": "x" * 12_000}],
    ids=["NUL", "q", "place"],
)
def test_a_filter_that_cannot_be_read_is_refused_and_decides_about_nobody(as_person, filters):
    """Without it, or with a part of it, other people would be found than those meant."""
    proposal = making.submitted(making.programme(), 1)
    values = {"act": "return", "reason_return": "Alamat keliru", "all": "1", **filters}
    page = as_person("vera").post(f"/usulan/{proposal.pk}/tindak/", values)
    assert page.status_code == 200
    assert "Saringannya tidak dapat dibaca" in text(page)
    assert making.states(proposal) == {"submitted": 1}
