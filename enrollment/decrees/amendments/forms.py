from django import forms
from django.utils import timezone

from enrollment.decrees.forms import DAYS, NOT_A_DAY, NamedForm


class InForceForm(NamedForm):
    """Of which day the list is, and who is looked for in it."""

    tanggal = forms.DateField(
        label="Daftar yang berlaku pada",
        required=False,
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NOT_A_DAY},
    )

    @property
    def day(self):
        """The chosen day; today if none is, or what was typed is none."""
        self.is_valid()
        return self.cleaned_data.get("tanggal") or timezone.localdate()
