"""Months of cover: counting them, naming them, and finding where two periods overlap.

A period is a pair of days `(first, after)`: the first day of its first month and the first day
after its last one, as `Cover.months` keeps it. No database, no clock.
"""

from collections.abc import Iterable
from datetime import date

from enrollment.months import MONTHS

Period = tuple[date, date]
OpenPeriod = tuple[date | None, date | None]
"""A period that may be open at either end: None means no limit on that side."""


def month_after(month: date, count: int = 1) -> date:
    """The first day of the month `count` months after the month of `month`."""
    year, index = divmod(month.year * 12 + month.month - 1 + count, 12)
    return date(year, index + 1, 1)


def period(first_month: date, count: int) -> Period:
    """`(first, after)` of `count` months that start with the month of `first_month`."""
    return month_after(first_month, 0), month_after(first_month, count)


def months_of(first_month: date, count: int) -> tuple[date, ...]:
    """The first days of `count` months in order; they may continue into the next year."""
    return tuple(month_after(first_month, index) for index in range(count))


def already_paid(wanted: Period, covers: Iterable[OpenPeriod]) -> tuple[date, ...]:
    """The months of the period `wanted` that one of `covers` already pays, in order."""
    first, after = wanted
    paid, month, covers = [], first, tuple(covers)
    while covers and month < after:
        following = month_after(month)
        if any(
            (end is None or month < end) and (start is None or start < following)
            for start, end in covers
        ):
            paid.append(month)
        month = following
    return tuple(paid)


def is_member(wanted: Period, memberships: Iterable[OpenPeriod]) -> bool:
    """Whether a BPJS membership `(active_from, active_until)` is active within `wanted`.

    Both days are included; None means no limit on that side.
    """
    first, after = wanted
    return any(
        (start is None or start < after) and (end is None or end >= first)
        for start, end in memberships
    )


def in_words(months: Iterable[date]) -> str:
    """Months as the words of a sentence: "Januari–Maret 2026 dan Mei 2026"."""
    runs: list[list[date]] = []
    for month in sorted(months):
        if runs and month_after(runs[-1][1]) == month:
            runs[-1][1] = month
        else:
            runs.append([month, month])
    named = [_run_in_words(first, last) for first, last in runs]
    return " dan ".join(filter(None, [", ".join(named[:-1]), named[-1]])) if named else ""


def _run_in_words(first: date, last: date) -> str:
    end = f"{MONTHS[last.month - 1]} {last.year}"
    if first == last:
        return end
    start = MONTHS[first.month - 1]
    return f"{start}–{end}" if first.year == last.year else f"{start} {first.year}–{end}"
