"""How long a job will still take."""

from datetime import timedelta

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
