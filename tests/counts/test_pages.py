"""The numbers of pages are those of a recount, and no page counts people to show them."""

import re
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from enrollment.decrees import selection
from enrollment.leavings import showing
from enrollment.models import DecreeEntry, Entry, Worker
from enrollment.proposals import costs, departures, overview, stages
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from tests.selection import short
from villages import scope

pytestmark = pytest.mark.django_db

OFFICES = ["kartika", "bagus", "karim", "tani", "vera", "amir", "rini", "audi"]
COUNTING = re.compile(r"COUNT\(.*(enrollment_(entry|worker|decreeentry)\b)", re.S)


@pytest.fixture(scope="module")
def built(kept_for_module):
    """A programme with lists of two villages and of an agency: people in every state, some of them
    gone, an issued decree and a draft that does not name everybody."""
    subsidy = making.programme(legal_basis="1")
    lists = [
        making.approved(subsidy, 9),
        making.approved(subsidy, 5, by="bagus", first=20, area=people.BOGORAN),
        making.approved(subsidy, 6, by="tani", first=40),
    ]
    drafts.issue(drafts.draft(subsidy))
    for proposal, first, by, area in zip(
        lists, (100, 200, 300), ("kartika", "bagus", "tani"),
        (people.SENDEN, people.BOGORAN, people.SENDEN), strict=True,
    ):  # fmt: skip
        making.approved(subsidy, 3, by=by, first=first, area=area)
        with scope.whole_country("tests"):
            persons = Worker.objects.filter(entries__proposal=proposal).order_by("pk")
            chosen = [*persons[:2], *persons.reverse()[:1]]
            Worker.objects.filter(pk__in=[worker.pk for worker in chosen]).update(
                ended_on="2026-05-01", ended_reason="died"
            )
    drafts.draft(subsidy, number="2/2026")
    making.approved(subsidy, 4, first=400)
    making.act("vera", "return", making.submitted(subsidy, 2, first=500), reason="Lengkapi")
    making.submitted(subsidy, 3, first=600)
    making.draft(subsidy, 2, first=700, findings=["rt.missing"])
    making.draft(making.programme(name="Kedua"), 1, first=800)
    return subsidy


@pytest.fixture
def programme(built):
    return making.fresh(built)


def entries(office, programme):
    return Entry.objects.visible_to(office).filter(programme=programme)


def states(rows):
    return dict(Counter(rows.values_list("state", flat=True)))


def staged(rows):
    named = rows.filter(state="approved", decree_rows__decree__state="issued").count()
    counted = Counter(states(rows)) - Counter(approved=named) + Counter(decreed=named)
    return dict(counted)


@pytest.fixture(params=OFFICES)
def office(request):
    return people.office(request.param)


def test_states_of_a_programme(programme, office):
    with scope.enter(office):
        overview.add_lists([programme], office)
        rows = entries(office, programme)
        if office.role in overview.PROPOSERS:
            rows = rows.proposed_by(office)
        shown = {state: number for state, _, number, _ in programme.states}
        assert shown == staged(rows) != {}


def test_people_of_a_list_by_state(programme, office):
    with scope.enter(office):
        lists = programme.proposals.visible_to(office)
        for proposal in lists.with_counts():
            shown = {state: getattr(proposal, f"people_{state}") for state in Entry.State.values}
            counted = states(proposal.entries.all())
            assert {state: number for state, number in shown.items() if number} == counted
            assert proposal.people == sum(counted.values())


def test_who_waits_for_a_decree_and_who_has_gone_after_approval(programme, office):
    with scope.enter(office):
        rows = entries(office, programme).filter(state="approved")
        named = set(DecreeEntry.objects.values_list("entry", flat=True))
        here, gone = {True: 0, False: 0}, {True: 0, False: 0}
        cost, cost_of = 0, costs.of_row(programme)
        for entry in rows.select_related("worker"):
            left = entry.worker.ended_on is not None or entry.worker.area_id != entry.area_id
            (gone if left else here)[entry.pk in named] += 1
            # Who is approved after the first decree is paid from the month after that.
            if not left and entry.pk not in named:
                cost += cost_of(entry)
        waiting = selection.waiting(office).get(programme.pk, {"people": 0, "cost": 0})
        assert waiting == {"people": here[False], "cost": cost}
        kept = departures.approved_but_gone(office)
        assert kept == {(programme.pk, key): number for key, number in gone.items() if number}


def test_who_has_gone_and_is_still_paid_for_is_a_recount(programme, office):
    with scope.enter(office):
        assert showing.due_people(office) == showing.due(office).count()


def test_what_the_draft_takes_is_what_was_told_to_wait(programme):
    rini = people.office("rini")
    with scope.enter(rini):
        told = selection.waiting(rini)[programme.pk]["people"]
    assert drafts.draft(programme, number="3/2026").people == told > 0


@pytest.mark.parametrize("stage", stages.NAMES)
def test_the_rows_of_a_stage_are_those_that_the_tile_counts(programme, office, stage):
    with scope.enter(office):
        counted = programme.counts.visible_to(office)
        found = entries(office, programme).in_stage(stage)
        number = sum(row.people for row in counted.in_stage(stage))
        assert found.count() == number == counted.by_stage().get(stage, 0)
        named = found.filter(decree_rows__decree__state="issued")
        assert named.count() == (number if stage == stages.DECREED else 0)


@pytest.mark.parametrize("status", ["", "semua", "held", "gone", "gone_named", *stages.NAMES])
@pytest.mark.parametrize("name", short(["vera", "kartika", "amir", "karim"], keep=2))
def test_the_total_of_a_list_is_that_of_its_rows(programme, as_person, name, status):
    client, page = as_person(name), reverse("programme_people", args=[programme.pk])
    for place in ("", people.BOGORAN):
        answer = client.get(page, {"status": status, "wilayah": place})
        with scope.enter(people.office(name)):
            assert answer.context["page"].paginator.count == answer.context["filter"].qs.count()


def test_a_filter_that_looks_at_people_counts_them(programme, as_person):
    page = reverse("programme_people", args=[programme.pk])
    answer = as_person("vera").get(page, {"status": "semua", "q": "Pekerja 40"})
    assert answer.context["page"].paginator.count == 5


def test_the_home_of_a_village_tells_how_many_people_it_has(programme, as_person):
    context = as_person("kartika").get("/").context
    with scope.enter(people.office("kartika")):
        active = Worker.objects.active()
        assert context["people"] == active.count() > 0
        assert context["complete"] == active.complete().count() < active.count()
        (latest,) = context["on_their_way"]
        shown = {stage: number for stage, _, number, _ in latest.states}
        assert shown == staged(latest.entries.all())
        assert shown["approved"] > 0 and shown["decreed"] > 0
        assert shown["submitted"] > 0
        assert latest.journey.note == f"{shown['submitted']} orang menunggu verifikasi"


def pages(programme):
    for name in OFFICES:
        yield name, "/"
        yield name, reverse("proposal_list")
        yield name, reverse("programme_detail", args=[programme.pk])
    for name in ("karim", "vera", "amir", "rini", "audi"):
        yield name, reverse("submission_list", args=[programme.pk])
        yield name, reverse("quota_list", args=[programme.pk])
    for name in ("vera", "amir", "rini", "audi"):
        yield name, reverse("programme_people", args=[programme.pk])
    yield "rini", reverse("decree_new")


def test_no_page_counts_people(programme, as_person):
    counted = []
    for name, page in pages(programme):
        client = as_person(name)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page).status_code == 200, (name, page)
        counted += [
            (name, page, query["sql"])
            for query in queries.captured_queries
            if COUNTING.search(query["sql"])
        ]
    assert counted == []
