"""What may befall a portal at work. Each blow is over within seconds and nobody is told."""

import os
import signal
import time

import psutil
import redis

from bench import ground
from portal.launch import embedded

WAITING = 2.5  # seconds; a worker asks again every second (kombu's brpop)


class Blows:
    """`processes`: `ground.Kept` with a worker. A blow's name is the name of its method."""

    def __init__(self, processes):
        self.processes = processes
        self.server = embedded.Postgres(ground.DATA, throwaway=False)

    def child(self):
        """kill -9 of the worker's child that is busy (the one that has worked most)."""
        max(self.processes.running["worker"].children(), key=_processor_time).kill()

    def worker(self):
        """kill -9 of the whole worker, as when its container is gone."""
        for process in self.processes.family("worker"):
            process.kill()

    def main(self):
        """kill -9 of the worker's first process alone: its children are orphans."""
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
        return sum(process.cpu_times()[:4])  # with the reader's, once it has ended
    except psutil.Error:
        return 0


class Frozen:
    """While it lasts, the worker takes nothing from the queue: a message sent now stays there.

    Before, the broker forgets that the worker was waiting at its door: what comes would be handed
    over at once, frozen or not.
    """

    def __init__(self, processes):
        self.processes = processes

    def __enter__(self):
        for one in self.processes.family("worker"):
            one.send_signal(signal.SIGSTOP)
        time.sleep(WAITING)

    def __exit__(self, *_):
        for one in self.processes.family("worker"):
            one.send_signal(signal.SIGCONT)
