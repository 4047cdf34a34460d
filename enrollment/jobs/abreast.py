"""Batches of one job at a time on several connections, committed in their order.

A batch writes its rows while the one before it is still being written; only when that is committed
does it hold the job, move the cursor and commit, all in its own transaction. So rows and cursor
move together as ever, and whoever dies leaves the cursor where the rows end.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Condition

from django.db import connection


class Stopped(Exception):
    """A batch before this one has failed: this one must not be committed."""


class Order:
    """Whose turn it is to commit."""

    def __init__(self):
        self.next, self.stopped, self.changed = 0, False, Condition()

    def wait(self, number):
        with self.changed:
            self.changed.wait_for(lambda: self.stopped or self.next == number)
            if self.stopped:
                raise Stopped

    def done(self):
        with self.changed:
            self.next += 1
            self.changed.notify_all()

    def stop(self):
        with self.changed:
            self.stopped = True
            self.changed.notify_all()


def run(batches, do, lanes):
    """`do(batch, wait)` for each of `batches`, `lanes` at once, each thread with its connection.

    `do` works in one transaction and calls `wait()` before what must follow the batch before it.
    The first failure stops all and is raised.
    """
    order = Order()

    def lane(number, batch):
        try:
            do(batch, lambda: order.wait(number))
            order.done()
        except BaseException:
            order.stop()
            raise
        finally:
            connection.close()

    with ThreadPoolExecutor(lanes) as pool:
        coming = [pool.submit(lane, *one) for one in enumerate(batches)]
    faults = [fault for one in coming if (fault := one.exception())]
    for fault in sorted(faults, key=lambda one: isinstance(one, Stopped)):
        raise fault
