from django.contrib import messages
from django.db.models import Sum
from django.db.models.functions import Upper
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enrollment.formats import angka
from enrollment.paging import listed
from enrollment.programmes import actions, benefits, budget, quotas
from enrollment.programmes.filters import QuotaFilter
from enrollment.programmes.forms import ProgrammeForm, QuotaForm
from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.workers import listing
from villages import access, naming
from villages.models import Area
from villages.refusals import Refusal

QUOTA_SORTS = {
    "wilayah": [Upper("area__name"), "area_id"],
    "terpakai": ["used"],
    "kuota": ["people"],
}


@require_safe
def programme_list(request):
    """The regency's programmes, the newest year first."""
    access.require(request, "programme.view")
    programmes = PremiumSubsidy.objects.visible_to(request.office)
    page = listed(programmes, request.GET)
    may_make = access.allowed(request.office, "programme.make")
    context = {"page": page, "may_make": may_make}
    return listing.show(request, "programmes/list.html", context)


@require_safe
def programme_detail(request, pk):
    """What a programme gives, to whom, and how many places and how much money are left."""
    programme = _fetch(request, pk, may="programme.view")
    office, may = request.office, access.allowed
    return render(
        request,
        "programmes/detail.html",
        {
            "programme": programme,
            "occupations": ", ".join(map(str, programme.occupations.all())) or "semua pekerjaan",
            "benefits": benefits.of(programme.components),
            "quota": programme.quotas.filter(area=office.area_id).first(),
            "people_left": budget.people_left(programme),
            "money_left": programme.ceiling - programme.committed,
            "may_make": may(office, "programme.make"),
            "may_propose": programme.is_open and may(office, "proposal.make"),
            **_offered(programme, may(office, "programme.make")),
            "standing": _standing(programme, office) if may(office, "submissions.view") else None,
        },
    )


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
    places = programme.quotas.visible_to(office).aggregate(people=Sum("people"), used=Sum("used"))
    limited = places["people"] is not None
    return {
        "came": f"{angka(lists.count())} dari {angka(villages.count())}",
        "people": sum(people.values()),
        "approved": people.get("approved", 0),
        "decreed": people.get("decreed", 0),
        "places_used": places["used"],
        "places": f"dari {angka(places['people'])} tempat" if limited else "",
    }


def programme_new(request):
    """Set up a programme; the button Hitung calculates without saving."""
    access.require(request, "programme.make")
    usual = PremiumSubsidy(year=timezone.localdate().year, components=["JKK", "JKM"], months=12)
    return _edit(request, usual, actions.create)


def programme_edit(request, pk):
    programme = _fetch(request, pk, may="programme.make")
    return _edit(request, programme, actions.change)


def _edit(request, programme, save):
    form = _form(request, programme)
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
        "programme": None if programme._state.adding else programme,
        "calculation": calculation,
        "only_calculated": only_calculated,
    }
    return render(request, "programmes/form.html", context)


def _form(request, programme):
    data = request.POST if request.method == "POST" else None
    return ProgrammeForm(data, instance=programme, village_word=request.regency.village_word)


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
    rows = Quota.objects.visible_to(request.office).filter(programme=programme)
    rows = rows.select_related("area").order_by("area_id")
    found = QuotaFilter(request.GET, queryset=rows, request=request)
    page = listed(found.qs, request.GET, sorts=QUOTA_SORTS)
    naming.name_apart([quota.area for quota in page], within=request.office.area)
    context = {
        "programme": programme,
        "filter": found,
        "page": page,
        "may_make": access.allowed(request.office, "programme.make"),
    }
    return listing.show(request, "programmes/quotas.html", context)


@require_POST
def quota_change(request, pk, area):
    rows = Quota.objects.select_related("area", "programme")
    quota = access.fetch(request, rows, may="programme.make", programme=pk, area=area)
    form = QuotaForm(request.POST, instance=quota)
    if form.is_valid():
        try:
            quotas.change(quota, people=form.cleaned_data["people"], by=request.office)
            messages.success(request, f"Kuota {quota.area} diubah.")
        except Refusal as refusal:
            messages.error(request, f"{quota.area}: {refusal}")
    else:
        messages.error(request, f"{quota.area}: tulis kuota sebagai angka, 0 atau lebih.")
    return redirect(f"{reverse('quota_list', args=[pk])}?{request.POST.get('query', '')}")


def _fetch(request, pk, *, may):
    return access.fetch(request, PremiumSubsidy.objects.all(), may=may, pk=pk)
