"""Filters for the rows of a list: by finding, by severity, and by what became of them."""

import django_filters

from enrollment.imports.models import ImportRow
from enrollment.workers.checks.findings import CODES, Severity
from villages.models import Area

STANDINGS = [
    ("siap", "Siap disimpan"),
    ("error", "Salah"),
    ("gap", "Kurang lengkap"),
    ("warning", "Perlu dilihat"),
    ("clean", "Tanpa catatan"),
    ("baru", "Belum terdaftar"),
    ("berubah", "Terdaftar, datanya berbeda"),
    ("sama", "Terdaftar, datanya sama"),
]
OF_PEOPLE_ON_LISTS = (Severity.REFUSAL, Severity.NOTICE, Severity.GONE)
FINDINGS = [
    (name, code.label) for name, code in CODES.items() if code.severity not in OF_PEOPLE_ON_LISTS
]


class RowFilter(django_filters.FilterSet):
    """`RowFilter(data, queryset=rows of one import with their outcome, undone=…)`. By village it
    filters where a link asks for one; it then offers this village alone."""

    keadaan = django_filters.ChoiceFilter(
        label="Keadaan", choices=STANDINGS, method="by_standing", empty_label="Semua"
    )
    temuan = django_filters.ChoiceFilter(
        label="Temuan", choices=FINDINGS, method="by_finding", empty_label="Semua"
    )
    hasil = django_filters.ChoiceFilter(
        label="Hasil", field_name="became", empty_label="Semua",
        choices=[(value, label) for value, label in ImportRow.Outcome.choices if value],
    )  # fmt: skip

    tetap = django_filters.ChoiceFilter(
        label="Tetap ada", field_name="stays", choices=ImportRow.Stays.choices, empty_label="Semua"
    )

    desa = django_filters.ModelChoiceFilter(
        field_name="village", queryset=Area.objects.none(), empty_label="Semua"
    )

    class Meta:
        model = ImportRow
        fields = ()

    def __init__(self, data, *, queryset, undone=False, village_word="desa"):
        super().__init__(data, queryset=queryset)
        if not undone:
            del self.filters["tetap"]
        self.filters["desa"].label = village_word.capitalize()
        self.filters["desa"].queryset = Area.objects.villages().filter(pk=data.get("desa", ""))
        if not self.filters["desa"].queryset.exists():
            del self.filters["desa"]

    @property
    def chosen(self):
        return any(self.data.get(name) for name in self.filters)

    def by_standing(self, rows, name, value):
        if value in ImportRow.Severity.values:
            return rows.filter(severity=value)
        return rows.standing(value)

    def by_finding(self, rows, name, value):
        return rows.with_code(value)
