"""Pages of the dates of a programme and of the freezes of a regency."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from enrollment import listing
from enrollment.formats import tanggal
from enrollment.paging import listed
from enrollment.programmes.models import PremiumSubsidy
from enrollment.schedules import actions
from enrollment.schedules.forms import ExtensionForm, FreezeForm, ScheduleForm
from enrollment.schedules.models import Extension, Freeze, Schedule
from villages import access
from villages.naming import name_apart
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def schedule(request, pk):
    """The dates of a programme, and which villages have more time."""
    programme = _programme(request, pk)
    kept = Schedule.objects.filter(pk=programme.pk).first()
    form = ScheduleForm(request.POST or None, instance=kept)
    if form.is_valid():
        actions.set_dates(programme, form.dates, by=request.office)
        messages.success(request, "Jadwal tersimpan.")
        return redirect("programme_detail", pk=pk)
    rows = Extension.objects.visible_to(request.office).filter(programme=programme)
    page = listed(rows.select_related("area"), request.GET)
    name_apart([extension.area for extension in page], within=request.office.area)
    context = {
        "programme": programme, "form": form, "page": page,
        "has_limit": bool(kept and kept.submit_until),
    }  # fmt: skip
    return listing.show(request, "schedules/schedule.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def extend(request, pk):
    """More time for one village."""
    programme = _programme(request, pk)
    form = ExtensionForm(
        request.POST or None, initial={"area": request.GET.get("wilayah")},
        office=request.office, village_word=request.regency.village_word,
    )  # fmt: skip
    if form.is_valid():
        try:
            made = actions.extend(programme, by=request.office, **form.extension)
        except Refusal as refusal:
            form.add_error("until", str(refusal))
        else:
            name_apart([made.area], within=request.office.area)
            village, until = made.area.full_name, tanggal(made.until)
            messages.success(request, f"{village} boleh mengajukan sampai {until}.")
            return redirect("programme_schedule", pk=pk)
    return render(request, "schedules/extend.html", {"programme": programme, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def freezes(request):
    """The freezes of the regency, and a new one."""
    access.require(request, "settings.change")
    form = FreezeForm(request.POST or None)
    if form.is_valid():
        actions.freeze(by=request.office, **form.freeze)
        messages.success(request, "Masa beku tersimpan.")
        return redirect("freezes")
    page = listed(Freeze.objects.visible_to(request.office), request.GET)
    may_end = any(freeze.may_end for freeze in page)
    context = {"form": form, "page": page, "may_end": may_end}
    return listing.show(request, "schedules/freezes.html", context)


@require_POST
def thaw(request, pk):
    frozen = access.fetch(request, Freeze.objects.all(), may="settings.change", pk=pk)
    try:
        actions.thaw(frozen, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        done = "diakhiri: langkahnya berjalan lagi" if frozen.has_begun else "dibatalkan"
        messages.success(request, f"Masa beku {done}.")
    return redirect("freezes")


def _programme(request, pk):
    return access.fetch(request, PremiumSubsidy.objects.all(), may="programme.make", pk=pk)
