"""A regency's lists begin as last year's, by the portal's job; and, as the limit, the same drafts
by one INSERT … SELECT that judges nobody. Then the gap simulator and the pages of differences.

    bench/renewal/run [--people 157058]
"""

import argparse
import os
import resource
import time
from datetime import date

from django.db import connection, transaction
from django.test import Client

from bench import ground
from bench.bulk.everybody import PEOPLE, RolledBack
from enrollment.coverage.models import CoverSource
from enrollment.decrees import actions as decrees
from enrollment.decrees import drafting, issuing
from enrollment.decrees.models import Decree, DecreeDrafting
from enrollment.jobs import planning
from enrollment.programmes import actions as programmes
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Entry, Proposal
from enrollment.renewals import actions, gaps, renewing
from portal.launch import staticfiles
from tests import databases
from villages import scope
from villages.models import Area, Role

DATABASE = "bench_renewal"
APPROVED = """
INSERT INTO enrollment_entry (proposal_id, programme_id, worker_id, area_id, state, reason, cost,
    submitted_by_id, verified_by_id, approved_by_id, changed_at)
SELECT p.id, p.programme_id, w.id, w.area_id, 'approved', '', 201600, %(maker)s, %(checker)s,
    %(approver)s, now()
FROM enrollment_worker w JOIN enrollment_proposal p ON p.area_id = w.area_id
WHERE p.programme_id = %(programme)s ORDER BY w.area_id, w.name
"""
# What was paid before 2026, which the decree pays: a year, or eight months and a gap of four;
# one in twenty is too old.
COVER = """
INSERT INTO enrollment_cover (worker_id, area_id, months, source_id)
SELECT id, area_id, months, %(source)s
FROM enrollment_worker CROSS JOIN (VALUES (daterange('2025-01-01', '2026-01-01'), 1),
    (daterange('2024-01-01', '2024-09-01'), 10)) AS paid (months, each)
WHERE id %% each = 0
"""
OLD = "UPDATE enrollment_worker SET birth_date = '1961-03-01' WHERE id %% 20 = 0"
GAP = "UPDATE enrollment_worker SET findings = '{rt.missing}' WHERE id %% 50 = 0"
LIMIT = """
INSERT INTO enrollment_entry (proposal_id, programme_id, worker_id, area_id, state, reason, cost,
    changed_at)
SELECT n.id, n.programme_id, e.worker_id, e.area_id, 'draft', '', 0, now()
FROM enrollment_entry e JOIN enrollment_proposal n ON n.area_id = e.area_id
WHERE e.programme_id = %(old)s AND n.programme_id = %(new)s
"""
SUMMED = """
SELECT c.last, count(*) FROM enrollment_entry e JOIN (
    SELECT worker_id, max(upper(months)) AS last FROM enrollment_cover GROUP BY 1
) c USING (worker_id)
WHERE e.programme_id = %s AND e.state = 'approved' AND NOT e.gone GROUP BY 1
"""


def timed(name, work, times=1):
    """The least seconds of so many calls; returns what the last one gave."""
    best = None
    for _ in range(times):
        begun = time.perf_counter()
        result = work()
        best = min(best or 10**9, time.perf_counter() - begun)
    print(f"{name:52} {best:8.2f} s", flush=True)
    return result


def tidy():
    with databases.owner(DATABASE) as owner, owner.cursor() as cursor:
        cursor.execute("VACUUM (ANALYZE)")


def programme(rini, year):
    made = PremiumSubsidy(
        name="Pekerja rentan", year=year, fund_id="apbd", components=["JKK", "JKM"],
        first_month=date(year, 1, 1), months=12, ceiling=10**13,
    )  # fmt: skip
    programmes.create(made, occupations=[], by=rini)
    programmes.open_for_lists(made, by=rini)
    return made


def fill(people):
    rini = ground.office()
    users = [ground.office(role=role).user_id for role in (Role.VERIFIER, Role.APPROVER)]
    with scope.enter(rini), connection.cursor() as cursor:
        old, new = programme(rini, 2026), programme(rini, 2027)
        villages = Area.objects.within(ground.BOJONEGORO).villages().filter(current=True)
        codes = list(villages.values_list("pk", flat=True))
        cursor.execute(PEOPLE, {"villages": codes, "count": len(codes), "people": people})
        cursor.execute(OLD, {})
        cursor.execute(GAP, {})
        Proposal.objects.bulk_create(
            Proposal(programme=old, area_id=code, created_by=rini) for code in codes
        )
    tidy()  # without statistics the triggers of the rows below join a regency by nested loops
    with scope.enter(rini), connection.cursor() as cursor, planning.reading_whole_tables():
        who = dict(zip(("checker", "approver"), users, strict=True))
        cursor.execute(APPROVED, {"programme": old.pk, "maker": rini.user_id, **who})
        source = CoverSource.objects.create(regency_id=ground.BOJONEGORO, name="APBD", document="1")
        cursor.execute(COVER, {"source": source.pk})
        actions.link(new, old, by=rini)
    tidy()
    return rini, old, new


def decree(rini, old):
    """The old programme's people are decreed by the portal's jobs, which pay for their months."""

    def work():
        with scope.enter(rini):
            programme = PremiumSubsidy.objects.get(pk=old.pk)
            decrees.draft(
                by=rini, programme=programme, number="1/2026", date=date(2026, 1, 2),
                title="Penerima", legal_basis="Perbup",
            )  # fmt: skip
            begun = list(DecreeDrafting.objects.values_list("pk", flat=True))
        for pk in begun:
            drafting.advance(pk)
        tidy()
        with scope.enter(rini):
            job = decrees.issue(Decree.objects.get(), by=rini)
        issuing.advance(job.pk)
        with scope.enter(rini):
            job.refresh_from_db()
            assert job.state == "done", job.message

    return work


def insert_only(rini, old, new):
    def work():
        try:
            with scope.enter(rini), transaction.atomic(), connection.cursor() as cursor:
                lists = Proposal.objects.filter(programme=old).values_list("area_id", flat=True)
                Proposal.objects.bulk_create(
                    Proposal(programme=new, area_id=area, created_by=rini) for area in lists
                )
                cursor.execute(LIMIT, {"old": old.pk, "new": new.pk})
                raise RolledBack
        except RolledBack:
            pass

    return work


def job(rini, new):
    def work():
        with scope.enter(rini):
            begun = renewing.start(PremiumSubsidy.objects.get(pk=new.pk), by=rini)
        renewing.proceed(begun.pk)
        with scope.enter(rini):
            begun.refresh_from_db()
        assert begun.state == "done", begun.message
        return begun

    return work


def simulate(rini, old):
    def work():
        with scope.enter(rini):
            return gaps.simulate(PremiumSubsidy.objects.get(pk=old.pk), date(2027, 4, 1))

    return work


def summed(rini, old):
    def work():
        with scope.enter(rini), connection.cursor() as cursor:
            cursor.execute(SUMMED, [old.pk])
            return cursor.fetchall()

    return work


def page(client, address):
    def work():
        answer = client.get(address)
        assert answer.status_code == 200, answer.status_code

    return work


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=157_058)
    people = parser.parse_args().people
    staticfiles.collect()
    ground.clone(DATABASE)
    try:
        ground.use(DATABASE)
        rini, old, new = fill(people)
        print(f"{people:,} people, load {os.getloadavg()[0]:.1f}\n", flush=True)
        timed("last year's people are decreed", decree(rini, old))
        tidy()
        timed("drafts by one INSERT, nobody judged", insert_only(rini, old, new))
        tidy()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        done = timed("the job", job(rini, new))
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        print(f"{'':52} {done.added:,} added, {done.left:,} left; {before >> 10} → {most >> 10} MB")
        gap = timed("the gap simulator", simulate(rini, old), times=3)
        timed("the plain sum of months and people", summed(rini, old), times=3)
        assert gap.whole.lacking + gap.unknown == people, gap
        print(f"{'':52} {gap.whole.restart:,} begin anew, {gap.never_again:,} never again")
        client = Client(headers={"host": "localhost"})
        client.force_login(rini.user, backend="villages.backends.OfficeHolderBackend")
        here = f"/program/{new.pk}/perpanjangan/"
        timed("differences, most are on the new list", page(client, here), times=5)
        with scope.enter(rini):
            Entry.objects.filter(programme=new.pk).delete()
        tidy()
        timed("differences, nobody is on the new list", page(client, here), times=5)
        timed("the same, one reason", page(client, f"{here}?alasan=data"), times=5)
        timed("the gap page", page(client, f"/program/{old.pk}/jeda/"), times=3)
    finally:
        ground.drop(DATABASE)


if __name__ == "__main__":
    main()
