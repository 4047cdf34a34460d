from django import forms

from enrollment.decrees.by_villages.models import VillageBudget
from enrollment.numbers import ChangesNumbers, form_field

REGENCY, VILLAGES = "kabupaten", "desa"


class WhoDecidesForm(forms.Form):
    """Who names the recipients of a programme."""

    who = forms.ChoiceField(label="Ditetapkan oleh", widget=forms.RadioSelect)

    def __init__(self, *args, head, village_head, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["who"].choices = [
            (REGENCY, f"{head}, untuk seluruh kabupaten"),
            (VILLAGES, f"{village_head.capitalize()}, masing-masing untuk warganya"),
        ]


class BudgetForm(ChangesNumbers):
    """What a village may spend, and by which regulation."""

    leaping = ("ceiling",)

    class Meta:
        model = VillageBudget
        fields = ("ceiling", "document")
        formfield_callback = form_field

    def __init__(self, *args, budget_word, village_word, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ceiling"].label = f"Pagu dari {budget_word}"
        self.fields["document"].label = "Menurut peraturan"
        self.fields["document"].help_text = (
            f"Misalnya Peraturan {village_word.capitalize()} Nomor 7 Tahun 2025 tentang "
            f"{budget_word} Tahun 2026. Dikutip dalam keputusan."
        )
