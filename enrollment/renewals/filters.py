"""The filters of the list of differences, and of the notes."""

import django_filters

from enrollment.proposals.models import Entry
from enrollment.renewals.models import RenewalCheck
from enrollment.renewals.rules import CAN_LOSE, TO_MEND, Loss, Reason
from enrollment.workers.filters import PersonFilter, PlaceFilter, offer_places

MEND = "perbaiki"
"""The filter for all reasons of TO_MEND."""


class _Placed(django_filters.FilterSet):
    """`(data, queryset=…, office=…)`: filtered by the places of the office, and more."""

    q = PersonFilter()
    wilayah = PlaceFilter()

    def __init__(self, data, *, queryset, office):
        super().__init__(data, queryset=queryset)
        offer_places(self.filters, office)

    @property
    def chosen(self):
        return {name: self.data[name] for name in self.filters if self.data.get(name)}


class DifferenceFilter(_Placed):
    alasan = django_filters.ChoiceFilter(
        label="Alasan", method="by_reason", empty_label="Semua",
        choices=[*Reason.choices, (MEND, "Perlu diperbaiki")],
    )  # fmt: skip
    golongan = django_filters.ChoiceFilter(
        label="Bila putus", method="by_loss", choices=Loss.choices, empty_label="Semua"
    )

    class Meta:
        model = RenewalCheck
        fields = ()

    def by_reason(self, rows, name, value):
        return rows.filter(reason__in=TO_MEND if value == MEND else [value])

    def by_loss(self, rows, name, value):
        return rows.filter(loss=value, reason__in=CAN_LOSE)


class RecipientFilter(_Placed):
    class Meta:
        model = Entry
        fields = ()
