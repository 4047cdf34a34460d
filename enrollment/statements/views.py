"""The page on which a programme says what it asks about work."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enrollment.programmes.models import PremiumSubsidy
from enrollment.statements import actions
from enrollment.statements.forms import StatementRuleForm
from enrollment.statements.models import StatementRule
from enrollment.statements.rules import Demand, Weight
from villages import access


@require_http_methods(["GET", "HEAD", "POST"])
def statement_rule(request, pk):
    programme = access.fetch(request, PremiumSubsidy.objects.all(), may="programme.make", pk=pk)
    now = actions.demand_of(programme)
    form = StatementRuleForm(
        request.POST or None, instance=StatementRule(weight=now.weight, months=now.months)
    )
    if form.is_valid():
        demand = Demand(Weight(form.cleaned_data["weight"]), form.cleaned_data["months"])
        actions.ask(programme, demand, by=request.office)
        messages.success(request, "Aturan pernyataan tersimpan.")
        return redirect("programme_detail", pk=pk)
    return render(request, "statements/rule.html", {"programme": programme, "form": form})
