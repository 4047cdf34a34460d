from django import forms

from enrollment.asking import AsksAboutDays
from enrollment.schedules.models import Freeze, Schedule
from enrollment.schedules.rules import Dates, Stop, impossible
from enrollment.workers import places
from villages.models import Area


def day(label, *, required=True, help_text=""):
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class ScheduleForm(AsksAboutDays, forms.ModelForm):
    days = ("submit_from", "submit_until", "verify_until", "approve_until")
    submit_from = day("Pengajuan dibuka", required=False)
    submit_until = day("Paling lambat diajukan", required=False)
    verify_until = day("Paling lambat diverifikasi", required=False)
    approve_until = day("Paling lambat disetujui", required=False)

    class Meta:
        model = Schedule
        fields = ["submit_from", "submit_until", "verify_until", "approve_until"]

    def clean(self):
        values = super().clean()
        if not self.errors and (wrong := impossible(self.dates)):
            raise forms.ValidationError(wrong)
        self.ask_about_days()
        return values

    @property
    def dates(self):
        return Dates(**{name: self.cleaned_data[name] for name in self.days})


class ExtensionForm(AsksAboutDays):
    """More time for one village of the `office`, which are offered by kecamatan."""

    days = ("until",)
    area = forms.ModelChoiceField(Area.objects.none(), label="Wilayah", empty_label="Pilih…")
    until = day("Boleh mengajukan sampai")
    reason = forms.CharField(
        label="Alasan", max_length=300, help_text="Dibaca juga oleh wilayahnya."
    )

    def __init__(self, *args, office, village_word, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["area"]
        field.queryset = Area.objects.within(office.area_id).villages().filter(current=True)
        field.choices = [("", field.empty_label), *places.villages_of(office)]
        field.label = village_word.capitalize()

    def clean(self):
        values = super().clean()
        self.ask_about_days()
        return values

    @property
    def extension(self):
        """What was filled in, by the names of `actions.extend`."""
        return {name: self.cleaned_data[name] for name in ("area", "until", "reason")}


class FreezeForm(AsksAboutDays, forms.ModelForm):
    days = ("first", "last")
    move = forms.ChoiceField(label="Yang berhenti", choices=Stop.choices)
    first, last = day("Mulai"), day("Sampai")

    class Meta:
        model = Freeze
        fields = ["move", "first", "last", "reason"]
        help_texts = {"reason": "Misalnya: masa tenang pemilihan, pemeriksaan, tutup buku."}

    def clean(self):
        values = super().clean()
        first, last = values.get("first"), values.get("last")
        if first and last and last < first:
            self.add_error("last", "Lebih awal daripada tanggal mulai. Periksa tanggalnya.")
        self.ask_about_days()
        return values

    @property
    def freeze(self):
        """What was filled in, by the names of `actions.freeze`."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}
