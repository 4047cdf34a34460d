"""The form that starts a recheck."""

from django import forms

from enrollment.workers import places
from villages import areas


class RecheckForm(forms.Form):
    """The area whose people are checked again."""

    area = forms.ChoiceField(label="Wilayah")

    def __init__(self, data=None, *, office):
        super().__init__(data)
        whole = (office.area_id, f"Seluruh {office.area.name}")
        choices = places.areas_of(office) if areas.level(office.area_id) < areas.VILLAGE else []
        self.fields["area"].choices = [whole, *choices]
