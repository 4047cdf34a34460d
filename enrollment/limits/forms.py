from django import forms

from enrollment.limits.models import UsageLimit
from enrollment.numbers import AsksAboutLeaps, form_field

OF_A_VILLAGE = {
    "village_checks": "NIK diperiksa",
    "village_answers": "NIK ternyata terdaftar di tempat lain",
}
"""What the offices of a village may ask, whatever a village is called there."""


class UsageLimitForm(AsksAboutLeaps, forms.ModelForm):
    """How much each office of a regency may do in a day and at a time."""

    leaping = (
        "jobs", "village_checks", "village_answers", "regency_checks", "regency_answers",
    )  # fmt: skip

    class Meta:
        model = UsageLimit
        formfield_callback = form_field
        fields = [
            "jobs", "village_checks", "village_answers", "regency_checks", "regency_answers",
        ]  # fmt: skip

    def __init__(self, *args, village_word, **kwargs):
        super().__init__(*args, **kwargs)
        for name, label in OF_A_VILLAGE.items():
            self.fields[name].label = f"{label} sehari, jabatan setingkat {village_word}"

    def clean(self):
        values = super().clean()
        self.ask(self.leaps(self.initial))
        return values
