from dataclasses import replace

from django import forms

from enrollment.decrees.annexes.layout import Layout
from enrollment.decrees.annexes.models import AnnexLook
from enrollment.decrees.arrangement.models import AnnexArrangement
from enrollment.decrees.arrangement.rules import (
    COLUMNS,
    HEADLINE,
    LONGEST_TITLE,
    MOST_ANNEXES,
    Arrangement,
    Grouping,
    in_order,
    title_of,
    wrong_columns,
)
from enrollment.numbers import WholeField

CROWDED = (
    "Kolom-kolom ini terlalu lebar untuk kertas itu. Kurangi kolomnya, atau pilih kertas mendatar."
)


class ArrangementForm(forms.ModelForm):
    """How a regency arranges its annexes: a place and a title for each column, and the rest."""

    class Meta:
        model = AnnexArrangement
        fields = (
            "grouping", "sums", "headline", "opening", "numeral", "second_title", "second_name",
            "second_nip",
        )  # fmt: skip
        help_texts = {
            "headline": f"Kosongkan untuk “{HEADLINE}”.",
            "opening": "Di bawah judul, di atas tabel.",
            "second_title": "Menandatangani di kiri, misalnya Kepala Dinas Tenaga Kerja.",
            "second_nip": "",
        }
        widgets = {"opening": forms.Textarea(attrs={"rows": 2})}

    numeral = WholeField(
        label="Lampiran ke-",
        required=False,
        min_value=0,
        max_value=MOST_ANNEXES,
        help_text="Isi 2 untuk LAMPIRAN II. Kosongkan bila lampirannya hanya satu.",
    )
    paper = AnnexLook._meta.get_field("paper").formfield(label="Kertas")
    signing = AnnexLook._meta.get_field("signing").formfield(
        label="Cara menandatangani",
        help_text="Penanda di tempat nomor, tanggal, dan tanda tangan sebelum ditandatangani.",
    )

    def __init__(self, *args, look, header, **kwargs):
        super().__init__(*args, **kwargs)
        self.header = header
        self.words = {"village": header.village_word, "district": header.district_word}
        self.initial["numeral"] = self.instance.numeral or None
        self.fields["paper"].initial, self.fields["signing"].initial = look.paper, look.signing
        self.fields["grouping"].choices = [
            (one.value, one.called(header.village_word)) for one in Grouping
        ]
        places = {key: place for place, key in enumerate(self.instance.columns, 1)}
        for key in COLUMNS:
            usual = title_of(key, **self.words)
            self.fields[f"place_{key}"] = WholeField(
                label=f"Urutan {usual}", required=False, min_value=1, max_value=99,
                initial=places.get(key),
            )  # fmt: skip
            self.fields[f"title_{key}"] = forms.CharField(
                label=f"Judul {usual}", required=False, max_length=LONGEST_TITLE,
                initial=self.instance.titles.get(key, ""),
                widget=forms.TextInput(attrs={"placeholder": usual}),
            )  # fmt: skip

    @property
    def columns(self):
        """The fields of the place and of the title of each column."""
        return [(self[f"place_{key}"], self[f"title_{key}"]) for key in COLUMNS]

    def clean_numeral(self):
        return self.cleaned_data["numeral"] or 0

    def clean(self):
        values = super().clean()
        places = {key: values[f"place_{key}"] for key in COLUMNS if values.get(f"place_{key}")}
        self.chosen = in_order(places)
        if wrong := wrong_columns(self.chosen):
            self.add_error(None, wrong)
        second = values.get("second_name") or values.get("second_nip")
        if second and not values.get("second_title"):
            self.add_error("second_title", "Isi jabatannya, atau kosongkan nama dan NIP-nya.")
        self.instance.columns = self.chosen
        self.instance.titles = {
            key: title for key in COLUMNS if (title := values.get(f"title_{key}"))
        }
        if not self.errors and self.layout().crowded:
            self.add_error("paper", CROWDED)
        return values

    @property
    def look(self):
        """The chosen paper and way of signing, by their names."""
        return {name: self.cleaned_data[name] for name in ("paper", "signing")}

    def layout(self):
        """An invented annex as it would be arranged."""
        chosen = {name: self.cleaned_data.get(name) or "" for name in self.Meta.fields}
        chosen["numeral"] = chosen["numeral"] or 0
        arrangement = Arrangement.of(
            {**chosen, "columns": self.instance.columns, "titles": self.instance.titles}
        )
        return Layout(
            replace(self.header, arrangement=arrangement),
            sheet=self.cleaned_data["paper"],
            signing=self.cleaned_data["signing"],
        )
