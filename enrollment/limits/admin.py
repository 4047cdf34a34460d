from django.contrib import admin

from enrollment.limits.models import UsageLimit
from villages import areas
from villages.administration import PlatformAdmin

__all__ = ["UsageLimitAdmin"]


@admin.register(UsageLimit)
class UsageLimitAdmin(PlatformAdmin):
    """How much each office of a regency may do in a day and at a time."""

    list_display = ["regency", "jobs", "village_checks", "regency_checks"]
    list_select_related = ["regency"]
    autocomplete_fields = ["regency"]

    def get_readonly_fields(self, request, obj=None):
        return ["regency"] if obj else []

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.queryset = field.queryset.filter(level=areas.REGENCY)
        return field
