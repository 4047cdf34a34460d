"""The filters of the list of people."""

from functools import cache, partial

import django_filters
from django.db.models import Exists, OuterRef

from enrollment.workers import places, search
from enrollment.workers.checks.findings import CODES, Severity
from enrollment.workers.checks.rt_rw import read_rt_rw
from enrollment.workers.checks.values import split_period
from enrollment.workers.models import PeopleCount, Worker, WorkerSource

TOO_LONG = "Paling panjang {} huruf. Persingkat namanya, lalu cari lagi."
ACTIVE, ENDED, ALL, ANY = "aktif", "berakhir", "semua", "ada"

STORED = [
    (word, [(name, code.label) for name, code in CODES.items() if code.severity is severity])
    for word, severity in (
        ("Kurang", Severity.GAP),
        ("Perlu dilihat", Severity.WARNING),
        ("Salah", Severity.ERROR),
    )
]


class PlaceFilter(django_filters.ChoiceFilter):
    """Rows in a district or village of the office's area; `offer_places` gives its choices."""

    def __init__(self, label="Wilayah"):
        super().__init__(label=label, method=_in_place, empty_label="Semua")


def _in_place(rows, name, area):
    return rows.within(area)


def offer_places(filters, office):
    """Let the filter `wilayah` offer the places of `office`, or drop it if there is only one."""
    if places.is_wide(office):
        # Asked for when the choices are shown or one is checked: a regency has hundreds.
        filters["wilayah"].extra["choices"] = cache(partial(places.areas_of, office))
    else:
        del filters["wilayah"]


class NameFilter(django_filters.CharFilter):
    """A search for a name; its rows are found by the method `by_name` of the filters."""

    def __init__(self, label="Cari nama", **extra):
        longest = Worker._meta.get_field("name").max_length
        told = {"max_length": TOO_LONG.format(longest)}
        super().__init__(
            label=label, method="by_name", max_length=longest, error_messages=told, **extra
        )


class PersonFilter(NameFilter):
    """A search for a name, or for the digits of a NIK that lists show, in rows about people;
    `worker`: the path from a row to its person."""

    def __init__(self, worker="worker"):
        super().__init__("Cari nama atau NIK", widget=search.UnsavedTextInput, field_name=worker)
        self.method = _about_person


def _about_person(rows, name, value):
    return search.about(rows, value, name)


class SearchFilter(django_filters.FilterSet):
    """`SearchFilter(data, queryset=rows about people)`: a search and nothing else; a room with more
    filters, or another path to the person, derives its own."""

    q = PersonFilter()

    @property
    def chosen(self):
        """The filters that are set."""
        return {name: self.data[name] for name in self.filters if self.data.get(name)}


class CompletenessFilter(django_filters.ChoiceFilter):
    """People with or without a gap or error in their data."""

    def __init__(self, label="Kelengkapan"):
        choices = [("lengkap", "Lengkap"), ("belum", "Belum lengkap")]
        super().__init__(label=label, method=_complete, choices=choices, empty_label="Semua")


def _complete(people, name, value):
    return people.complete() if value == "lengkap" else people.incomplete()


class WorkerFilter(django_filters.FilterSet):
    """`WorkerFilter(data, queryset=visible people, office=…, village_word=…)`."""

    wilayah = PlaceFilter()
    dusun = django_filters.CharFilter(
        label="Dusun atau lingkungan", field_name="hamlet", lookup_expr="icontains"
    )
    rt = django_filters.CharFilter(label="RT", method="by_rt")
    kelengkapan = CompletenessFilter()
    temuan = django_filters.ChoiceFilter(
        label="Temuan",
        method="by_finding",
        choices=[(ANY, "Ada temuan"), *STORED],
        empty_label="Semua",
    )
    sumber = django_filters.CharFilter(
        label="Sumber data", method="by_source", help_text="Misalnya DTSEN atau DTSEN 2026-III."
    )
    status = django_filters.ChoiceFilter(
        label="Status",
        method="by_status",
        choices=[(ACTIVE, "Aktif"), (ENDED, "Berakhir"), (ALL, "Aktif dan berakhir")],
        empty_label="Aktif; saat mencari, juga yang berakhir",
    )
    # Applied last, so that it searches only the people that the other filters have left.
    q = NameFilter("Cari nama atau NIK", widget=search.UnsavedTextInput)

    class Meta:
        model = Worker
        fields = ()

    def __init__(self, data, *, queryset, office, village_word="desa"):
        super().__init__(data, queryset=queryset)
        self.office = office
        self.filters["wilayah"].label = village_word.capitalize()
        offer_places(self.filters, office)

    @property
    def chosen(self):
        """The parameters of the filters that are set, without the page's number."""
        return {name: self.data[name] for name in self.filters if self.data.get(name)}

    def total(self):
        """How many people are left, from the counts that are kept; None where a filter is set of
        which these know nothing."""
        if not self.chosen.keys() <= {"wilayah", "status", "kelengkapan", "temuan"}:
            return None
        return self.filter_queryset(PeopleCount.objects.visible_to(self.office)).summed()["total"]

    def filter_queryset(self, queryset):
        if not self.data.get("status") and not self.data.get("q"):
            queryset = queryset.active()
        return super().filter_queryset(queryset)

    def by_name(self, rows, name, value):
        digits = search.digits_in(value)
        if search.is_nik(value):  # whoever has this NIK was looked for before
            return rows.none()
        return (
            rows.with_nik_from(digits[: search.SHOWN_DIGITS]) if digits else rows.named_like(value)
        )

    def by_rt(self, rows, name, value):
        return rows.filter(rt__in={value.strip(), read_rt_rw(value)[0]})

    def by_finding(self, rows, name, value):
        return rows.with_findings() if value == ANY else rows.with_finding(value)

    def by_status(self, rows, name, value):
        return {ACTIVE: rows.active, ENDED: rows.ended, ALL: rows.all}[value]()

    def by_source(self, rows, name, value):
        registry, period = split_period(value)
        # Row security lets an index answer what equals, not what is alike but for capitals.
        spellings = {registry, registry.upper(), registry.title()}
        named = WorkerSource.objects.filter(worker=OuterRef("pk"), registry__in=spellings)
        return rows.filter(Exists(named.filter(period__iexact=period) if period else named))
