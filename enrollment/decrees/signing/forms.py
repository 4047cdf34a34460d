from django import forms

from enrollment.asking import AsksForFile
from enrollment.decrees import rules
from enrollment.decrees.annexes.models import AnnexLook
from enrollment.decrees.forms import DAYS, NOT_A_DAY, choose_signatory
from enrollment.decrees.models import Decree
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing.rules import LARGEST_MB


class SendForm(AsksForFile, forms.ModelForm):
    """How the annex looks that goes out, and what else goes out beside it."""

    class Meta:
        model = AnnexLook
        fields = ("paper", "signing")
        widgets = {"paper": forms.RadioSelect, "signing": forms.RadioSelect}
        help_texts = {
            "paper": "F4 berukuran 215 × 330 mm.",
            "signing": "Tanda tangan basah memberi tempat kosong. Srikandi mengisi nomor, tanggal, "
            "dan tanda tangannya sendiri; BSrE mencari penanda # di halaman terakhir.",
        }

    file = forms.FileField(
        label="Naskah lengkap yang dikirim (PDF)",
        required=False,
        allow_empty_file=True,  # told by the reader, with the file's name
        help_text="Bila surat keputusan dan lampirannya digabung menjadi satu PDF, simpan di sini. "
        "Berkas yang kembali lalu dapat dibandingkan dengannya. "
        f"Paling besar {LARGEST_MB} MB.",
    )

    def __init__(self, *args, may_add_file, **kwargs):
        super().__init__(*args, **kwargs)
        for name in self.Meta.fields:
            self.fields[name].choices = [one for one in self.fields[name].choices if one[0]]
        if not may_add_file:
            del self.fields["file"]

    @property
    def look(self):
        """The chosen paper and way of signing, by their names."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class ReceiveForm(forms.Form):
    """The signed file, and what it bears."""

    file = forms.FileField(
        label="Berkas yang sudah ditandatangani",
        allow_empty_file=True,
        help_text="PDF dari Srikandi atau BSrE, atau pindaian naskah bertanda tangan basah. "
        f"Paling besar {LARGEST_MB} MB. Disimpan apa adanya.",
        error_messages={"required": "Pilih berkasnya."},
    )
    number = forms.CharField(
        label="Nomor keputusan",
        max_length=Decree._meta.get_field("number").max_length,
        help_text="Persis seperti pada naskah, misalnya 188/280/KEP/412.013/2023.",
        error_messages={"required": "Isi nomor pada naskah."},
    )
    date = forms.DateField(
        label="Tanggal keputusan",
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NOT_A_DAY, "required": "Isi tanggal pada naskah."},
    )
    signatory = forms.ModelChoiceField(
        label="Ditandatangani oleh",
        queryset=Signatory.objects.none(),
        required=False,
        empty_label="Seperti pada profil kabupaten",
    )

    def __init__(self, *args, decree, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.decree, self.today = decree, today
        among = Signatory.objects.of(decree.owner_id)
        choose_signatory(self.fields["signatory"], decree, among)

    def clean_date(self):
        day, programme = self.cleaned_data["date"], self.decree.programme
        wrong = rules.impossible_day(day, self.today, programme.year, programme.latest_basis)
        if wrong:
            raise forms.ValidationError(wrong)
        return day

    def clean(self):
        values = super().clean()
        signatory, day = values.get("signatory"), values.get("date")
        if signatory and day and (sentence := signatory.outside_term(day)):
            self.add_error("signatory", sentence)
        return values
