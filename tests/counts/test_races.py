"""Many write at one moment: real threads, real connections, committed rows."""

import itertools
import random
import threading

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from enrollment.counts import actions
from enrollment.models import DecreeEntry, Entry, EntryCount, PeopleCount, Worker
from enrollment.proposals.models import Proposal
from tests import databases, people
from tests.counts import counting
from tests.decrees import drafts
from tests.proposals import making
from tests.proposals.test_races import at_once, enough_connections  # noqa: F401
from tests.selection import short
from villages import scope

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]

CROWD = 50
DIED = {"ended_on": "2026-05-01", "ended_reason": "died"}


@pytest.fixture
def crowd():
    """The ids of fifty approved people of one list."""
    proposal = making.crowd(making.programme(), CROWD, Entry.State.APPROVED)
    with scope.whole_country("tests"):
        return list(proposal.entries.order_by("pk").values_list("pk", flat=True))


def writer(number, pks):
    """Some short transactions about one or two of the people; some are undone, some fold."""
    chance = random.Random(number)
    changes = [
        lambda rows, _: rows.update(state="verified", cost=0),
        lambda rows, _: rows.update(state="approved", cost=5),
        lambda _, persons: persons.update(**DIED),
        lambda _, persons: persons.update(ended_on=None, ended_reason=""),
        lambda _, persons: persons.update(area_id=people.BOGORAN),
    ]

    def write():
        for _ in range(4):
            pk = chance.choice(pks)
            with scope.whole_country("tests"), transaction.atomic():
                chance.choice(changes)(
                    Entry.objects.filter(pk=pk), Worker.objects.filter(entries=pk)
                )
                transaction.set_rollback(chance.random() < 0.2)
            if chance.random() < 0.2:
                actions.fold()

    return write


def test_fifty_writers_who_meet_lose_nobody(crowd):
    at_once([writer(number, crowd[:10]) for number in range(CROWD)])
    counting.assert_equal()
    with scope.whole_country("tests"):
        assert Entry.objects.filter(gone=True).exists()
        assert Entry.objects.filter(state="verified").exists()


def test_fifty_who_read_a_number_and_write_it_back_lose_the_others(crowd, database_name):
    """The control: what a kept number would be if writers changed it instead of adding rows."""
    read, turn = threading.Barrier(CROWD), threading.Lock()
    actions.fold()

    def decide(pk):
        with scope.whole_country("tests"):
            before = EntryCount.objects.get(state="approved").people
            read.wait(timeout=30)
            Entry.objects.filter(pk=pk).update(state="verified", cost=0)
        with turn:
            spoil(database_name, f"people = {before - 1}", "folded")

    at_once([lambda pk=pk: decide(pk) for pk in crowd])
    with scope.whole_country("tests"):
        assert not Entry.objects.filter(state="approved").exists()
        assert EntryCount.objects.get(folded=True).people == CROWD - 1
        assert EntryCount.objects.filter(folded=False, state="approved").count() == CROWD


def test_nobody_waits_for_a_number_that_another_has_not_committed(crowd):
    """Two decide about different people of one village at a moment."""
    answers = []

    def decide(pk):
        with scope.whole_country("tests"), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '5s'")
            answers.append(Entry.objects.filter(pk=pk).update(state="verified", cost=0))

    with scope.whole_country("tests"):
        Entry.objects.filter(pk=crowd[0]).update(state="verified", cost=0)
        at_once([lambda: decide(crowd[1])])
        assert answers == [1]
    counting.assert_equal()


def spoil(name, change, where, table="entrycount"):
    """Write a count, as nobody but the owner of the tables can."""
    with databases.owner(name) as owner, owner.cursor() as cursor:
        for setting, value in (("low", ""), ("high", "~"), ("agency", "")):
            cursor.execute("SELECT set_config(%s, %s, false)", [f"portal.{setting}", value])
        cursor.execute(f"UPDATE enrollment_{table} SET {change} WHERE {where}")


def test_the_command_says_what_differed_and_repairs_it(crowd, database_name, capsys):
    actions.fold()
    spoil(database_name, "people = people + 3, cost = 7", "state = 'approved'")
    spoil(database_name, "people = people - 2", "true", table="peoplecount")
    assert counting.kept() != counting.counted()
    call_command("recount")
    assert capsys.readouterr().out.splitlines() == [
        f"{people.SENDEN} approved: -3 people, -7 rupiah",
        f"{people.SENDEN} people: +2 people, +0 rupiah",
        "2 counts were wrong.",
    ]
    counting.assert_equal()
    with scope.whole_country("tests"):
        assert (EntryCount.objects.count(), PeopleCount.objects.count()) == (1, 1)


def ending(world):
    Worker.objects.filter(pk=world.worker.pk).update(**DIED)


def listing(world):
    """On a second programme's list."""
    Entry.objects.create(
        proposal=world.other, programme=world.other.programme, worker=world.worker,
        area_id=people.SENDEN,
    )  # fmt: skip


def approving(world):
    Entry.objects.filter(pk=world.entry.pk).update(state="approved", cost=world.entry.cost)


def taking_back(world):
    Entry.objects.filter(pk=world.entry.pk, decree_rows=None).update(state="verified", cost=0)


def decreeing(world):
    DecreeEntry.objects.create(
        decree=world.draft, entry=world.entry, area_id=people.SENDEN, position=9, months=9,
        premium=1, cost=world.entry.cost,
    )  # fmt: skip


def undecreeing(world):
    DecreeEntry.objects.filter(entry=world.entry).delete()


class World:
    """A person approved in a programme of which there is a draft; it names another person."""

    def __init__(self):
        subsidy, second = drafts.programme(), drafts.programme("Kedua")
        drafts.approve(subsidy, people.worker(1))
        self.draft = drafts.draft(subsidy)
        self.worker = people.worker(2)
        drafts.approve(subsidy, self.worker)
        with scope.whole_country("tests"):
            self.entry = Entry.objects.get(worker=self.worker)
            self.other = Proposal.objects.create(
                programme=second, area_id=people.SENDEN, created_by=people.office("kartika")
            )


STEPS = [ending, listing, approving, taking_back, decreeing, undecreeing]
PAIRS = set(itertools.permutations(STEPS, 2)) - {(decreeing, undecreeing)}  # there is one row
BEFORE = {approving: taking_back, undecreeing: decreeing}
"""What must have happened to the person before."""


@pytest.mark.parametrize(
    ("first", "second"),
    short(sorted(PAIRS, key=lambda pair: [STEPS.index(step) for step in pair])[::-1], keep=6),
    ids=lambda step: step.__name__,
)
def test_whatever_crosses_another_is_counted_once(first, second):
    """The second begins while the first is not committed, and reads what was there before."""
    world = World()
    for step in (first, second):
        with scope.whole_country("tests"):
            BEFORE.get(step, lambda world: None)(world)
    refused = []

    def run():
        try:
            with scope.whole_country("tests"):
                second(world)
        except Exception as problem:
            refused.append(problem)
        finally:
            connections.close_all()

    thread = threading.Thread(target=run)
    with scope.whole_country("tests"):
        first(world)
        thread.start()
        thread.join(timeout=0.15)
    thread.join(timeout=30)
    assert not thread.is_alive()
    assert all("entry_in_decree_stays_approved" in str(problem) for problem in refused)
    counting.assert_equal()
