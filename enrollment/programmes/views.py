from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models.functions import Upper
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enrollment import listing
from enrollment.formats import angka
from enrollment.paging import CLEAR, PAGE, SIFT, listed
from enrollment.programmes import (
    actions,
    funds,
    quotas,
    rules,
    shares,
    waves,
)  # fmt: skip
from enrollment.programmes.filters import (
    DiscountFilter,
    FundFilter,
    QuotaFilter,
    SectorFilter,
    TariffFilter,
)  # fmt: skip
from enrollment.programmes.forms import BulkQuotaForm, ProgrammeForm, QuotaForm
from enrollment.programmes.models import Fund, PremiumSubsidy, Quota, Tariff, TariffDiscount
from enrollment.programmes.resources import QuotaResource
from enrollment.workers.models import Sector
from villages import access, naming
from villages.models import Area
from villages.parameters import require_readable
from villages.refusals import Refusal
from villages.settings.uploads import Table

QUOTA_SORTS = {
    "wilayah": [Upper("area__name"), "area_id"],
    "terpakai": ["used"],
    "kuota": ["people"],
}
BULK_PAGE = 100
TYPED = ("rule", "people", "registry", "whom")
"""What is typed to change many quotas."""


@require_safe
def programme_list(request):
    """The regency's programmes, the newest year first."""
    access.require(request, "programme.view")
    programmes = PremiumSubsidy.objects.visible_to(request.office).select_related("fund")
    page = listed(programmes, request.GET)
    may_make = access.allowed(request.office, "programme.make")
    context = {"page": page, "may_make": may_make}
    return listing.show(request, "programmes/list.html", context)


def programme_new(request):
    """Set up a programme; the button Hitung calculates without saving."""
    access.require(request, "programme.make")
    first, months = rules.usual_months(timezone.localdate())
    usual = PremiumSubsidy(
        year=first.year, first_month=first, months=months, components=["JKK", "JKM"]
    )
    return _edit(request, usual, actions.create)


def programme_edit(request, pk):
    programme = _fetch(request, pk, may="programme.make")
    return _edit(request, programme, actions.change)


@require_http_methods(["GET", "HEAD", "POST"])
def wave_new(request, pk):
    """A further wave of a programme, with the rules of the latest one to begin with."""
    programme = _fetch(request, pk, may="programme.make")
    wave = waves.following(programme, timezone.localdate())
    usual = {"occupations": waves.latest(programme).occupations.all()}
    save = partial(actions.add_wave, to=programme)
    return _edit(request, wave, save, of=programme, usual=usual)


def _edit(request, programme, save, *, of=None, usual=None):
    form = _form(request, programme, usual)
    calculation = form.calculation() if form.is_bound else None
    if "save" in request.POST and form.is_valid():
        try:
            save(form.instance, occupations=form.cleaned_data["occupations"], by=request.office)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Program {form.instance} tersimpan.")
            return redirect("programme_detail", pk=form.instance.pk)
    only_calculated = form.is_bound and "save" not in request.POST
    context = {
        "form": form,
        "programme": of or (None if programme._state.adding else programme),
        "wave": programme if of else None,
        "calculation": calculation,
        "only_calculated": only_calculated,
    }
    return render(request, "programmes/form.html", context)


def _form(request, programme, usual=None):
    data = request.POST if request.method == "POST" else None
    return ProgrammeForm(
        data, instance=programme, initial=usual, village_word=request.regency.village_word,
        villages=lambda: Area.objects.within(request.office.area_id).villages()
        .filter(current=True).count(),
    )  # fmt: skip


@require_POST
def programme_calculate(request):
    """Only the calculator, for the page that calculates while the user types."""
    access.require(request, "programme.make")
    form = _form(request, PremiumSubsidy())
    context = {"form": form, "calculation": form.calculation(), "only_calculated": True}
    return render(request, "programmes/calculator.html", context)


@require_POST
def programme_open(request, pk):
    programme = _fetch(request, pk, may="programme.make")
    actions.open_for_lists(programme, by=request.office)
    word = request.regency.village_word
    messages.success(request, f"Program dibuka: setiap {word} sekarang dapat mengusulkan.")
    return redirect("programme_detail", pk=pk)


@require_POST
def programme_close(request, pk):
    programme = _fetch(request, pk, may="programme.make")
    actions.close(programme, by=request.office)
    messages.success(request, "Program ditutup untuk usulan baru. Yang sudah diajukan tetap jalan.")
    return redirect("programme_detail", pk=pk)


@require_safe
def quota_list(request, pk):
    """Each village's quota and how much of it is held."""
    programme = _fetch(request, pk, may="submissions.view")
    found = _quotas(request, programme, request.GET)
    page = listed(found.qs, request.GET, sorts=QUOTA_SORTS)
    naming.name_apart([quota.area for quota in page], within=request.office.area)
    context = {
        "programme": programme,
        "filter": found,
        "page": page,
        "may_make": access.allowed(request.office, "programme.make"),
    }
    return listing.show(request, "programmes/quotas.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def quota_change(request, pk, area):
    """The quota of one village."""
    rows = Quota.objects.select_related("area", "programme")
    quota = access.fetch(request, rows, may="programme.make", programme=pk, area=area)
    naming.name_apart([quota.area], within=request.office.area)
    back = f"{reverse('quota_list', args=[pk])}?{request.POST.get('query', '')}"
    form = QuotaForm(request.POST or None, instance=quota)
    if form.is_valid():
        try:
            quotas.change(quota, people=form.cleaned_data["people"], by=request.office)
        except Refusal as refusal:
            form.add_error("people", str(refusal))
        else:
            messages.success(request, f"Kuota {quota.area.full_name} diubah.")
            return redirect(back)
    return render(request, "programmes/quota.html", {"form": form, "quota": quota, "back": back})


@require_http_methods(["GET", "HEAD", "POST"])
def quota_bulk(request, pk):
    """Quotas of many villages by a rule, after a preview. Another page and other filters keep the
    ticks of this one and what was typed; so does going back from the preview."""
    programme = _fetch(request, pk, may="programme.make")
    asked, are_new = _filters_of(request)
    found = _quotas(request, programme, asked)
    registries = quotas.registries_in(programme.regency_id)
    if request.method != "POST" or PAGE in request.POST or are_new:
        typed = {name: request.POST[name] for name in TYPED if name in request.POST}
        form = BulkQuotaForm(initial=typed, registries=registries)
        return _bulk_page(request, programme, found, form, begin=are_new)
    form = BulkQuotaForm(request.POST, registries=registries)
    if form.is_valid():
        try:
            chosen = _chosen(request, form, found)
        except Refusal as refusal:
            form.add_error("whom", str(refusal))
            return _bulk_page(request, programme, found, form)
        if not chosen:
            form.add_error("whom", "Belum ada yang dicentang. Centang dahulu, atau pilih semua.")
            return _bulk_page(request, programme, found, form)
        try:
            plan, weights = _plan(form, chosen)
        except Refusal as refusal:
            form.add_error("rule", str(refusal))
            return _bulk_page(request, programme, found, form)
        if "confirm" in request.POST and _all_changed(request, programme, plan):
            return redirect("quota_list", pk=pk)
        return _preview(request, programme, form, chosen, plan, weights)
    return _bulk_page(request, programme, found, form)


def _filters_of(request):
    """How the filters are set, and whether the page has not been shown so yet. They stand in its
    form, so that ticks travel with them; the address has those with which it was shown."""
    names, posted = QuotaFilter.base_filters, request.POST
    shown = {name: request.GET[name] for name in names if request.GET.get(name)}
    if SIFT not in posted and not posted.keys() & names.keys():
        return shown, False
    asked = {name: posted[name] for name in names if posted.get(name)}
    if posted.get(SIFT) == CLEAR:
        asked = {}
    return asked, SIFT in posted or asked != shown


def _plan(form, chosen):
    """The new quota of each chosen village, and the people in proportion to whom it is shared."""
    areas, people = [quota.area_id for quota in chosen], form.cleaned_data["people"]
    if not form.divides:
        return dict.fromkeys(areas, people), {}
    of_registry = form.cleaned_data["rule"] == form.REGISTRY
    registry = form.cleaned_data["registry"] if of_registry else ""
    weights = quotas.people_of(areas, registry)
    return shares.divided(people, weights), weights


def _preview(request, programme, form, chosen, plan, weights):
    naming.name_apart([quota.area for quota in chosen], within=request.office.area)
    outlook = quotas.outlook(chosen, plan)
    for quota in outlook.changing:
        quota.becomes, quota.weight = plan[quota.area_id], weights.get(quota.area_id)
    people, divides = form.cleaned_data["people"], form.divides
    context = {
        "programme": programme,
        "form": form,
        "outlook": outlook,
        "divides": divides,
        "becomes": f"{angka(people)} orang seluruhnya" if divides else quotas.in_words(people),
        "beyond": quotas.beyond_the_money(programme, plan),
        "typed": {name: request.POST.get(name, "") for name in TYPED},
        "ticked": request.POST.getlist("pick"),
    }
    return render(request, "programmes/quotas_preview.html", context)


def _bulk_page(request, programme, found, form, *, begin=False):
    """The villages to be ticked, from the first page if it is to `begin`; `elsewhere` are those
    ticked on other pages or with other filters."""
    number = None if begin else request.POST.get(PAGE, request.GET.get(PAGE))
    filters = urlencode(found.data)
    path = f"{request.path}?{filters}" if filters else request.path
    page = listed(found.qs, {PAGE: number}, a_page=BULK_PAGE, whole=(), path=path)
    naming.name_apart([quota.area for quota in page], within=request.office.area)
    ticked = set(request.POST.getlist("pick"))
    for quota in page:
        quota.ticked = quota.area_id in ticked
    elsewhere = sorted(ticked - {quota.area_id for quota in page})
    context = {
        "programme": programme, "filter": found, "page": page, "form": form,
        "has_quotas": bool(page) or found.queryset.exists(),
        "elsewhere": elsewhere,
        "ticked": len(elsewhere) + sum(quota.ticked for quota in page),
    }  # fmt: skip
    return render(request, "programmes/quotas_bulk.html", context)


def _chosen(request, form, found):
    """All that the filters leave; or those that are ticked, with whatever filters."""
    if form.cleaned_data["whom"] == form.TICKED:
        return list(found.queryset.filter(area__in=request.POST.getlist("pick")))
    require_readable(found)
    return list(found.qs)


def _all_changed(request, programme, plan):
    try:
        seen = request.POST.get("seen", "")
        count = quotas.change_all(programme, plan, seen=seen, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, f"Kuota {angka(count)} wilayah diubah.")
    return True


def _quotas(request, programme, asked):
    rows = Quota.objects.visible_to(request.office).filter(programme=programme)
    rows = rows.select_related("area").order_by("area_id")
    return QuotaFilter(asked, queryset=rows, request=request)


def _of_download(request):
    rows = access.seen_by(Quota.objects.all(), request.office)
    return rows.select_related("programme", "area").order_by("programme", "area_id")


QUOTAS = Table("quota", "Unggah kuota", QuotaResource, _of_download, "programme_list", "Program")


@require_safe
def tariff_list(request):
    """The contribution table of the whole country; the platform changes it."""
    return _national(request, "programmes/tariffs.html", TariffFilter, Tariff.objects.all())


@require_safe
def discount_list(request):
    """Temporary cuts of contributions."""
    rows = TariffDiscount.objects.all()
    return _national(request, "programmes/discounts.html", DiscountFilter, rows, _say_whose)


def _say_whose(discounts, village_word):
    """Give each discount the sectors and funds that it is for, in words; empty for all."""
    names = {**funds.funds_of(village_word), **dict(Sector.objects.values_list("pk", "name"))}
    for discount in discounts:
        chosen = (*discount.sectors, *discount.funds)
        discount.whose = ", ".join(names.get(key, key) for key in chosen)


@require_safe
def fund_list(request):
    """Where the money of programmes may come from."""
    return _national(request, "programmes/funds.html", FundFilter, Fund.objects.all(), _say_name)


def _say_name(rows, village_word):
    for fund in rows:
        fund.called_here = fund.called(village_word)


@require_safe
def sector_list(request):
    """Occupations that a regulation treats alike."""
    rows = Sector.objects.prefetch_related("occupations")
    return _national(request, "programmes/sectors.html", SectorFilter, rows)


def _national(request, template, filters, rows, say_more=None):
    access.require_or_platform(request, "settings.change")
    found = filters(request.GET, queryset=rows)
    page = listed(found.qs, request.GET)
    if say_more:
        say_more(page, request.regency.village_word if request.regency else "")
    return listing.show(request, template, {"page": page, "filter": found})


def _fetch(request, pk, *, may):
    return access.fetch(request, PremiumSubsidy.objects.all(), may=may, pk=pk)
