"""The forms about a person. They keep what was typed; the rules decide what it means."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone

from enrollment.fields.definitions import Kind, Need
from enrollment.fields.person import FIELD, FIELDS, FORM_ORDER, SECTIONS
from enrollment.formats import tanggal
from enrollment.illness import actions as illness
from enrollment.workers import checking, places, twins
from enrollment.workers.actions import version_of
from enrollment.workers.checks.dates import read_date
from enrollment.workers.checks.findings import Severity, finding
from enrollment.workers.checks.mismatch import birth_of, with_both
from enrollment.workers.checks.nik import check_nik, sex_of
from enrollment.workers.checks.rt_rw import is_read
from enrollment.workers.checks.rules import check_person
from enrollment.workers.models import Worker
from enrollment.workers.showing import told_apart

LONGEST_CELL = 255
"""Characters that an input accepts unless its field says otherwise."""
WIDGETS = {
    "sex": lambda: forms.RadioSelect(choices=Worker.Sex.choices),
    "occupation": lambda: forms.TextInput(attrs={"list": "daftar-pekerjaan"}),
}
"""The widgets of fields that need more than a line of text."""
UNREADABLE = [field for field in FIELDS if field.input and field.input.unreadable]
"""Fields for which the rules have no finding when they cannot be read."""
KEPT_FROM_BEFORE = ("village", "address", "hamlet", "rt", "rw", "occupation")
"""What the people of one place have in common: kept from one person to the next."""
FROM_BEFORE = "Dari orang sebelumnya."
OTHERS = "orang_lain"
"""The boxes that tell the person apart from similar ones."""
STILL_WORKS = ("workplace", "work")
"""What somebody says of a person's work, without who says it and when."""
STATEMENT = (*STILL_WORKS, "work_said_by", "work_said_on")
IF_ASKED = "Wajib untuk peserta baru bila program memintanya."
"""Stands beside the fields of `STATEMENT`: a person's data are complete without them."""
ILL = {"tidak": False, "ya": True}
"""The answers to the question whether somebody is too ill to work."""
ABOUT_ILL = (
    "Boleh tidak dijawab, dan tidak menggugurkan siapa pun. Jawabannya hanya dibaca verifikator "
    "Dinas; tidak ditampilkan lagi, juga kepada Anda."
)
DATES = [field.name for field in FIELDS if field.kind is Kind.DATE]


class _Typed(forms.CharField):
    """A field of a person, as typed. It is not validated here: that is done by the rules."""

    def __init__(self, field):
        ask, is_asked = field.input, field.name in STATEMENT
        super().__init__(
            label=ask.label or field.label,
            help_text=f"{ask.hint} {IF_ASKED}".strip() if is_asked else ask.hint,
            max_length=ask.longest or field.longest or LONGEST_CELL,
            widget=WIDGETS.get(field.name, forms.TextInput)(),
            required=False,
            strip=False,
        )
        self.keyboard, self.half = field.keyboard, ask.half
        self.optional = field.need is Need.MAY and not is_asked
        self.before = "Rp" if field.kind is Kind.RUPIAH else ""
        self.css = "inline" if field.name == "sex" else ""


class _Ill(forms.ChoiceField):
    """Whether the person is too ill to work. It begins empty, whatever has been answered."""

    keyboard, half, before, css, optional = "text", False, "", "inline", True

    def __init__(self):
        super().__init__(
            required=False, widget=forms.RadioSelect, help_text=ABOUT_ILL,
            choices=[("tidak", "Tidak"), ("ya", "Ya, sakit berat")],
        )  # fmt: skip


class _Says(forms.BooleanField):
    """One press for who says it and on what day: nothing is filled in that nobody has said."""

    keyboard, half, before, css, optional = "text", False, "", "", False


@dataclass(frozen=True)
class Part:
    """A part of the form: bound fields, and those that are folded away below the words `more`.

    The folded part `stands_open` when one of its fields has a value or an error.
    """

    key: str
    title: str
    fields: list
    more: str
    folded: list

    @property
    def stands_open(self):
        return any(field.value() or field.errors for field in self.folded)


class WorkerForm(forms.Form):
    """One person's data. After `is_valid()`, `checked` is a `rules.Checked`."""

    only_warned = False
    """There is no error: the form is shown again because of warnings only."""
    comparison = ()
    """Rows that compare what somebody else has saved meanwhile with what was typed."""
    from_nik = "Diusulkan dari NIK. Cocokkan dengan KTP."
    """Stands beside what the NIK proposes, as the script does, too."""
    similar, apart_from = (), ()
    """People of the same name and birth date; those of them who are said to be others."""

    field_order = ("village", *FORM_ORDER)
    village = forms.ChoiceField(label="Desa")
    consent = forms.BooleanField(
        label="Yang bersangkutan setuju datanya dipakai untuk perlindungan", required=False
    )
    i_say = _Says(label="Saya sendiri yang menyatakannya, hari ini", required=False)
    ill = _Ill()
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    version = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, data=None, *, office, village_word="desa", worker=None, before=None, typed=None
    ):
        """`before`: the person entered before this one; what both have in common is kept. `typed`:
        to be typed on, with nothing said about it yet."""
        common = _in_common(before)
        super().__init__(data, initial=(_as_typed(worker) if worker else common) | (typed or {}))
        self.fields |= {name: _Typed(FIELD[name]) for name in FORM_ORDER}
        self.order_fields(self.field_order)
        self.office, self.worker, self.checked = office, worker, None
        if worker or not places.is_wide(office):
            del self.fields["village"]
        else:
            self.fields["village"].label = village_word.capitalize()
            self.fields["village"].choices = [("", "Pilih…"), *places.villages_of(office)]
        self.fields["ill"].label = illness.question(office.area_id)
        if worker and (on := illness.answered([worker.pk]).get(worker.pk)):
            told = f"Sudah dijawab {tanggal(timezone.localdate(on))}; isi lagi bila berubah. "
            self.fields["ill"].help_text = told + ABOUT_ILL
        if not worker and not self.is_bound:
            self.fields["nik"].widget.attrs["autofocus"] = True
        self.before = before
        kept = [name for name in common if name in self.fields and self._is_still(name, common)]
        self._mark(kept, FROM_BEFORE, "is-kept")
        self._mark(from_nik(typed.get("nik", "")) if typed else (), self.from_nik, "is-proposed")
        if worker:
            self._show_stored(worker)

    def _is_still(self, name, common):
        return self[name].value() and self[name].value() == common[name]

    def _mark(self, names, hint, css):
        """Say of fields that the portal has filled them."""
        for name in names:
            self[name].help_text = hint
            field = self.fields[name]
            field.css = f"{getattr(field, 'css', '')} {css}".strip()

    def _show_stored(self, worker):
        self.checked = worker
        self._show(checking.as_findings(worker.findings))
        if not self.is_bound and twins.SIMILAR in worker.findings:
            self._find_similar(worker)

    @property
    def area(self):
        """The village that the person belongs to."""
        if self.worker:
            return self.worker.area_id
        return self.cleaned_data.get("village") or self.office.area_id

    @property
    def too_ill(self):
        """What was answered just now; None where nothing was."""
        return ILL.get(self.cleaned_data.get("ill"))

    def _say(self):
        """Who saves the form says that the person works, today, if they have ticked that."""
        typed = self.cleaned_data
        if not typed.get("i_say"):
            return
        if not any(typed.get(name, "").strip() for name in STILL_WORKS):
            self.add_error("work", "Tulis apa yang dikerjakan atau di mana, baru nyatakan.")
            return
        typed["work_said_by"] = str(self.office.user)
        typed["work_said_on"] = f"{timezone.localdate():%d-%m-%Y}"

    def clean(self):
        self._say()
        self.checked = check_person(self.cleaned_data, **checking.basis())
        if self.worker:
            checking.carry_over(self.worker, self.checked, checking.NOT_FOUND_AGAIN)
        self._look_for_similar()
        refused = set(self.errors)  # read as empty, which it is not
        for found in self.checked.findings:
            if found.severity is Severity.ERROR and found.field in self.fields.keys() - refused:
                self.add_error(found.field, found.message)
        self._refuse_unreadable()
        # In a new form it is plain to see which fields are empty.
        self._show(self.checked.findings if self.worker else self.warnings)

    def _look_for_similar(self):
        person = self.checked
        if not person.name:
            return
        self._find_similar(person)
        said = set(self.data.getlist(OTHERS))
        for other in self.similar:
            other.is_apart = str(other.public_id) in said
        self.apart_from = [other for other in self.similar if other.is_apart]
        # A stored finding stays where nobody similar is seen: the other may be in another village.
        if self.similar:
            person.findings = [found for found in person.findings if found.code != twins.SIMILAR]
        if len(self.apart_from) < len(self.similar):
            person.findings.append(finding(twins.SIMILAR))

    def _find_similar(self, person):
        self.similar = twins.of(
            nik=person.nik, name=person.name, birth_date=person.birth_date, person=self.worker
        )
        for other in self.similar:
            other.where = ", ".join(filter(None, [other.area.name, told_apart(other)]))

    def _refuse_unreadable(self):
        """Refuse optional values that cannot be read: they would be lost without notice."""
        typed = self.cleaned_data
        for field in UNREADABLE:
            if typed.get(field.name, "").strip() and getattr(self.checked, field.name) is None:
                self.add_error(field.name, field.input.unreadable)
        self._refuse_letters_in_rt()
        if "term_end.early" in self.checked.codes:
            self.add_error("term_end", "Lebih awal daripada mulai menjabat. Periksa tanggalnya.")
        if typed.get("decile", "").strip() and not self.checked.source:
            self.add_error("source", "Sebutkan sumber data untuk desil ini.")

    def _refuse_letters_in_rt(self):
        """RT and RW are numbers; what a list has brought otherwise may stay until it is changed."""
        for name in ("rt", "rw"):
            read = getattr(self.checked, name)
            if read and not is_read(read) and read != getattr(self.worker, name, ""):
                label = self.fields[name].label
                self.add_error(name, f"{label} hanya angka, paling banyak tiga, misalnya 003.")

    def _show(self, findings):
        """Show gaps and warnings beside their fields (errors are shown as the form's errors)."""
        refused = {f"{name}.unread" for name in self.errors}
        refused |= {"rt.unread"} if "rw" in self.errors else set()
        refused |= {"term_end.early"} if "term_end" in self.errors else set()
        shown = [
            self._with_both(found)
            for found in findings
            if found.severity is not Severity.ERROR and found.code not in refused
        ]
        for name in self.fields:
            self[name].findings = [found for found in shown if found.field == name]

    def _with_both(self, found):
        person = self.checked
        return with_both(
            found, nik=person.nik, birth_date=person.birth_date, sex=person.sex,
            today=timezone.localdate(),
        )  # fmt: skip

    @property
    def parts(self):
        """The parts of the form in the order of the page; the village is in the first."""
        first = ["village"] if "village" in self.fields else []
        for section in SECTIONS:
            fields = [self[name] for name in (*first, *section.fields)]
            if section.key == "masih":
                fields.append(self["i_say"])
            folded = [self[name] for name in section.folded]
            yield Part(section.key, section.title, fields, section.more, folded)
            first = []
        yield Part("sehat", "Kesehatan", [self["ill"]], "", [])

    @property
    def warnings(self):
        warnings = [found for found in self.checked.findings if found.severity is Severity.WARNING]
        return [self._with_both(found) for found in warnings]

    @property
    def gaps(self):
        return [found for found in self.checked.findings if found.severity is Severity.GAP]

    def unseen_warnings(self):
        """Warnings that have not been shown to the user yet."""
        seen = set(self.cleaned_data["seen"].split())
        if self.worker:
            seen |= set(self.worker.findings)
        return [warning for warning in self.warnings if warning.code not in seen]

    def mark_seen(self):
        """Store in the form that these warnings have been shown."""
        self._put("seen", " ".join(warning.code for warning in self.warnings))

    def compare_with(self, worker):
        """Show what somebody else has saved meanwhile beside what was typed. Saving again then
        replaces it."""
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


def from_nik(typed):
    """What a NIK as typed says of its holder, as the form's values; nothing if it is none."""
    nik, _ = check_nik(typed)
    born = nik and birth_of(nik, timezone.localdate())
    return {"birth_date": f"{born:%d-%m-%Y}", "sex": sex_of(nik)} if born else {}


def _in_common(before):
    if not before:
        return {}
    values = checking.typed_of(before) | {"village": before.area_id}
    return {name: values[name] for name in KEPT_FROM_BEFORE}


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
