"""What a name of a village means, and which rows are people after all."""

import hashlib
from collections import defaultdict

from django import forms
from django.utils.text import capfirst

from enrollment.imports.columns import accounts
from enrollment.imports.pages import named
from enrollment.imports.reading.places import Places
from enrollment.sheets.reading import KINDS
from villages import areas
from villages.models import Area

MOST_NAMES, MOST_ROWS, MOST_OFFERED = 40, 150, 1000


class VillagesForm(forms.Form):
    """A village for each name of a list: first the names that were not found.

    A village is written, with the list's villages to choose from: in a select for each name, a
    regency's villages would make a page that a phone cannot load.
    """

    def __init__(self, *args, job, village_word="desa", **options):
        super().__init__(*args, **options)
        self.job, self.village_word = job, village_word
        self.places = Places(job.area_id)
        names = named.names_of(job)
        names = sorted(names, key=lambda name: bool(name.code))
        self.names, self.left = names[:MOST_NAMES], len(names[MOST_NAMES:])
        self.labels = _labels(job.area_id)
        self.codes = {label.casefold(): code for code, label in self.labels.items()}
        for name in self.names:
            self.fields[_field(name)] = forms.CharField(
                label=name.text, required=False, max_length=200, help_text=name.where,
                initial=self.labels.get(name.code, ""),
                widget=forms.TextInput(attrs={"list": "nama-desa", "autocomplete": "off"}),
            )  # fmt: skip

    @property
    def offered(self):
        """The villages to choose from; none where they are too many for a page."""
        return sorted(self.labels.values()) if len(self.labels) <= MOST_OFFERED else []

    @property
    def lost(self):
        return [self[_field(name)] for name in self.names if not name.code]

    @property
    def found(self):
        return [self[_field(name)] for name in self.names if name.code]

    @property
    def found_open(self):
        return any(field.errors for field in self.found)

    def clean(self):
        values = super().clean()
        for name in self.names:
            text = values.get(_field(name), "")
            if text and not self._code(text):
                self.add_error(_field(name), self._sentence(text))
        return values

    def _code(self, text):
        return self.codes.get(" ".join(text.split()).casefold()) or self.places.find(text, "").code

    def _sentence(self, text):
        if self.places.find(text, "").finding == "village.ambiguous":
            return f"Ada beberapa {self.village_word} bernama itu. Tulis juga kecamatannya."
        return (
            f"Tidak ada {self.village_word} bernama itu di wilayah daftar ini. "
            "Pilih dari saran yang muncul."
        )

    def answers(self):
        """Name as written → the code of its village, of those that were changed; "" takes an
        answer back."""
        found = {}
        for name in self.names:
            field = _field(name)
            text = self.cleaned_data[field]
            if text:
                code = self._code(text)
                if code != name.code:
                    found[name.key] = code
            elif name.code and name.key in self.job.villages:
                found[name.key] = ""
        return found


def _labels(area):
    """Code → name of a village with its district, as it may be written and is understood."""
    rows = Area.objects.within(area).filter(current=True, level__gte=areas.DISTRICT)
    names = dict(rows.values_list("code", "name"))
    return {
        code: f"{name}, {names.get(areas.at_level(code, areas.DISTRICT), '')}".rstrip(", ")
        for code, name in names.items()
        if areas.level(code) == areas.VILLAGE
    }


def _field(name):
    key = f"{name.key}|{name.code or ''}"
    return f"desa-{hashlib.sha256(key.encode()).hexdigest()[:16]}"


class RowsForm(forms.Form):
    """A box for each row that was left out and may be a person, or was said to be one."""

    def __init__(self, *args, job, **options):
        super().__init__(*args, **options)
        self.said = {sheet: set(rows) for sheet, rows in job.said_people.items()}
        self.rows = list(_rows(job))[:MOST_ROWS]
        for at, sheet, row, _, text in self.rows:
            self.fields[f"orang-{at}-{row}"] = forms.BooleanField(
                label=f"Baris {row}: {text}", required=False,
                initial=row in self.said.get(sheet, ()),
            )  # fmt: skip

    @property
    def groups(self):
        """(sheet, kind, boxes), in the order of the list."""
        groups = defaultdict(list)
        for at, sheet, row, kind, _ in self.rows:
            groups[sheet, kind].append(self[f"orang-{at}-{row}"])
        return [(*key, boxes) for key, boxes in groups.items()]

    def people(self):
        """Sheet → rows that are people; what is not on the page stays."""
        chosen = {sheet: set(rows) for sheet, rows in self.said.items()}
        for at, sheet, row, _, _ in self.rows:
            of_sheet = chosen.setdefault(sheet, set())
            of_sheet.discard(row)
            if self.cleaned_data[f"orang-{at}-{row}"]:
                of_sheet.add(row)
        return {sheet: sorted(rows) for sheet, rows in chosen.items()}


def _rows(job):
    """(number of the sheet, its name, row, kind, text): first those that somebody chose."""
    for at, account in enumerate(job.sheets):
        for row in job.said_people.get(account["name"], ()):
            yield at, account["name"], row, "Dibaca sebagai orang", "pilihan Anda"
    for at, (account, texts) in enumerate(zip(job.sheets, job.row_texts, strict=False)):
        for row, (kind, text) in accounts.may_be_people(account, texts).items():
            if row not in job.said_people.get(account["name"], ()):
                yield at, account["name"], row, capfirst(KINDS[kind]), text
