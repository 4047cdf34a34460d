"""What a list would change in registered people, person by person; and undoing an import."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseClientRedirect

from enrollment.imports import actions
from enrollment.imports.models import Import
from enrollment.imports.registry import differing
from enrollment.paging import listed
from enrollment.workers import disclosures, places
from enrollment.workers.models import Disclosure
from enrollment.workers.showing import shown
from villages.access import allowed, fetch
from villages.parameters import whole
from villages.refusals import Refusal

PEOPLE_A_PAGE = 10


@require_safe
def import_differences(request, pk):
    """People registered with other data: old and new values, and the choice for each person.

    Who chooses sees the values in full, which is recorded; others see them masked."""
    job = _job(request, "import.view", pk)
    rows = differing.rows_of(job).select_related("village")
    page = listed(rows, request.GET, a_page=PEOPLE_A_PAGE, whole=())
    context = _context(request, job)
    show = _revealed(request, job, len(page)) if page and context["may"]["choose"] else shown
    for row in page:
        differing.describe(row, show)
    return render(request, "imports/differences.html", context | {"page": page})


@require_POST
def import_difference(request, pk, position):
    """Store the choice for one person; answer with the person, without htmx with the page."""
    job = _job(request, "import.make", pk)
    choice = request.POST.get("choice", "")
    page = request.POST.get("page", "")
    try:
        row = differing.choose(by=request.office, job=job, position=position, choice=choice)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _back(request, job, page, position)
    if not request.htmx:
        return _back(request, job, page, position)
    differing.describe(row, _revealed(request, job, 1))
    context = _context(request, job) | {"row": row, "number": page}
    return render(request, "imports/difference.html", context)


def _back(request, job, page, position):
    here = reverse("import_differences", args=[job.pk])
    there = f"{here}?page={whole(page, otherwise=1)}#orang-{position}"
    # htmx would follow a plain redirect and put the whole page in the place of one person.
    return HttpResponseClientRedirect(there) if request.htmx else redirect(there)


@require_POST
def import_undo(request, pk):
    job = _job(request, "import.undo", pk)
    try:
        actions.undo(by=request.office, job=job)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    return redirect("import_detail", job.pk)


def _job(request, may, pk):
    return fetch(request, Import.objects.select_related("area"), may=may, pk=pk)


def _revealed(request, job, people):
    return disclosures.reveal(
        by=request.office, why=Disclosure.Why.DIFFERENCE, people=people, area=job.area_id,
        subject=f"import:{job.pk}",
    )  # fmt: skip


def _context(request, job):
    makes = allowed(request.office, "import.make") and not job.check_only
    return {
        "job": job,
        "may": {"choose": makes and differing.is_open(job)},
        "wide": places.is_wide(job),
    }
