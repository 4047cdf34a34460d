from django import forms

from enrollment.schedules.models import Freeze, Schedule
from enrollment.schedules.rules import Dates, Stop, impossible
from villages.models import Area


def day(label, *, required=True, help_text=""):
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


class ScheduleForm(forms.ModelForm):
    submit_from = day("Pengajuan dibuka", required=False)
    submit_until = day("Paling lambat diajukan", required=False)
    verify_until = day("Paling lambat diverifikasi", required=False)
    approve_until = day("Paling lambat disetujui", required=False)

    class Meta:
        model = Schedule
        fields = ["submit_from", "submit_until", "verify_until", "approve_until"]

    def clean(self):
        values = super().clean()
        if not self.errors and (wrong := impossible(Dates(**values))):
            raise forms.ValidationError(wrong)
        return values


class ExtensionForm(forms.Form):
    """More time for one village; `villages` are those of the regency."""

    area = forms.ModelChoiceField(Area.objects.none(), label="Wilayah", empty_label="Pilih…")
    until = day("Boleh mengajukan sampai")
    reason = forms.CharField(
        label="Alasan", max_length=300, help_text="Dibaca juga oleh wilayahnya."
    )

    def __init__(self, *args, villages, village_word, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = villages
        self.fields["area"].label = village_word.capitalize()


class FreezeForm(forms.ModelForm):
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
        return values
