from django import forms

from enrollment.limits.models import UsageLimit
from enrollment.numbers import AsksAboutLeaps, form_field


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

    def clean(self):
        values = super().clean()
        self.ask(self.leaps(self.initial))
        return values
