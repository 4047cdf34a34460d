from django.contrib import admin
from django.shortcuts import redirect

from enrollment.limits.models import UsageLimit
from villages import areas
from villages.administration import ScopedAdmin

__all__ = ["UsageLimitAdmin"]


@admin.register(UsageLimit)
class UsageLimitAdmin(ScopedAdmin):
    """How much each office of a regency may do in a day and at a time."""

    list_display = ["regency", "jobs", "village_checks", "regency_checks"]
    list_select_related = ["regency"]
    autocomplete_fields = ["regency"]

    def changelist_view(self, request, extra_context=None):
        """A regency has one row or none: its admin comes straight to the numbers."""
        if request.office is None:
            return super().changelist_view(request, extra_context)
        own = self.get_queryset(request).first()
        page = ("change", own.pk) if own else ("add",)
        return redirect(f"admin:enrollment_usagelimit_{page[0]}", *page[1:])

    def get_changeform_initial_data(self, request):
        return {"regency": request.office.area_id} if request.office else {}

    def get_readonly_fields(self, request, obj=None):
        return ["regency"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = field.queryset.filter(level=areas.REGENCY)
        return field
