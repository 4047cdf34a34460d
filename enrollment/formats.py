"""How numbers, money, dates and months are written in Indonesian, on pages and in sentences.

Each function returns "–" for an unknown value, never 0: unknown does not mean zero.
"""

from __future__ import annotations

from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime

from enrollment.months import MONTHS

Number = int | str | None
"""A template passes "" for a missing value."""

UNKNOWN = "–"


class MoreThan(int):
    """A count that stopped here, although there are more."""


def rupiah(amount: Number) -> str:
    """Integer rupiah → ``Rp2.016.000.000``."""
    if amount is None or amount == "":
        return UNKNOWN
    whole = int(amount)
    return f"{'-' if whole < 0 else ''}Rp{_with_dots(abs(whole))}"


def angka(number: Number) -> str:
    """A count → ``157.058``, or ``lebih dari 1.000``."""
    if number is None or number == "":
        return UNKNOWN
    words = _with_dots(int(number))
    return f"lebih dari {words}" if isinstance(number, MoreThan) else words


def _with_dots(number: int) -> str:
    return f"{number:,}".replace(",", ".")


def tanggal(day: date | None) -> str:
    """A date or datetime (in the portal's time zone) → ``17 Agustus 2025``."""
    if not day:
        return UNKNOWN
    if isinstance(day, datetime):
        day = _local(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def tanggal_waktu(moment: datetime | None) -> str:
    """A datetime → ``17 Agustus 2025 pukul 14.05 WIB``."""
    if not moment:
        return UNKNOWN
    moment = _local(moment)
    zone = f" {moment.tzname()}" if is_aware(moment) else ""
    return f"{tanggal(moment)} pukul {date_format(moment, 'H.i')}{zone}"


def bulan(month: date | Number) -> str:
    """A month number (1–12) → ``Agustus``; a date → ``Agustus 2025``."""
    if month is None or month == "":
        return UNKNOWN
    if isinstance(month, date):
        return f"{MONTHS[month.month - 1]} {month.year}"
    return MONTHS[int(month) - 1]


def _local(moment: datetime) -> datetime:
    return localtime(moment) if is_aware(moment) else moment
