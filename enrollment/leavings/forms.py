from django import forms
from django.utils import timezone

from enrollment.asking import AsksForFile
from enrollment.leavings import documents, rules
from enrollment.leavings.models import Leaving
from enrollment.leavings.rules import Reason
from enrollment.workbooks.scans import ACCEPTED, LARGEST_MB
from enrollment.workers.checks.dates import read_date
from villages.permissions import VILLAGE
from villages.refusals import Refusal


class LeavingForm(AsksForFile):
    """Why, since when, and what proves it."""

    reason = forms.ChoiceField(label="Mengapa keluar", widget=forms.RadioSelect)
    on = forms.CharField(
        label="Tanggal",
        help_text="Hari meninggal, pindah, atau keluarnya, misalnya 17-08-2026.",
    )
    words = forms.CharField(
        label="Keterangan",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Yang perlu diketahui Dinas, misalnya ke mana pindahnya.",
    )
    file = forms.FileField(
        label="Surat atau fotonya",
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,  # refused with a sentence of its own
        help_text=f"PDF atau foto (JPEG, PNG, HEIC), paling besar {LARGEST_MB} MB. Misalnya surat "
        "kematian. Hanya dapat dibuka wilayahnya, Dinas, admin, dan auditor kabupaten, dan setiap "
        "pembukaan dicatat.",
    )

    def __init__(self, *args, office, **options):
        super().__init__(*args, **options)
        left_out = set(rules.BY_THE_DINAS) if office.role in VILLAGE else set()
        if self.initial.get("reason") != Reason.NOT_PAID:  # what the portal knows itself
            left_out.add(Reason.NOT_PAID)
        self.fields["reason"].choices = [pair for pair in Reason.choices if pair[0] not in left_out]

    def clean_on(self):
        day = read_date(self.cleaned_data["on"], today=timezone.localdate())
        if day is None:
            raise forms.ValidationError("Tulis hari-bulan-tahun, misalnya 17-08-2026.")
        return day

    def leaving(self):
        """What the form says, not saved yet. None, with an error, if the file cannot be taken."""
        values = self.cleaned_data
        made = Leaving(reason=values["reason"], on=values["on"], words=values["words"])
        try:
            if values["file"]:
                documents.attach(made, values["file"])
        except Refusal as refusal:
            self.add_error("file", str(refusal))
            return None
        return made
