"""Admin pages of the national tariffs and discounts, and of the quota of each village."""

from django.contrib import admin

from enrollment.programmes.models import Quota, Tariff, TariffDiscount
from enrollment.programmes.resources import QuotaResource
from villages.administration import NationalAdmin, ScopedAdmin
from villages.transfers import TransferMixin

__all__ = ["QuotaAdmin", "TariffAdmin", "TariffDiscountAdmin"]


@admin.register(Tariff)
class TariffAdmin(NationalAdmin):
    list_display = ["segment", "component", "valid_from", "valid_until", "income_from", "amount"]
    list_filter = ["segment", "component"]


@admin.register(TariffDiscount)
class TariffDiscountAdmin(NationalAdmin):
    list_display = ["segment", "component", "valid_from", "valid_until", "percent"]
    list_filter = ["segment", "component"]


@admin.register(Quota)
class QuotaAdmin(TransferMixin, ScopedAdmin):
    """The quota of each village; it cannot be deleted while places are in use."""

    resource_classes = [QuotaResource]
    list_display = ["area", "programme", "people", "used"]
    list_select_related = ["area", "programme"]
    search_fields = ["area__name", "area__code"]
    autocomplete_fields = ["area"]
    readonly_fields = ["used"]

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and (obj is None or obj.used == 0)
