"""Search and filters of the lists of accounts and areas."""

import django_filters
from django.db.models import Q
from django.utils import timezone

from villages.models import Area, Office, User
from villages.settings.forms import roles_of

ACTIVE, OFF, IDLE = "aktif", "nonaktif", "tanpa"


class AccountFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Cari nama atau nama pengguna", method="by_name",
                                  max_length=150)  # fmt: skip
    peran = django_filters.ChoiceFilter(
        label="Peran", choices=roles_of(None), empty_label="Semua peran", method="by_role"
    )
    keadaan = django_filters.ChoiceFilter(
        label="Keadaan",
        choices=[(ACTIVE, "Aktif"), (OFF, "Dinonaktifkan"), (IDLE, "Tanpa jabatan sekarang")],
        empty_label="Semua",
        method="by_state",
    )

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(self, *args, profile, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["peran"].extra["choices"] = roles_of(profile)

    def by_name(self, rows, name, text):
        for word in text.split():
            rows = rows.filter(
                Q(username__icontains=word)
                | Q(first_name__icontains=word)
                | Q(last_name__icontains=word)
            )
        return rows

    def by_role(self, rows, name, role):
        return rows.filter(pk__in=_held().filter(role=role).values("user"))

    def by_state(self, rows, name, state):
        if state == IDLE:
            return rows.exclude(pk__in=_held().values("user"))
        return rows.filter(is_active=state == ACTIVE)


def _held():
    return Office.objects.held_on(timezone.localdate())


class AreaFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(label="Cari nama atau kode", method="by_name", max_length=100)
    kecamatan = django_filters.ModelChoiceFilter(
        label="Kecamatan", empty_label="Semua kecamatan", queryset=Area.objects.none(),
        method="in_district",
    )  # fmt: skip

    class Meta:
        model = Area
        fields: list[str] = []

    def __init__(self, *args, office, **kwargs):
        super().__init__(*args, **kwargs)
        if office:
            districts = Area.objects.visible_to(office).districts().order_by("name")
            self.filters["kecamatan"].field.queryset = districts
        else:
            del self.filters["kecamatan"]

    def by_name(self, rows, name, text):
        return rows.filter(Q(name__icontains=text) | Q(code__startswith=text))

    def in_district(self, rows, name, district):
        return rows.within(district.pk)
