"""A draft, and what others do to it and to its people at the same time."""

import threading

import pytest
from django.db import connection

from enrollment.decrees import actions, selection
from enrollment.decrees.models import Decree
from enrollment.proposals import departures
from enrollment.proposals.models import Entry
from enrollment.workers.models import Worker
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from villages import scope
from villages.refusals import Refusal

pytestmark = pytest.mark.django_db


class TestMeanwhile:
    def test_a_draft_that_somebody_else_has_discarded_is_refused_in_words(self):
        subsidy = drafts.programme()
        drafts.approve(subsidy, people.worker(1))
        draft = drafts.draft(subsidy)
        rini = people.office("rini")
        with scope.enter(rini):
            actions.discard(Decree.objects.get(pk=draft.pk), by=rini)
            for act in (actions.refresh, actions.discard, actions.issue):
                with pytest.raises(Refusal, match="sudah dibuang"):
                    act(draft, by=rini)

    def test_people_who_moved_within_the_regency_are_left_out(self):
        subsidy = drafts.programme()
        stays, moves = people.worker(1), people.worker(2)
        drafts.approve(subsidy, stays, moves)
        draft = drafts.draft(subsidy)
        with scope.whole_country("tests"):
            type(moves).objects.filter(pk=moves.pk).update(area_id=people.BOGORAN)
        rini = people.office("rini")
        with scope.enter(rini):
            assert selection.difference(draft) == (1, 0, 0)
            assert actions.refresh(draft, by=rini) == 1


@pytest.mark.django_db(transaction=True)
def test_two_drafts_at_once_name_each_person_once():
    subsidy = drafts.programme()
    drafts.approve(subsidy, *(people.worker(number) for number in range(3)))
    people.office("rini")  # made before the threads, which would both make it
    said, both_at = [], threading.Barrier(2)

    def draft():
        both_at.wait()
        try:
            drafts.draft(subsidy, number="")
        except Refusal as refusal:
            said.append(str(refusal))
        finally:
            connection.close()

    threads = [threading.Thread(target=draft) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said in ([actions.COPIED_MEANWHILE], [actions.NOBODY])
    with scope.whole_country("tests"):
        assert Decree.objects.count() == 1


def set_person(entry, **values):
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=entry.worker_id).update(**values)


def finding_about(entry):
    amir = people.office("amir")
    with scope.enter(amir):
        row = Entry.objects.prefetch_related("decree_rows__decree").get(pk=entry.pk)
        departures.add_people([row])
        return departures.finding_of(row, office=amir).code


def test_an_approval_counts_as_decreed_only_once_the_decree_is_issued():
    """While it is being issued it may still become a draft again."""
    proposal = making.approved(making.programme(), 2)
    entry = making.entries(proposal)[0]
    draft = drafts.draft(proposal.programme)
    drafts.begin(draft)
    died = {"ended_on": "2026-08-17", "ended_reason": "died", "ended_document": "Surat 1"}
    set_person(entry, **died)
    assert finding_about(entry) != "approval.decreed"
    set_person(entry, ended_on=None, ended_reason="", ended_document="")
    drafts.go_on(draft)
    set_person(entry, **died)
    assert finding_about(entry) == "approval.decreed"
