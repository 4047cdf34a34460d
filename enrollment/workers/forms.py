"""The forms about one person: they keep what was typed; what it means the rules decide."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone

from enrollment.fields.definitions import Kind, Need
from enrollment.fields.person import FIELD, FIELDS, FORM_ORDER, SECTIONS
from enrollment.workers import checking, places
from enrollment.workers.actions import version_of
from enrollment.workers.checks.dates import read_date
from enrollment.workers.checks.findings import Severity, finding
from enrollment.workers.checks.rules import check_person
from enrollment.workers.models import Worker

LONGEST_CELL = 255
"""Characters a field accepts: more than any column keeps, so that the rules see what was typed."""
WIDGETS = {
    "sex": lambda: forms.RadioSelect(choices=Worker.Sex.choices),
    "occupation": lambda: forms.TextInput(attrs={"list": "daftar-pekerjaan"}),
}
"""How a field is asked for that is more than a line of text."""
UNREADABLE = [field for field in FIELDS if field.input and field.input.unreadable]
"""Fields of which the rules say nothing when they cannot be read."""
DATES = [field.name for field in FIELDS if field.kind is Kind.DATE]


class _Typed(forms.CharField):
    """A field of a person, as typed: what is wrong with it the rules say, not the form."""

    def __init__(self, field):
        ask = field.input
        super().__init__(
            label=ask.label or field.label,
            help_text=ask.hint,
            max_length=ask.longest or field.longest or LONGEST_CELL,
            widget=WIDGETS.get(field.name, forms.TextInput)(),
            required=False,
            strip=False,
        )
        self.keyboard, self.half = field.keyboard, ask.half
        self.optional = field.need is Need.MAY
        self.before = "Rp" if field.kind is Kind.RUPIAH else ""
        self.css = "inline" if field.name == "sex" else ""


@dataclass(frozen=True)
class Part:
    """A part of the form: bound fields, and those that are folded away below the words `more`,
    which `stands_open` when one of these holds something or is wrong."""

    key: str
    title: str
    fields: list
    more: str
    folded: list

    @property
    def stands_open(self):
        return any(field.value() or field.errors for field in self.folded)


class WorkerForm(forms.Form):
    """One person's data. After `is_valid()` there is `checked`, a `rules.Checked`."""

    only_warned = False
    """Nothing is wrong: the form came back to show a warning."""
    comparison = ()
    """Rows for `parts/compare.html`: what somebody else saved meanwhile, and what was typed."""

    field_order = ("village", *FORM_ORDER)
    village = forms.ChoiceField(label="Desa")
    consent = forms.BooleanField(
        label="Yang bersangkutan setuju datanya dipakai untuk perlindungan", required=False
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data=None, *, office, village_word="desa", worker=None):
        super().__init__(data, initial=_as_typed(worker) if worker else {})
        self.fields |= {name: _Typed(FIELD[name]) for name in FORM_ORDER}
        self.order_fields(self.field_order)
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
        for field in UNREADABLE:
            if typed.get(field.name, "").strip() and getattr(self.checked, field.name) is None:
                self.add_error(field.name, field.input.unreadable)
        if typed.get("decile", "").strip() and not self.checked.source:
            self.add_error("source", "Sebutkan sumber data untuk desil ini.")

    def _show(self, findings):
        """Put gaps and warnings beside their fields; what is empty in a new form is no news."""
        for name in self.fields:
            self[name].findings = [
                one for one in findings if one.field == name and one.severity is not Severity.ERROR
            ]

    @property
    def parts(self):
        """The parts of the form in the order of the page; the village stands in the first."""
        first = ["village"] if "village" in self.fields else []
        for section in SECTIONS:
            fields = [self[name] for name in (*first, *section.fields)]
            folded = [self[name] for name in section.folded]
            yield Part(section.key, section.title, fields, section.more, folded)
            first = []

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
    for field in DATES:
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
