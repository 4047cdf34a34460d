"""The page on which the columns of a list are matched, before or after it is checked."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.imports.pages.columns_form import ColumnsForm
from villages.access import allowed, fetch, require
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, pk):
    job = fetch(request, Import.objects.select_related("area"), may="import.view", pk=pk)
    require(request, matcher(job))
    if not job.columns_open:
        messages.error(request, actions.NOT_WAITING)
        return redirect("import_detail", job.pk)
    word = request.regency.village_word
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, tables=job.tables, village_word=word)
    if data is not None and form.is_valid() and _matched(request, job, form):
        return redirect("import_detail", job.pk)
    may = {"discard": allowed(request.office, "import.make") and job.phase == job.Phase.MATCH}
    return render(request, "imports/columns.html", {"job": job, "form": form, "may": may})


def matcher(job):
    """The permission needed to match the columns of a list: the same as for uploading it."""
    return "recheck.make" if job.check_only else "import.make"


def _matched(request, job, form):
    try:
        actions.correct_reading(by=request.office, job=job, answers=form.answers())
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    return not form.errors
