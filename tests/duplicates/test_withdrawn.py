"""Undoing an import withdraws the duplicate cases that this import alone has opened."""

import pytest
from django.db import InternalError

from enrollment.duplicates import actions
from enrollment.duplicates.models import DuplicateCase
from enrollment.imports.registry import comparing
from enrollment.workers import actions as workers
from enrollment.workers import checking
from enrollment.workers.checks.rules import check_person
from tests import people
from tests.imports.lists import person, register_elsewhere, take
from tests.imports.registry.test_undo import undo
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


def cases(**lookup):
    with scope.whole_country("test"):
        return list(DuplicateCase.objects.filter(**lookup))


def claim_by_hand(number):
    by = people.office("kartika")
    with scope.enter(by), pytest.raises(workers.RegisteredElsewhere):
        checked = check_person({"nik": people.nik(number), "name": "SITI"}, **checking.basis())
        workers.enter(by=by, area=by.area_id, checked=checked, consent=False)


@pytest.mark.parametrize("elsewhere", [people.BOGORAN, people.BAURENO])
def test_undoing_an_import_deletes_its_open_case_and_keeps_the_history(handed_in, elsewhere):
    register_elsewhere(1, elsewhere)
    job = take(handed_in("kartika", person(1), person(2)))
    (case,) = cases()
    assert case.brought_by == job.pk
    undo(job)
    assert cases() == []
    with scope.whole_country("test"):
        events = DuplicateCase.events.rel.related_model.objects.filter(pgh_obj_id=case.pk)
        assert list(events.order_by("pgh_id").values_list("pgh_label", flat=True)) == [
            "insert", "delete",
        ]  # fmt: skip
        last = events.latest("pgh_id")
    assert last.claimed_values["name"] == "SITI"
    assert (last.pgh_context["username"], last.pgh_context["job"]) == ("kartika", str(job.pk))


@pytest.mark.parametrize("decision", ["stay", "move"])
def test_a_decided_case_stays(handed_in, decision):
    register_elsewhere(1)
    job = take(handed_in("kartika", person(1)))
    vera = people.office("vera")
    with scope.enter(vera):
        actions.decide(by=vera, case=DuplicateCase.objects.get(), decision=decision, reason="KTP")
    undo(job)
    assert [case.decision for case in cases()] == [decision]


def test_a_case_from_two_lists_is_withdrawn_when_both_are_undone(handed_in):
    for first in (0, 1):
        register_elsewhere(first + 1)
        jobs = [take(handed_in("kartika", person(first + 1))) for _ in range(2)]
        (case,) = cases()
        assert case.brought_by == jobs[0].pk
        undo(jobs[first])
        (case,) = cases()
        assert case.brought_by == jobs[1 - first].pk
        undo(jobs[1 - first])
        assert cases() == []


def test_a_case_that_was_also_claimed_by_hand_stays(handed_in):
    for number, by_hand_first in ((1, False), (2, True)):
        register_elsewhere(number)
        if by_hand_first:
            claim_by_hand(number)
        job = take(handed_in("kartika", person(number)))
        if not by_hand_first:
            claim_by_hand(number)
        undo(job)
    assert [case.brought_by for case in cases()] == [None, None]


def test_the_case_of_another_village_stays(handed_in):
    register_elsewhere(1, people.BAURENO)
    job = take(handed_in("kartika", person(1)))
    take(handed_in("bagus", person(1)))
    assert len(cases()) == 2
    undo(job)
    assert [case.claimed_by_id for case in cases()] == [people.BOGORAN]


def test_deciding_a_withdrawn_case_is_refused_with_a_sentence(handed_in):
    register_elsewhere(1)
    job = take(handed_in("kartika", person(1)))
    vera = people.office("vera")
    with scope.enter(vera):
        case = DuplicateCase.objects.get()
    undo(job)
    with scope.enter(vera), pytest.raises(Refusal, match="sudah ditarik kembali"):
        actions.decide(by=vera, case=case, decision="stay", reason="KTP")


@pytest.mark.parametrize("name", ["bagus", "kartika"])
def test_the_function_withdraws_only_for_an_own_import_being_undone(handed_in, name):
    """The function works on the whole country, so it checks the import and its office itself."""
    register_elsewhere(1)
    job = take(handed_in("kartika", person(1)))
    with scope.whole_country("test"):
        type(job).objects.filter(pk=job.pk).update(phase="undo" if name == "bagus" else "taken")
    with (
        pytest.raises(InternalError, match="not being taken back"),
        scope.enter(people.office(name)),
    ):
        comparing.run("SELECT withdraw_duplicate_cases(%(job)s)", job=job.pk)
    assert len(cases()) == 1
