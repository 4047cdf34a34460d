from functools import partial
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Count, Q, Sum
from django.db.models.functions import Upper
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enrollment import listing
from enrollment.formats import angka
from enrollment.paging import PAGE, listed
from enrollment.programmes import actions, benefits, pricing, quotas, rules, waves
from enrollment.programmes.filters import DiscountFilter, QuotaFilter, TariffFilter
from enrollment.programmes.forms import BulkQuotaForm, ProgrammeForm, QuotaForm
from enrollment.programmes.funds import funds_of
from enrollment.programmes.models import PremiumSubsidy, Quota, Tariff, TariffDiscount
from enrollment.programmes.resources import QuotaResource
from enrollment.workers.models import Sector
from villages import access, naming
from villages.models import Area
from villages.refusals import Refusal
from villages.settings.uploads import Table

QUOTA_SORTS = {
    "wilayah": [Upper("area__name"), "area_id"],
    "terpakai": ["used"],
    "kuota": ["people"],
}
BULK_PAGE = 100


@require_safe
def programme_list(request):
    """The regency's programmes, the newest year first."""
    access.require(request, "programme.view")
    programmes = PremiumSubsidy.objects.visible_to(request.office).select_related("fund")
    page = listed(programmes, request.GET)
    may_make = access.allowed(request.office, "programme.make")
    context = {"page": page, "may_make": may_make}
    return listing.show(request, "programmes/list.html", context)


@require_safe
def programme_detail(request, pk):
    """What a programme gives, to whom, and how many places and how much money are left."""
    programme = _fetch(request, pk, may="programme.view")
    office, may = request.office, access.allowed
    may_make = may(office, "programme.make")
    return render(
        request,
        "programmes/detail.html",
        {
            "programme": programme,
            "legal_basis": programme.legal_basis(request.regency.signer),
            "occupations": ", ".join(map(str, programme.occupations.all())) or "semua pekerjaan",
            "benefits": benefits.of(programme.components),
            "quota": programme.quotas.filter(area=office.area_id).first(),
            "whole": _whole(programme, office),
            "outdated": may_make and pricing.is_outdated(programme),
            "may_make": may_make,
            "set_quota_at": _where_quotas_are_set(programme) if may_make else "",
            "may_propose": programme.is_open and may(office, "proposal.make"),
            **_offered(programme, may_make),
            "standing": _standing(programme, office) if may(office, "submissions.view") else None,
        },
    )


def _whole(programme, office):
    """The programme with all its waves, if it has several; the one that the page is about is
    marked."""
    whole = waves.of(programme, office)
    for wave in whole.waves if whole else ():
        wave.is_shown = wave == programme
    return whole


def _where_quotas_are_set(programme):
    """Villages have quotas of their own from the day on which the programme opens."""
    if programme.state == programme.State.DRAFT:
        return reverse("programme_edit", args=[programme.pk]) + "#id_village_quota"
    return reverse("quota_bulk", args=[programme.pk])


def _offered(programme, may_make):
    """Whether the page offers to open, close or reopen the programme."""
    state = programme.State
    return {
        "may_open": may_make and programme.state == state.DRAFT,
        "may_close": may_make and programme.state == state.OPEN,
        "may_reopen": may_make and programme.state == state.CLOSED,
    }


def _standing(programme, office):
    """The progress of the lists, reached by related names: their models are in a later room."""
    people = programme.counts.visible_to(office).by_stage()
    lists = programme.proposals.visible_to(office).handed_in().filter(agency=None)
    villages = Area.objects.within(office.area_id).villages().filter(current=True)
    places = programme.quotas.visible_to(office).aggregate(
        all=Sum("people"), used=Sum("used"), unlimited=Count("pk", filter=Q(people=None))
    )
    limited = places["all"] is not None and not places["unlimited"]
    return {
        "came": f"{angka(lists.count())} dari {angka(villages.count())}",
        "people": sum(people.values()),
        "approved": people.get("approved", 0),
        "decreed": people.get("decreed", 0),
        "places_used": places["used"],
        "places": f"dari {angka(places['all'])} tempat" if limited else "",
    }


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
    found = _quotas(request, programme)
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
    """One quota for many villages, after a preview. Another page keeps the ticks of this one and
    what was typed; so does going back from the preview."""
    programme = _fetch(request, pk, may="programme.make")
    found = _quotas(request, programme)
    if request.method != "POST" or PAGE in request.POST:
        typed = {name: request.POST[name] for name in ("people", "whom") if name in request.POST}
        return _bulk_page(request, programme, found, BulkQuotaForm(initial=typed))
    form = BulkQuotaForm(request.POST)
    if form.is_valid():
        people, chosen = form.cleaned_data["people"], _chosen(request, form, found.qs)
        if "confirm" in request.POST and _all_changed(request, programme, chosen, people):
            return redirect("quota_list", pk=pk)
        if chosen:
            naming.name_apart([quota.area for quota in chosen], within=request.office.area)
            context = {"programme": programme, "form": form, "people": people}
            context["outlook"] = quotas.outlook(chosen, people)
            context["becomes"] = quotas.in_words(people)
            context["beyond"] = quotas.beyond_the_money(programme, chosen, people)
            context["ticked"] = request.POST.getlist("pick")
            return render(request, "programmes/quotas_preview.html", context)
        form.add_error("whom", "Belum ada yang dicentang. Centang dahulu, atau pilih semua.")
    return _bulk_page(request, programme, found, form)


def _bulk_page(request, programme, found, form):
    """The villages to be ticked; `elsewhere` are those ticked on other pages."""
    asked = request.GET.dict()
    asked |= {PAGE: request.POST[PAGE]} if PAGE in request.POST else {}
    filters = urlencode({name: value for name, value in asked.items() if name != PAGE})
    path = f"{request.path}?{filters}" if filters else request.path
    page = listed(found.qs, asked, a_page=BULK_PAGE, whole=(), path=path)
    naming.name_apart([quota.area for quota in page], within=request.office.area)
    ticked = set(request.POST.getlist("pick"))
    for quota in page:
        quota.ticked = quota.area_id in ticked
    elsewhere = sorted(ticked - {quota.area_id for quota in page})
    context = {
        "programme": programme, "filter": found, "page": page, "form": form,
        "elsewhere": elsewhere,
        "ticked": len(elsewhere) + sum(quota.ticked for quota in page),
    }  # fmt: skip
    return render(request, "programmes/quotas_bulk.html", context)


def _chosen(request, form, rows):
    if form.cleaned_data["whom"] == form.TICKED:
        rows = rows.filter(area__in=request.POST.getlist("pick"))
    return list(rows)


def _all_changed(request, programme, chosen, people):
    areas, seen = [quota.area_id for quota in chosen], request.POST.get("seen", "")
    try:
        count = quotas.change_all(programme, areas, people=people, seen=seen, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, f"Kuota {angka(count)} wilayah diubah.")
    return True


def _quotas(request, programme):
    rows = Quota.objects.visible_to(request.office).filter(programme=programme)
    rows = rows.select_related("area").order_by("area_id")
    return QuotaFilter(request.GET, queryset=rows, request=request)


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
    names = {**funds_of(village_word), **dict(Sector.objects.values_list("pk", "name"))}
    for discount in discounts:
        chosen = (*discount.sectors, *discount.funds)
        discount.whose = ", ".join(names.get(key, key) for key in chosen)


def _national(request, template, filters, rows, say_more=None):
    access.require_or_platform(request, "settings.change")
    found = filters(request.GET, queryset=rows)
    page = listed(found.qs, request.GET)
    if say_more:
        say_more(page, request.regency.village_word if request.regency else "")
    return listing.show(request, template, {"page": page, "filter": found})


def _fetch(request, pk, *, may):
    return access.fetch(request, PremiumSubsidy.objects.all(), may=may, pk=pk)
