"""A list is handed in, or drawn up, at the moment at which its import is taken back.

Real threads, connections and committed rows.
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
from villages import scope

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 8


def listed_import(handed_in, count=PEOPLE):
    """An import that is taken, and everybody of it on a draft."""
    job = take(handed_in("kartika", *(person(number) for number in range(1, count + 1))))
    draft = listed(1, "Balapan")
    with scope.enter(job.office):
        rows = Worker.objects.all()
        rows.update(sex="L", mother_name="IBU", occupation_text="Petani", findings=[])
        proposals.pick(draft, rows, by=people.office("kartika"))
    return job, draft


def taking_back(job):
    def undo():
        with scope.enter(job.office):
            actions.undo(by=job.office, job=job)
        actions.advance(job.pk)

    return undo


def standing():
    """(people, entries that were handed in): nobody who was handed in may be missing."""
    with scope.whole_country("test"):
        entries = Entry.objects.filter(state="submitted")
        people_ids = set(Worker.objects.values_list("pk", flat=True))
        return people_ids, set(entries.values_list("worker_id", flat=True))


@pytest.mark.usefixtures("enough_connections")
@pytest.mark.parametrize("run", range(3))
def test_nobody_who_is_handed_in_is_lost(handed_in, run):
    job, draft = listed_import(handed_in)
    answers = at_once([taking_back(job), lambda: hand_in(draft)])
    registered, submitted = standing()
    assert submitted <= registered
    job = current(job)
    if submitted:  # handed in first, or in between: they all stay
        assert len(registered) == PEOPLE
        assert job.phase == "taken" or job.undone == 0
    else:
        assert (len(registered), job.undone) == (0, PEOPLE)
    assert answers is not None


@pytest.mark.usefixtures("enough_connections")
def test_handed_in_between_the_beginning_and_the_end_they_stay_and_the_page_says_so(handed_in):
    job, draft = listed_import(handed_in)
    with scope.enter(job.office):
        actions.undo(by=job.office, job=job)
    assert hand_in(draft).submitted == PEOPLE
    actions.advance(job.pk)
    registered, submitted = standing()
    assert registered == submitted and len(registered) == PEOPLE
    with scope.whole_country("test"):
        assert set(job.rows.values_list("stays", flat=True)) == {"listed"}


def test_without_looking_again_the_database_still_lets_nobody_go(handed_in, monkeypatch):
    """The control: what the look at lists prevents does happen without it, at the foreign key."""
    job, draft = listed_import(handed_in)
    with scope.enter(job.office):
        actions.undo(by=job.office, job=job)
    assert hand_in(draft).submitted == PEOPLE
    monkeypatch.setattr(undoing, "_held", lambda job, free: {})
    with pytest.raises(IntegrityError, match="enrollment_entry"):
        actions.advance(job.pk)
    assert len(standing()[0]) == PEOPLE


@pytest.mark.usefixtures("enough_connections")
def test_whoever_is_put_on_a_list_meanwhile_is_there_or_gone_and_nothing_between(handed_in):
    job = take(handed_in("kartika", *(person(number) for number in range(1, PEOPLE + 1))))
    draft = listed(1, "Balapan")

    def pick():
        kartika = people.office("kartika")
        with scope.enter(kartika):
            return proposals.pick(draft, Worker.objects.all(), by=kartika)

    at_once([taking_back(job), pick])
    registered, _ = standing()
    with scope.whole_country("test"):
        on_lists = set(Entry.objects.values_list("worker_id", flat=True))
    assert on_lists <= registered


def test_drafts_are_dropped_by_nobody_whose_import_is_not_being_taken_back(handed_in):
    job, draft = listed_import(handed_in)
    ids = list(standing()[0])
    with pytest.raises(Exception, match="is not being taken back"), scope.enter(job.office):
        comparing.run("SELECT drop_from_drafts(%(job)s, %(ids)s)", job=job.pk, ids=ids)
    with scope.whole_country("test"):
        assert draft.entries.count() == PEOPLE


@pytest.mark.parametrize(
    ("apart", "left"), [(True, 2), (False, 0)], ids=["as it is", "control: without the lock"]
)
def test_who_is_named_by_a_list_that_is_being_taken_is_not_lost(
    handed_in, monkeypatch, apart, left
):
    """Another list finds them registered while they are about to be taken back."""
    job = take(handed_in("kartika", person(1), person(2)))
    other = handed_in("kartika", person(1), person(2))
    taking, ask = Thread(target=in_thread, args=(take, other)), undoing._named_since

    def ask_and_let_the_other_begin(*question):
        named = ask(*question)
        taking.start()
        taking.join(2)
        return named

    monkeypatch.setattr(undoing, "_named_since", ask_and_let_the_other_begin)
    if not apart:
        monkeypatch.setattr(comparing, "lock_registry", lambda job, exclusive: None)
    taking_back(job)()
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
@pytest.mark.parametrize("run", range(3))
def test_a_case_is_decided_or_withdrawn_never_both(handed_in, run):
    register_elsewhere(1)
    job = take(handed_in("kartika", person(1), person(2)))
    vera = people.office("vera")
    with scope.enter(vera):
        case = DuplicateCase.objects.get()

    def decide():
        with scope.enter(vera):
            return duplicates.decide(by=vera, case=case, decision="stay", reason="KTP")

    _, answer = at_once([taking_back(job), decide])
    assert current(job).phase == "undone"
    with scope.whole_country("test"):
        left = list(DuplicateCase.objects.values_list("decision", flat=True))
    if left:
        assert (left, answer.decision) == (["stay"], "stay")
    else:
        assert str(answer) == duplicates.WITHDRAWN
