"""Measures the processes of a portal: processor time and peak memory.

Memory is the peak resident set as the kernel records it (VmHWM), with shared pages counted in full:
an upper bound. For a process that has ended, the last values are kept.
"""

import os
import threading
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

import psutil

TICK = os.sysconf("SC_CLK_TCK")


class Watch:
    """`groups()` returns name → processes to measure; called again after every `every` seconds."""

    def __init__(self, groups, every=0.05):
        self.groups, self.every = groups, every
        self.used = defaultdict(dict)  # group → (pid, started) → seconds
        self.peak = defaultdict(int)  # group → bytes of its largest process
        self.before = {}
        self.ending = threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self):
        self._look()
        self.before = {name: dict(seconds) for name, seconds in self.used.items()}
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join()

    def _run(self):
        while not self.ending.wait(self.every):
            self._look()

    def _look(self):
        for name, processes in self.groups().items():
            for process in processes:
                with suppress(psutil.Error, OSError, LookupError):  # gone, or a zombie
                    self._note(name, process)

    def _note(self, name, process):
        folder = Path(f"/proc/{process.pid}")
        status = (folder / "status").read_text()
        fields = (folder / "stat").read_text().rpartition(")")[2].split()
        self.used[name][process.pid, fields[19]] = (int(fields[11]) + int(fields[12])) / TICK
        peak = int(status.partition("VmHWM:")[2].split()[0]) * 1024
        self.peak[name] = max(self.peak[name], peak)

    def seconds(self):
        """Group → seconds of processor time so far, since the watch began."""
        return {
            name: sum(seconds.values()) - sum(self.before.get(name, {}).values())
            for name, seconds in self.used.items()
        }


def marks(watch, name, so_far=()):
    """The timeline `so_far` with one more entry: (name, now, processor seconds until now)."""
    return [*so_far, (name, time.monotonic(), watch.seconds())]


def portal_groups(processes, postgres):
    """A function for `Watch` that returns the processes of a running portal by their task."""

    def groups():
        worker = processes.running["worker"]
        children = worker.children()
        server = psutil.Process(int((postgres.cluster / "postmaster.pid").read_text().split()[0]))
        return {
            "web": processes.family("web"),
            "worker": [worker],
            "worker's child": children,
            "reader": [reader for child in children for reader in child.children(recursive=True)],
            "PostgreSQL": [server, *server.children()],
        }

    def groups_if_running():
        try:
            return groups()
        except (psutil.Error, OSError):
            return {}

    return groups_if_running
