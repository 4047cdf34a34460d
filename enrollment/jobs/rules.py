"""How long a job will still take, and which job is due next."""

from datetime import datetime, timedelta
from typing import NamedTuple

TOO_EARLY = timedelta(seconds=4)
"""The pace of the first seconds says little about the rest."""
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


def time_left(done: int, total: int | None, elapsed: timedelta) -> str:
    """ "sekitar 3 menit lagi" for `total - done` rows at the pace of those done in `elapsed`.

    "" if it cannot be estimated: too early, nothing done yet, the total unknown.
    """
    if elapsed < TOO_EARLY or not done or not total:
        return ""
    left = elapsed * max(total - done, 0) / done
    if left < MINUTE:
        return "kurang dari 1 menit lagi"
    if left < HOUR:
        return f"sekitar {round(left / MINUTE)} menit lagi"
    return f"sekitar {round(left / HOUR)} jam lagi"


SMALL = 5000
"""Rows. A job with no more than this is done in a few turns."""
PATIENCE = timedelta(minutes=1)
"""After so long without a turn an office comes first, however large its job: else those of small
jobs could keep it waiting for ever."""


class Waiting(NamedTuple):
    """A job in the queue: when it was made, when its office last had a turn (None: not today), and
    the rows left (0 if unknown: the first turn will tell)."""

    made: datetime
    served: datetime | None
    left: int


def due(job: Waiting, now: datetime) -> tuple[bool, bool, bool, datetime, int, datetime]:
    """The order of jobs: of two, the one with the smaller key has its turn first.

    Small jobs come first; among equals an office that had no turn yet, then the one whose last turn
    is longest ago; and of one office the job with the fewest rows left. Of those that have lost
    patience, the one that has waited longest.
    """
    since = job.served or job.made
    patient = now - max(since, job.made) < PATIENCE
    large, served = job.left > SMALL, job.served is not None
    return patient, patient and large, patient and served, since, job.left, job.made
