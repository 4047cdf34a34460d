"""A transaction of somebody else that stays open, and who waits for it.

A test that kills a worker in the middle of a turn needs the turn to last until then, however quick
or busy the machine is.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from threading import Event

from django.db import connection, transaction

from portal.launch.embedded import wait_until
from villages import scope


@contextmanager
def undecided(does):
    """Run `does()` in a transaction of another connection, which is undone after the block: until
    then whoever needs the same rows waits. The block gets a function that returns, as soon as a
    program waits for it, the program's name."""
    begun, over, session = Event(), Event(), []

    def stay():
        try:
            with scope.whole_country("tests"):
                does()
                session.append(connection.connection.info.backend_pid)
                begun.set()
                over.wait()
                transaction.set_rollback(True)
        finally:
            begun.set()
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        stays = thread.submit(stay)
        begun.wait()
        if not session:
            stays.result()  # raises what went wrong there
        try:
            yield lambda: _who_waits_for(session)
        finally:
            over.set()
            stays.result()


def _who_waits_for(session):
    query = """
        SELECT application_name FROM pg_stat_activity WHERE pg_blocking_pids(pid) && %s::integer[]
    """
    found = []

    def look():
        with connection.cursor() as cursor:
            cursor.execute(query, [session])
            found[:] = cursor.fetchall()
        return found

    wait_until(look, 240, "nobody waits for the open transaction")
    ((name,),) = found
    return name


def somebody_waits():
    """Whether a session of the test's database waits for another one's lock."""
    query = "SELECT FROM pg_stat_activity WHERE cardinality(pg_blocking_pids(pid)) > 0"
    with connection.cursor() as cursor:
        cursor.execute(f"{query} AND datname = current_database()")
        return bool(cursor.rowcount)
