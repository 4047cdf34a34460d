from django import forms

from enrollment.asking import AsksAboutDays
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signatories.rules import Capacity

TERM = 5
"""Years for which a bupati is elected (Law 10/2016, article 162)."""
VILLAGE_TERM = 8
"""Years for which the head of a village is elected (Law 3/2024, article 39)."""


class SignatoryForm(AsksAboutDays, forms.ModelForm):
    """Who signs, in which capacity, from when until when."""

    days, far = ("valid_from", "valid_until"), TERM

    class Meta:
        model = Signatory
        fields = ("capacity", "name", "rank", "nip", "valid_from", "valid_until")
        help_texts = {
            "capacity": "Baris di atas tanda tangan mengikuti jabatan ini.",
            "name": "Seperti di bawah tanda tangan, dengan gelarnya.",
            "rank": "Misalnya Pembina Utama Muda. Kosongkan bila tidak dicantumkan.",
            "nip": "Kosongkan untuk bupati atau wali kota.",
            "valid_until": "Kosongkan bila masih menjabat dan akhirnya belum diketahui.",
        }
        widgets = {
            name: forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
            for name in ("valid_from", "valid_until")
        }

    def __init__(self, *args, head="", **kwargs):
        """`head`: what the head of a village is called, of a signatory of a village."""
        super().__init__(*args, **kwargs)
        if head:
            self.far = VILLAGE_TERM
            self.fields["capacity"].choices = [
                (key, head.capitalize() if key == Capacity.HEAD else label)
                for key, label in Capacity.choices
                if key != Capacity.ON_BEHALF
            ]
            self.fields["nip"].help_text = f"Kosongkan bila {head} bukan pegawai negeri."
        for name in ("valid_from", "valid_until"):
            self.fields[name].input_formats = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]

    def clean(self):
        values = super().clean()
        self.ask_about_days()
        return values
