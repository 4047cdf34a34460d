"""The page on which a programme says which way its lists go."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enrollment.programmes.models import PremiumSubsidy
from enrollment.routes import actions
from enrollment.routes.forms import RouteForm
from villages import access


@require_http_methods(["GET", "HEAD", "POST"])
def routes(request, pk):
    """Directly to the Dinas, or by the kecamatan or the DPMD, for desa and kelurahan."""
    programme = access.fetch(request, PremiumSubsidy.objects.all(), may="programme.make", pk=pk)
    route, word = actions.route_of(programme), request.regency.village_word
    form = RouteForm(request.POST or None, instance=route, village_word=word)
    if form.is_valid():
        route = actions.set_ways(programme, by=request.office, **form.cleaned_data)
        messages.success(request, "Jalur tersimpan.")
        if unheld := actions.nobody_checks(route, request.office):
            messages.warning(request, unheld)
        return redirect("programme_detail", pk=pk)
    context = {
        "programme": programme,
        "form": form,
        "unheld": actions.nobody_checks(route, request.office),
    }
    return render(request, "routes/routes.html", context)
