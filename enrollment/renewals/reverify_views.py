"""Pages on which a programme asks villages to look at their recipients again, and they say so."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enrollment import listing
from enrollment.formats import angka, tanggal
from enrollment.paging import listed
from enrollment.programmes.models import PremiumSubsidy
from enrollment.renewals import reverifying
from enrollment.renewals.forms import ReverificationForm, ReverificationRuleForm
from enrollment.reverification import actions
from enrollment.reverification.models import Reverification
from villages import access
from villages.naming import name_apart
from villages.permissions import VILLAGE
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def reverification_rule(request, pk):
    """Whether people go on only if their village has verified, and how often it has to."""
    programme = access.fetch(request, PremiumSubsidy.objects.all(), may="programme.make", pk=pk)
    demand = actions.demand_of(programme)
    form = ReverificationRuleForm(
        request.POST or None, initial={"months": demand.months if demand else None}
    )
    if form.is_valid():
        actions.ask(programme, form.cleaned_data["months"], by=request.office)
        messages.success(request, "Aturan verifikasi ulang tersimpan.")
        return redirect("programme_detail", pk=pk)
    context = {"programme": programme, "form": form}
    return render(request, "reverification/rule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def reverification(request, pk):
    """When the next verification is due, what has been recorded, and for the head the form."""
    programme = access.fetch(
        request, PremiumSubsidy.objects.all(), may="reverification.view", pk=pk
    )
    office = request.office
    may_make = access.allowed(office, "reverification.make")
    if request.method == "POST":
        access.require(request, "reverification.make")
    form = ReverificationForm(request.POST if request.method == "POST" else None)
    found = reverifying.recipients(programme, office)
    if form.is_valid():
        try:
            made = actions.confirm(programme, people=found.people, by=office, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(
                request, f"{angka(made.people)} penerima tercatat diverifikasi {tanggal(made.on)}."
            )
            return redirect("reverification", pk=pk)
    rows = Reverification.objects.visible_to(office).filter(programme=programme)
    page = listed(rows.select_related("area"), request.GET)
    name_apart([row.area for row in page], within=office.area)
    context = {
        "programme": programme,
        "form": form,
        "page": page,
        "may_make": may_make,
        "demand": actions.demand_of(programme),
        "standing": actions.standing_of(programme, office) if office.role in VILLAGE else None,
        "recipients": found,
        "not_own": office.role not in VILLAGE,
    }
    return listing.show(request, "reverification/detail.html", context)
