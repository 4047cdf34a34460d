from django.shortcuts import render
from django.views.decorators.http import require_safe

from enrollment.retention.models import Removal, Retention
from villages import access

LATEST = 30


@require_safe
def retention_list(request):
    """For how long data is kept, and what was removed lately; the platform decides the days."""
    access.require_or_platform(request, "settings.change")
    page = {"kept": Retention.objects.all(), "removed": Removal.objects.all()[:LATEST]}
    return render(request, "settings/retention.html", page)
