"""Everybody of a programme is verified, approved and decreed: by the portal's jobs; and, as the
peer, in one transaction each, which is how a request did it before.

    bench/bulk/run [--people 150000]

Meanwhile somebody else takes hold of one person after another, as a second verifier does. Printed
for both: people a second, the longest transaction, and the longest that the other one waited.
"""

import argparse
import os
import random
import threading
import time
from contextlib import contextmanager
from datetime import date
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from bench import ground
from enrollment.decrees import actions as decrees
from enrollment.decrees import drafting, issuing, selection
from enrollment.decrees.models import Decree, DecreeDrafting
from enrollment.decrees.rules import snapshot_sha256
from enrollment.programmes import actions as programmes
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import bulk, decisions
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.verbs import VERBS
from enrollment.workers.models import Worker
from tests import databases
from villages import scope
from villages.models import Area, Role

DATABASE = "bench_bulk"
PEOPLE = """
INSERT INTO enrollment_worker (area_id, nik, name, birth_place, birth_date, sex, address, rt, rw,
    occupation_text, mother_name)
SELECT village, '3522010101' || lpad(n::text, 6, '0'), 'ORANG ' || n, 'Bojonegoro', '1980-01-01',
    'L', 'Jl. Uji No. ' || n, '001', '002', 'Petani', 'IBU'
FROM (SELECT n, (%(villages)s::text[])[1 + n %% %(count)s] AS village
      FROM generate_series(1, %(people)s) n) each
"""
LISTS = """
INSERT INTO enrollment_entry (proposal_id, programme_id, worker_id, area_id, state, reason, cost,
    submitted_by_id, changed_at)
SELECT p.id, p.programme_id, w.id, w.area_id, 'submitted', '', 0, %(maker)s, now()
FROM enrollment_worker w JOIN enrollment_proposal p ON p.area_id = w.area_id
WHERE p.programme_id = %(programme)s ORDER BY w.area_id, w.name
"""
PLACES = """
UPDATE enrollment_quota q SET used = n FROM (
    SELECT area_id, count(*) AS n FROM enrollment_entry GROUP BY area_id) held
WHERE q.area_id = held.area_id AND q.programme_id = %(programme)s
"""
OLDEST = """
SELECT extract(epoch FROM clock_timestamp() - min(xact_start)) FROM pg_stat_activity
WHERE datname = %s AND pid = %s
"""


class RolledBack(Exception):
    """The peer's work is measured and not kept."""


class Others:
    """Watches this connection's transactions, and takes hold of one person after another."""

    def __init__(self):
        self.longest, self.waited, self.looks = 0.0, 0.0, 0
        self.ended = threading.Event()
        self.pid = connection.connection.info.backend_pid
        with scope.whole_country("bench"):
            self.people = list(Entry.objects.values_list("pk", flat=True))

    def watch(self):
        with databases.owner(DATABASE) as owner, owner.cursor() as cursor:
            while not self.ended.wait(0.02):
                cursor.execute(OLDEST, [DATABASE, self.pid])
                self.longest = max(self.longest, float(cursor.fetchone()[0] or 0))

    def hold(self):
        chance = random.Random(1)
        while not self.ended.wait(0.02):
            begun = time.perf_counter()
            with scope.whole_country("bench"):
                list(Entry.objects.select_for_update(no_key=True).filter(
                    pk=chance.choice(self.people)).values_list("pk"))  # fmt: skip
            self.waited = max(self.waited, time.perf_counter() - begun)
            self.looks += 1
        connection.close()


@contextmanager
def others():
    connection.ensure_connection()
    watching = Others()
    threads = [threading.Thread(target=work) for work in (watching.watch, watching.hold)]
    for thread in threads:
        thread.start()
    try:
        yield watching
    finally:
        watching.ended.set()
        for thread in threads:
            thread.join()


def measured(name, people, work):
    """Seconds that `work` takes."""
    with others() as watching:
        begun = time.perf_counter()
        work()
        seconds = time.perf_counter() - begun
    pace = f"{people / seconds:8,.0f} people/s {seconds:7.1f} s"
    held = f"longest transaction {watching.longest:6.2f} s, other's wait {watching.waited:6.2f} s"
    print(f"{name:34} {pace}   {held}", flush=True)
    return seconds


def compared(name, people, *, peer, job):
    """Both in turn; the peer is undone, and its dead rows are swept before the job begins."""
    theirs = measured(f"{name}, one transaction", people, lambda: undone(peer))
    tidy()
    ours = measured(f"{name}, the job", people, job)
    tidy()
    print(f"{'':34} the job takes {ours / theirs:.2f} x the one transaction\n", flush=True)


def undone(work):
    try:
        with transaction.atomic():
            work()
            raise RolledBack
    except RolledBack:
        pass


def tidy():
    """What autovacuum does in a portal that runs."""
    with databases.owner(connection.settings_dict["NAME"]) as owner, owner.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def fill(people):
    """A programme with that many people handed in, spread over the villages of Bojonegoro."""
    rini, head = ground.office(), ground.office(role=Role.REGENCY_ADMIN)
    with scope.enter(rini), connection.cursor() as cursor:
        programme = PremiumSubsidy(
            name="Pekerja rentan", year=2026, fund_id="apbd", components=["JKK", "JKM"],
            first_month=date(2026, 1, 1), months=12, ceiling=10**13,
        )  # fmt: skip
        programmes.create(programme, occupations=[], by=rini)
        programmes.open_for_lists(programme, by=rini)
        villages = Area.objects.within(ground.BOJONEGORO).villages().filter(current=True)
        codes = list(villages.values_list("pk", flat=True))
        values = {"villages": codes, "count": len(codes), "people": people}
        cursor.execute(PEOPLE, values)
        Proposal.objects.bulk_create(
            Proposal(
                programme=programme, area_id=code, created_by=head, submitted_at=timezone.now()
            )
            for code in codes
        )
        values = {"programme": programme.pk, "maker": head.user_id}
        cursor.execute(LISTS, values)
        cursor.execute(PLACES, values)
    tidy()
    assert_filled(people)
    return programme.pk


def assert_filled(people):
    with scope.whole_country("bench"):
        found = Entry.objects.filter(state="submitted").count(), Worker.objects.count()
    if found != (people, people):
        raise SystemExit(f"Filled {found} instead of {people}.")


def decide(verb, role, programme_pk, people):
    office = ground.office(role=role)

    def everybody():
        with scope.enter(office):
            programme = PremiumSubsidy.objects.get(pk=programme_pk)
            rows = Entry.objects.filter(programme=programme)
            assert decisions.decide(verb, programme, rows, by=office).done == people

    def job():
        with scope.enter(office):
            programme = PremiumSubsidy.objects.get(pk=programme_pk)
            begun = bulk.start(
                VERBS[verb], programme, by=office, reason="", chosen={"status": "semua"},
                seen=timezone.now(),
            )  # fmt: skip
        bulk.proceed(begun.pk)
        with scope.enter(office):
            begun.refresh_from_db()
            assert (begun.state, begun.decided) == ("done", people), begun.message

    compared(verb, people, peer=everybody, job=job)


def issue(programme_pk, people):
    rini = ground.office()

    def draft():
        with scope.enter(rini):
            programme = PremiumSubsidy.objects.get(pk=programme_pk)
            decrees.draft(
                by=rini, programme=programme, number="1/2026", date=date(2026, 1, 2),
                title="Penerima", legal_basis="Perbup",
            )  # fmt: skip

    measured("draft (in the request)", people, draft)
    with scope.enter(rini):
        drafted_by_job = list(DecreeDrafting.objects.values_list("pk", flat=True))
    for pk in drafted_by_job:
        measured("draft (its job)", people, partial(drafting.advance, pk))
    tidy()

    def at_once():
        """What issuing did in its request."""
        with scope.enter(rini):
            decree = Decree.objects.select_for_update(of=("self",)).get()
            selection.hold_approvals(decree)
            difference = selection.difference(decree)
            assert not difference.gone and not difference.changed
            job = decrees.issue(decree, by=rini)
            decree = Decree.objects.get()
            job.decree = decree
            while job.cursor < people:
                issuing._protect(job, people)
            rows = decree.entries.order_by("position")
            snapshot_sha256(rows.iterator(), decree.header)

    def job():
        begun = time.perf_counter()
        with scope.enter(rini):
            job = decrees.issue(Decree.objects.get(), by=rini)
        print(f"{'':34} its request took {time.perf_counter() - begun:.1f} s")
        issuing.advance(job.pk)
        with scope.enter(rini):
            job.refresh_from_db()
            assert job.state == "done", job.message

    compared("issue", people, peer=at_once, job=job)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=150_000)
    people = parser.parse_args().people
    ground.clone(DATABASE)
    try:
        ground.use(DATABASE)
        programme = fill(people)
        print(f"{people:,} people, load {os.getloadavg()[0]:.1f}\n", flush=True)
        decide("verify", Role.VERIFIER, programme, people)
        decide("approve", Role.APPROVER, programme, people)
        issue(programme, people)
    finally:
        ground.drop(DATABASE)


if __name__ == "__main__":
    main()
