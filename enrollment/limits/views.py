from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enrollment.limits.forms import UsageLimitForm
from enrollment.limits.models import UsageLimit
from villages import access


@require_http_methods(["GET", "HEAD", "POST"])
def limit_edit(request):
    """The limits of the own regency; where nobody has set any, the form shows the usual ones."""
    access.require_or_platform(request, "settings.change")
    if request.office is None:
        return redirect("admin:enrollment_usagelimit_changelist")
    limits = UsageLimit.objects.of(request.office.area_id)
    limits.regency_id = request.office.area_id
    word = request.regency.village_word if request.regency else "desa"
    form = UsageLimitForm(request.POST or None, instance=limits, village_word=word)
    if form.is_valid():
        form.save()
        messages.success(request, "Batas pemakaian tersimpan.")
        return redirect("settings")
    return render(request, "settings/limits.html", {"form": form})
