"""The filters of the lists of who leaves, and of who has to."""

import django_filters
from django import forms

from enrollment.leavings.models import Leaving
from enrollment.leavings.rules import Stage
from enrollment.proposals.models import Entry
from enrollment.workers.filters import PersonFilter


class _Found(django_filters.FilterSet):
    @property
    def chosen(self):
        return {name: self.data[name] for name in self.filters if self.data.get(name)}


class LeavingFilter(_Found):
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


class DueFilter(_Found):
    q = PersonFilter()

    class Meta:
        model = Entry
        fields = ()
