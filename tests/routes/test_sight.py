"""The DPMD sees the people of its lists as long as they are on them and live there."""

import pytest
from django.urls import reverse

from enrollment.workers.models import Worker
from tests import people
from tests.duplicates.test_whole_person import claimed, decide
from tests.proposals import making
from tests.routes.test_ways import by_way
from villages import scope

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal():
    people.office("dewi")
    return making.submitted(by_way(desa="dpmd"), 2)


def seen():
    with scope.enter(people.office("dewi")):
        return set(Worker.objects.values_list("pk", flat=True))


def pages(client, entry):
    return [
        client.get(reverse("entry_detail", args=[entry.public_id])),
        client.get(reverse("proposal_detail", args=[entry.proposal_id]), {"status": "semua"}),
        client.get(
            reverse("proposal_desk", args=[entry.proposal_id]), {"orang": str(entry.public_id)}
        ),
    ]


def test_everybody_on_its_list_is_in_sight(proposal):
    assert seen() == {entry.worker_id for entry in making.entries(proposal)}


def test_who_has_been_rejected_is_out_of_sight(proposal, as_person):
    lost, stays = making.entries(proposal)
    making.act("dewi", "pass", proposal)
    making.act("vera", "reject", proposal, pks=[lost.pk], reason="Bukan pekerja")
    assert seen() == {stays.worker_id}
    assert [page.status_code for page in pages(as_person("dewi"), lost)] == [200, 200, 200]


def test_who_has_moved_to_another_village_is_out_of_sight(proposal, as_person):
    lost, stays = making.entries(proposal)
    decide(claimed(lost.worker, address="RAHASIA jalan"))
    assert seen() == {stays.worker_id}
    for page in pages(as_person("dewi"), lost):
        assert page.status_code == 200
        assert "RAHASIA" not in page.text


def test_who_has_been_returned_is_in_sight(proposal):
    making.act("dewi", "return", proposal, reason="Alamat")
    assert len(seen()) == 2
