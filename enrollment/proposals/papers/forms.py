from django import forms

from enrollment.asking import AsksAboutDays
from enrollment.proposals.papers.rules import Asked, Meeting, Nik
from enrollment.workbooks.scans import LARGEST_MB


class PaperRuleForm(forms.Form):
    """What a programme asks of the papers."""

    asked = forms.ChoiceField(
        label="Pindaian naskah yang ditandatangani",
        choices=Asked.choices,
        widget=forms.RadioSelect,
    )
    niks = forms.ChoiceField(
        label="NIK di daftar yang ditandatangani",
        choices=Nik.choices,
        widget=forms.RadioSelect,
        help_text="NIK utuh hanya bila diminta peraturan. Setiap pembukaan daftarnya dicatat.",
    )
    returned_too = forms.BooleanField(
        label="Yang dikembalikan dan sudah diperbaiki juga memerlukan naskah baru", required=False
    )


class MeetingForm(AsksAboutDays):
    """What is known of the village meeting; all of it may be filled in by hand on paper."""

    days = ("on",)

    on = forms.DateField(
        label="Tanggal musyawarah",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    at = forms.TimeField(
        label="Jam",
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
    )
    place = forms.CharField(label="Tempat", required=False, max_length=150)
    attendance = forms.CharField(
        label="Yang hadir",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Satu orang satu baris: nama, koma, jabatan. Mereka menandatangani di kertas.",
    )

    def clean(self):
        values = super().clean()
        self.ask_about_days()
        return values

    @property
    def meeting(self):
        told = {name: self.cleaned_data[name] for name in ("on", "at", "place", "attendance")}
        return Meeting(**told)


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files of one field; each is checked by the action that keeps them."""

    widget = SeveralFiles(attrs={"multiple": True})

    def clean(self, data, initial=None):
        files = data if isinstance(data, (list, tuple)) else [data]
        return [super(FilesField, self).clean(file, initial) for file in files]


class ScanForm(forms.Form):
    """The signed papers as files; `has_scan`: there are some already; `handed_in`: people
    have been handed in with these papers, so that whoever reads them is told of any change."""

    scans = FilesField(
        label="Foto atau pindaian semua halaman",
        allow_empty_file=True,  # told by the reader, with the file's name
        help_text=f"PDF, atau foto setiap halaman (JPEG, PNG, HEIC), paling besar {LARGEST_MB} MB "
        "satu berkas. Sinyal lambat? Kirim beberapa halaman dahulu, lalu tambahkan yang lain.",
    )
    how = forms.ChoiceField(
        label="Pindaian yang sudah ada",
        choices=[("add", "Tambahkan halaman ini"), ("replace", "Ganti dengan yang baru")],
        widget=forms.RadioSelect,
        initial="add",
    )

    knows = forms.BooleanField(
        label="Saya tahu verifikator akan membaca bahwa pindaian berubah sesudah diajukan",
        error_messages={"required": "Centang dahulu: pindaian ini berubah sesudah diajukan."},
    )

    def __init__(self, *args, has_scan, handed_in, **kwargs):
        super().__init__(*args, **kwargs)
        if not has_scan:
            del self.fields["how"]
        if not handed_in:
            del self.fields["knows"]

    @property
    def replaces(self):
        return self.cleaned_data.get("how") == "replace"
