"""The filters of the list of who leaves."""

import django_filters
from django import forms

from enrollment.leavings.models import Leaving
from enrollment.leavings.rules import Stage
from enrollment.workers.filters import PersonFilter, SearchFilter


class LeavingFilter(SearchFilter):
    """`LeavingFilter(data, queryset=…, office=…)`; `sisi`: what the office's own side made."""

    q = PersonFilter("entry__worker")
    status = django_filters.ChoiceFilter(
        label="Status", field_name="state", choices=Stage.choices, empty_label="Semua"
    )
    keputusan = django_filters.UUIDFilter(method="by_decree", widget=forms.HiddenInput)
    sisi = django_filters.CharFilter(method="by_side", widget=forms.HiddenInput)

    class Meta:
        model = Leaving
        fields = ()

    def __init__(self, data, *, queryset, office):
        super().__init__(data, queryset=queryset)
        self.office = office

    def by_decree(self, rows, name, value):
        return rows.of_decree(value)

    def by_side(self, rows, name, value):
        return rows.of_side(self.office)
