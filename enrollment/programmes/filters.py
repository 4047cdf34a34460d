"""Filters for lists of villages and for lists of people in villages."""

import django_filters

from villages.models import Area


def districts(request):
    """The kecamatan in the area of the requesting office."""
    return Area.objects.within(request.office.area_id).districts().order_by("name")


class DistrictFilter(django_filters.ModelChoiceFilter):
    """Rows of a scoped queryset in one kecamatan."""

    def __init__(self, **options):
        options = {"label": "Kecamatan", "empty_label": "Semua kecamatan", **options}
        super().__init__(queryset=districts, method=_in_district, **options)


def _in_district(rows, name, district):
    return rows.within(district.pk)


class QuotaFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(
        label="Cari nama", field_name="area__name", lookup_expr="icontains"
    )
    kecamatan = DistrictFilter()
