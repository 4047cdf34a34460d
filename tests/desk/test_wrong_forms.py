"""What a form says wrongly is no fault of the page, and undoing elsewhere forgets nothing."""

import pytest
from django.urls import reverse

from enrollment.workers.models import Worker
from tests import people
from tests.proposals import making
from tests.selection import short
from villages import scope

pytestmark = pytest.mark.django_db
WRONG = [
    "2026-01-01T00:00:00", "0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00",
    "9999-12-31T23:59:59-14:00", "2026-13-01T00:00:00", "x\0", "2026-01-01T00:00:00+23:59",
]  # fmt: skip


def form(entry, **changed):
    with scope.whole_country("tests"):
        worker = Worker.objects.get(pk=entry.worker_id)
    return {
        "act": "verify", "orang": str(entry.public_id), "seen": entry.changed_at.isoformat(),
        "seen_person": worker.updated_at.isoformat(), **changed,
    }  # fmt: skip


@pytest.mark.parametrize("name", ["seen", "seen_person"])
@pytest.mark.parametrize("wrong", short(WRONG, keep=2))
def test_a_moment_that_no_page_has_shown_is_refused(as_person, name, wrong):
    proposal = making.submitted(making.programme(), 1)
    entry = making.entries(proposal)[0]
    there = reverse("proposal_desk", args=[proposal.pk])
    answer = as_person("vera").post(there, form(entry, **{name: wrong}))
    assert answer.status_code == 200
    assert making.states(proposal) == {"submitted": 1}


def test_the_right_moments_are_taken(as_person):
    proposal = making.submitted(making.programme(), 1)
    there = reverse("proposal_desk", args=[proposal.pk])
    as_person("vera").post(there, form(making.entries(proposal)[0]))
    assert making.states(proposal) == {"verified": 1}


def test_undo_at_the_desk_of_another_list_keeps_the_decision_to_be_undone(as_person):
    subsidy = making.programme()
    here = making.submitted(subsidy, 1)
    other = making.submitted(subsidy, 1, by="bagus", area=people.BOGORAN, first=100)
    vera = as_person("vera")
    at_here, at_other = (reverse("proposal_desk", args=[each.pk]) for each in (here, other))
    vera.post(at_here, form(making.entries(here)[0]))
    told = vera.post(at_other, {"act": "undo"}, follow=True).text
    assert "Keputusan terakhir Anda ada di daftar lain" in told
    assert making.states(here) == {"verified": 1}
    vera.post(at_here, {"act": "undo"})
    assert making.states(here) == {"submitted": 1}
