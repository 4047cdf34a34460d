"""Who is approved and no longer eligible is left out of a decree; the others stay."""

import re
from datetime import date

import pytest
from django.urls import reverse

from enrollment.coverage.models import Membership
from enrollment.decrees import actions
from enrollment.decrees.models import Decree
from enrollment.workers.models import Worker, WorkerSource
from tests import people
from tests.decrees import drafts
from tests.decrees.test_views import searched_for
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


@pytest.fixture
def subsidy():
    subsidy = drafts.programme()
    drafts.approve(subsidy, *(people.worker(number) for number in range(3)))
    return subsidy


def joins_bpjs(number):
    with scope.whole_country("tests"):
        worker = Worker.objects.get(nik=people.nik(number))
        Membership.objects.create(
            worker=worker, area_id=worker.area_id, active_from=date(2026, 1, 1)
        )


def named(decree):
    with scope.whole_country("tests"):
        return sorted(decree.entries.values_list("nik", flat=True))


def refresh(decree):
    rini = people.office("rini")
    with scope.enter(rini):
        actions.refresh(decree, by=rini)
        decree.refresh_from_db()


class TestDrafting:
    def test_leaves_out_who_has_become_a_member(self, subsidy):
        joins_bpjs(1)
        decree = drafts.draft(subsidy)
        assert named(decree) == [people.nik(0), people.nik(2)]
        assert [*decree.left_out.values()] == [["membership.active"]]

    def test_looks_at_criteria_as_they_are_by_now(self, subsidy):
        with scope.whole_country("tests"):
            type(subsidy).objects.update(required_registry="DTSEN desil 1–4")
            worker = Worker.objects.get(nik=people.nik(2))
            WorkerSource.objects.create(
                worker=worker, area_id=worker.area_id, registry="DTSEN", decile=1
            )
        decree = drafts.draft(making.fresh(subsidy))
        assert named(decree) == [people.nik(2)]
        assert [*decree.left_out.values()] == [["registry.required"]] * 2

    def test_again_takes_back_who_is_eligible_again(self, subsidy):
        joins_bpjs(1)
        decree = drafts.draft(subsidy)
        with scope.whole_country("tests"):
            Membership.objects.all().delete()
        refresh(decree)
        assert len(named(decree)) == 3 and decree.left_out == {}


class TestIssuing:
    def test_is_stopped_by_who_joined_since_and_goes_on_without_them(self, subsidy):
        decree = drafts.draft(subsidy)
        joins_bpjs(1)
        with pytest.raises(Refusal, match="1 orang tidak memenuhi syarat lagi"):
            drafts.issue(decree)
        decree = making.fresh(decree)
        assert decree.state == Decree.State.DRAFT
        refresh(decree)
        drafts.issue(decree)
        assert making.fresh(decree).is_issued
        assert named(decree) == [people.nik(0), people.nik(2)]


class TestPage:
    def test_names_them_with_the_reason(self, subsidy, as_person):
        joins_bpjs(1)
        decree = drafts.draft(subsidy)
        client = as_person("rini")
        draft = client.get(reverse("decree_detail", args=[decree.pk])).content.decode()
        there = reverse("decree_left_out", args=[decree.pk])
        assert there in draft
        assert "1 orang yang disetujui tidak ikut" in " ".join(draft.split())
        page = client.get(there).content.decode()
        assert "Pekerja 1" in page and "Pekerja 2" not in page
        assert "Sudah peserta aktif" in page
        assert not re.search(r"\d{16}", page)

    def test_one_of_them_is_searched_for(self, subsidy, as_person):
        for number, name in ((0, "JOKO"), (1, "SITI")):
            joins_bpjs(number)
            with scope.whole_country("tests"):
                Worker.objects.filter(nik=people.nik(number)).update(name=name)
        rini = as_person("rini")
        searched_for("decree_left_out", drafts.draft(subsidy), rini, people.nik(0))

    def test_the_list_of_the_approved_says_why_before_any_decree(self, subsidy, as_person):
        joins_bpjs(1)
        there = reverse("programme_people", args=[subsidy.pk])
        page = as_person("amir").get(f"{there}?status=approved")
        assert page.content.decode().count("Sudah menjadi peserta aktif") == 1

    def test_where_nobody_is_left_it_says_where_the_reasons_are(self, subsidy):
        for number in range(3):
            joins_bpjs(number)
        with pytest.raises(Refusal, match="alasannya tertulis pada orangnya di Usulan"):
            drafts.draft(subsidy)

    def test_says_so_where_nobody_is_left_out(self, subsidy, as_person):
        there = reverse("decree_left_out", args=[drafts.draft(subsidy).pk])
        assert "Semua memenuhi syarat" in as_person("rini").get(there).content.decode()
