"""A registry that already holds 150,000 people, as a database to copy.

A tenth of the list is registered in it: half unchanged, half with another address and phone. The
portal itself imported them, with history; the tables are vacuumed and analysed.
"""

import csv

import people

from bench import ground
from enrollment.imports import actions
from enrollment.imports.models import Import
from tests import databases
from villages import scope

HELD = 150_000
SHARED, CHANGED = 10, 20  # one in ten of the list is registered, one in twenty differs
ADDRESS, PHONE = people.HEADINGS.index("Alamat"), people.HEADINGS.index("No HP")


def registry(rows):
    """Name of the database to copy; created if there is none for this schema and size."""
    name = f"bench_registry_{databases.fingerprint()}_{rows}"
    with databases.owner() as owner, owner.cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'bench\\_registry\\_%'")
        known = {row[0] for row in cursor.fetchall()}
        for stale in known - {name}:
            databases.drop(cursor, stale)
    if name not in known:
        draft = "bench_registry"
        ground.clone(draft)
        ground.use(draft)
        _fill(rows)
        ground.connection.close()
        with databases.owner(draft) as owner, owner.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        with databases.owner() as owner, owner.cursor() as cursor:
            cursor.execute(f'ALTER DATABASE "{draft}" RENAME TO "{name}"')
    return name


def _fill(rows):
    path = ground.DATA / "registered.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(people.HEADINGS)
        writer.writerows(registered(rows))
    by = ground.office()
    with path.open("rb") as file, scope.enter(by):
        job = actions.receive(by=by, file=file, filename=path.name)
    actions.advance(job.pk)
    with scope.enter(by):
        actions.take(by=by, job=Import.objects.get(pk=job.pk))
    actions.advance(job.pk)
    with scope.enter(by):
        job = Import.objects.get(pk=job.pk)
        job.rows.all().delete()
        job.file.delete(save=False)
    path.unlink()
    if job.taken != job.people:
        raise SystemExit(f"Only {job.taken} of {job.people} were taken: {job.counts}")


def registered(rows):
    """Cells of the registered people: first those who are also in the list, then others."""
    shared = 0
    for cells in people.rows(rows):
        if cells[0] % SHARED == 7:  # never one with a planted fault
            if cells[0] % CHANGED == 7:
                cells[ADDRESS], cells[PHONE] = "Jl. Lama No. 1", "081200000000"
            shared += 1
            yield cells
    for cells in people.rows(HELD * rows // people.ROWS - shared, seed=2, faults=False):
        yield cells
