"""Months of cover: counting them, naming them, and finding where two periods overlap.

A period is a pair of days `(first, after)`: the first day of its first month and the first day
after its last one, as `Cover.months` keeps it. No database, no clock.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from enrollment.months import MONTHS

Period = tuple[date, date]
OpenPeriod = tuple[date | None, date | None]
"""A period that may be open at either end: None means no limit on that side."""

GRACE = 3
"""Months: who pays for the third month after the last one they paid, and for those between, goes on
with the same membership. Later it is a new one."""
OLDEST_NEW = 65
"""Nobody of this age or older gets a new membership."""


class Kind(StrEnum):
    """Whether somebody becomes a member or stays one."""

    NEW = "baru"
    CONTINUING = "lanjut"

    @property
    def label(self) -> str:
        return self.value.capitalize()


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


def months_between(first: date, after: date) -> tuple[date, ...]:
    """The first days of the months from `first` on and before `after`; none where that is not
    later."""
    count = (after.year - first.year) * 12 + after.month - first.month
    return months_of(first, max(count, 0))


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


def last_paid(before: date, covers: Iterable[OpenPeriod]) -> date | None:
    """The last month that is paid before the month `before`; None if there is none."""
    eve = timedelta(days=1)
    begun = [after for start, after in covers if start is None or start < before]
    days = [min(after or before, before) - eve for after in begun]
    return month_after(max(days), 0) if days else None


def kind_of(first: date, last: date | None) -> Kind:
    """What cover from the month `first` on is to whom `last` was the last month paid before it."""
    joins = last is not None and month_after(last, GRACE) >= first
    return Kind.CONTINUING if joins else Kind.NEW


def lapses_on(last: date) -> date:
    """The day from which on a payment begins a new membership, after the last month paid `last`."""
    return month_after(last, GRACE + 1)


def last_payable(last: date) -> date:
    """The last day on which paying what is due keeps the membership, after the last month paid
    `last` (book 908 of BPJS, p. 59: arrears of at most three months)."""
    return lapses_on(last) - timedelta(days=1)


def arrears(first: date, last: date | None) -> tuple[date, ...]:
    """The months between that must be paid, too, so that cover goes on; none for who is new."""
    if last is None or kind_of(first, last) is Kind.NEW:
        return ()
    after = month_after(last)
    return tuple(month for month in months_of(after, GRACE) if month < first)


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
