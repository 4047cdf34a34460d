"""A person entered by two villages: who is told, who decides, and what moves with the person."""

from datetime import date

import pytest
from django.db import InternalError

from enrollment.coverage.models import Cover, Membership
from enrollment.duplicates import actions
from enrollment.duplicates.models import DuplicateCase
from enrollment.imports.registry import comparing
from enrollment.workers.models import Worker, WorkerSource
from tests import people
from tests.imports.lists import person, register_elsewhere, registered, take
from villages import scope

pytestmark = pytest.mark.django_db


def test_a_person_of_another_regency_stays_hidden_and_its_dinas_decides(handed_in):
    register_elsewhere(1, people.BAURENO)
    job = take(handed_in("kartika", person(1)))
    assert job.counts["duplicate.elsewhere"] == 1
    with scope.whole_country("test"):
        assert job.rows.get().worker_id is None
    with scope.enter(people.office("vera")):
        assert not DuplicateCase.objects.exists()
    with scope.enter(people.office("vino")):
        case = DuplicateCase.objects.get()
    assert (case.regency_id, case.claimed_by_id) == (people.BOJONEGORO, people.SENDEN)


def test_a_person_who_moves_to_another_regency_takes_all_data_along(handed_in):
    worker = register_elsewhere(1, people.BAURENO)
    with scope.whole_country("test"):
        WorkerSource.objects.create(worker=worker, area_id=people.BAURENO, registry="DTSEN")
    take(handed_in("kartika", person(1)))
    vino = people.office("vino")
    with scope.enter(vino):
        case = DuplicateCase.objects.get()
        case = actions.decide(by=vino, case=case, decision="move", reason="KTP Senden")
        assert not Worker.objects.exists() and not WorkerSource.objects.exists()
    assert case.was_in_id == people.BAURENO
    with scope.enter(people.office("kartika")):
        assert Worker.objects.get().area_id == people.SENDEN
        assert WorkerSource.objects.get().area_id == people.SENDEN


@pytest.mark.parametrize("decided_by", ["vera", "kartika", None])
def test_the_function_moves_a_person_only_for_the_dinas_that_decided(handed_in, decided_by):
    """The function works on the whole country, so it checks itself that its caller has decided."""
    register_elsewhere(1, people.BAURENO)
    take(handed_in("kartika", person(1)))
    with scope.whole_country("test"):
        by = people.office(decided_by) if decided_by else None
        case = DuplicateCase.objects.get()
        case.decision, case.decided_by, case.was_in_id = "move", by, people.BAURENO
        case.save()
    for name in ("vera", "kartika", "vino"):
        with pytest.raises(InternalError, match="does not move"), scope.enter(people.office(name)):
            comparing.run("SELECT move_claimed_person(%(case)s)", case=case.pk)
    assert registered().area_id == people.BAURENO


def test_the_same_claim_opens_one_case_and_none_after_a_decision_to_stay(handed_in):
    register_elsewhere(1)
    for _ in range(2):
        take(handed_in("kartika", person(1)))
    vera = people.office("vera")
    with scope.enter(vera):
        case = DuplicateCase.objects.get()
        actions.decide(by=vera, case=case, decision="stay", reason="KTP Ngadimulyo")
    take(handed_in("kartika", person(1)))
    with scope.whole_country("test"):
        assert DuplicateCase.objects.count() == 1


def test_sources_memberships_and_cover_move_with_the_person(handed_in):
    worker = register_elsewhere(1)
    with scope.whole_country("test"):
        own = {"worker": worker, "area_id": people.BOGORAN}
        WorkerSource.objects.create(**own, registry="DTSEN")
        Membership.objects.create(**own, kpj="12345678901")
    people.cover(worker, date(2026, 1, 1), date(2026, 4, 1))
    take(handed_in("kartika", person(1)))
    vera = people.office("vera")
    with scope.enter(vera):
        actions.decide(by=vera, case=DuplicateCase.objects.get(), decision="move", reason="Pindah")
    with scope.enter(people.office("kartika")):
        seen = [model.objects.count() for model in (Worker, WorkerSource, Membership, Cover)]
    assert seen == [1, 1, 1, 1]
