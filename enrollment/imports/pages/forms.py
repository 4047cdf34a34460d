"""Handing in a list."""

from django import forms

from enrollment.workbooks.inspection import LARGEST_FILE, MEGABYTE
from enrollment.workers import places


class UploadForm(forms.Form):
    """A workbook and, where an office has many villages, which of them it is for."""

    file = forms.FileField(
        label="Berkas daftar",
        help_text="Excel (.xlsx atau .xls), ODS, atau CSV. Cukup ada kolom NIK dan Nama; "
        "urutan dan judul kolom lainnya bebas.",
        allow_empty_file=True,  # why an empty file is not read, the reader says
    )
    area = forms.ChoiceField(label="Daftar ini untuk", required=False)

    def __init__(self, *args, office, village_word="desa", **options):
        super().__init__(*args, **options)
        if places.is_wide(office):
            many = f"Banyak {village_word}, menurut kolom atau nama lembarnya"
            self.fields["area"].choices = [("", many), *places.areas_of(office)]
        else:
            del self.fields["area"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(
                f"Berkas ini lebih besar dari {LARGEST_FILE // MEGABYTE} MB. Bagi menjadi "
                "beberapa berkas, misalnya satu per kecamatan, lalu unggah satu per satu."
            )
        return file


class TemplateForm(forms.Form):
    """Which part of an office's wide area the template is for."""

    wilayah = forms.ChoiceField(label="Templat untuk", required=False)

    def __init__(self, *args, office, village_word, **options):
        super().__init__(*args, auto_id="templat-%s", **options)
        many = f"Banyak {village_word}, dengan kolom kecamatan dan {village_word}"
        self.fields["wilayah"].choices = [("", many), *places.areas_of(office)]
