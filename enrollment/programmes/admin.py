"""Django's admin pages of the national tariffs, discounts and funds, and of quotas, for the
platform."""

from django.contrib import admin

from enrollment.numbers import ChangesNumbers
from enrollment.programmes.models import Fund, Quota, Tariff, TariffDiscount
from enrollment.programmes.quotas import TOO_SMALL
from villages.administration import PlatformAdmin, ReferenceAdmin

__all__ = ["FundAdmin", "QuotaAdmin", "TariffAdmin", "TariffDiscountAdmin"]


class TariffForm(ChangesNumbers):
    """A tariff that is ten times too high would be paid for everybody."""

    leaping = ("income_from", "income_to", "base", "rate", "amount")


class DiscountForm(ChangesNumbers):
    leaping = ("percent",)


class QuotaForm(ChangesNumbers):
    leaping = ("people",)


@admin.register(Tariff)
class TariffAdmin(PlatformAdmin):
    form = TariffForm
    list_display = ["segment", "component", "valid_from", "valid_until", "income_from", "amount"]
    list_filter = ["segment", "component"]


@admin.register(TariffDiscount)
class TariffDiscountAdmin(PlatformAdmin):
    form = DiscountForm
    list_display = ["segment", "component", "valid_from", "valid_until", "percent"]
    list_filter = ["segment", "component"]


@admin.register(Fund)
class FundAdmin(ReferenceAdmin):
    list_display = ["name", "key", "note", "position"]


@admin.register(Quota)
class QuotaAdmin(PlatformAdmin):
    """The quota of each village. To lift a limit its field is emptied: the row counts places."""

    form = QuotaForm
    may_delete = False
    sentences = TOO_SMALL
    list_display = ["area", "programme", "people", "used"]
    list_select_related = ["area", "programme"]
    search_fields = ["area__name", "area__code"]
    autocomplete_fields = ["area"]
    readonly_fields = ["used"]
