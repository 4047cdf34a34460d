"""The control: a plain task with late acknowledgement and retries, but without a cursor.

It commits the list in batches and starts again from the beginning when it is redelivered, as most
tutorials do. Its queue redelivers after 20 s what a dead worker did not acknowledge, so that the
control does not lose by waiting; the portal's waits an hour, but the portal does not need it.
"""

import itertools
import os

import psycopg2
from celery import Celery
from psycopg2.extras import execute_values

from enrollment.sheets.reading import Reading
from enrollment.workbooks.opening import read

BATCH = 1000
TABLES = "CREATE TABLE naive_row (position int, nik text); CREATE TABLE naive_end ()"

app = Celery("naive", broker=os.environ["REDIS_URL"], set_as_current=False)
app.conf.update(
    task_acks_late=True,
    task_reject_on_worker_lost=True,
    task_ignore_result=True,
    worker_prefetch_multiplier=1,
    worker_concurrency=2,
    broker_connection_retry_on_startup=True,
    broker_transport_options={"visibility_timeout": 20, "global_keyprefix": "naive:"},
)


@app.task(autoretry_for=(psycopg2.Error,), retry_backoff=2, max_retries=10)
def load(path):
    people = enumerate(Reading(read(path)), 1)
    connection = psycopg2.connect(os.environ["DATABASE_URL"])
    try:
        with connection.cursor() as cursor:
            while batch := list(itertools.islice(people, BATCH)):
                rows = [(number, person.cells["nik"]) for number, person in batch]
                execute_values(cursor, "INSERT INTO naive_row VALUES %s", rows)
                connection.commit()
            cursor.execute("INSERT INTO naive_end DEFAULT VALUES")
            connection.commit()
    finally:
        connection.close()


class Naive:
    """The control as a subject of the faults (see `survive.Trial`)."""

    phases = ("loading",)
    commands = {
        "worker": ["-m", "celery", "--app=bench.survival.naive", "worker", "--loglevel=INFO"]
    }

    def __init__(self, rows, path, database):
        from bench import ground

        self.ground, self.rows, self.path = ground, rows, path
        self.database = database
        with ground.databases.owner(database) as owner, owner.cursor() as cursor:
            cursor.execute(TABLES)
            cursor.execute("GRANT ALL ON naive_row, naive_end TO PUBLIC")
        ground.wait_until(lambda: app.control.ping(timeout=0.5), 60, "The control is silent.")

    def begin(self, _phase):
        load.delay(str(self.path))

    def look(self):
        """(whether it still works, how many rows there are)."""
        ends, rows = self._ask("SELECT (SELECT count(*) FROM naive_end), count(*) FROM naive_row")
        return not ends, rows

    def count(self):
        found, different = self._ask("SELECT count(*), count(DISTINCT position) FROM naive_row")
        yield "rows", (self.rows - different, found - different)

    def clear(self):
        app.control.purge()
        self.ground.databases.truncate(self.database, ["naive_row", "naive_end"])

    def _ask(self, query):
        with self.ground.connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchone()
