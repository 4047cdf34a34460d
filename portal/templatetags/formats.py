"""Template filters: numbers, money and dates as `enrollment/formats.py` writes them, and people."""

from django import template

from enrollment.formats import UNKNOWN, angka, bulan, rupiah, tanggal, tanggal_waktu
from enrollment.programmes.funds import fund_name, fund_names
from enrollment.workers.checks.nik import mask
from enrollment.workers.showing import birth_year, residence, told_apart

register = template.Library()

for writing in (
    *(
        angka,
        birth_year,
        bulan,
        fund_name,
        fund_names,
        residence,
        rupiah,
        tanggal,
        tanggal_waktu,
        told_apart,
    ),
):
    register.filter(writing)


@register.filter
def nik_masked(nik):
    """A NIK → ``352215**********``, the only form that a list may show (UU 27/2022)."""
    return mask(nik) if nik else UNKNOWN
