"""The page on which a list's reading is corrected: its columns, before or after it is checked, and
in its preview also its villages and the rows that are no people."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.imports.pages import named
from enrollment.imports.pages.columns_form import ColumnsForm
from enrollment.imports.pages.reading_form import RowsForm, VillagesForm
from villages.access import allowed, fetch, require
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request, pk):
    job = fetch(request, Import.objects.select_related("area"), may="import.view", pk=pk)
    require(request, matcher(job))
    if not job.columns_open:
        messages.error(request, actions.NOT_WAITING)
        return redirect("import_detail", job.pk)
    data = request.POST if request.method == "POST" else None
    forms = _forms(data, job, request.regency.village_word)
    if data is not None and forms.are_valid() and _corrected(request, job, forms):
        return redirect("import_detail", job.pk)
    may = {"discard": allowed(request.office, "import.make") and job.phase == job.Phase.MATCH}
    context = {"job": job, "form": forms.columns, "forms": forms, "may": may}
    return render(request, "imports/columns.html", context)


def matcher(job):
    """The permission needed to correct how a list is read: the same as for uploading it."""
    return "recheck.make" if job.check_only else "import.make"


@dataclass(frozen=True)
class Forms:
    """The parts of the page; `villages` and `rows` where there is something to answer."""

    columns: ColumnsForm
    villages: VillagesForm | None
    rows: RowsForm | None

    def are_valid(self):
        used = [form for form in (self.columns, self.villages, self.rows) if form]
        return all([form.is_valid() for form in used])  # noqa: C419, all errors are shown


def _forms(data, job, word):
    villages = rows = None
    if job.is_previewed:
        villages = VillagesForm(data, job=job, village_word=word) if named.is_wide(job) else None
        rows = RowsForm(data, job=job)
    return Forms(
        ColumnsForm(data, tables=job.tables, village_word=word),
        villages if villages and villages.names else None,
        rows if rows and rows.rows else None,
    )


def _corrected(request, job, forms):
    try:
        actions.correct_reading(
            by=request.office,
            job=job,
            answers=forms.columns.answers(),
            meant=forms.villages.answers() if forms.villages else None,
            people=forms.rows.people() if forms.rows else None,
        )
    except Refusal as refusal:
        forms.columns.add_error(None, str(refusal))
    return not forms.columns.errors
