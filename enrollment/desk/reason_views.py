"""The page of the settings on which a regency keeps its usual reasons."""

from django.contrib import messages
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from enrollment import listing
from enrollment.desk import reasons
from enrollment.desk.forms import ReasonForm
from enrollment.desk.models import UsualReason
from enrollment.paging import listed
from enrollment.proposals.verbs import VERBS
from villages import access
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def reason_list(request):
    """Those that are offered in the regency: its own, and the platform's."""
    access.require_or_platform(request, "settings.change")
    if request.office is None:
        return redirect("admin:enrollment_usualreason_changelist")
    form = ReasonForm(request.POST or None)
    if form.is_valid():
        verb, text = VERBS[form.cleaned_data["verb_name"]], form.cleaned_data["text"]
        try:
            reasons.add(verb, text, by=request.office)
        except Refusal as refusal:
            form.add_error("text", str(refusal))
        else:
            messages.success(request, "Alasan tersimpan.")
            return redirect("reason_list")
    page = listed(UsualReason.objects.of(request.office.area_id), request.GET)
    may_remove = any(reason.regency_id for reason in page)
    context = {"form": form, "page": page, "may_remove": may_remove}
    return listing.show(request, "desk/reasons.html", context)


@require_POST
def reason_remove(request, pk):
    reason = access.fetch(request, UsualReason.objects.all(), may="settings.change", pk=pk)
    reasons.remove(reason, by=request.office)
    messages.success(request, "Alasan dihapus. Yang sudah ditulis dengannya tidak berubah.")
    return redirect("reason_list")
