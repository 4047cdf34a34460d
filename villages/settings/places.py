"""Pages of areas, proposing agencies and the regency's profile."""

from django.contrib import messages
from django.db import models
from django.db.models.functions import Upper
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enrollment import listing
from enrollment.paging import listed
from villages.access import require_or_platform, seen_by
from villages.accounts.factor.proof import asks_code
from villages.models import Agency, Area, Office, Regency, Role
from villages.offices import MANAGE
from villages.resources import AreaResource
from villages.settings.accounts import ASKS, WHOLE, title_of
from villages.settings.filters import AreaFilter
from villages.settings.forms import AgencyForm, AreaForm, ProfileForm
from villages.settings.uploads import Table

AREA_SORTS = {"nama": [Upper("name"), "code"], "kode": ["code"]}


@require_safe
def area_list(request):
    """The areas of the regency, and who heads each village today."""
    require_or_platform(request, MANAGE)
    rows = seen_by(Area.objects.all(), request.office).order_by("code")
    found = AreaFilter(request.GET, queryset=rows, office=request.office)
    page = listed(found.qs, request.GET, sorts=AREA_SORTS, usual="kode", whole=WHOLE)
    heads = Office.objects.held_on(timezone.localdate()).filter(role=Role.VILLAGE_HEAD)
    heads = heads.filter(area__in=[area.pk for area in page]).select_related("user")
    named = {office.area_id: office.user for office in heads}
    for area in page:
        area.head = named.get(area.pk, "")
        area.word = word_of(area, request.regency)
    return render(request, "settings/areas.html", {"page": page, "filter": found})


def word_of(area, regency):
    """What the regency calls such an area, such as nagari; the ministry's word for the platform."""
    return regency.unit_word(area).capitalize() if regency else area.get_kind_display()


@require_http_methods(ASKS)
def area_detail(request, code):
    """Rename an area, and see who holds an office in it."""
    require_or_platform(request, MANAGE)
    area = seen_by(Area.objects.all(), request.office).filter(pk=code).first()
    if area is None:
        raise Http404
    form = AreaForm(request.POST or None, instance=area)
    if form.is_valid():
        form.save()
        messages.success(request, f"{area} tersimpan.")
        return redirect("area_list")
    held = seen_by(Office.objects.filter(area=code), request.office)
    held = held.held_on(timezone.localdate()).select_related("user", "area", "agency")
    rows = [{"office": office, "title": title_of(office, request)} for office in held]
    page = {"form": form, "area": area, "rows": rows, "word": word_of(area, request.regency)}
    return render(request, "settings/area.html", page)


@require_safe
def agency_list(request):
    """The offices of the regency that propose people of their own sector."""
    require_or_platform(request, MANAGE)
    rows = seen_by(Agency.objects.all(), request.office).select_related("regency")
    sorts = {"nama": [Upper("name")], "kabupaten": [Upper("regency__name"), Upper("name")]}
    page = listed(rows, request.GET, sorts=sorts, usual="nama")
    return listing.show(request, "settings/agencies.html", {"page": page})


@require_http_methods(ASKS)
def agency_new(request):
    require_or_platform(request, MANAGE)
    return _agency(request, Agency())


@require_http_methods(ASKS)
def agency_edit(request, pk):
    return _agency(request, _own_agency(request, pk))


@require_POST
def agency_delete(request, pk):
    """Only one that nobody has used: what it entered stays its own."""
    agency = _own_agency(request, pk)
    try:
        agency.delete()
    except models.ProtectedError:
        messages.error(request, f"{agency} sudah dipakai, jadi tidak dapat dihapus. Ubah namanya.")
        return redirect("agency_edit", pk=pk)
    messages.success(request, f"{agency} dihapus.")
    return redirect("agency_list")


def _own_agency(request, pk):
    require_or_platform(request, MANAGE)
    agency = seen_by(Agency.objects.all(), request.office).filter(pk=pk).first()
    if agency is None:
        raise Http404
    return agency


def _agency(request, agency):
    form = AgencyForm(request.POST or None, instance=agency, office=request.office)
    if form.is_valid():
        form.save()
        messages.success(request, f"{agency} tersimpan.")
        return redirect("agency_list")
    page = {"form": form, "agency": None if agency._state.adding else agency}
    return render(request, "settings/agency.html", page)


@require_http_methods(ASKS)
@asks_code
def profile_edit(request):
    """The own regency's words, signatory and Dinas; the platform has Django's admin for others."""
    require_or_platform(request, MANAGE)
    if request.office is None:
        return redirect("admin:villages_regency_changelist")
    profile = Regency.objects.of(request.office.area_id) or Regency(area_id=request.office.area_id)
    form = ProfileForm(request.POST or None, instance=profile)
    if form.is_valid():
        form.save()
        messages.success(request, "Profil kabupaten tersimpan.")
        return redirect("settings")
    return render(request, "settings/profile.html", {"form": form})


def _of_download(request):
    return seen_by(Area.objects.all(), request.office).order_by("code")


TABLE = Table("area", "Unggah nama wilayah", AreaResource, _of_download, "area_list", "Wilayah")
