"""A decision, or undoing it, while others work on the person: real threads, committed rows."""

import re
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

import pytest
from django.db import connection

from enrollment.decrees import actions as decrees
from enrollment.decrees.models import Decree
from enrollment.proposals import actions as proposals
from enrollment.proposals.models import Entry
from enrollment.workers.models import Worker
from portal.launch.embedded import wait_until
from tests import databases, people
from tests.decrees import drafts
from tests.duplicates.test_whole_person import claimed, decide, undo
from tests.proposals import making
from tests.proposals.test_races import enough_connections  # noqa: F401
from tests.waiting import somebody_waits
from villages import scope
from villages.refusals import Refusal

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("enough_connections"),
]


@contextmanager
def meanwhile(name, does):
    """In the block `does()` has been done by the office `name` in a transaction that is open; it is
    committed after the block. The block gets a function that starts something in a thread of its
    own, and returns once that waits for the open transaction."""
    done, over = Event(), Event()
    office = people.office(name)

    def stay():
        try:
            with scope.enter(office):
                does()
                done.set()
                over.wait(60)
        finally:
            done.set()
            connection.close()

    def run(work):
        try:
            return work()
        except Refusal as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        stays = threads.submit(stay)
        done.wait(60)

        def start(work):
            answer = threads.submit(run, work)
            wait_until(somebody_waits, 60, "nobody waits for the open transaction")
            return answer

        try:
            yield start
        finally:
            over.set()
            stays.result()


@contextmanager
def without_the_lock(name):
    """`move_person_back` as it would be if it only looked at the person."""
    with databases.owner(name) as owner, owner.cursor() as cursor:
        sql = databases.definition(cursor, "move_person_back")
        looks, locks = re.subn(r"(WHERE w.id = the.worker_id) FOR UPDATE", r"\1", sql)
        assert locks == 1
        cursor.execute(looks)
        try:
            yield
        finally:
            cursor.execute(sql)


def proposed_while_undone():
    """Bagus puts the person on his list while Vera undoes the decision that moved them to him.
    Returns her answer, where the person is and the villages of their entries."""
    worker, subsidy = people.worker(0), making.programme()
    case = claimed(worker)
    decide(case)
    bagus = people.office("bagus")
    with scope.enter(bagus):
        own = proposals.start(subsidy, by=bagus)

    def pick():
        assert proposals.pick(own, Worker.objects.filter(pk=worker.pk), by=bagus) == 1

    with meanwhile("bagus", pick) as start:
        answer = start(lambda: undo(case))
    said = answer.result()
    with scope.whole_country("tests"):
        listed = list(Entry.objects.values_list("area", flat=True))
    return said, making.fresh(worker).area_id, listed


def test_undoing_waits_for_who_proposes_the_person_and_is_refused():
    said, place, listed = proposed_while_undone()
    assert "sudah masuk daftar usulan" in str(said)
    assert (place, listed) == (people.BOGORAN, [people.BOGORAN])


def test_without_the_lock_the_person_is_taken_from_the_list_of_the_new_village(database_name):
    """The control: what is looked for before the other has committed is not seen."""
    with without_the_lock(database_name):
        _, place, listed = proposed_while_undone()
    assert (place, listed) == (people.SENDEN, [people.BOGORAN])


def test_who_is_drafted_meanwhile_is_moved_at_the_second_attempt():
    proposal = making.approved(making.programme(), 2)
    first = making.entries(proposal)[0]
    case, rini = claimed(first.worker), people.office("rini")

    def draft():
        decrees.draft(by=rini, programme=proposal.programme, **drafts.WORDS)

    with meanwhile("rini", draft) as start:
        answer = start(lambda: decide(case))
    assert "baru saja masuk rancangan" in str(answer.result())
    assert making.fresh(first).state == "approved"
    assert making.fresh(first.worker).area_id == people.SENDEN
    decide(case)
    assert making.fresh(first).state == "rejected"
    with scope.whole_country("tests"):
        assert Decree.objects.get().people == 1
