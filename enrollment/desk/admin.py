"""Django's admin page of the reasons that are offered everywhere, for the platform."""

from django.contrib import admin

from enrollment.desk.forms import ReasonForm
from enrollment.desk.models import UsualReason
from villages.administration import PlatformAdmin

__all__ = ["UsualReasonAdmin"]


@admin.register(UsualReason)
class UsualReasonAdmin(PlatformAdmin):
    """Regencies keep their own by themselves."""

    form = ReasonForm
    fields = ["verb_name", "text", "position"]
    list_display = ["text", "verb_name", "position"]

    def get_queryset(self, request):
        return super().get_queryset(request).filter(regency=None)
