from django import forms

from enrollment.matching import rules
from enrollment.matching.rules import ANSWERS, Kind, State
from enrollment.numbers import WholeField
from enrollment.registrations.models import FileDefaults
from enrollment.workbooks.inspection import LARGEST_FILE


class KindForm(forms.Form):
    """Which file is to be made."""

    kind = forms.ChoiceField(choices=Kind.choices)


class DefaultsForm(forms.ModelForm):
    """What the files of a programme say of everybody alike."""

    class Meta:
        model = FileDefaults
        fields = ("place_of_work", "employment", "married")
        widgets = {"married": forms.RadioSelect}
        help_texts = {
            "place_of_work": "Kode dari lembar “Lokasi Pekerjaan” di templat SIPP.",
            "employment": "Isi yang sama untuk semua orang, seperti yang diminta kantor cabang.",
            "married": "Portal tidak mencatat status kawin. Tanpa isian ini semua orang masuk "
            "daftar yang belum lengkap.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["married"].choices = FileDefaults.Married.choices


class AnswersForm(forms.Form):
    """A workbook with what BPJS has answered."""

    file = forms.FileField(
        label="Berkas jawaban BPJS",
        allow_empty_file=True,  # told by the reader
        help_text="Excel, ODS, atau CSV. Harus berkolom NO_PEGAWAI, KPJ, NIK, atau nama, dan "
        f"KPJ atau keterangannya. Paling besar {LARGEST_FILE // 2**20} MB.",
        error_messages={"required": "Pilih berkasnya."},
    )


class SettleForm(forms.Form):
    """Which line a doubtful answer is about."""

    row = WholeField(
        label="Baris di berkas jawaban", min_value=1,
        error_messages={"required": "Isi nomor barisnya, seperti di daftar di atas."},
    )  # fmt: skip
    key = forms.CharField(
        label="Kunci baris di kiriman", max_length=20,
        help_text="Di bawah nama orangnya di halaman kiriman, misalnya K7QF2A-000012.",
        error_messages={"required": "Isi kunci baris orangnya, misalnya K7QF2A-000012."},
    )  # fmt: skip


class MeaningForm(forms.Form):
    """What some words of an answer mean."""

    words = forms.CharField(widget=forms.HiddenInput, max_length=300)
    state = forms.ChoiceField(
        label="Artinya",
        choices=[("", "Belum tahu"), *((state.value, state.label) for state in ANSWERS)],
        required=False,
    )
    reason = forms.CharField(
        label="Golongan alasan", max_length=80, required=False,
        help_text="Untuk yang ditolak, misalnya: tidak bekerja, lewat usia, NIK.",
    )  # fmt: skip

    def clean(self):
        values = super().clean()
        if values.get("state") == State.REFUSED and not values.get("reason"):
            self.add_error("reason", "Isi golongan alasannya, agar yang ditolak dapat dihitung.")
        return values


MeaningFormSet = forms.formset_factory(MeaningForm, extra=0)
MOST_MEANINGS = 30


def meanings(answers, data=None):
    """A form for each wording that nobody has explained, the most frequent first."""
    counted: dict[str, int] = {}
    for words in answers.filter(state="").exclude(label="").values_list("label", flat=True):
        counted[words] = counted.get(words, 0) + 1
    seen = {}
    for words in sorted(counted, key=counted.__getitem__, reverse=True):
        seen.setdefault(rules.plain(words), {"words": words})
    return MeaningFormSet(data, initial=list(seen.values())[:MOST_MEANINGS], prefix="arti")
