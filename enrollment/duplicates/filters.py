"""The search among people entered twice."""

import django_filters
from django import forms
from django.db.models import Q

from enrollment.duplicates.models import DuplicateCase
from enrollment.workers import search
from enrollment.workers.filters import NameFilter, SearchFilter


class CaseFilter(SearchFilter):
    """`CaseFilter(data, queryset=cases)`: by the name of the registered person or the one under
    which they were entered again, or by the digits of the NIK. `sudah`, `persetujuan` and `ditarik`
    say which list it is."""

    q = NameFilter("Cari nama atau NIK", widget=search.UnsavedTextInput)
    sudah = django_filters.CharFilter(method="as_it_is", widget=forms.HiddenInput)
    persetujuan = django_filters.CharFilter(method="as_it_is", widget=forms.HiddenInput)
    ditarik = django_filters.CharFilter(method="as_it_is", widget=forms.HiddenInput)

    class Meta:
        model = DuplicateCase
        fields = ()

    @property
    def chosen(self):
        return {"q": self.data["q"]} if self.data.get("q") else {}

    def by_name(self, rows, name, value):
        registered = search.about(rows, value)
        if search.digits_in(value):
            return registered
        claimed = rows
        for word in value.split():
            claimed = claimed.filter(claimed_values__name__icontains=word)
        return rows.filter(Q(pk__in=registered.values("pk")) | Q(pk__in=claimed.values("pk")))

    def as_it_is(self, rows, name, value):
        return rows
