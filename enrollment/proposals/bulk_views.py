"""The page of a bulk decision: its progress, then its result, who was left out and why."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRefresh

from enrollment.bands import actions as bands
from enrollment.proposals import bulk
from enrollment.proposals.lists import ALL
from enrollment.proposals.models import BulkDecision
from villages.access import fetch


@require_safe
def bulk_detail(request, pk):
    """One address for progress and result; htmx requests only the part that changes."""
    rows = BulkDecision.objects.select_related(
        "programme", "proposal__area", "proposal__agency", "office__user"
    )
    job = fetch(request, rows, may="proposal.view", pk=pk)
    if request.htmx:
        if not job.busy:
            return HttpResponseClientRefresh()
        return render(request, "proposals/bulk_progress.html", {"job": job})
    context = {"job": job, "list_url": _list_of(job), "where": _where(job)}
    if not job.busy:
        context |= {
            "done_label": f"Orang {_done(job)}",
            "done_url": _done_url(job),
            "left_url": _left_url(job),
            "reasons": [
                {"label": label, "people": people, "url": _left_url(job, code)}
                for code, label, people in bulk.reasons(job)
            ],
            "untouched": job.total - job.decided - job.left,
        }
    return render(request, "proposals/bulk_detail.html", context)


def _done(job):
    """What was done with the people, in words; where several approve, perhaps in part alone."""
    return "ditandatangani" if _is_shared(job) else job.verb.done


def _is_shared(job):
    return bool(job.verb.partly) and bands.needed(job.programme_id) > 1


def _where(job):
    """The name of the list or programme that the job works on."""
    if job.proposal_id:
        return f"{job.programme}, {job.proposal.agency or job.proposal.area}"
    return str(job.programme)


def _list_of(job):
    """The address of the page on which the job was started."""
    if job.proposal_id:
        return reverse("proposal_detail", args=[job.proposal_id])
    return reverse("programme_people", args=[job.programme_id])


def _done_url(job):
    """The list of people in the state that the verb leads to; empty if there is none."""
    status = ALL if _is_shared(job) else job.verb.to
    return f"{_list_of(job)}?{urlencode({'status': status})}" if status else ""


def _left_url(job, code=""):
    """The list of those who were left out, for the reason `code` or for any."""
    query = {"status": ALL, "proses": job.pk} | ({"alasan": code} if code else {})
    return f"{_list_of(job)}?{urlencode(query)}"
