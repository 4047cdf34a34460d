from django.views.decorators.http import require_safe

from enrollment import listing
from enrollment.paging import listed
from enrollment.retention.models import Removal, Retention
from villages import access


@require_safe
def retention_list(request):
    """For how long data is kept, and what was removed; the platform decides the days."""
    access.require_or_platform(request, "settings.change")
    page = listed(Removal.objects.order_by("-at", "-pk"), request.GET)
    context = {"kept": Retention.objects.all(), "page": page}
    return listing.show(request, "settings/retention.html", context)
