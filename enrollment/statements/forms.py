from django import forms

from enrollment.numbers import AsksAboutLeaps, form_field
from enrollment.statements.models import StatementRule
from enrollment.statements.rules import Weight


class StatementRuleForm(AsksAboutLeaps, forms.ModelForm):
    """What a programme asks of new members about their work."""

    leaping = ("months",)

    weight = forms.ChoiceField(
        label="Bila pernyataannya belum ada", choices=Weight.choices, widget=forms.RadioSelect
    )

    class Meta:
        model = StatementRule
        formfield_callback = form_field
        fields = ["weight", "months"]
        labels = {"months": "Berlaku berapa bulan"}
        help_texts = {
            "months": "Sebelum bulan pertama perlindungan; sesudahnya dinyatakan lagi.",
        }

    def clean(self):
        values = super().clean()
        self.ask(self.leaps(self.initial))
        return values
