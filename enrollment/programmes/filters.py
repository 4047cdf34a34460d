"""Filters for lists of villages and for lists of people in villages."""

import django_filters

from enrollment.programmes.models import Component, Fund, Segment, Tariff, TariffDiscount
from enrollment.workers.models import Sector
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


class TariffFilter(django_filters.FilterSet):
    segmen = django_filters.ChoiceFilter(
        label="Segmen", field_name="segment", choices=Segment.choices, empty_label="Semua"
    )
    program = django_filters.ChoiceFilter(
        label="Program", field_name="component", choices=Component.choices, empty_label="Semua"
    )

    class Meta:
        model = Tariff
        fields: list[str] = []


class DiscountFilter(TariffFilter):
    class Meta:
        model = TariffDiscount
        fields: list[str] = []


class NameFilter(django_filters.FilterSet):
    """A table of the whole country that is searched by its name."""

    q = django_filters.CharFilter(label="Cari nama", field_name="name", lookup_expr="icontains")


class FundFilter(NameFilter):
    class Meta:
        model = Fund
        fields: list[str] = []


class SectorFilter(NameFilter):
    class Meta:
        model = Sector
        fields: list[str] = []
