"""The occupations of the whole country, with their spellings; the platform changes them."""

import django_filters
from django.db.models import Q
from django.db.models.functions import Upper
from django.views.decorators.http import require_safe

from enrollment import listing
from enrollment.paging import listed
from enrollment.workers.models import Occupation
from villages import access


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
    found = OccupationFilter(request.GET, queryset=Occupation.objects.all())
    sorts = {"pekerjaan": [Upper("name")]}
    page = listed(found.qs, request.GET, sorts=sorts, usual="pekerjaan")
    return listing.show(request, "workers/occupations.html", {"page": page, "filter": found})
