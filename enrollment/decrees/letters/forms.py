from django import forms

from enrollment.asking import AsksForFile
from enrollment.decrees.letters.rendering import LARGEST_MB


class TemplateForm(AsksForFile):
    """A regency's own Word template."""

    file = forms.FileField(
        label="Templat Word (.docx)",
        allow_empty_file=True,  # told by the reader
        help_text=f"Paling besar {LARGEST_MB} MB. Sebelum disimpan, dicoba diisi dahulu.",
        error_messages={"required": "Pilih berkasnya."},
    )
