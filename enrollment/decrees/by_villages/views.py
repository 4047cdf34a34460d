"""Pages: who decides on a programme, and what a village may spend on it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enrollment.decrees.by_villages import actions, money
from enrollment.decrees.by_villages.forms import REGENCY, VILLAGES, BudgetForm, WhoDecidesForm
from enrollment.decrees.by_villages.models import DecidedByVillages, VillageBudget
from enrollment.programmes.models import PremiumSubsidy
from villages import access
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def who_decides(request, pk):
    """The head of the regency, or each village for its own people."""
    rows = PremiumSubsidy.objects.select_related("fund")
    programme = access.fetch(request, rows, may="programme.make", pk=pk)
    by_villages = DecidedByVillages.objects.filter(pk=programme.pk).exists()
    form = WhoDecidesForm(
        request.POST or None, initial={"who": VILLAGES if by_villages else REGENCY},
        head=request.regency.bupati_title, village_head=request.regency.village_head_word,
    )  # fmt: skip
    if form.is_valid():
        villages = form.cleaned_data["who"] == VILLAGES
        try:
            actions.let_decide(programme, villages=villages, by=request.office)
        except Refusal as refusal:
            form.add_error("who", str(refusal))
        else:
            messages.success(request, "Tersimpan.")
            return redirect("programme_detail", pk=pk)
    word = _budget_word(request, programme)
    context = {"programme": programme, "form": form, "budget_word": word}
    return render(request, "by_villages/who.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def village_budget(request, pk):
    """What the head's own village may spend on a programme."""
    access.require(request, "village_decree.make")
    rows = PremiumSubsidy.objects.select_related("fund").filter(by_villages__isnull=False)
    programme = access.fetch(request, rows, may="village_decree.make", pk=pk)
    village = request.office.area_id
    word = _budget_word(request, programme)
    kept = money.budget_of(programme.pk, village)
    form = BudgetForm(
        request.POST or None, instance=kept or VillageBudget(programme=programme, area_id=village),
        budget_word=word, village_word=request.regency.village_word,
    )  # fmt: skip
    if form.is_bound and form.is_valid():
        values = form.cleaned_data
        try:
            actions.set_budget(
                programme, ceiling=values["ceiling"], document=values["document"], by=request.office
            )
        except Refusal as refusal:
            form.add_error("ceiling", str(refusal))
        else:
            messages.success(request, "Pagu tersimpan.")
            return redirect("decree_list")
    context = {
        "programme": programme, "form": form, "budget_word": word,
        "spent": money.spending(programme.pk, village).cost,
    }  # fmt: skip
    return render(request, "by_villages/budget.html", context)


def _budget_word(request, programme):
    """`APB Nagari`, or what the fund is called."""
    return programme.fund.called(request.regency.village_word)
