"""What triggers keep equals a recount, whatever is written and in whatever order."""

import random
from datetime import date

import pytest
from django.core.management import call_command
from django.db import ProgrammingError, connection, transaction

from enrollment.counts import actions
from enrollment.decrees import actions as decrees
from enrollment.duplicates.models import DuplicateCase
from enrollment.imports import actions as imports
from enrollment.models import Decree, DecreeEntry, Entry, EntryCount, PeopleCount, Worker
from enrollment.proposals import actions as proposals
from enrollment.proposals.models import Proposal
from tests import people
from tests.counts import counting
from tests.decrees import drafts
from tests.imports.lists import person, take
from tests.proposals import making
from tests.selection import EVERY
from villages import scope

pytestmark = pytest.mark.django_db

STATES = sorted(set(Entry.State.values) - {"cosigned", "left"})
"""Without those for which a signature, or an approved leaving, has to be there first."""
VILLAGES = [people.SENDEN, people.BOGORAN, people.BAURENO]
FINDINGS = [[], ["rt.missing"], ["rt.missing", "nik.date_differs"]]
DIED = {"ended_on": date(2026, 5, 1), "ended_reason": "died"}
BACK = {"ended_on": None, "ended_reason": ""}


class Walk:
    """A random history of a small registry, written statement by statement."""

    def __init__(self, seed):
        self.chance, self.number = random.Random(seed), 0
        names = ("kartika", "vera", "amir")
        self.signed = dict(zip(
            ("submitted_by", "verified_by", "approved_by"),
            (people.office(name).user for name in names), strict=True,
        ))  # fmt: skip
        # Of two years: nobody is promised a month twice.
        programmes = [
            drafts.programme("Satu"),
            drafts.programme("Dua", year=2027, first_month=date(2027, 1, 1)),
        ]
        makers = [*(people.office(name) for name in ("kartika", "bagus", "tani"))]
        with scope.whole_country("tests"):
            self.lists = [
                Proposal.objects.create(
                    programme=programme, area=by.area, agency=by.agency, created_by=by
                )
                for programme in programmes for by in makers
            ]  # fmt: skip
            self.decrees = [
                Decree.objects.create(
                    regency_id=people.TRENGGALEK, programme=programme,
                    drafted_by=people.office("rini"), date=date(2026, 1, 2), people=0, total=0,
                )
                for programme in programmes
            ]  # fmt: skip
        self.steps = [
            self.come, self.come, self.list, self.list, self.decide, self.decide, self.decide,
            self.take_off, self.end, self.come_back, self.move, self.correct, self.leave,
            self.decree, self.decree, self.undecree, self.fold,
        ]  # fmt: skip

    def go(self, steps):
        for _ in range(steps):
            step = self.chance.choice(self.steps)
            with scope.whole_country("tests"), transaction.atomic():
                step()
                if self.chance.random() < 0.2:
                    transaction.set_rollback(True)

    def some(self, rows, most=6):
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.filter(pk__in=self.chance.sample(keys, min(len(keys), most)))

    def come(self):
        first, self.number = self.number, self.number + self.chance.randint(1, 8)
        Worker.objects.bulk_create(
            Worker(
                area_id=self.chance.choice(VILLAGES), name=f"Orang {n}", nik=f"{10**15 + n}",
                findings=self.chance.choice(FINDINGS), **self.chance.choice([BACK, BACK, DIED]),
            )
            for n in range(first, self.number)
        )  # fmt: skip

    def list(self):
        chosen = self.chance.choice(self.lists)
        new = Worker.objects.exclude(entries__programme=chosen.programme_id)
        Entry.objects.bulk_create(
            Entry(
                proposal=chosen, programme_id=chosen.programme_id, worker=worker,
                area_id=worker.area_id,
            )
            for worker in self.some(new)
        )  # fmt: skip

    def decide(self):
        state = self.chance.choice([*STATES, "approved", "approved", "approved"])
        cost = 151_200 if state == "approved" else 0
        rows = self.some(Entry.objects.filter(decree_rows=None))
        Entry.objects.filter(pk__in=rows.values("pk")).update(
            state=state, cost=cost, reason="Lengkapi", rank=1, **self.signed
        )

    def take_off(self):
        rows = self.some(Entry.objects.filter(decree_rows=None), most=2)
        Entry.objects.filter(pk__in=list(rows.values_list("pk", flat=True))).delete()

    def end(self):
        self.some(Worker.objects.active(), most=3).update(**DIED)

    def come_back(self):
        self.some(Worker.objects.exclude(ended_on=None), most=3).update(**BACK)

    def move(self):
        self.some(Worker.objects.all(), most=3).update(area_id=self.chance.choice(VILLAGES))

    def correct(self):
        self.some(Worker.objects.all()).update(findings=self.chance.choice(FINDINGS))

    def leave(self):
        self.some(Worker.objects.filter(entries=None), most=2).delete()

    def decree(self):
        decree = self.chance.choice(self.decrees)
        rows = self.some(Entry.objects.filter(
            programme=decree.programme_id, state="approved", decree_rows=None
        ))  # fmt: skip
        last = DecreeEntry.objects.filter(decree=decree).order_by("position").last()
        DecreeEntry.objects.bulk_create(
            DecreeEntry(
                decree=decree, entry=entry, area_id=entry.area_id, position=position, months=9,
                premium=1, cost=entry.cost,
            )
            for position, entry in enumerate(rows, (last.position if last else 0) + 1)
        )  # fmt: skip

    def undecree(self):
        self.some(DecreeEntry.objects.all(), most=4).delete()

    def fold(self):
        actions.fold()


@pytest.mark.parametrize("seed", range(8 if EVERY else 3))
def test_after_a_random_history_what_is_kept_equals_a_recount(seed):
    walk, seen = Walk(seed), set()
    for _ in range(20):
        walk.go(8)
        entries, _ = counting.kept()
        seen |= {(state, gone, bool(decree)) for *_, state, gone, decree, _ in entries}
        counting.assert_equal()
    approved = {("approved", gone, named) for gone in (False, True) for named in (False, True)}
    assert approved <= seen  # so that there was something to go wrong


def test_a_person_who_ends_moves_or_comes_back_is_marked_on_every_list():
    proposal = making.approved(making.programme(), 3)
    with scope.whole_country("tests"):
        person = proposal.entries.first().worker
    drafts.approve(making.programme(name="Kedua"), person, state=Entry.State.VERIFIED)
    with scope.whole_country("tests"):
        entries = Entry.objects.filter(worker=person)
        for change, gone in ((DIED, True), (BACK, False), ({"area_id": people.BAURENO}, True)):
            Worker.objects.filter(pk=person.pk).update(**change)
            assert list(entries.values_list("gone", flat=True)) == [gone, gone]
            counting.assert_equal()


def test_marking_who_has_gone_adds_nothing_to_the_history():
    proposal = making.approved(making.programme(), 1)
    with scope.whole_country("tests"):
        entry = proposal.entries.get()
        before = entry.events.count()
        Worker.objects.filter(pk=entry.worker_id).update(**DIED)
        assert Entry.objects.get(pk=entry.pk).gone
        assert entry.events.count() == before


def test_a_person_whom_a_case_moves_out_of_the_regency_is_marked():
    """The Dinas that gives them away does not see the person any more, and its list must know."""
    proposal = making.approved(making.programme(), 1)
    rini = people.office("rini")
    with scope.whole_country("tests"):
        case = DuplicateCase.objects.create(
            worker=proposal.entries.get().worker, regency_id=people.TRENGGALEK,
            was_in_id=people.SENDEN, claimed_by_id=people.BAURENO, claimed_values={},
            decision="move", decided_by=rini,
        )  # fmt: skip
    with scope.enter(rini), connection.cursor() as cursor:
        cursor.execute("SELECT move_claimed_person(%s)", [case.pk])
    with scope.enter(people.office("amir")):
        assert Entry.objects.get().gone
    counting.assert_equal()


def test_drafting_refreshing_discarding_and_issuing_keep_it_equal():
    subsidy = drafts.programme()
    drafts.approve(subsidy, *(people.worker(number) for number in range(4)))
    rini, draft = people.office("rini"), drafts.draft(subsidy)
    counting.assert_equal()
    with scope.whole_country("tests"):
        Worker.objects.filter(pk=Worker.objects.order_by("pk")[0].pk).update(**DIED)
    counting.assert_equal()
    for change in (decrees.refresh, decrees.discard):
        with scope.enter(rini):
            change(draft, by=rini)
        counting.assert_equal()
    drafts.issue(drafts.draft(subsidy))
    counting.assert_equal()
    with scope.whole_country("tests"):
        named = EntryCount.objects.exclude(decree_id=None)
        assert sum(named.values_list("people", flat=True)) == 3


def test_taking_a_list_correcting_it_and_undoing_it_keep_it_equal(handed_in):
    job = take(handed_in("kartika", person(1), person(2), person(3, source="DTSEN")))
    counting.assert_equal()
    again = take(handed_in("kartika", person(1, name="SITI AMINAH", rt=""), person(4)))
    counting.assert_equal()
    kartika, subsidy = people.office("kartika"), making.programme()
    with scope.enter(kartika):
        proposal = proposals.start(subsidy, by=kartika)
        assert proposals.pick(proposal, Worker.objects.all(), by=kartika) == 4
    counting.assert_equal()
    for done in (again, job):
        with scope.enter(kartika):
            imports.undo(by=kartika, job=done)
        imports.advance(done.pk)
        counting.assert_equal()
    assert counting.kept() == ({}, {})


def test_folding_leaves_one_row_of_each_kind_and_none_of_nothing():
    making.approved(making.programme(), 3)
    with scope.whole_country("tests"):
        assert EntryCount.objects.count() == 7  # drafted; then in and out of three states
        assert PeopleCount.objects.count() == 3  # one by one
        actions.fold()
        counts = EntryCount.objects.values_list("state", "people", "folded")
        assert list(counts) == [("approved", 3, True)]
        assert PeopleCount.objects.get().people == 3
    counting.assert_equal()


@pytest.mark.parametrize("model", [EntryCount, PeopleCount])
def test_the_application_can_only_read_what_is_kept(model):
    making.approved(making.programme(), 1)
    with scope.whole_country("tests"):
        assert model.objects.exists()
        row = model.objects.first()
        row.pk = None
        for write in (row.save, model.objects.all().delete, lambda: model.objects.update(people=9)):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                write()


def test_an_office_sees_the_counts_of_its_area_and_an_agency_its_own():
    subsidy = making.programme()
    making.submitted(subsidy, 2)
    making.submitted(subsidy, 3, by="bagus", first=10, area=people.BOGORAN)
    making.submitted(subsidy, 4, by="tani", first=20)
    seen = {}
    for name in ("kartika", "bagus", "karim", "vera", "tani", "boni"):
        with scope.enter(people.office(name)):
            rows = EntryCount.objects.all(), PeopleCount.objects.all()
            seen[name] = [sum(found.values_list("people", flat=True)) for found in rows]
    assert seen == {
        "kartika": [6, 6], "bagus": [3, 3], "karim": [9, 9], "vera": [9, 9], "tani": [4, 4],
        "boni": [0, 0],
    }  # fmt: skip


def test_the_command_finds_all_right(capsys):
    making.approved(making.programme(), 2)
    call_command("recount")
    assert capsys.readouterr().out == "All right.\n"
