"""Import and export of quotas as a workbook."""

from django.core.exceptions import ValidationError
from import_export.fields import Field
from import_export.widgets import ForeignKeyWidget, IntegerWidget

from enrollment.formats import angka
from enrollment.numbers import read_whole
from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.programmes.quotas import MOST_PEOPLE, doubts_about_money, places_of
from villages import areas
from villages.access import seen_by
from villages.parameters import whole
from villages.resources import AreaWidget
from villages.transfers import ReadsAhead, ScopedResource


class ProgrammeWidget(ReadsAhead, ForeignKeyWidget):
    """A programme by its name, the row's year and its wave (its number, or its name as pages show
    it), in the regency of the row's village. The wave may be left out where there is one."""

    def __init__(self):
        super().__init__(PremiumSubsidy, "name")
        self.known = {}

    def read_ahead(self, values):
        for programme in seen_by(PremiumSubsidy.objects.all(), self.office):
            key = (programme.name.casefold(), programme.year, programme.regency_id)
            self.known.setdefault(key, {})[programme.wave] = programme

    def clean(self, value, row=None, **kwargs):
        name, year = str(value or "").strip(), str(row["tahun"] or "").strip()
        regency = areas.at_level(str(row["kode_wilayah"] or "").strip(), areas.REGENCY)
        waves = self.known.get((name.casefold(), whole(year), regency), {})
        wave = str(row.get("tahap") or "").strip()
        if not wave and len(waves) > 1:
            raise ValueError(f"Program “{name}” bertahap: isi kolom tahap, misalnya 1.")
        numbers = {each.wave_name.casefold(): number for number, each in waves.items()}
        number = numbers.get(wave.casefold(), whole(wave)) if wave else 1
        if found := waves.get(number):
            return found
        named = f"{year or '?'} tahap “{wave}”" if wave else year or "?"
        raise ValueError(f"Program “{name}” tahun {named} tidak ada di kabupaten ini.")


UNLIMITED = "tanpa batas"


class PeopleWidget(IntegerWidget):
    """A number of people, or `tanpa batas`. An empty cell is no answer."""

    def clean(self, value, row=None, **kwargs):
        if str(value or "").strip().casefold() == UNLIMITED:
            return None
        try:
            people = read_whole(value)
        except ValueError as wrong:
            raise ValueError(f"Kuota {wrong}") from None
        if people is None or not 0 <= people <= MOST_PEOPLE:
            raise ValueError(
                f"Kuota “{value or ''}” harus angka bulat, misalnya 100, atau “{UNLIMITED}”."
            )
        return people

    def render(self, value, obj=None, **kwargs):
        return UNLIMITED if value is None else value


class QuotaResource(ScopedResource):
    """How many people of a village a programme takes."""

    also_needed = ("tahun",)
    leaping = ("kuota",)
    twice = "Wilayah ini dua kali di berkas. Hapus salah satunya."

    programme = Field("programme", "program", ProgrammeWidget())
    year = Field("programme__year", "tahun", IntegerWidget(), readonly=True)
    wave = Field("programme__wave", "tahap", IntegerWidget(), readonly=True)
    area = Field("area", "kode_wilayah", AreaWidget())
    village = Field("area__name", "nama_wilayah", readonly=True)
    people = Field("people", "kuota", PeopleWidget())
    used = Field("used", "terpakai", IntegerWidget(), readonly=True)

    class Meta(ScopedResource.Meta):
        model = Quota
        use_bulk = True
        clean_model_instances = False  # the widgets and `validate_instance` check every value
        import_id_fields = ["programme", "area"]
        fields = ["programme", "year", "wave", "area", "village", "people", "used"]

    def before_import(self, dataset, **kwargs):
        """All quotas of the table are looked up at once."""
        self.places = {}
        super().before_import(dataset, **kwargs)
        codes = {str(code or "").strip() for code in dataset["kode_wilayah"]}
        rows = self.get_queryset().filter(area__in=codes).select_related("programme", "area")
        rows = rows.order_by("area")  # the order in which `quotas.lock` holds them
        self.kept = {(quota.programme, quota.area): quota for quota in rows}
        known = self.fields["programme"].widget.known.values()
        self.places = places_of(wave for waves in known for wave in waves.values())

    def get_instance(self, instance_loader, row):
        try:
            key = tuple(self.fields[name].clean(row) for name in self.get_import_id_fields())
        except ValueError:  # what is wrong is said field by field
            return None
        return self.kept.get(key)

    def get_bulk_update_fields(self):
        return ["people"]

    def after_import(self, dataset, result, **kwargs):
        super().after_import(dataset, result, **kwargs)
        self.doubts = doubts_about_money(self.places)

    def validate_instance(self, instance, import_validation_errors=None, validate_unique=True):
        errors = dict(import_validation_errors or {})
        if instance.area_id and areas.level(instance.area_id) != areas.VILLAGE:
            errors["area"] = ValidationError("Kuota diberikan kepada wilayah setingkat kelurahan.")
        if instance.people is not None and instance.people < instance.used:
            errors["people"] = ValidationError(
                f"Kuota tidak boleh di bawah {angka(instance.used)} orang yang sudah terpakai."
            )
        super().validate_instance(instance, errors, validate_unique)
