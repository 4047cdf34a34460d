"""A list is submitted or changed at the moment at which its import is undone.

With real threads, connections and committed rows.
"""

from threading import Thread

import pytest
from django.db import IntegrityError, connections

from enrollment.duplicates import actions as duplicates
from enrollment.duplicates.models import DuplicateCase
from enrollment.imports import actions
from enrollment.imports.registry import comparing, undoing
from enrollment.proposals import actions as proposals
from enrollment.proposals.models import Entry
from enrollment.workers.models import Worker
from tests import people
from tests.imports.lists import current, person, register_elsewhere, take
from tests.imports.registry.test_undo import hand_in, listed
from tests.proposals.test_races import at_once, enough_connections  # noqa: F401
from tests.selection import short
from villages import scope

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8


def listed_import(handed_in, count=PEOPLE):
    """A taken import with all its people on a draft."""
    job = take(handed_in("kartika", *(person(number) for number in range(1, count + 1))))
    draft = listed(1, "Balapan")
    with scope.enter(job.office):
        rows = Worker.objects.all()
        rows.update(sex="L", mother_name="IBU", occupation_text="Petani", findings=[])
        proposals.pick(draft, rows, by=people.office("kartika"))
    return job, draft


def undoing_of(job):
    def undo():
        with scope.enter(job.office):
            actions.undo(by=job.office, job=job)
        actions.advance(job.pk)

    return undo


def standing():
    """(ids of people, ids of people on submitted lists)."""
    with scope.whole_country("test"):
        entries = Entry.objects.filter(state="submitted")
        people_ids = set(Worker.objects.values_list("pk", flat=True))
        return people_ids, set(entries.values_list("worker_id", flat=True))


@pytest.mark.usefixtures("enough_connections")
@pytest.mark.parametrize("run", short(range(3)))
def test_people_on_a_submitted_list_are_never_removed(handed_in, run):
    job, draft = listed_import(handed_in)
    answers = at_once([undoing_of(job), lambda: hand_in(draft)])
    registered, submitted = standing()
    assert submitted <= registered
    job = current(job)
    if submitted:  # submitted first, or in between: all are kept
        assert len(registered) == PEOPLE
        assert job.phase == "taken" or job.undone == 0
    else:
        assert (len(registered), job.undone) == (0, PEOPLE)
    assert answers is not None


@pytest.mark.usefixtures("enough_connections")
def test_people_on_a_list_submitted_during_the_undoing_are_kept_with_the_reason(handed_in):
    job, draft = listed_import(handed_in)
    with scope.enter(job.office):
        actions.undo(by=job.office, job=job)
    assert hand_in(draft).submitted == PEOPLE
    actions.advance(job.pk)
    registered, submitted = standing()
    assert registered == submitted and len(registered) == PEOPLE
    with scope.whole_country("test"):
        assert set(job.rows.values_list("stays", flat=True)) == {"listed"}


def test_without_the_check_of_lists_the_foreign_key_prevents_the_removal(handed_in, monkeypatch):
    """A control: without the check the undoing does try to remove people on submitted lists."""
    job, draft = listed_import(handed_in)
    with scope.enter(job.office):
        actions.undo(by=job.office, job=job)
    assert hand_in(draft).submitted == PEOPLE
    monkeypatch.setattr(undoing, "_take_out_held", lambda job, free: {})
    with pytest.raises(IntegrityError, match="enrollment_entry"):
        actions.advance(job.pk)
    assert len(standing()[0]) == PEOPLE


@pytest.mark.usefixtures("enough_connections")
def test_no_entry_of_a_draft_is_left_without_its_person(handed_in):
    job = take(handed_in("kartika", *(person(number) for number in range(1, PEOPLE + 1))))
    draft = listed(1, "Balapan")

    def pick():
        kartika = people.office("kartika")
        with scope.enter(kartika):
            return proposals.pick(draft, Worker.objects.all(), by=kartika)

    at_once([undoing_of(job), pick])
    registered, _ = standing()
    with scope.whole_country("test"):
        on_lists = set(Entry.objects.values_list("worker_id", flat=True))
    assert on_lists <= registered


def test_people_are_dropped_from_drafts_only_while_their_import_is_being_undone(handed_in):
    job, draft = listed_import(handed_in)
    ids = list(standing()[0])
    with pytest.raises(Exception, match="is not being taken back"), scope.enter(job.office):
        comparing.run("SELECT drop_from_drafts(%(job)s, %(ids)s)", job=job.pk, ids=ids)
    with scope.whole_country("test"):
        assert draft.entries.count() == PEOPLE


@pytest.mark.parametrize(
    ("locks", "left"), [(True, 2), (False, 0)], ids=["as it is", "control: without the lock"]
)
def test_people_named_by_a_list_that_is_being_taken_are_not_lost(
    handed_in, monkeypatch, locks, left
):
    """Another list finds the people registered while the undoing is about to remove them."""
    job = take(handed_in("kartika", person(1), person(2)))
    other = handed_in("kartika", person(1), person(2))
    taking, named_since = Thread(target=in_thread, args=(take, other)), undoing._named_since

    def named_since_and_start_taking(*arguments):
        named = named_since(*arguments)
        taking.start()
        taking.join(2)
        return named

    monkeypatch.setattr(undoing, "_named_since", named_since_and_start_taking)
    if not locks:
        monkeypatch.setattr(comparing, "lock_registry", lambda job, exclusive: None)
    undoing_of(job)()
    taking.join()
    assert (current(job).phase, current(other).phase) == ("undone", "taken")
    with scope.whole_country("test"):
        assert Worker.objects.count() == left


def in_thread(work, *arguments):
    try:
        work(*arguments)
    finally:
        connections.close_all()


@pytest.mark.usefixtures("enough_connections")
@pytest.mark.parametrize("run", short(range(3)))
def test_a_duplicate_case_is_either_decided_or_withdrawn(handed_in, run):
    register_elsewhere(1)
    job = take(handed_in("kartika", person(1), person(2)))
    vera = people.office("vera")
    with scope.enter(vera):
        case = DuplicateCase.objects.get()

    def decide():
        with scope.enter(vera):
            return duplicates.decide(by=vera, case=case, decision="stay", reason="KTP")

    _, answer = at_once([undoing_of(job), decide])
    assert current(job).phase == "undone"
    with scope.whole_country("test"):
        left = list(DuplicateCase.objects.values_list("decision", flat=True))
    if left:
        assert (left, answer.decision) == (["stay"], "stay")
    else:
        assert str(answer) == duplicates.WITHDRAWN
