"""In Django's admin: how long data is kept, what would be removed tonight, and what was removed."""

from django.contrib import admin

from enrollment.formats import angka
from enrollment.numbers import ChangesNumbers
from enrollment.retention import actions
from enrollment.retention.models import Removal, Retention
from villages.administration import PlatformAdmin

__all__ = ["RemovalAdmin", "RetentionAdmin"]


class RetentionForm(ChangesNumbers):
    """Days that are a tenth of what was meant remove data that nobody gets back."""

    leaping = ("days",)


@admin.register(Retention)
class RetentionAdmin(PlatformAdmin):
    """Over the whole country, so for the platform; regencies see the days (`retention.views`)."""

    form = RetentionForm
    may_add = may_delete = False

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        if kind := form.base_fields.get("kind"):
            kind.disabled = True  # not read-only: the limit on the days depends on it
        return form

    list_display = ["kind", "days", "due"]

    @admin.display(description="akan dihapus malam ini")
    def due(self, retention):
        return angka(actions.due(retention).count)


@admin.register(Removal)
class RemovalAdmin(PlatformAdmin):
    may_add = may_change = may_delete = False
    list_display = ["at", "kind", "removed", "before"]
    list_filter = ["kind"]
