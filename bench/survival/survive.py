"""Imports of 20,000 rows during which processes are killed, flushed and stopped at random.

    bench/survival/run [--times 20] [--rare 5] [--rows 20000] [--control 3] [--seed 1]

`--times`: kill -9 of the worker's child, and of the whole worker; `--rare`: FLUSHALL of the broker,
immediate stop of PostgreSQL, and kill -9 of the worker's main process alone. Half of each happen
while a list is read, half while it is taken. After every import all rows are counted: staged rows,
people, their registries, and the history of both. Then a plain late-acknowledging task without a
cursor (`naive.py`) is tested with `--control` faults of each kind.
"""

import argparse
import random
import time
from collections import Counter, defaultdict
from contextlib import nullcontext
from itertools import chain

from django.db import Error, connection

from bench import ground
from bench.survival.faults import Faults, Paused
from bench.survival.naive import Naive
from bench.survival.people_list import file_of
from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.jobs import actions as jobs
from tests import databases
from villages import scope

DATABASE = "bench_survival"
STUCK = 120  # seconds without any movement
COUNTED = {
    "rows staged": "SELECT position FROM enrollment_importrow",
    "people": "SELECT nik FROM enrollment_worker",
    "history of people": "SELECT nik FROM enrollment_workerevent",
    "registries": "SELECT worker_id FROM enrollment_workersource",
    "history of registries": "SELECT worker_id FROM enrollment_workersourceevent",
}


class Importing:
    """One import after another, as the subject of the faults."""

    phases = ("reading", "taking")

    def __init__(self, rows):
        self.rows, self.path = rows, file_of(rows)
        self.office = ground.office()
        empty = databases.empty_tables(DATABASE)
        self.tables = [table for table in empty if table.startswith("enrollment")]

    def begin(self, phase):
        with scope.enter(self.office):
            if phase == "reading":
                with self.path.open("rb") as file:
                    self.job = actions.receive(by=self.office, file=file, filename="daftar.xlsx")
                jobs.enqueue(self.job)
            else:
                actions.take(by=self.office, job=Import.objects.get(pk=self.job.pk))

    def look(self):
        """(whether it still works, how far it is)."""
        with scope.whole_country("bench"):
            job = Import.objects.get(pk=self.job.pk)
        return job.busy, (job.phase, job.state, job.cursor, job.message)

    def count(self):
        """Yield (table, (lost, doubled)); each of `rows` should be there once."""
        with scope.whole_country("bench"), connection.cursor() as cursor:
            for name, query in COUNTED.items():
                cursor.execute(f"SELECT count(*), count(DISTINCT x) FROM ({query}) t (x)")
                found, different = cursor.fetchone()
                yield name, (self.rows - different, found - different)

    def clear(self):
        databases.truncate(DATABASE, self.tables)


class Trial:
    """Injects faults while a subject works, and counts the consequences."""

    def __init__(self, subject, faults, processes, seed):
        self.subject, self.faults, self.processes = subject, faults, processes
        self.chance = random.Random(seed)
        self.durations = {}
        self.tallies = defaultdict(Counter)
        self.longest_idle = defaultdict(float)

    def measure(self):
        """Measure how long each phase takes undisturbed."""
        for phase in self.subject.phases:
            begun = time.monotonic()
            self.subject.begin(phase)
            self._wait(time.monotonic())
            self.durations[phase] = time.monotonic() - begun
        assert not any(chain.from_iterable(losses for _, losses in self.subject.count()))
        self.subject.clear()
        print("undisturbed:", {k: f"{v:.1f} s" for k, v in self.durations.items()}, flush=True)

    def run(self, plan):
        """`plan`: phase → the kinds of fault to inject in it, one entry for each time."""
        todo = {phase: self.chance.sample(kinds, len(kinds)) for phase, kinds in plan.items()}
        while any(todo.values()):
            injected = []
            for phase in self.subject.phases:
                kind = todo[phase].pop() if todo[phase] else None
                if self._inject(phase, kind):
                    injected.append(kind)
                elif kind:
                    todo[phase].insert(0, kind)  # the phase ended too early: try again later
            self._add_losses(injected)
            self.subject.clear()

    def _inject(self, phase, kind):
        """Begin a phase, inject a fault and wait for the end. False if it ended too early."""
        waiting = kind == "flush" and self.chance.random() < 0.5
        with Paused(self.processes) if waiting else nullcontext():
            self.subject.begin(phase)
            begun = time.monotonic()
            if kind and not waiting:
                time.sleep(self.chance.uniform(0, self.durations[phase]))
            busy, at = self._look()
            injected_at = time.monotonic()
            if kind and busy:
                getattr(self.faults, kind)()
        idle = self._wait(injected_at if kind and busy else begun)
        if kind and busy:
            self.longest_idle[kind] = max(self.longest_idle[kind], idle)
            self.tallies[kind]["faults"] += 1
            self.tallies[kind]["stuck"] += idle >= STUCK
            print(f"{kind:>9} in {phase:8} at {at!s:60} idle for {idle:5.1f} s", flush=True)
        return bool(kind and busy)

    def _wait(self, since):
        """Wait for the end, or until it is stuck. Returns the longest time without progress (s)."""
        at, moved, longest = None, since, 0.0
        while True:
            busy, now = self._look()
            if now is not None and now != at:
                longest = max(longest, time.monotonic() - moved)
                at, moved = now, time.monotonic()
            if not busy or time.monotonic() - moved > STUCK:
                return max(longest, time.monotonic() - moved)
            time.sleep(0.05)

    def _look(self):
        try:
            return self.subject.look()
        except Error:
            connection.close()  # PostgreSQL has gone; ask again
            return True, None

    def _add_losses(self, injected):
        for name, (lost, doubled) in self.subject.count():
            for kind in injected:
                self.tallies[kind]["lost"] += lost
                self.tallies[kind]["doubled"] += doubled
            if lost or doubled:
                print(f"    {name}: {lost} lost, {doubled} doubled", flush=True)

    def report(self, title):
        print(f"\n{title}")
        columns = {"faults": 6, "lost": 8, "doubled": 8, "stuck": 6}
        headings = (f"{name:>{width}}" for name, width in columns.items())
        print(f"{'fault':>9}", *headings, "longest idle")
        for kind, tally in self.tallies.items():
            numbers = (f"{tally[name]:{width}}" for name, width in columns.items())
            print(f"{kind:>9}", *numbers, f"{self.longest_idle[kind]:9.1f} s")
        print(flush=True)


def halves(kinds):
    """A plan from kind → times: half of each while reading, half while taking."""
    reading = [kind for kind, times in kinds.items() for _ in range((times + 1) // 2)]
    taking = [kind for kind, times in kinds.items() for _ in range(times // 2)]
    return {"reading": reading, "taking": taking}


def imports(options):
    subject_needs = ground.portal("worker", "beat")
    with ground.supervised(subject_needs, ground.use(DATABASE)) as processes:
        ground.wait_for_worker()
        trial = Trial(Importing(options.rows), Faults(processes), processes, options.seed)
        trial.measure()
        often = dict.fromkeys(["child", "worker"], options.times)
        trial.run(halves(often | dict.fromkeys(["main", "flush", "postgres"], options.rare)))
    trial.report(f"Imports of {options.rows} rows")


def control(options):
    with ground.supervised(Naive.commands, ground.use(DATABASE)) as processes:
        naive = Naive(options.rows, file_of(options.rows), DATABASE)
        trial = Trial(naive, Faults(processes), processes, options.seed)
        trial.measure()
        kinds = ["child", "worker", "flush", "postgres"]
        trial.run({"loading": [kind for kind in kinds for _ in range(options.control)]})
    trial.report("The control: late acknowledgement, no cursor")


def main():
    parser = argparse.ArgumentParser()
    for name, value in (("times", 20), ("rare", 5), ("rows", 20_000), ("control", 3), ("seed", 1)):
        parser.add_argument(f"--{name}", type=int, default=value)
    options = parser.parse_args()
    begun = time.monotonic()
    ground.clone(DATABASE)
    try:
        imports(options)
        control(options)
    finally:
        ground.drop(DATABASE)
    print(f"{time.monotonic() - begun:.0f} s in all")


if __name__ == "__main__":
    main()
