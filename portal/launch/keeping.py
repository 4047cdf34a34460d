"""Starts again what dies: web, worker, beat, PostgreSQL, the queue.

Whatever dies again soon is started after a longer pause each time: while the disk is full, a
database that cannot start must not keep the machine busy. It is told in one sentence, on the
terminal and in `logs/run.log`.
"""

import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Protocol

from portal.launch.embedded import ServiceError

SHORTEST, LONGEST = 1, 60
"""Seconds until something is started again, at first and at last."""
CALM = 300
"""Seconds after which a death counts as the first again."""


class Part(Protocol):
    name: str
    log: Path

    def alive(self) -> bool: ...

    def start(self) -> None: ...


class Kept:
    """A part, and when it may be started again."""

    def __init__(self, part: Part, now: float):
        self.part = part
        self.pause = SHORTEST
        self.started = now
        self.due: float | None = None

    def look(self, now: float) -> str:
        """Do what is to be done now; return the sentence that tells it, or nothing."""
        if self.due is None:
            if self.part.alive():
                return ""
            return self._wait(f"{self.part.name} has ended", now)
        if now < self.due:
            return ""
        try:
            self.part.start()
        except (OSError, ServiceError) as error:
            return self._wait(f"{self.part.name} did not start ({_first_line(error)})", now)
        self.started, self.due = now, None
        return f"{self.part.name} is started again."

    def _wait(self, what: str, now: float) -> str:
        if self.due is None and now - self.started > CALM:
            self.pause = SHORTEST
        self.due = now + self.pause
        sentence = f"{what}; it is started again in {self.pause} s. See {self.part.log}"
        self.pause = min(2 * self.pause, LONGEST)
        return sentence


def _first_line(error: Exception) -> str:
    return str(error).partition("\n")[0]


class Keeper:
    def __init__(self, parts: list[Part], log: Path):
        self.kept = [Kept(part, time.monotonic()) for part in parts]
        self.log = log

    def look(self) -> None:
        """To be called again and again."""
        for kept in self.kept:
            if sentence := kept.look(time.monotonic()):
                self._tell(sentence)

    def _tell(self, sentence: str) -> None:
        with suppress(OSError), self.log.open("a") as log:  # a full disk is no reason to stop
            log.write(f"{datetime.now().astimezone().isoformat(timespec='seconds')} {sentence}\n")
        print(sentence, flush=True)
