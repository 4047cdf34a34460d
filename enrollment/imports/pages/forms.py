"""The forms for uploading a list and for downloading the blank template."""

from django import forms

from enrollment.workbooks.inspection import LARGEST_FILE, MEGABYTE
from enrollment.workers import places


class UploadForm(forms.Form):
    """A workbook and, if the office has many villages, the area that it is for."""

    file = forms.FileField(
        label="Berkas daftar",
        help_text="Excel (.xlsx atau .xls), ODS, CSV, atau hasil ekspor aplikasi seperti OpenSID, "
        "apa adanya. Cukup ada kolom NIK dan Nama; urutan dan judul kolom lainnya bebas.",
        allow_empty_file=True,  # an empty file is refused by the reader, with its own sentence
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
    """The part of an office's area that the template is for."""

    wilayah = forms.ChoiceField(label="Templat untuk", required=False)

    def __init__(self, *args, office, village_word, **options):
        super().__init__(*args, auto_id="templat-%s", **options)
        many = f"Banyak {village_word}, dengan kolom kecamatan dan {village_word}"
        self.fields["wilayah"].choices = [("", many), *places.areas_of(office)]
