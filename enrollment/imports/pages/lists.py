"""Pages of an import: upload, progress, preview, result, rows, discarding, returned workbook."""

import tempfile

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from enrollment import listing
from enrollment.imports import actions
from enrollment.imports.mending import correcting
from enrollment.imports.models import Import
from enrollment.imports.pages import previewing, returned, understood
from enrollment.imports.pages.columns import matcher
from enrollment.imports.pages.filters import RowFilter
from enrollment.imports.pages.forms import TemplateForm, UploadForm
from enrollment.imports.registry import undoing
from enrollment.jobs import actions as jobs
from enrollment.limits.models import Usage
from enrollment.paging import listed
from enrollment.workbooks.cells import XLSX
from enrollment.workers import disclosures, places
from enrollment.workers.listing import show_people
from enrollment.workers.models import Disclosure
from villages.access import allowed, fetch, require
from villages.accounts.factor.proof import asks_code
from villages.naming import name_apart
from villages.parameters import whole
from villages.refusals import Refusal

PREVIEW = "imports/preview.html"
CLOSED = {
    Import.Phase.MATCH: "Daftar ini menunggu pengunggahnya mencocokkan kolom.",
    Import.Phase.DISCARDED: "Daftar ini dibuang. Tidak ada yang disimpan darinya.",
    Import.Phase.EXPIRED: (
        "Daftar ini sudah lama selesai, jadi berkas dan barisnya sudah dihapus. Orang yang "
        "tersimpan darinya tetap ada di daftar pekerja."
    ),
}
"""Phases in which there is nothing to see or to do → the sentence that says so."""
RESULTS = {
    Import.Phase.TAKEN: "imports/outcome.html",
    Import.Phase.UNDONE: "imports/undone.html",
}
"""The template above the preview, by phase; before the list is taken, the decision."""


@require_safe
def import_list(request):
    require(request, "import.view")
    lists = (
        Import.objects.visible_to(request.office)
        .select_related("area")
        .defer("tables", "row_texts")
    )
    only_held = request.GET.get("menunggu") == "dinas"
    if only_held:
        lists = lists.held()
    page = listed(lists, request.GET)
    name_apart([job.area for job in page], within=request.office.area)
    may = {"make": allowed(request.office, "import.make")}
    wide = places.is_wide(request.office)
    context = {"page": page, "may": may, "wide": wide, "only_held": only_held}
    return listing.show(request, "imports/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request):
    require(request, "import.make")
    return _upload(request, check_only=False)


@require_http_methods(["GET", "HEAD", "POST"])
def list_check(request):
    """Check a list without saving anybody."""
    require(request, "recheck.make")
    return _upload(request, check_only=True)


def _upload(request, *, check_only):
    options = {"office": request.office, "village_word": request.regency.village_word}
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*sent, **options)
    if sent and form.is_valid():
        job = _received(request, form, check_only)
        if job:
            return redirect("import_detail", job.pk)
    context = {"form": form, "check_only": check_only}
    if "area" in form.fields:
        context["template_form"] = TemplateForm(**options)
    return render(request, "imports/new.html", context)


def _received(request, form, check_only):
    file = form.cleaned_data["file"]
    area = form.cleaned_data.get("area") or None
    options = {"filename": file.name, "area": area, "check_only": check_only}
    try:
        job = actions.receive(by=request.office, file=file, **options)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
        return None
    jobs.enqueue(job)
    return job


@require_safe
def import_detail(request, pk):
    """Progress, then the preview, then the result: one URL from beginning to end."""
    job = _job(request, "import.view", pk)
    if request.htmx:
        return _progress(request, job)
    may = _may(request.office, job)
    if job.phase == Import.Phase.MATCH and job.columns_open and may["match"]:
        return redirect("import_columns", job.pk)
    context = {"job": job, "may": may, "refresh_after": 5, "closed": CLOSED.get(job.phase)}
    context["body"] = _body(job)
    if job.held and may["release"]:
        context["uploader"] = request.regency.title_of(job.office)
        context["usage"] = Usage.objects.filter(office=job.office_id).first()
    if context["body"] == PREVIEW:
        context |= _preview(job, may, request.regency.village_word)
    return render(request, "imports/detail.html", context)


def _body(job):
    """The template of the page's content."""
    if job.busy:
        return "imports/progress.html"
    if job.held:
        return "imports/held.html"
    if job.refused:
        return "imports/refused.html"
    return "imports/closed.html" if job.phase in CLOSED else PREVIEW


def _preview(job, may, village_word):
    parts = returned.parts(returned.rows_of(job)) if may["return"] else []
    asked = may["take"] and job.worth_taking and not job.check_only
    return {
        "result": RESULTS.get(job.phase, "imports/decision.html"),
        "preview": previewing.of(job, village_word, asked=asked),
        "parts": parts,
        "one_part": len(parts) == 1,
        "many_parts": len(parts) > 1,
        "ready": correcting.ready(job),
        "lists": undoing.on_lists(job) if may["undo"] else None,
        "understood": understood.of(job, village_word, may_change=may["match"]),
        "guessed": understood.GUESSED,
    }


def _progress(request, job):
    if not job.busy:
        return HttpResponseClientRefresh()
    return render(request, "imports/progress.html", {"job": job})


def _job(request, may, pk):
    lists = Import.objects.select_related("area")
    return fetch(request, lists, may=may, pk=pk)


def _may(office, job):
    makes = allowed(office, "import.make") and not job.check_only
    return {
        "upload": allowed(office, matcher(job)),
        "take": makes,
        "discard": makes and job.may_be_discarded,
        "release": allowed(office, "import.release"),
        "mend": makes and correcting.is_open(job),
        "return": allowed(office, "worker.unmask"),
        "undo": allowed(office, "import.undo") and job.phase == Import.Phase.TAKEN,
        "match": allowed(office, matcher(job)) and job.columns_open,
    }


@require_safe
def import_rows(request, pk):
    job = _job(request, "import.view", pk)
    rows = job.rows.with_outcome(job).select_related("village")
    undone, word = job.phase == Import.Phase.UNDONE, request.regency.village_word
    filtered = RowFilter(request.GET, queryset=rows, undone=undone, village_word=word)
    page = listed(filtered.qs, request.GET)
    name_apart([row.village for row in page if row.village], within=request.office.area)
    context = {"job": job, "filter": filtered, "page": page, "wide": places.is_wide(job)}
    return show_people(
        request, "imports/rows.html", context, area=job.area_id, subject=f"import:{job.pk}"
    )


@require_POST
def import_take(request, pk):
    job = _job(request, "import.make", pk)
    try:
        actions.take(by=request.office, job=job, update=request.POST.get("existing") == "update")
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("import_detail", job.pk)


@require_POST
def import_discard(request, pk):
    job = _job(request, "import.make", pk)
    try:
        actions.discard(by=request.office, job=job)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("import_detail", job.pk)
    messages.success(request, "Daftar dibuang. Tidak ada yang disimpan.")
    return redirect("import_list")


@require_POST
def import_release(request, pk):
    job = _job(request, "import.release", pk)
    try:
        actions.release(by=request.office, job=job)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Daftar ini dilanjutkan.")
    return redirect("import_detail", job.pk)


@asks_code
@require_safe
def import_returned(request, pk):
    """The rows to be corrected as a workbook: all, or those of a part (from `dari` to `sampai`)."""
    job = _job(request, "import.view", pk)
    require(request, "worker.unmask")
    rows = returned.rows_of(job)
    first, last = (whole(request.GET.get(name)) for name in ("dari", "sampai"))
    if last:
        rows = rows.filter(position__gte=first, position__lte=last)
    rows = rows[: returned.ROWS_A_PART]
    people = rows.count()
    if job.busy or not people:
        messages.info(request, "Tidak ada baris yang perlu diperbaiki.")
        return redirect("import_detail", job.pk)
    disclosures.reveal(
        by=request.office, why=Disclosure.Why.RETURNED, kind=Disclosure.Kind.EXPORT,
        area=job.area_id, subject=f"import:{job.pk}", people=people,
    )  # fmt: skip
    file = tempfile.TemporaryFile()  # noqa: SIM115, the response closes it
    returned.write(job, rows, file, village_word=request.regency.village_word)
    file.seek(0)
    name = f"Perbaikan - {job.filename.rsplit('.', 1)[0]}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=XLSX)
