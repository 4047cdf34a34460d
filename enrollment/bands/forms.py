from django import forms

from enrollment.bands.models import ApprovalBand
from enrollment.bands.rules import MOST_APPROVERS
from enrollment.numbers import RupiahField


class BandForm(forms.ModelForm):
    amount_from = RupiahField(
        label="Mulai pagu",
        min_value=0,
        help_text="Berlaku bagi tahap dengan pagu sebesar ini ke atas.",
    )
    approvers = forms.TypedChoiceField(
        label="Jumlah penyetuju", coerce=int,
        choices=[(number, f"{number} orang") for number in range(1, MOST_APPROVERS + 1)],
        initial=2,
    )  # fmt: skip

    class Meta:
        model = ApprovalBand
        fields = ["amount_from", "approvers"]

    def _get_validation_exclusions(self):
        """The regency is checked too, though it is not asked."""
        return super()._get_validation_exclusions() - {"regency"}
