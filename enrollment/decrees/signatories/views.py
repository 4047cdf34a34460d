"""Pages of those who sign."""

from django.contrib import messages
from django.db.models.functions import Upper
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from enrollment import listing
from enrollment.decrees.signatories.forms import SignatoryForm
from enrollment.decrees.signatories.models import Signatory
from enrollment.paging import listed
from villages.access import fetch, require

SORTS = {"nama": [Upper("name")], "sejak": ["valid_from"], "sampai": ["valid_until"]}


@require_GET
def signatory_list(request):
    require(request, "settings.change")
    rows = Signatory.objects.visible_to(request.office)
    page = listed(rows, request.GET, sorts=SORTS)
    return listing.show(request, "decrees/signatories/list.html", {"page": page})


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_new(request):
    require(request, "settings.change")
    return _form(request, Signatory(regency_id=request.office.area_id))


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_change(request, pk):
    return _form(request, fetch(request, Signatory.objects.all(), may="settings.change", pk=pk))


def _form(request, signatory):
    form = SignatoryForm(request.POST or None, instance=signatory)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Penandatangan tersimpan.")
        return redirect("signatory_list")
    context = {"form": form, "signatory": signatory if signatory.pk else None}
    return render(request, "decrees/signatories/form.html", context)
