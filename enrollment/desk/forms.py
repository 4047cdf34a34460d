from django import forms

from enrollment.desk.models import UsualReason
from enrollment.desk.reasons import reasoned


class ReasonForm(forms.ModelForm):
    verb_name = forms.ChoiceField(label="Untuk")

    class Meta:
        model = UsualReason
        fields = ["verb_name", "text"]
        help_texts = {"text": "Dibaca pengusulnya: sebut apa yang harus diperbaiki."}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["verb_name"].choices = [(verb.name, verb.label) for verb in reasoned()]
