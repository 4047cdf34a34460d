"""The forms about one person: they keep what was typed; what it means the rules decide."""

from django import forms
from django.utils import timezone

from enrollment.workers import checking, places
from enrollment.workers.actions import version_of
from enrollment.workers.checks.dates import read_date
from enrollment.workers.checks.findings import Severity, finding
from enrollment.workers.checks.rules import LONGEST, check_person
from enrollment.workers.models import Worker

LONGEST_CELL = 255
"""Characters a field accepts: more than any column keeps, so that the rules see what was typed."""


class _Typed(forms.CharField):
    """A field of a person, as typed: what is wrong with it the rules say, not the form."""

    def __init__(self, label, hint="", **options):
        options = {"required": False, "max_length": LONGEST_CELL, "strip": False} | options
        super().__init__(label=label, help_text=hint, **options)


class WorkerForm(forms.Form):
    """One person's data. After `is_valid()` there is `checked`, a `rules.Checked`."""

    only_warned = False
    """Nothing is wrong: the form came back to show a warning."""
    comparison = ()
    """Rows for `parts/compare.html`: what somebody else saved meanwhile, and what was typed."""

    village = forms.ChoiceField(label="Desa")
    nik = _Typed("NIK", "16 angka, seperti pada KTP atau KK.")
    kk = _Typed("Nomor KK", "16 angka, di bagian atas Kartu Keluarga.")
    name = _Typed("Nama lengkap", "Seperti pada KTP.", max_length=LONGEST["name"])
    birth_place = _Typed("Tempat lahir", max_length=LONGEST["birth_place"])
    birth_date = _Typed("Tanggal lahir", "Hari-bulan-tahun, misalnya 17-08-1975.")
    sex = _Typed("Jenis kelamin", widget=forms.RadioSelect(choices=Worker.Sex.choices))
    mother_name = _Typed("Nama ibu kandung", "Seperti pada KK.", max_length=LONGEST["mother_name"])
    address = _Typed("Alamat", "Jalan atau nama tempat.", max_length=LONGEST["address"])
    hamlet = _Typed("Dusun atau lingkungan", max_length=LONGEST["hamlet"])
    rt = _Typed("RT", max_length=10)
    rw = _Typed("RW", max_length=10)
    occupation = _Typed(
        "Pekerjaan",
        "Pilih dari daftar yang muncul, atau tulis sendiri.",
        widget=forms.TextInput(attrs={"list": "daftar-pekerjaan"}),
        max_length=LONGEST["occupation"],
    )
    income = _Typed("Penghasilan sebulan", "Perkiraan, misalnya 1500000.", max_length=40)
    phone = _Typed("Nomor HP", "Misalnya 081234567890.", max_length=LONGEST["phone"])
    position = _Typed(
        "Jabatan di RT/RW", "Bila menjabat, misalnya Ketua RT 03.", max_length=LONGEST["position"]
    )
    term_start = _Typed("Mulai menjabat", "Hari-bulan-tahun.", max_length=40)
    source = _Typed("Sumber data", "Misalnya DTSEN 2026-III.", max_length=LONGEST["source"])
    decile = _Typed("Desil", "1 sampai 10.", max_length=10)
    consent = forms.BooleanField(
        label="Yang bersangkutan setuju datanya dipakai untuk perlindungan", required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, office, village_word="desa", worker=None):
        super().__init__(data, initial=_as_typed(worker) if worker else {})
        self.office, self.worker, self.checked = office, worker, None
        if worker or not places.is_wide(office):
            del self.fields["village"]
        else:
            self.fields["village"].label = village_word.capitalize()
            self.fields["village"].choices = [("", "Pilih…"), *places.villages_of(office)]
        if worker:
            self._show(checking.told(worker.findings))

    @property
    def area(self):
        """The village that the person belongs to."""
        if self.worker:
            return self.worker.area_id
        return self.cleaned_data.get("village") or self.office.area_id

    def clean(self):
        self.checked = check_person(self.cleaned_data, **checking.basis())
        if self.worker:
            checking.remember(self.worker, self.checked, checking.TOLD_ELSEWHERE)
        self._look_for_twin()
        for one in self.checked.findings:
            if one.severity is Severity.ERROR and one.field in self.fields:
                self.add_error(one.field, one.message)
        self._refuse_unreadable()
        self._show(self.checked.findings if self.worker else self.warnings)

    def _look_for_twin(self):
        it = self.checked
        twins = Worker.objects.similar_to(nik=it.nik, name=it.name, birth_date=it.birth_date)
        if self.worker:
            twins = twins.exclude(pk=self.worker.pk)
        if "duplicate.similar" not in it.codes and it.name and twins.exists():
            it.findings.append(finding("duplicate.similar"))

    def _refuse_unreadable(self):
        """What is optional and would be lost because it cannot be read is asked for again."""
        typed = self.cleaned_data
        if typed.get("income", "").strip() and self.checked.income is None:
            self.add_error("income", "Tulis satu jumlah dalam rupiah, misalnya 1500000.")
        if typed.get("term_start", "").strip() and self.checked.term_start is None:
            self.add_error("term_start", "Tulis hari-bulan-tahun, misalnya 01-02-2024.")
        if typed.get("decile", "").strip() and self.checked.decile is None:
            self.add_error("decile", "Tulis angka 1 sampai 10.")
        if typed.get("decile", "").strip() and not self.checked.source:
            self.add_error("source", "Sebutkan sumber data untuk desil ini.")

    def _show(self, findings):
        """Put gaps and warnings beside their fields; what is empty in a new form is no news."""
        for name in self.fields:
            self[name].findings = [
                one for one in findings if one.field == name and one.severity is not Severity.ERROR
            ]

    @property
    def more_is_filled(self):
        """Whether the part that is folded away holds something, or something to mend."""
        folded = ("position", "term_start", "source", "decile")
        return any(self[name].value() or self[name].errors for name in folded)

    @property
    def warnings(self):
        return [one for one in self.checked.findings if one.severity is Severity.WARNING]

    @property
    def gaps(self):
        return [one for one in self.checked.findings if one.severity is Severity.GAP]

    def unseen_warnings(self):
        """Warnings that the person at the form has not been shown yet."""
        seen = set(self.cleaned_data["seen"].split())
        if self.worker:
            seen |= set(self.worker.findings)
        return [one for one in self.warnings if one.code not in seen]

    def mark_seen(self):
        """Remember in the form that these warnings have been shown."""
        self._put("seen", " ".join(one.code for one in self.warnings))

    def compare_with(self, worker):
        """Show what somebody else has saved meanwhile beside what was typed; saving once more
        then replaces that."""
        now = _as_typed(worker)
        self.comparison = [
            (self.fields[name].label, now.get(name) or "", typed, True)
            for name, typed in self.data.items()
            if name in now and name != "version" and str(now[name] or "") != typed
        ]
        self._put("version", version_of(worker))

    def _put(self, name, value):
        self.data = self.data.copy()
        self.data[name] = value


def _as_typed(worker):
    values = checking.typed_of(worker)
    for field in ("birth_date", "term_start"):
        values[field] = f"{values[field]:%d-%m-%Y}" if values[field] else ""
    return values | {"consent": bool(worker.consent_on), "version": version_of(worker)}


class EndForm(forms.Form):
    """Why a person's record ends."""

    reason = forms.ChoiceField(
        label="Alasan", choices=Worker.EndReason.choices, widget=forms.RadioSelect
    )
    on = forms.CharField(
        label="Tanggal", help_text="Tanggal meninggal atau pindah, misalnya 17-08-2026."
    )
    document = forms.CharField(
        label="Dokumen",
        help_text="Nama dan nomor surat, misalnya Surat kematian 474.3/12/2026.",
        max_length=200,
    )

    def clean_on(self):
        day = read_date(self.cleaned_data["on"], today=timezone.localdate())
        if day is None:
            raise forms.ValidationError("Tulis hari-bulan-tahun, misalnya 17-08-2026.")
        return day


class ReopenForm(forms.Form):
    """Why an ending was a mistake."""

    reason = forms.CharField(
        label="Alasan dibuka kembali",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
