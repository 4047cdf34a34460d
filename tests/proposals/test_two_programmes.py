"""A person whom two programmes are asked for in the same months, before one of them approves."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from enrollment.proposals import actions
from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from tests.proposals.asking import of, text
from villages import scope

pytestmark = pytest.mark.django_db
TOLD = "Juga diusulkan di program Nelayan 2026 (Juli–Desember 2026), dan di sana belum diputuskan."


def also(subsidy, proposal, by="kartika", submit=True):
    """Put everybody of a list on the list of another programme, too."""
    office = people.office(by)
    with scope.enter(office):
        other = actions.start(subsidy, by=office)
        chosen = Worker.objects.filter(entries__proposal=proposal)
        actions.pick(other, chosen, by=office)
        if submit:
            actions.submit(other, by=office)
    return other


@pytest.fixture
def fishing():
    return making.programme(name="Nelayan", first_month=date(2026, 7, 1), months=6)


@pytest.fixture
def lists(fishing):
    first = making.submitted(making.programme(), 2)
    return first, also(fishing, first)


@pytest.mark.parametrize("who", ["kartika", "vera"])
def test_village_and_verifier_are_told_of_the_other_programme(as_person, lists, who):
    client = as_person(who)
    assert text(client.get(of(lists[0]), {"status": "semua"})).count(TOLD) == 2
    assert "Pekerja rentan 2026 (Juli–Desember 2026)" in text(client.get(of(lists[1])))
    (entry, *_) = making.entries(lists[0])
    assert TOLD in text(client.get(f"/usulan/orang/{entry.public_id}/"))


def test_it_stops_nobody(lists):
    done = making.act("vera", "verify", lists[0])
    assert making.states(lists[0]) == {"verified": 2}, done
    making.act("amir", "approve", lists[0])
    assert making.states(lists[0]) == {"approved": 2}


def test_once_one_is_approved_it_counts_as_paid(as_person, lists):
    making.act("vera", "verify", lists[1])
    making.act("amir", "approve", lists[1])
    page = text(as_person("vera").get(of(lists[0])))
    assert "Juga diusulkan" not in page
    assert "Iurannya untuk Juli–Desember 2026 sudah dibayar program lain" in page


def test_a_draft_elsewhere_and_other_months_are_no_matter(as_person):
    first = making.submitted(making.programme(months=6), 1)
    also(making.programme(name="Nelayan", first_month=date(2026, 7, 1), months=6), first)
    also(making.programme(name="Pedagang"), first, submit=False)
    assert "Juga diusulkan" not in text(as_person("vera").get(of(first)))


def test_who_is_picked_is_told_before(as_person, fishing):
    first = making.submitted(fishing, 1)
    drafted = making.draft(making.programme(), 0)
    page = as_person("kartika").get(of(drafted, "pilih/"))
    assert TOLD in text(page)
    notes = "Pernyataan belum lengkap, Juga di program lain"
    assert f"Memenuhi syarat, dengan catatan: {notes}" in text(page)
    assert making.states(first) == {"submitted": 1}


def test_queries_do_not_grow_with_the_people(as_person, lists, fishing):
    client, counts = as_person("vera"), []
    for first in (10, 20):
        with CaptureQueriesContext(connection) as queries:
            client.get(of(lists[0]), {"status": "semua"})
        counts.append(len(queries))
        also(fishing, making.submitted(lists[0].programme, 4, first=first))
    assert counts[0] == counts[1]


def test_a_village_reads_nothing_of_lists_that_it_does_not_see(as_person, fishing):
    """Where the person was before, another village has asked for them."""
    before = making.submitted(fishing, 1, by="bagus", area=people.BOGORAN)
    (entry,) = making.entries(before)
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=entry.worker_id).update(area=people.SENDEN)
    now = making.draft(making.programme(), 0)
    with scope.enter(people.office("kartika")):
        mine = Worker.objects.filter(pk=entry.worker_id)
        actions.pick(now, mine, by=people.office("kartika"))
    page = text(as_person("kartika").get(of(now)))
    assert entry.worker.name in page and "Juga diusulkan" not in page
    assert "Juga diusulkan" in text(as_person("vera").get(of(now), {"status": "semua"}))
