from django import forms

from enrollment.decrees.annexes.models import AnnexPdf


class AnnexPdfForm(forms.ModelForm):
    """What goes into a PDF, on which paper, and how it will be signed."""

    class Meta:
        model = AnnexPdf
        fields = ("version", "paper", "signing")
        help_texts = {
            "version": "Yang lengkap untuk ditandatangani. Yang untuk diumumkan menyamarkan NIK.",
            "paper": "F4 berukuran 215 × 330 mm. Mendatar lebih lega untuk daftar yang lengkap.",
            "signing": "Nomor dan tanggal tercetak bila sudah ada. Untuk TTE, sistem yang "
            "menandatangani mencari penandanya di halaman terakhir.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.choices = [choice for choice in field.choices if choice[0]]
