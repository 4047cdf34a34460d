"""Pages of those who sign: of the regency, or of the village whose head asks."""

from django.contrib import messages
from django.db.models.functions import Upper
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from enrollment import listing
from enrollment.decrees.by_villages.models import DecidedByVillages
from enrollment.decrees.signatories.forms import SignatoryForm
from enrollment.decrees.signatories.models import Signatory
from enrollment.paging import listed
from villages import access

SORTS = {"nama": [Upper("name")], "sejak": ["valid_from"], "sampai": ["valid_until"]}


@require_GET
def signatory_list(request):
    access.require(request, _verb(request))
    rows = Signatory.objects.visible_to(request.office)
    context = {"page": listed(rows, request.GET, sorts=SORTS), "of_village": _of_village(request)}
    return listing.show(request, "decrees/signatories/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_new(request):
    access.require(request, _verb(request))
    office = request.office
    new = Signatory(regency_id=office.area.regency_code)
    if _of_village(request):
        new.village, new.name = office.area, str(office.user)
        new.valid_from, new.valid_until = office.starts_on, office.ends_on
    return _form(request, new)


@require_http_methods(["GET", "HEAD", "POST"])
def signatory_change(request, pk):
    rows = Signatory.objects.all()
    return _form(request, access.fetch(request, rows, may=_verb(request), pk=pk))


def _of_village(request):
    """Whether the head of a village asks, where villages decide on anything."""
    if not access.allowed(request.office, "village_decree.make"):
        return False
    return DecidedByVillages.objects.filter(regency=request.office.area.regency_code).exists()


def _verb(request):
    """The head of a village keeps those of its own decrees, the admin those of the regency."""
    return "village_decree.make" if _of_village(request) else "settings.change"


def _form(request, signatory):
    form = SignatoryForm(request.POST or None, instance=signatory, head=_head(request))
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Penandatangan tersimpan.")
        return redirect("signatory_list")
    context = {
        "form": form, "signatory": signatory if signatory.pk else None,
        "of_village": _of_village(request),
    }  # fmt: skip
    return render(request, "decrees/signatories/form.html", context)


def _head(request):
    """What the head of the village is called; empty for the regency."""
    return request.regency.village_head_word if _of_village(request) else ""
