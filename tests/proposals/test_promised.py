"""What the page of a list says before its people are handed in is what then happens."""

import pytest
from django.db import transaction
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from enrollment.proposals import actions, replacing
from enrollment.proposals.models import Entry
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from tests.proposals.asking import of, text
from tests.routes.test_ways import by_way
from tests.selection import EVERY
from villages import scope
from villages.models import Area
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db
HELD = 3
"""Places that are taken already."""
DRAFTS = ["draft", "draft, incomplete", "draft, died"]
BACK = ["returned", "repaired", "repaired, incomplete", "repaired, died"]
WAITS = ["waits", "waits, died"]


def listed(kinds, free):
    """A list of Senden with people of these kinds, in this order, and so many free places."""
    subsidy = making.programme(village_quota=50)
    proposal = making.draft(subsidy, len(kinds))
    rows = list(zip(making.entries(proposal), kinds, strict=True))
    if any(kind not in DRAFTS for kind in kinds):
        _hand_in(proposal, but=[row.worker_id for row, kind in rows if kind in DRAFTS])
    back = [row.pk for row, kind in rows if kind in BACK]
    making.act("vera", "return", proposal, pks=back, reason="Uji")
    waits = [row.pk for row, kind in rows if kind in WAITS]
    with scope.whole_country("tests"):
        for number, pk in enumerate(waits, 1):
            Entry.objects.filter(pk=pk).update(state="waiting", rank=number)
        quota = subsidy.quotas.filter(area=people.SENDEN)
        quota.update(people=HELD + free, used=HELD, queued=len(waits))
        for row, kind in rows:
            worker = Worker.objects.filter(pk=row.worker_id)
            if "incomplete" in kind:
                worker.update(findings=["rt.missing"])
            if "died" in kind:
                worker.update(ended_on="2026-01-01", ended_reason="died")
    kartika = people.office("kartika")
    with scope.enter(kartika):
        for row, kind in rows:
            if kind.startswith("repaired"):
                actions.mark_repaired(Entry.objects.get(pk=row.pk), by=kartika)
    return proposal


def _hand_in(proposal, *, but):
    """Hand everybody in but these, who lack something for as long as it takes."""
    kartika, rest = people.office("kartika"), Worker.objects.filter(pk__in=but)
    with scope.whole_country("tests"):
        rest.update(findings=["rt.missing"])
    with scope.enter(kartika):
        actions.submit(proposal, by=kartika)
    with scope.whole_country("tests"):
        rest.update(findings=[])


def said_of(client, proposal):
    """How many the page says get a place, wait, and stay behind."""
    own = client.get(of(proposal)).context["own"]
    return own["seated"], own["queued"], own["incomplete"]


def done_with(proposal, name, *, nobody):
    """The same three numbers of what handing in did; `nobody` if it was refused."""
    by = people.office(name)
    with scope.enter(by):
        try:
            done = actions.submit(proposal, by=by)
        except Refusal:
            return nobody
    return done.submitted, done.waiting, done.left


@pytest.fixture
def undone():
    """`with undone():` leaves nothing behind, for the next example."""

    def inside():
        people.forget()
        return transaction.atomic()

    return inside


@settings(
    max_examples=300 if EVERY else 25,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(["draft", "repaired, incomplete", "waits"], 1)  # cannot take the place of who comes back
@example(["draft", "draft", "repaired", "repaired", "waits", "waits"], 3)
@given(st.lists(st.sampled_from(DRAFTS + BACK + WAITS), max_size=7), st.integers(0, 6))
def test_the_numbers_before_handing_in_are_those_after_it(as_person, undone, kinds, free):
    with undone():
        proposal = listed(kinds, free)
        said = said_of(as_person("kartika"), proposal)
        done = done_with(proposal, "kartika", nobody=(0, 0, said[2]))
        transaction.set_rollback(True)
    assert said == done


@settings(
    max_examples=100 if EVERY else 10,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example(["waits, died", "waits", "draft"], 1)
@given(st.lists(st.sampled_from([*WAITS, "repaired"]), min_size=1, max_size=5), st.integers(0, 3))
def test_as_many_take_a_free_place_as_the_home_page_says(as_person, undone, kinds, free):
    with undone():
        proposal = listed(kinds, free)
        kartika = people.office("kartika")
        with scope.enter(kartika):
            said = replacing.offers(kartika, 1)
        wait = kinds.count("waits")
        assert len(said) == bool(min(wait, free))
        vera = text(as_person("vera").get("/"))
        told = f"{wait} orang menunggu, {min(wait, free)} dapat diambil"
        assert (told in vera) == bool(said)
        if said:
            with scope.enter(kartika):
                taken = replacing.take_them(proposal, by=kartika)
            assert said[0].people == len(taken) == min(wait, free)
        transaction.set_rollback(True)


def test_an_agency_is_told_of_the_full_quota_of_each_village(as_person):
    subsidy = making.programme(village_quota=2)
    making.submitted(subsidy, 1, by="bagus", area=people.BOGORAN, first=20)
    proposal = making.draft(subsidy, 3, by="tani")
    making.draft(subsidy, 3, by="tani", area=people.BOGORAN, first=10)
    tani = as_person("tani")
    page = text(tani.get(of(proposal)))
    assert "Ajukan 6 orang ke Dinas? 3 di antaranya masuk daftar tunggu." in page
    assert said_of(tani, proposal) == (3, 3, 0) == done_with(proposal, "tani", nobody=None)


def test_somebody_of_an_agency_who_has_moved_is_not_ready(as_person):
    proposal = making.draft(making.programme(), 2, by="tani")
    gone = making.entries(proposal)[0].worker_id
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=gone).update(area=Area.objects.get(pk=people.BOGORAN))
    said = said_of(as_person("tani"), proposal)
    assert said == (1, 0, 1) == done_with(proposal, "tani", nobody=None)


def test_who_will_wait_costs_nothing_yet(as_person):
    subsidy = making.programme(village_quota=3)
    proposal = making.submitted(subsidy, 1)
    making.draft(subsidy, 5, first=10)
    making.draft(subsidy, 1, first=20, findings=["rt.missing"])
    page = text(as_person("kartika").get(of(proposal)))
    assert "5 orang siap diajukan; 3 di antaranya masuk daftar tunggu" in page
    assert "yang belum siap: 4 orang, Rp806.400" in page


def test_a_long_list_is_counted_in_the_same_way(as_person, monkeypatch):
    monkeypatch.setattr("enrollment.proposals.candidates.MOST_EXAMINED", 2)
    subsidy = making.programme(village_quota=3)
    proposal = making.submitted(subsidy, 1)
    making.draft(subsidy, 5, first=10)
    page = text(as_person("kartika").get(of(proposal)))
    assert "Ajukan sekitar 5 orang ke Dinas? Sekitar 3 di antaranya masuk daftar tunggu." in page


def test_who_is_on_a_list_out_of_sight_is_said_not_to_come_along(as_person):
    subsidy = making.programme()
    tani, kartika = people.office("tani"), people.office("kartika")
    here = [people.worker(number, agency=tani.agency) for number in range(4)]
    village = making.draft(subsidy, 0)
    with scope.enter(kartika):
        chosen = Worker.objects.filter(pk=here[0].pk)
        assert actions.pick(village, chosen, by=kartika) == 1
    pick, client = of(making.draft(subsidy, 0, by="tani"), "pilih/"), as_person("tani")
    left_out = "1 orang tidak dimasukkan: sudah ada di daftar lain untuk program ini."
    ticked = {"pick": [str(worker.public_id) for worker in here[:2]]}
    answer = text(client.post(pick, ticked, follow=True))
    assert "1 orang masuk daftar" in answer and left_out in answer
    answer = text(client.post(pick, {"everybody": "1"}, follow=True))
    assert "2 orang masuk daftar" in answer and left_out in answer
    answer = client.post(pick, {"everybody": "1"}, follow=True)
    assert "masuk daftar." not in text(answer) and left_out in text(answer)


def test_a_filter_that_cannot_be_read_puts_nobody_on_the_list(as_person):
    proposal = making.draft(making.programme(), 0)
    for number in range(2):
        people.worker(number)
    client = as_person("kartika")
    given = {"everybody": "1", "pekerjaan": "ngawur"}
    answer = client.post(of(proposal, "pilih/"), given, follow=True)
    assert "Saringannya tidak dapat dibaca" in text(answer)
    assert making.states(proposal) == {}
    client.post(of(proposal, "pilih/"), {"everybody": "1"})
    assert making.states(proposal) == {"draft": 2}


def test_to_whom_they_go_is_said_of_those_who_get_a_place(as_person):
    """Of those whom the Dinas returned who had been passed on, and of those who are looked at."""
    subsidy = by_way(desa="kecamatan", village_quota=2)
    proposal = making.submitted(subsidy, 2)
    passed, seen = making.entries(proposal)
    making.act("karim", "pass", proposal, pks=[passed.pk])
    making.act("vera", "return", proposal, pks=[passed.pk], reason="Uji")
    making.act("karim", "return", proposal, pks=[seen.pk], reason="Uji")
    making.draft(subsidy, 3, first=10)
    kartika = people.office("kartika")
    with scope.enter(kartika):
        for entry in making.entries(proposal)[:2]:
            actions.mark_repaired(entry, by=kartika)
    page = text(as_person("kartika").get(of(proposal)))
    assert (
        "Ajukan 5 orang: 1 ke kecamatan, 1 langsung ke Dinas? 3 di antaranya masuk daftar tunggu."
        in page
    )
    with scope.enter(kartika):
        done = actions.submit(proposal, by=kartika)
    assert (done.going.checked, done.going.direct, done.waiting) == (1, 1, 3)


def test_where_all_will_wait_it_is_still_said_to_whom_they_would_go(as_person):
    subsidy = by_way(desa="kecamatan", village_quota=0)
    page = text(as_person("kartika").get(of(making.draft(subsidy, 2))))
    assert "Ajukan 2 orang ke kecamatan? 2 di antaranya masuk daftar tunggu." in page
