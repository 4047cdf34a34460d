"""Template filters: how numbers, money, dates and NIKs are written in Indonesian.

Every filter shows "–" for a value that is not known, never 0: an unknown number is not nothing.
"""

from datetime import date, datetime

from django import template
from django.utils.formats import date_format
from django.utils.timezone import is_aware, localtime
from lokal.rupiah import format_rupiah

register = template.Library()

UNKNOWN = "–"
MONTHS = (
    *("Januari", "Februari", "Maret", "April", "Mei", "Juni"),
    *("Juli", "Agustus", "September", "Oktober", "November", "Desember"),
)


def _known(value):
    return value is not None and value != ""


@register.filter
def rupiah(amount):
    """Integer rupiah → ``Rp2.016.000.000``."""
    return format_rupiah(int(amount)) if _known(amount) else UNKNOWN


@register.filter
def angka(number):
    """A count → ``157.058``."""
    return format_rupiah(int(number), symbol=False) if _known(number) else UNKNOWN


@register.filter
def tanggal(day):
    """A date or datetime (in the portal's time zone) → ``17 Agustus 2025``."""
    if not _known(day):
        return UNKNOWN
    day = _local(day)
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


@register.filter
def tanggal_waktu(moment):
    """A datetime → ``17 Agustus 2025 pukul 14.05 WIB``."""
    if not _known(moment):
        return UNKNOWN
    moment = _local(moment)
    zone = f" {moment.tzname()}" if is_aware(moment) else ""
    return f"{tanggal(moment)} pukul {date_format(moment, 'H.i')}{zone}"


@register.filter
def bulan(month):
    """A month number (1–12) → ``Agustus``; a date → ``Agustus 2025``."""
    if not _known(month):
        return UNKNOWN
    if isinstance(month, date):
        return f"{MONTHS[month.month - 1]} {month.year}"
    return MONTHS[int(month) - 1]


@register.filter
def nik_masked(nik):
    """A NIK → ``352215******0001``, the only form that a list may show (UU 27/2022)."""
    if not _known(nik):
        return UNKNOWN
    from enrollment.workers.checks.nik import mask  # the rule lives with the NIK

    return mask(nik)


def _local(value):
    return localtime(value) if isinstance(value, datetime) and is_aware(value) else value
