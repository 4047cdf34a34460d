"""The page on which a wave's prices follow today's tariffs: what changes, then progress, then the
result."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import HttpResponseClientRefresh

from enrollment.formats import angka
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.rules import ProgrammeError
from enrollment.proposals import repricing
from villages import access
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def reprice(request, pk):
    programme = access.fetch(request, PremiumSubsidy.objects.all(), may="programme.make", pk=pk)
    if request.method == "POST":
        return _start(request, programme)
    job = repricing.latest(programme)
    if request.htmx:
        if not job or not job.busy:
            return HttpResponseClientRefresh()
        return render(request, "proposals/repricing_progress.html", {"job": job})
    context = {"programme": programme, "job": job}
    if not job or not job.busy:
        context |= _outlook(programme)
    return render(request, "proposals/repricing.html", context)


def _outlook(programme):
    try:
        return {"outlook": repricing.outlook(programme)}
    except ProgrammeError as wrong:
        return {"wrong": str(wrong)}


def _start(request, programme):
    try:
        job = repricing.start(programme, by=request.office, seen=request.POST.get("seen", ""))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("reprice", pk=programme.pk)
    if job:
        messages.info(request, f"Iuran {angka(job.total)} orang sedang disesuaikan.")
        return redirect("reprice", pk=programme.pk)
    messages.success(request, "Iuran program sudah mengikuti tarif yang berlaku.")
    return redirect("programme_detail", pk=programme.pk)
