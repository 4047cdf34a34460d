"""In /pengaturan/: how long data is kept, what would be removed tonight, and what was removed."""

from django.contrib import admin

from enrollment.formats import angka
from enrollment.retention import actions
from enrollment.retention.models import Removal, Retention
from villages.administration import NationalAdmin

__all__ = ["RemovalAdmin", "RetentionAdmin"]


@admin.register(Retention)
class RetentionAdmin(NationalAdmin):
    """Over the whole country, so for the platform; a regency's admin sees the days only."""

    may_add = may_delete = False

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if kind := form.base_fields.get("kind"):
            kind.disabled = True  # not read-only: the limit on the days depends on it
        return form

    def get_list_display(self, request):
        return ["kind", "days"] if request.office else ["kind", "days", "due"]

    @admin.display(description="akan dihapus malam ini")
    def due(self, retention):
        return angka(actions.due(retention).count)


@admin.register(Removal)
class RemovalAdmin(NationalAdmin):
    may_add = may_change = may_delete = False
    list_display = ["at", "kind", "removed", "before"]
    list_filter = ["kind"]
