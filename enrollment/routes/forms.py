from django import forms

from enrollment.routes.models import Route


class RouteForm(forms.ModelForm):
    class Meta:
        model = Route
        fields = ["desa", "kelurahan"]
        widgets = {"desa": forms.RadioSelect, "kelurahan": forms.RadioSelect}

    def __init__(self, *args, village_word, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["desa"].label = f"Daftar {village_word}"
