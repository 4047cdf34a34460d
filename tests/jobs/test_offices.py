"""A job does nothing in the name of somebody who has left the office."""

import pytest

from enrollment.imports import actions as imports
from enrollment.imports.models import Import
from enrollment.jobs.models import Job
from enrollment.proposals import bulk
from enrollment.renewals import renewing
from enrollment.workers.models import Worker
from tests import people
from tests.imports.lists import current
from tests.proposals import making
from tests.renewals import making as renewals
from villages import scope

pytestmark = pytest.mark.django_db
HEADINGS = ["NIK", "Nama", "Tanggal Lahir", "Alamat", "RT"]


def approving(people_paid=3):
    proposal = making.verified(making.programme(people_paid=people_paid), 3)
    amir = people.office("amir")
    return proposal, making.begin(
        amir, "approve", making.fresh(proposal.programme), status="verified"
    )


def test_a_job_goes_on_while_the_office_is_held():
    proposal, job = approving()
    bulk.proceed(job.pk)
    assert making.states(proposal) == {"approved": 3}


def test_it_ends_in_words_when_the_office_has(monkeypatch):
    proposal, job = approving()
    people.leave("amir")
    bulk.proceed(job.pk)
    job = making.fresh(job)
    assert job.refused and "Jabatan yang memulai pekerjaan ini sudah berakhir" in job.message
    assert making.states(proposal) == {"verified": 3}


def test_what_was_reserved_is_given_back(monkeypatch):
    """The office ends between the reservation and the first decision."""
    proposal, job = approving()
    real = bulk._reserve

    def reserve_and_leave(job):
        real(job)
        assert job.funded > 0, "something is held"
        people.leave("amir")

    monkeypatch.setattr(bulk, "_reserve", reserve_and_leave)
    bulk.proceed(job.pk)
    assert making.fresh(job).refused and making.fresh(job).funded == 0
    assert making.states(proposal) == {"verified": 3}
    assert making.fresh(proposal.programme).committed == 0


def test_nobody_is_put_on_lists():
    old = renewals.last_year()
    making.approved(old, 3)
    job = renewals.start(renewals.linked(old))
    people.leave("rini")
    renewing.proceed(job.pk)
    assert making.fresh(job).refused and making.fresh(job).added == 0


class TestAList:
    @pytest.fixture
    def begun(self, workbook):
        rows = [[people.nik(n), f"SITI {n}", "01-01-1980", "JL. A", "1"] for n in (1, 2)]
        path = workbook({"Lembar": [HEADINGS, *rows]})
        by = people.office("kartika")
        with scope.enter(by), path.open("rb") as file:
            return imports.receive(by=by, file=file, filename=path.name)

    def test_waits_for_the_dinas_and_loses_nothing(self, begun, as_person):
        people.leave("kartika")
        imports.advance(begun.pk)
        job = current(begun)
        assert job.held and "Jabatan pengunggahnya sudah berakhir" in job.message
        vera = people.office("vera")
        page = as_person("vera").get(f"/impor/{job.pk}/").text
        assert "Jabatan pengunggahnya sudah berakhir" in " ".join(page.split())
        with scope.enter(vera):
            imports.release(by=vera, job=job)
        imports.advance(begun.pk)
        job = current(begun)
        assert (job.state, job.phase, job.people) == (Job.State.WAITING, Import.Phase.PREVIEW, 2)

    def test_keeps_what_is_read_when_taking_it_stops(self, begun):
        imports.advance(begun.pk)
        job = current(begun)
        with scope.enter(job.office):
            imports.take(by=job.office, job=job)
        people.leave("kartika")
        imports.advance(begun.pk)
        job = current(begun)
        assert (job.state, job.phase) == (Job.State.HELD, Import.Phase.TAKE)
        with scope.whole_country("tests"):
            assert job.rows.count() == 2
            assert not Worker.objects.exists()

    def test_is_thrown_away_by_the_portal_all_the_same(self, begun):
        imports.advance(begun.pk)
        people.leave("kartika")
        job = current(begun)
        with scope.whole_country("tests"):
            imports.give_up(job)
        imports.advance(begun.pk)
        assert current(begun).phase == Import.Phase.DISCARDED
