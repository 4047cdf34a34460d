"""Downloading what is published of a decree: its JDIH package, and the counts of its villages."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from enrollment.decrees import rights
from enrollment.decrees.models import Decree
from enrollment.public.publishing import package
from villages.refusals import Refusal


@require_GET
def jdih_package(request, pk):
    """The zip for the regency's JDIH."""
    decree = _fetch(request, pk, may="annex.full")
    try:
        content = package.package(decree, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("decree_detail", pk=pk)
    return _download(content, "application/zip", f"jdih-{_name(decree)}.zip")


@require_GET
def village_counts(request, pk):
    """People and rupiah of each village as CSV, small counts hidden."""
    decree = _fetch(request, pk, may="annex.full")
    if not decree.is_published:
        messages.error(request, package.NOT_ISSUED)
        return redirect("decree_detail", pk=pk)
    content = package.counts(decree)
    return _download(content, "text/csv; charset=utf-8", f"jumlah-per-wilayah-{_name(decree)}.csv")


def _download(content, kind, name):
    return HttpResponse(
        content,
        content_type=kind,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _name(decree):
    return slugify(decree.number.replace("/", "-")) or "tanpa-nomor"


def _fetch(request, pk, *, may):
    rows = Decree.objects.select_related("programme", "signatory", "amends")
    return rights.fetch(request, rows, may=may, pk=pk)
