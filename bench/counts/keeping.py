"""What it costs to keep counts: everybody of a programme is verified by the portal's job.

    bench/counts/run [--people 20000] [--rounds 3]

Three ways, in turn and in one database: no counts, counts as rows that are added (the portal's
way), and as a row a number that is changed (`ON CONFLICT DO UPDATE`). Meanwhile somebody else
decides about single people of the same villages. Printed for each: people a second, and how long
the transaction of the other took, at the median and at worst.
"""

import argparse
import os
import random
import statistics
import threading
import time
from contextlib import contextmanager

from bench import ground  # first, before anything of Django's
from bench.bulk import everybody

from django.db import connection  # isort: skip
from django.utils import timezone

from enrollment.counts import actions
from enrollment.proposals import bulk
from enrollment.proposals.models import Entry
from enrollment.proposals.verbs import VERBS
from tests import databases
from villages import scope
from villages.models import Role

KEY = "programme_id, proposal_id, agency_id, area_id, state, gone, decree_id"
TOTAL = "HAVING sum(t.sign) <> 0 OR sum(t.sign * t.cost) <> 0"
CHANGED = f"""{TOTAL} ORDER BY 2, 4, 5, 6, 7
ON CONFLICT ({KEY}) DO UPDATE SET people = enrollment_entrycount.people + EXCLUDED.people,
    cost = enrollment_entrycount.cost + EXCLUDED.cost"""
WHOLE = "SELECT set_config('portal.low', '', false), set_config('portal.high', '~', false)"


class Ways:
    """Switches the database from one way of keeping to another."""

    def __init__(self):
        (self.added,) = self.run(
            "SELECT pg_get_functiondef('count_entries'::regproc)", answers=True
        )

    def run(self, *statements, answers=False):
        with databases.owner(everybody.DATABASE) as owner, owner.cursor() as cursor:
            cursor.execute(WHOLE)
            for statement in statements:
                cursor.execute(statement)
            return cursor.fetchone() if answers else None

    def none(self):
        self.run(self.added, "ALTER TABLE enrollment_entry DISABLE TRIGGER count_entries_update")

    def rows_added(self):
        self.run("DROP INDEX IF EXISTS one_row", self.added)
        self.run("ALTER TABLE enrollment_entry ENABLE TRIGGER count_entries_update")

    def rows_changed(self):
        self.rows_added()
        self.run(
            f"CREATE UNIQUE INDEX one_row ON enrollment_entrycount ({KEY}) NULLS NOT DISTINCT",
            self.added.replace(TOTAL, CHANGED),
        )


class Other:
    """Decides about one person after another of the same villages, whom the job leaves alone."""

    def __init__(self, pks):
        self.pks, self.waits, self.ended = pks, [], threading.Event()
        self.thread = threading.Thread(target=self.decide)

    def decide(self):
        chance = random.Random(1)
        while not self.ended.wait(0.02):
            begun = time.perf_counter()
            with scope.whole_country("bench"):
                rows = Entry.objects.filter(pk=chance.choice(self.pks))
                rows.filter(state="draft").update(state="returned", reason="Lengkapi") or (
                    rows.update(state="draft")
                )
            self.waits.append(time.perf_counter() - begun)
        connection.close()


@contextmanager
def beside(pks):
    other = Other(pks)
    other.thread.start()
    try:
        yield other
    finally:
        other.ended.set()
        other.thread.join()


def verify(programme, office):
    """The job that verifies everybody who was handed in."""
    with scope.enter(office):
        job = bulk.start(
            VERBS["verify"], everybody.PremiumSubsidy.objects.get(pk=programme), by=office,
            reason="", chosen={"status": "semua"}, seen=timezone.now(),
        )  # fmt: skip
    bulk.proceed(job.pk)
    with scope.enter(office):
        job.refresh_from_db()
        assert job.state == "done", job.message
    return job.decided


def back(programme):
    """Everybody is handed in again, and every way begins with right counts, folded."""
    with scope.whole_country("bench"):
        Entry.objects.filter(programme=programme, state="verified").update(
            state="submitted", verified_by=None, changed_at=timezone.now()
        )
        actions.recount()
    everybody.tidy()


def measure(name, programme, office, pks):
    with beside(pks) as other:
        begun = time.perf_counter()
        people = verify(programme, office)
        pace = people / (time.perf_counter() - begun)
    waits = [1000 * wait for wait in other.waits]
    took = f"{statistics.median(waits):5.0f} ms at the median, {max(waits):6.0f} at worst"
    load = os.getloadavg()[0]
    print(f"{name:14}{pace:8,.0f} people/s   the other: {took}; load {load:.1f}", flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    ground.clone(everybody.DATABASE)
    try:
        ground.use(everybody.DATABASE)
        programme = everybody.fill(asked.people)
        office, ways = ground.office(role=Role.VERIFIER), Ways()
        with scope.whole_country("bench"):
            pks = list(Entry.objects.order_by("pk").values_list("pk", flat=True)[::50])
            Entry.objects.filter(pk__in=pks).update(state="draft")
        for _ in range(asked.rounds):
            for way in (ways.none, ways.rows_added, ways.rows_changed):
                ways.rows_added()
                back(programme)
                way()
                measure(way.__name__.replace("_", " "), programme, office, pks)
    finally:
        ground.drop(everybody.DATABASE)


if __name__ == "__main__":
    main()
