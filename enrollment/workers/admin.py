from django.contrib import admin

from enrollment.workers.models import Occupation, Sector
from villages.administration import PlatformAdmin, ReferenceAdmin

__all__ = ["OccupationAdmin", "SectorAdmin"]


@admin.register(Occupation)
class OccupationAdmin(PlatformAdmin):
    """Occupations and their spellings in lists."""

    list_display = ["name", "key", "sector", "registry_code"]
    list_select_related = ["sector"]
    search_fields = ["name", "key", "aliases"]


@admin.register(Sector)
class SectorAdmin(ReferenceAdmin):
    """Groups of occupations; the page of an occupation says to which one it belongs."""

    list_display = ["name", "key"]
