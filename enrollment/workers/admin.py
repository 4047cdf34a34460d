from django.contrib import admin

from enrollment.workers.models import Occupation
from villages.administration import PlatformAdmin

__all__ = ["OccupationAdmin"]


@admin.register(Occupation)
class OccupationAdmin(PlatformAdmin):
    """Occupations and their spellings in lists."""

    list_display = ["name", "key", "registry_code"]
    search_fields = ["name", "key", "aliases"]
