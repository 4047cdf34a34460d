"""Pages about rechecks: starting one, its progress and its result."""

from django.contrib import messages
from django.db.models import Count, F, Func
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe
from django_htmx.http import HttpResponseClientRefresh

from enrollment import listing
from enrollment.paging import listed
from enrollment.workbooks.cells import XLSX
from enrollment.workers import disclosures
from enrollment.workers.checks.findings import CODES
from enrollment.workers.models import Disclosure, Worker
from enrollment.workers.rechecks import actions
from enrollment.workers.rechecks.forms import RecheckForm
from enrollment.workers.rechecks.models import Recheck
from enrollment.workers.rechecks.report import MOST_PEOPLE, findings_workbook
from villages.access import allowed, fetch, require
from villages.refusals import Refusal


@require_safe
def recheck_list(request):
    require(request, "recheck.view")
    jobs = Recheck.objects.visible_to(request.office).select_related("area", "office__user")
    page = listed(jobs, request.GET)
    context = {"page": page, "may_make": allowed(request.office, "recheck.make")}
    return listing.show(request, "workers/recheck_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def recheck_new(request):
    require(request, "recheck.make")
    posted = request.POST if request.method == "POST" else None
    form = RecheckForm(posted, office=request.office)
    if form.is_valid():
        try:
            job = actions.start(by=request.office, area=form.cleaned_data["area"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("recheck_detail", job.pk)
    return render(request, "workers/recheck_new.html", {"form": form})


@require_safe
def recheck_detail(request, pk):
    job = _job(request, pk)
    context = {"job": job, "may_make": allowed(request.office, "recheck.make")}
    if not job.busy:
        list_url = _list_url(job, request.office)
        context |= {
            "rows": _rows(job, list_url),
            "people": _people(job).with_findings().count(),
            "people_url": f"{list_url}ada",
        }
    return render(request, "workers/recheck_detail.html", context)


@require_safe
def recheck_progress(request, pk):
    """The progress bar; once the job is done, htmx reloads the whole page."""
    job = _job(request, pk)
    if request.htmx and not job.busy:
        return HttpResponseClientRefresh()
    return render(request, "workers/recheck_progress.html", {"job": job})


@require_safe
def recheck_download(request, pk):
    """Everybody in the area who has findings now, as a workbook with masked NIKs."""
    job = _job(request, pk)
    people = _people(job).with_findings()
    count = people.count()
    if count > MOST_PEOPLE:
        messages.error(request, "Terlalu banyak untuk satu berkas. Periksa tiap kecamatan.")
        return redirect("recheck_detail", job.pk)
    answer = HttpResponse(content_type=XLSX)
    name = f"temuan-{job.area_id}-{job.created_at:%Y-%m-%d}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    findings_workbook(job.area, people, answer, unit_word=request.regency.village_word)
    disclosures.record(
        by=request.office,
        kind=Disclosure.Kind.EXPORT,
        area=job.area_id,
        subject=f"recheck:{job.pk}",
        people=count,
    )
    return answer


def _job(request, pk):
    jobs = Recheck.objects.select_related("area", "office__user")
    return fetch(request, jobs, may="recheck.view", pk=pk)


def _people(job):
    return Worker.objects.within(job.area_id).active()


def _list_url(job, office):
    """The URL of the list of the area's people; the code of a finding must be appended."""
    part = "" if job.area_id == office.area_id else f"wilayah={job.area_id}&"
    return f"{reverse('worker_list')}?{part}temuan="


def _rows(job, list_url):
    """For each finding, how many people had it when the job ran and how many have it now: once
    people have been corrected, only the second number agrees with the list that it links to."""
    now = dict(
        _people(job)
        .annotate(code=Func(F("findings"), function="unnest"))
        .values_list("code")
        .annotate(people=Count("pk"))
        .order_by()
    )
    return [
        {
            "label": code.label,
            "severity": code.severity,
            "then": job.counts.get(name, 0),
            "now": now.get(name, 0),
            "url": f"{list_url}{name}",
        }
        for name, code in CODES.items()
        if name in now or name in job.counts
    ]
