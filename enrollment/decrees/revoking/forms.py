from django import forms

from enrollment.decrees.forms import DAYS, NOT_A_DAY
from enrollment.decrees.models import DecreeRevocation
from enrollment.decrees.signing.rules import LARGEST_MB


class RevokeForm(forms.Form):
    """By which document a decree is revoked, and why."""

    number = forms.CharField(
        label="Nomor keputusan pencabutan",
        max_length=DecreeRevocation._meta.get_field("number").max_length,
        error_messages={"required": "Isi nomor pada naskah pencabutan."},
    )
    date = forms.DateField(
        label="Tanggal pencabutan",
        input_formats=DAYS,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": NOT_A_DAY, "required": "Isi tanggal pada naskah pencabutan."},
    )
    reason = forms.CharField(
        label="Alasan",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Tercatat di perjalanan keputusan; tidak tampil di halaman umum.",
        error_messages={"required": "Tulis alasannya."},
    )
    file = forms.FileField(
        label="Naskah pencabutan",
        allow_empty_file=True,  # told by the reader, with the file's name
        help_text=f"PDF atau pindaian yang sudah ditandatangani, paling besar {LARGEST_MB} MB.",
        error_messages={"required": "Pilih berkasnya."},
    )
