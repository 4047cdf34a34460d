"""Correcting rows with errors in the browser, one row at a time."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from enrollment.imports import actions
from enrollment.imports.mending import correcting, grid
from enrollment.imports.models import Import, ImportRow
from enrollment.sheets.labels import LABELS
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure
from villages.access import fetch
from villages.parameters import whole
from villages.refusals import Refusal

CELL = "sel-"
"""Prefix of an input's name, as a form must not have an input called `name`."""


@require_safe
def import_mend(request, pk):
    """The rows with an error, in full, which is recorded."""
    job = _job(request, pk)
    if job.check_only or not correcting.is_open(job):
        messages.info(request, "Daftar ini tidak dapat diperbaiki di sini.")
        return redirect("import_detail", job.pk)
    after = whole(request.GET.get("sesudah"))
    rows, more = grid.page_of(job, after, whole(request.GET.get("baris")))
    advice = grid.advice(rows)
    context = _context(request, job, after) | {
        "more": more and rows[-1].position,
        "advice": advice,
        "rows": _shown(request, job, rows, advised=advice),
    }
    return render(request, "imports/mend.html", context)


@require_POST
def import_row_mend(request, pk, position):
    """Store what was typed into a row and check it; answer with the row, without htmx the page."""
    job = _job(request, pk)
    cells = {field: request.POST[CELL + field] for field in LABELS if CELL + field in request.POST}
    seen = request.POST.get("seen", "")
    try:
        corrected = correcting.correct(
            by=request.office, job=job, position=position, cells=cells, seen=seen
        )
    except Refusal as refusal:
        return _refused(request, job, position, cells, str(refusal))
    after = whole(request.POST.get("sesudah"))
    if not request.htmx:
        page = reverse("import_mend", args=[job.pk])
        return redirect(f"{page}?sesudah={after}&baris={position}#b{position}")
    job.refresh_from_db()
    on_page = {whole(text) for text in request.POST.getlist("ada")}
    others = [row for row in corrected.others if row.position in on_page]
    (row, *others) = _shown(request, job, [corrected.row, *others])
    for other in others:
        other.out_of_band = True
    context = _context(request, job, after) | {"corrected": row, "others": others}
    return render(request, "imports/mend_answer.html", context)


@require_POST
def import_take_mended(request, pk):
    """Take the rows that were corrected after the rest of their list was taken."""
    job = _job(request, pk)
    try:
        actions.take_corrected(by=request.office, job=job)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("import_detail", job.pk)


def _refused(request, job, position, cells, sentence):
    """The row with all that was typed, and why it could not be stored."""
    job.refresh_from_db()
    row = job.rows.filter(position=position).first()
    row = row or ImportRow(job=job, position=position, row=0, typed={})
    options = {"posted": cells, "refusal": sentence}
    (shown,) = _shown(request, job, [row], **options)
    context = _context(request, job, whole(request.POST.get("sesudah")))
    if request.htmx:
        return render(
            request, "imports/mend_answer.html", context | {"corrected": shown, "others": []}
        )
    return render(request, "imports/mend.html", context | {"rows": [shown], "alone": True})


def _job(request, pk):
    return fetch(request, Import.objects.select_related("area"), may="import.make", pk=pk)


def _shown(request, job, rows, **options):
    """The rows for the page. Whatever page it is, they are in full, and this is recorded."""
    if rows:
        disclosures.reveal(
            by=request.office, why=Disclosure.Why.MEND, people=len(rows), area=job.area_id,
            subject=f"import:{job.pk}",
        )  # fmt: skip
    fields = grid.fields_of(job)
    word = request.regency.village_word
    return [grid.GridRow(row, fields, village_word=word, **options) for row in rows]


def _context(request, job, after):
    sheets = sum(bool(sheet["people"]) for sheet in job.sheets)
    ready = correcting.ready(job)
    return {
        "job": job, "left": job.mendable, "ready": ready, "after": after, "many_sheets": sheets > 1,
    }  # fmt: skip
