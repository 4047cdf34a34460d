"""The occupations of the whole country, with their spellings; the platform changes them."""

import django_filters
from django.db.models import Q
from django.shortcuts import render
from django.views.decorators.http import require_safe

from enrollment.paging import KeysFirst
from enrollment.workers.models import Occupation
from villages import access

PAGE = 50


class OccupationFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Cari pekerjaan", method="by_word", max_length=80)

    class Meta:
        model = Occupation
        fields: list[str] = []

    def by_word(self, rows, name, text):
        return rows.filter(Q(name__icontains=text) | Q(aliases__icontains=text))


@require_safe
def occupation_list(request):
    access.require_or_platform(request, "settings.change")
    found = OccupationFilter(request.GET, queryset=Occupation.objects.order_by("name"))
    page = KeysFirst(found.qs, PAGE).get_page(request.GET.get("page"))
    return render(request, "workers/occupations.html", {"page": page, "filter": found})
