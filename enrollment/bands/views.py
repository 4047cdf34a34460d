"""The page on which a regency says how many have to approve."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from enrollment.bands import actions
from enrollment.bands.forms import BandForm
from enrollment.bands.models import ApprovalBand
from enrollment.bands.rules import SUGGESTED, spans
from villages import access
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def bands(request):
    """The scale, and a new band of it."""
    access.require(request, "settings.change")
    own = ApprovalBand(regency_id=request.office.area_id, approvers=2)
    form = BandForm(request.POST or None, instance=own)
    if form.is_valid():
        form.save()
        messages.success(request, "Jenjang tersimpan. Berlaku mulai persetujuan berikutnya.")
        return redirect("approval_bands")
    rows = [{"band": band, "span": span} for band, span in actions.scale(request.office)]
    context = {
        "form": form,
        "rows": rows,
        "has_bands": any(row["band"] for row in rows),
        "suggested": spans(SUGGESTED),
        "missing": actions.approvers_missing(request.office),
    }
    return render(request, "bands/bands.html", context)


@require_POST
def suggestion(request):
    access.require(request, "settings.change")
    try:
        actions.take_suggestion(by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Jenjang tersimpan. Berlaku mulai persetujuan berikutnya.")
    return redirect("approval_bands")


@require_POST
def remove(request, pk):
    band = access.fetch(request, ApprovalBand.objects.all(), may="settings.change", pk=pk)
    actions.remove(band, by=request.office)
    messages.success(request, "Jenjang dihapus.")
    return redirect("approval_bands")
