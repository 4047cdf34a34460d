from django import forms
from django.utils import timezone

from enrollment.asking import AsksOnce
from enrollment.decrees import rules, selection
from enrollment.decrees.models import Decree
from enrollment.decrees.signatories.models import Signatory
from enrollment.programmes import months
from enrollment.workers import search
from enrollment.workers.filters import PersonFilter

DAYS = ["%Y-%m-%d", "%d-%m-%Y", "%d/%m/%Y"]
"""How a day may be written: as browsers send it, and as people type it."""
NO_HEAD = "Pilih penandatangannya. Bila belum ada, tambahkan dahulu di Penandatangan."
NOT_A_DAY = "Tanggal tidak terbaca. Contoh: 17-08-2026."


class DecreeForm(AsksOnce, forms.ModelForm):
    """The texts of a decree; in a draft each of them may still be empty."""

    class Meta:
        model = Decree
        fields = ("number", "date", "title", "legal_basis")
        labels = {"number": "Nomor keputusan", "date": "Tanggal keputusan", "title": "Tentang"}
        help_texts = {
            "number": "Persis seperti pada naskah, misalnya 188/280/KEP/412.013/2023.",
            "title": "Judul keputusan, tanpa kata “tentang”.",
            "legal_basis": "Satu dasar hukum tiap baris: nomor, tanggal, dan judulnya.",
        }
        widgets = {
            "date": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "title": forms.Textarea(attrs={"rows": 2}),
            "legal_basis": forms.Textarea(attrs={"rows": 5}),
        }
        error_messages = {"date": {"invalid": NOT_A_DAY}}

    def __init__(self, *args, programme, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["date"].input_formats = DAYS
        self.programme = programme

    def clean(self):
        values, today = super().clean(), timezone.localdate()
        day, programme = values.get("date"), self.programme
        if day and "date" in self.changed_data:
            wrong = rules.impossible_day(day, today, programme.year, programme.latest_basis)
            if wrong:
                self.add_error("date", wrong)
            else:
                doubt = rules.doubt_about_day(day, *self._months())
                self.ask({"date": doubt} if doubt else {})
        return values

    def _months(self):
        """The first month of those whom the decree names or will name, and how many follow."""
        draft = self.instance
        if draft.entries.exists():
            first = selection.first_month_of(draft)
        else:
            first = months.first_payable(self.programme) or self.programme.first_month
        return first, len(months.in_order(self.programme, first))

    @property
    def words(self):
        """What the decree says, by the names of its fields."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def clean_title(self):
        return " ".join(self.cleaned_data["title"].split())


def choose_signatory(field, decree, among):
    """Let `field` offer these signatories; the head of a village stands in no profile, so one has
    to be chosen."""
    field.queryset = among
    if decree.village_id:
        field.required, field.empty_label = True, "Pilih"
        field.error_messages["required"] = NO_HEAD


class FreezeForm(forms.Form):
    """How the annex is made that goes out to be signed."""

    marking = forms.ChoiceField(
        label="Nomor dan tanggal di lampiran Excel",
        choices=rules.Marking.choices,
        initial=rules.Marking.BLANK,
        widget=forms.RadioSelect,
        help_text="Yang sudah Anda isi di rancangan dicetak apa adanya. Bentuk lampiran PDF "
        "dipilih sewaktu dikirim.",
    )
    signatory = forms.ModelChoiceField(
        label="Ditandatangani oleh",
        queryset=Signatory.objects.none(),
        required=False,
        empty_label="Seperti pada profil kabupaten",
    )

    def __init__(self, *args, decree, **kwargs):
        super().__init__(*args, **kwargs)
        day = decree.date or timezone.localdate()
        serving = Signatory.objects.of(decree.owner_id).holding(day)
        choose_signatory(self.fields["signatory"], decree, serving)
        self.fields["signatory"].initial = serving.first()


class RegistrationForm(forms.Form):
    """On which day BPJS has registered the people of a decree."""

    on = forms.DateField(
        label="Tanggal didaftarkan",
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        initial=timezone.localdate,
        error_messages={"invalid": NOT_A_DAY, "required": "Isi tanggal pendaftarannya."},
    )


class NamedForm(forms.Form):
    """Of those that the decree names whoever is looked for, and of one kecamatan if one is chosen;
    whoever sees one alone (no `districts`) chooses none."""

    q = PersonFilter().field
    kecamatan = forms.ChoiceField(label="Kecamatan", required=False)

    def __init__(self, data, *, districts):
        super().__init__(data)
        named = [(name, name) for name in districts]
        self.fields["kecamatan"].choices = [("", "Semua kecamatan"), *named]
        if not districts:
            del self.fields["kecamatan"]

    @property
    def chosen(self):
        """What is looked for and chosen, without what is not valid."""
        return {name: value for name, value in self.cleaned_data.items() if value}

    def filter(self, people):
        self.is_valid()
        if district := self.chosen.get("kecamatan"):
            people = people.filter(district=district)
        return search.named(people, self.chosen.get("q", ""))
