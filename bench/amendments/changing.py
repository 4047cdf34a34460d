"""A decree about everybody of a regency is amended, looked at, and revoked: by the portal, and, as
the limit, by plain SQL of the same effect, which judges, seals and records nothing.

    bench/amendments/run [--people 157058]

A tenth of its people have left since, a tenth were corrected, and a tenth as many come in. Printed:
seconds of the portal's jobs and of the plain SQL, their ratio, and the median of each page.
"""

import argparse
import os
import resource
import statistics
import time
from contextlib import contextmanager
from datetime import date, timedelta

from django.core.files.base import ContentFile
from django.db import connection
from django.test import Client
from django.utils import timezone

from bench import ground
from bench.bulk.everybody import PEOPLE
from enrollment.decrees import actions, drafting, issuing
from enrollment.decrees.models import Decree, DecreeDrafting
from enrollment.decrees.revoking import actions as revoking
from enrollment.decrees.revoking import working
from enrollment.jobs import planning
from enrollment.programmes import actions as programmes
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Proposal
from portal.launch import staticfiles
from tests import databases
from tests.decrees.signing import letter
from villages import scope
from villages.models import Area, Role

DATABASE = "bench_amendments"
APPROVED = """
INSERT INTO enrollment_entry (proposal_id, programme_id, worker_id, area_id, state, reason, cost,
    submitted_by_id, verified_by_id, approved_by_id, changed_at)
SELECT p.id, p.programme_id, w.id, w.area_id, 'approved', '', 201600, %(maker)s, %(checker)s,
    %(approver)s, now()
FROM enrollment_worker w JOIN enrollment_proposal p ON p.area_id = w.area_id
WHERE p.programme_id = %(programme)s AND (w.id %% 11 = 0) = %(late)s ORDER BY w.area_id, w.name
"""
PLACES = """
UPDATE enrollment_quota q SET used = n FROM (
    SELECT area_id, count(*) AS n FROM enrollment_entry GROUP BY area_id) held
WHERE q.area_id = held.area_id AND q.programme_id = %(programme)s
"""
MONEY = """
UPDATE enrollment_premiumsubsidy SET committed = 201600 * (SELECT count(*) FROM enrollment_entry)
WHERE id = %(programme)s
"""
# Leavings are decided one by one, which would take an hour here.
LEAVE = "UPDATE enrollment_entry SET state = 'left' WHERE worker_id %% 10 = 1"
CORRECT = "UPDATE enrollment_worker SET rt = '009' WHERE id %% 10 = 2"
# The limits. Who has left or has other data now, of the list as it was first decreed:
CHANGES = """
CREATE TEMP TABLE changes AS
SELECT row_number() OVER (ORDER BY r.district, r.village, r.name) AS number, r.*, w.rt AS now
FROM enrollment_decreeentry r JOIN enrollment_entry e ON e.id = r.entry_id
JOIN enrollment_worker w ON w.id = e.worker_id
WHERE r.decree_id = %(base)s AND (e.state = 'left' OR w.rt <> r.rt)
"""
COMING = """
CREATE TEMP TABLE coming AS
SELECT row_number() OVER (ORDER BY w.area_id, w.name) AS number, w.*, e.id AS entry
FROM enrollment_entry e JOIN enrollment_worker w ON w.id = e.worker_id
WHERE e.state = 'approved' AND e.programme_id = %(programme)s AND NOT EXISTS (
    SELECT FROM enrollment_decreeentry r WHERE r.entry_id = e.id)
"""
PAID = """
INSERT INTO enrollment_cover (worker_id, area_id, months, source_id)
SELECT id, area_id, daterange('2027-01-01', '2028-01-01'), %(source)s FROM coming
"""
STEPS = """
INSERT INTO enrollment_step (entry_id, area_id, from_state, to_state, office_id, name, role, at,
    reason)
SELECT id, area_id, state, 'left', %(office)s, 'Bench', 'regency_admin', now(), ''
FROM enrollment_entry WHERE state = 'approved'
"""
LEFT = "UPDATE enrollment_entry SET state = 'left', cost = 0 WHERE state = 'approved'"
FREED = "DELETE FROM enrollment_cover"
FIRST = """
SELECT r.* FROM enrollment_decreeentry r JOIN enrollment_decree d ON d.id = r.decree_id
WHERE NOT EXISTS (SELECT FROM enrollment_decreechange c WHERE c.row_id = r.id AND c.kind = 'out')
ORDER BY d.ordinal, r.position LIMIT 50
"""


def seconds(work):
    begun = time.perf_counter()
    result = work()
    return time.perf_counter() - begun, result


def show(name, ours, plain=None):
    limit = f", plain SQL {plain:7.2f} s, {ours / plain:5.1f} x" if plain else ""
    print(f"{name:46} {ours:8.2f} s{limit}", flush=True)


@contextmanager
def owned(*, keep=False):
    """A cursor of the owner that sees everything, without the triggers of the tables here; what it
    has done is taken back unless it is to be kept."""
    with databases.owner(DATABASE) as owner, owner.cursor() as cursor:
        owner.autocommit = False
        cursor.execute("SET portal.low = ''; SET portal.high = '~'; SET portal.agency = ''")
        tables = [f"ALTER TABLE enrollment_{one} {{}} TRIGGER USER" for one in
                  ("entry", "cover", "step")]  # fmt: skip
        cursor.execute("; ".join(tables).format(*["DISABLE"] * len(tables)))
        yield cursor
        if keep:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("; ".join(tables).format(*["ENABLE"] * len(tables)))
            owner.commit()
        else:
            owner.rollback()


def limit(cursor, values, *statements):
    """Seconds of these statements."""
    begun = time.perf_counter()
    for statement in statements:
        cursor.execute(statement, values)
    return time.perf_counter() - begun


def tidy():
    connection.close()
    with databases.owner(DATABASE) as owner:
        owner.autocommit = True
        with owner.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")


def fill(people):
    rini = ground.office()
    users = [ground.office(role=role).user_id for role in (Role.VERIFIER, Role.APPROVER)]
    made = PremiumSubsidy(
        name="Pekerja rentan", year=2027, fund_id="apbd", components=["JKK", "JKM"],
        first_month=date(2027, 1, 1), months=12, ceiling=10**13,
    )  # fmt: skip
    with scope.enter(rini), connection.cursor() as cursor:
        programmes.create(made, occupations=[], by=rini)
        programmes.open_for_lists(made, by=rini)
        villages = Area.objects.within(ground.BOJONEGORO).villages().filter(current=True)
        codes = list(villages.values_list("pk", flat=True))
        cursor.execute(PEOPLE, {"villages": codes, "count": len(codes), "people": people})
        Proposal.objects.bulk_create(
            Proposal(programme=made, area_id=code, created_by=rini) for code in codes
        )
    tidy()
    return rini, {
        "programme": made.pk, "maker": rini.user_id, "checker": users[0], "approver": users[1],
        "office": rini.pk,
    }  # fmt: skip


def approve(rini, values, *, late):
    with scope.enter(rini), connection.cursor() as cursor, planning.reading_whole_tables():
        for statement in (APPROVED, PLACES, MONEY):
            cursor.execute(statement, {**values, "late": late})
    tidy()


def run(rini, begin, advance):
    """Begin a job in a request and do all its work. Returns the seconds of request and job."""
    with scope.enter(rini):
        asked, job = seconds(begin)
    if job is None:
        return asked, 0.0
    worked, _ = seconds(lambda: advance(job.pk))
    with scope.enter(rini):
        job.refresh_from_db()
        assert job.state == "done", job.message
    return asked, worked


def draft(rini, make):
    def begin():
        make()
        return DecreeDrafting.objects.unfinished().first()

    return run(rini, begin, drafting.advance)


def decree(rini, ordinal):
    with scope.enter(rini):
        return Decree.objects.select_related("programme", "amends").get(ordinal=ordinal)


def pages(rini, links):
    client = Client(headers={"host": "localhost"})
    client.force_login(rini.user, backend="villages.backends.OfficeHolderBackend")
    for name, address in links.items():
        times = []
        for _ in range(5):
            taken, answer = seconds(lambda address=address: client.get(address))
            assert answer.status_code == 200, (address, answer.status_code)
            times.append(taken * 1000)
        print(f"{name:46} {statistics.median(times):8.0f} ms", flush=True)


def measure(people):
    rini, values = fill(people)
    print(f"{people:,} people, load {os.getloadavg()[0]:.1f}\n", flush=True)
    approve(rini, values, late=False)
    day = timezone.localdate() - timedelta(days=20)
    words = {"title": "Penerima", "legal_basis": "Perbup"}
    programme = PremiumSubsidy.objects.filter(pk=values["programme"])
    asked, worked = draft(
        rini,
        lambda: actions.draft(
            by=rini, programme=programme.get(), number="1/2026", date=day, **words
        ),
    )
    show("the decree is drafted", asked + worked)
    base = decree(rini, 0)
    asked, worked = run(rini, lambda: actions.issue(base, by=rini), issuing.advance)
    show("and issued", asked + worked)
    with owned(keep=True) as cursor:
        limit(cursor, {}, LEAVE, CORRECT)
    approve(rini, values, late=True)
    base = decree(rini, 0)
    values |= {"base": base.pk, "source": base.cover_source_id}
    amend(rini, base, values, {"date": day + timedelta(days=1), **words})
    look(rini, base, day)
    revoke(rini, base, values)


def amend(rini, base, values, words):
    with owned() as cursor:
        selected = limit(cursor, values, CHANGES, COMING)
        paid = limit(cursor, values, PAID)
    asked, worked = draft(
        rini, lambda: actions.draft_amendment(by=rini, base=base, number="2/2026", **words)
    )
    show("an amendment is drafted", asked + worked, selected)
    show("of which in the request", asked)
    amendment = decree(rini, 1)
    with scope.enter(rini):
        kinds = [amendment.changes.filter(kind=kind).count() for kind in ("out", "corrected")]
    print(f"{'':46} {amendment.people:,} come in, {kinds[0]:,} go, {kinds[1]:,} are corrected")
    pages(rini, {"the draft of the amendment": f"/keputusan/{amendment.pk}/"})
    asked, worked = run(rini, lambda: actions.issue(amendment, by=rini), issuing.advance)
    show("and issued", asked + worked, paid)
    show("of which in the request", asked)
    tidy()


def look(rini, base, day):
    with owned() as cursor:
        taken = limit(cursor, {}, FIRST)
    print(f"{'plain SQL of the first 50 in force':46} {taken * 1000:8.0f} ms")
    amendment, here = decree(rini, 1), f"/keputusan/{base.pk}"
    last = base.people // 50
    force = f"{here}/berlaku/"
    pages(rini, {
        "the decree": f"{here}/",
        "the amendment": f"/keputusan/{amendment.pk}/",
        "who goes and is corrected": f"/keputusan/{amendment.pk}/perubahan/",
        "the list in force today": force,
        "on the day before the amendment": f"{force}?tanggal={day}",
        "its last page": f"{force}?page={last}",
        "a name that many have": f"{force}?q=ORANG",
        "a name that nobody has": f"{force}?q=XQZ",
        "before revoking": f"{here}/cabut/",
    })  # fmt: skip


def revoke(rini, base, values):
    with owned() as cursor:
        plain = limit(cursor, values, STEPS, LEFT, FREED)
    asked, worked = run(
        rini,
        lambda: revoking.revoke(
            base,
            by=rini,
            number="3/2026",
            day=timezone.localdate(),
            reason="Dicabut",
            file=ContentFile(letter("PENCABUTAN"), "cabut.pdf"),
        ),
        working.advance,
    )
    show("revoking both", asked + worked, plain)
    show("of which in the request", asked)
    tidy()
    here = f"/keputusan/{base.pk}"
    pages(rini, {"the revoked decree": f"{here}/", "the list in force": f"{here}/berlaku/"})


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--people", type=int, default=157_058)
    people = parser.parse_args().people
    staticfiles.collect()
    ground.clone(DATABASE)
    try:
        ground.use(DATABASE)
        measure(people)
        most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
        print(f"\nthis process {most} MB at most")
    finally:
        ground.drop(DATABASE)


if __name__ == "__main__":
    main()
