"""Admin pages of the national tariffs and discounts, and of the quota of each village."""

from django.contrib import admin

from enrollment.programmes.models import Quota, Tariff, TariffDiscount
from enrollment.programmes.quotas import TOO_SMALL
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
    """The quota of each village. To lift a limit its field is emptied: the row counts places."""

    may_delete = False
    sentences = TOO_SMALL
    resource_classes = [QuotaResource]
    list_display = ["area", "programme", "people", "used"]
    list_select_related = ["area", "programme"]
    search_fields = ["area__name", "area__code"]
    autocomplete_fields = ["area"]
    readonly_fields = ["used"]
