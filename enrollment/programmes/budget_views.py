"""The money of a programme: by wave, fund and village, and what another plan would cost."""

from copy import copy
from dataclasses import replace
from datetime import date
from itertools import groupby

from django import forms
from django.db.models import Sum
from django.views.decorators.http import require_safe

from enrollment import listing
from enrollment.months import MONTHS
from enrollment.numbers import RupiahField, WholeField
from enrollment.paging import listed
from enrollment.programmes import budget, pricing, waves
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.rules import ProgrammeError
from enrollment.programmes.whatif import Plan
from villages import access
from villages.naming import name_apart

SORTS = {"terpakai": ["used"]}


class WhatIfForm(forms.Form):
    """Another plan; what is left empty is as stored."""

    people = WholeField(label="Orang", required=False, min_value=0, max_value=10_000_000)
    months = WholeField(label="Lama", required=False, min_value=1, max_value=12)
    start = forms.TypedChoiceField(
        label="Mulai", coerce=int, required=False, empty_value=None,
        choices=[("", "Seperti tersimpan"), *enumerate(MONTHS, start=1)],
    )  # fmt: skip
    ceiling = RupiahField(label="Pagu", required=False, min_value=0)
    announced = RupiahField(
        label="Jumlah yang diumumkan",
        required=False,
        min_value=0,
        help_text="Misalnya dari berita, untuk dibandingkan.",
    )


@require_safe
def budget_page(request, pk):
    programme = access.fetch(
        request, PremiumSubsidy.objects.select_related("fund"), may="submissions.view", pk=pk
    )
    office = request.office
    all_waves = (waves.of(programme, office) or waves.Sum([programme])).waves
    fits = budget.fitting_each(all_waves)
    for wave in all_waves:
        wave.fits = fits[wave.pk]
    page = _villages(request, programme)
    form = WhatIfForm(request.GET if "hitung" in request.GET else None)
    context = {
        "programme": programme,
        "whole": waves.Sum(all_waves),
        "waves": all_waves,
        "funds": _by_fund(all_waves, request.regency.village_word),
        "page": page,
        "form": form,
        "fits": fits[programme.pk],
        **_plans(programme, form, fits[programme.pk]),
    }
    return listing.show(request, "programmes/budget.html", context)


def _plans(programme, form, fits):
    """The stored plan, and beside it another one if it was asked for. Between them stands what
    still fits, once some of the stored plan's months can no longer be paid."""
    if not form.is_bound or not form.is_valid():
        return {}
    nobody = Plan(0, programme.price_list.general, programme.ceiling)
    stored = replace(nobody, people=nobody.people_that_fit)
    asked = {name: value for name, value in form.cleaned_data.items() if value is not None}
    try:
        prices = _prices(programme, asked)
    except ProgrammeError as wrong:
        form.add_error("start" if "start" in asked else "months", str(wrong))
        return {}
    plan = Plan(asked.get("people", stored.people), prices, asked.get("ceiling", stored.ceiling))
    remaining = replace(fits, people=fits.people_that_fit)
    has_begun = fits.months < stored.months
    announced = asked.get("announced")
    differs = announced is not None and announced != plan.total
    return {
        "plan": plan,
        "plans": [
            {"name": "Tersimpan", "plan": stored},
            *([{"name": "Masih muat sekarang", "plan": remaining}] if has_begun else []),
            {"name": "Bila begini", "plan": plan},
        ],
        "announced": announced,
        "announced_differs": differs,
        "announced_months": plan.months_of(announced) if differs else None,
    }


def _prices(programme, asked):
    """Those of the wave, or by today's tariffs where its months are asked to be others."""
    if not {"start", "months"} & asked.keys():
        return programme.price_list.general
    other = copy(programme)
    first = programme.first_month
    other.first_month = date(first.year, asked.get("start", first.month), 1)
    other.months = asked.get("months", programme.months)
    return pricing.price_list(other).general


def _by_fund(all_waves, village_word):
    """The name of each fund and the sum of its waves, in the order of the funds."""
    in_order = sorted(all_waves, key=lambda wave: (wave.fund.position, wave.fund_id))
    sums = [(fund, waves.Sum(list(rows))) for fund, rows in groupby(in_order, lambda w: w.fund)]
    return [{"name": fund.called(village_word), "sum": total} for fund, total in sums]


def _villages(request, programme):
    """The villages of the wave with their places, and the approved people and their rupiah, which
    belong to a later room and are reached by related names."""
    office = request.office
    rows = programme.quotas.visible_to(office).select_related("area").order_by("area_id")
    page = listed(rows, request.GET, sorts=SORTS)
    areas = [quota.area_id for quota in page]
    counts = programme.counts.visible_to(office).filter(state="approved", area__in=areas)
    stages = counts.by_stage("area")
    money = dict(counts.order_by().values_list("area").annotate(rupiah=Sum("cost")))
    for quota in page:
        people = stages.get(quota.area_id, {})
        quota.approved, quota.decreed = people.get("approved", 0), people.get("decreed", 0)
        quota.rupiah = money.get(quota.area_id, 0)
    name_apart([quota.area for quota in page], within=office.area)
    return page
