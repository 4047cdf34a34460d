"""Batches on several connections at once: written together, committed in their order."""

import threading
import time

import pytest
from django.db import connection

from enrollment.jobs import abreast

pytestmark = pytest.mark.django_db(transaction=True)


def test_later_batches_are_written_meanwhile_and_committed_after():
    written, committed, both = [], [], threading.Barrier(2, timeout=10)

    def do(batch, wait):
        if batch < 2:
            both.wait()  # neither is alone at work
        time.sleep(0.05 if batch == 0 else 0)
        written.append(batch)
        wait()
        committed.append(batch)

    abreast.run(range(6), do, 2)
    assert written[0] == 1
    assert committed == [0, 1, 2, 3, 4, 5]


def test_nothing_is_committed_after_a_batch_that_failed():
    committed = []

    def do(batch, wait):
        if batch == 2:
            raise ZeroDivisionError
        wait()
        committed.append(batch)

    with pytest.raises(ZeroDivisionError):
        abreast.run(range(6), do, 2)
    assert committed == [0, 1]


def test_each_lane_has_a_connection_of_its_own_and_leaves_none():
    backends = set()

    def do(batch, wait):
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            backends.add(cursor.fetchone()[0])
        wait()

    abreast.run(range(4), do, 2)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        assert cursor.fetchone()[0] not in backends
        cursor.execute("SELECT count(*) FROM pg_stat_activity WHERE pid = ANY (%s)", [[*backends]])
        assert cursor.fetchone()[0] == 0
