"""Faults that are injected into a portal at work. Each is over within seconds, without notice."""

import os
import signal
import time

import psutil
import redis

from bench import ground
from portal.launch import embedded

WAITING = 2.5  # seconds; a worker polls the queue every second (kombu's brpop)


class Faults:
    """One method for each kind of fault. `processes`: `ground.Supervised` with a worker."""

    def __init__(self, processes):
        self.processes = processes
        self.server = embedded.Postgres(ground.DATA, throwaway=False)

    def child(self):
        """kill -9 of the worker's busy child (the one with the most processor time)."""
        max(self.processes.running["worker"].children(), key=_processor_time).kill()

    def worker(self):
        """kill -9 of the whole worker, as when its container is gone."""
        for process in self.processes.family("worker"):
            process.kill()

    def main(self):
        """kill -9 of the worker's main process alone, which leaves its children as orphans."""
        self.processes.running["worker"].kill()

    def flush(self):
        """FLUSHALL of the broker."""
        redis.Redis.from_url(os.environ["REDIS_URL"]).flushall()

    def postgres(self):
        """An immediate stop of PostgreSQL, as when the power fails; then it starts again."""
        self.server.stop("immediate")
        self.server.start()


def _processor_time(process):
    try:
        return sum(process.cpu_times()[:4])  # includes the reader's, once it has ended
    except psutil.Error:
        return 0


class Paused:
    """Within this context the worker takes nothing from the queue: a message sent now stays there.

    On entering it waits until the worker's open request to the broker has expired: the broker would
    answer that one at once, although the worker is stopped.
    """

    def __init__(self, processes):
        self.processes = processes

    def __enter__(self):
        for process in self.processes.family("worker"):
            process.send_signal(signal.SIGSTOP)
        time.sleep(WAITING)

    def __exit__(self, *_):
        for process in self.processes.family("worker"):
            process.send_signal(signal.SIGCONT)
