"""Forms: which wave is continued, what a gap costs, how often villages verify, and what those are
told whose subsidy ends."""

from django import forms

from enrollment.formats import bulan
from enrollment.numbers import AsksAboutLeaps, RupiahField, WholeField
from enrollment.renewals import notes
from enrollment.renewals.rules import FATES, LACKING, Fate, Loss
from enrollment.reverification.models import LONGEST
from enrollment.workers.filters import PersonFilter


class LinkForm(forms.Form):
    """`LinkForm(data, waves=…)`: those that may be continued."""

    previous = forms.ChoiceField(
        label="Lanjutan dari",
        error_messages={"required": "Pilih program yang dilanjutkan."},
        help_text="Hanya program yang bulannya habis sebelum program ini mulai.",
    )

    def __init__(self, *args, waves, **kwargs):
        super().__init__(*args, **kwargs)
        self.waves = {str(wave.pk): wave for wave in waves}
        self.fields["previous"].choices = [
            ("", "Pilih…"),
            *((pk, f"{wave}, sampai {bulan(wave.last_month)}") for pk, wave in self.waves.items()),
        ]

    @property
    def wave(self):
        return self.waves[self.cleaned_data["previous"]]


class _ResumingForm(forms.Form):
    """The month from which cover goes on; what is left empty is as known."""

    bulan = forms.ChoiceField(label="Keputusan berikutnya membayar mulai")

    def __init__(self, data, *, months, usual):
        choices = [(f"{month:%Y-%m}", bulan(month)) for month in months]
        self.months = dict(zip(dict(choices), months, strict=True))
        chosen = {name: data[name] for name in self.base_fields if data.get(name)}
        super().__init__({"bulan": f"{usual:%Y-%m}", **chosen})
        self.fields["bulan"].choices = choices

    @property
    def resumes(self):
        return self.months[self.cleaned_data["bulan"]]


class GapForm(_ResumingForm):
    """What a gap costs."""

    orang = WholeField(
        label="Menjembatani sebagian saja", required=False, min_value=0, max_value=10_000_000
    )
    harga = RupiahField(label="Iuran seorang sebulan", required=False, min_value=0)


class GapPeopleForm(_ResumingForm):
    """Whom the page of a gap counts, and whom to find among them."""

    q = PersonFilter().field
    golongan = forms.TypedChoiceField(
        label="Bila putus", choices=[("", "Semua"), *Loss.choices], required=False,
        coerce=lambda value: Loss(int(value)), empty_value=None,
    )  # fmt: skip
    akibat = forms.TypedChoiceField(
        label="Akibat", required=False, coerce=FATES.__getitem__, empty_value=None,
        choices=[("", "Semua dengan keputusan"), (LACKING, "Kurang bulan"), *Fate.choices],
    )  # fmt: skip

    @property
    def chosen(self):
        return {
            name: self.data[name] for name in ("q", "golongan", "akibat") if self.data.get(name)
        }


class ReverificationRuleForm(AsksAboutLeaps):
    """How often villages look at their recipients again, before these go on."""

    leaping = ("months",)
    months = WholeField(
        label="Verifikasi ulang tiap", required=False, min_value=1, max_value=LONGEST,
        help_text="Dikosongkan: tidak disyaratkan.",
    )  # fmt: skip

    def clean(self):
        values = super().clean()
        self.ask(self.leaps(self.initial))
        return values


class ReverificationForm(forms.Form):
    """The minutes by which a village has looked at its recipients again."""

    on = forms.DateField(
        label="Tanggal berita acara",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    document = forms.CharField(
        label="Nomor atau nama berita acara", max_length=150,
        help_text="Misalnya: BA 140/12/2026, atau Berita acara musyawarah 5 November.",
    )  # fmt: skip


class SelfPayForm(forms.Form):
    """The text of the notes of a regency."""

    text = forms.CharField(
        label="Isi surat", max_length=3000, widget=forms.Textarea(attrs={"rows": 16}),
        help_text="Baris kosong memisahkan paragraf. {nama}, {akhir}, {batas}, dan {iuran} diganti "
        "untuk setiap orang: namanya, bulan terakhir, hari terakhir, dan iuran sebulan.",
    )  # fmt: skip

    def clean_text(self):
        text = self.cleaned_data["text"]
        if unknown := notes.unknown_in(text):
            named = ", ".join(f"{{{word}}}" for word in unknown)
            raise forms.ValidationError(f"Tidak dikenal: {named}. Pakai empat kata di atas saja.")
        return text
