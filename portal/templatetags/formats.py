"""Template filters: numbers, money and dates as `enrollment/formats.py` writes them, and people."""

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import mark_safe

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
def at_slashes(words):
    """A number like 188.45/846/406.004/2025, which a narrow page breaks behind a slash and nowhere
    else."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in str(words).split("/")))


@register.filter
def nik_masked(nik):
    """A NIK → ``352215**********``, the only form that a list may show (UU 27/2022)."""
    return mask(nik) if nik else UNKNOWN
