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
    then whoever needs the same rows waits."""
    begun, over = Event(), Event()

    def stay():
        try:
            with scope.whole_country("tests"):
                does()
                begun.set()
                over.wait()
                transaction.set_rollback(True)
        finally:
            begun.set()
            connection.close()

    with ThreadPoolExecutor(1) as thread:
        stays = thread.submit(stay)
        begun.wait()
        try:
            yield
        finally:
            over.set()
            stays.result()


def somebody_waits(seconds=90):
    """The name of the program that waits for a lock of the database, as soon as there is one."""
    wait_until(_waiting, seconds, "nobody waits for a lock")
    (name,) = _waiting()
    return name


def _waiting():
    query = """
        SELECT application_name FROM pg_stat_activity
        WHERE datname = current_database() AND wait_event_type = 'Lock'
    """
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [name for (name,) in cursor.fetchall()]
