"""Asking once more before something unusual is kept: what cannot be is refused by the rules, what
is merely unlikely is asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from django import forms
from django.utils import timezone

from enrollment.formats import tanggal

AGAIN = "Simpan sekali lagi bila benar."
"""The end of every question."""
CHOOSE_AGAIN = "Berkas tidak ikut disimpan. Pilih lagi, atau simpan sekali lagi tanpa berkas."
WITHOUT_FILE = "tanpa_berkas"
"""In a form that is sent again without the file that had been chosen: nobody keeps files."""
FAR = 2
"""Years from this one: a day that lies farther away is asked about. 0206 and 2062 are easily typed,
and where the day is a limit they stop everybody's work, or nobody's."""


def doubt_about_day(day: date | None, today: date, far: int = FAR) -> str:
    """A question about a day that is more than `far` years away; empty for any other, and for
    none."""
    return f"{tanggal(day)}?" if day and abs(day.year - today.year) > far else ""


class Answer(forms.CharField):
    """What a form has asked. Nobody types it, so a form in which nothing else is filled in is an
    empty one."""

    widget = forms.HiddenInput

    def has_changed(self, initial: object, data: object) -> bool:
        return False


class AsksOnce(forms.Form):
    """A form that is refused with its questions the first time, and carries what it has asked. Sent
    again with the same values, it is kept. Its template has `{{ form.sure }}`."""

    sure = Answer(required=False)

    def ask(self, questions: Mapping[str, str]) -> None:
        """Ask these questions (field → sentence); called once, at the end of `clean()`."""
        words = "\n".join(f"{name} {question}" for name, question in questions.items())
        answer = sha256(words.encode()).hexdigest() if questions else ""
        if questions and self.cleaned_data.get("sure") != answer:
            for name, question in questions.items():
                self.add_error(name, f"{question} {AGAIN}")
        data: Any = self.data  # a QueryDict
        self.data = data = data.copy()
        data[self.add_prefix("sure")] = answer


class AsksForFile(forms.Form):
    """A form whose file may be left out. Sent again after its session was gone (`accounts.kept`) it
    lacks the file that had been chosen: it is then refused once, with everything that was typed."""

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or self.cleaned_data
        if WITHOUT_FILE in self.data and not self.files:
            for name, field in self.fields.items():
                if isinstance(field, forms.FileField):
                    self.add_error(name, CHOOSE_AGAIN)
        return values


class AsksAboutDays(AsksOnce):
    """A form that asks once more before it keeps a day that is years away. Of a form with days that
    were kept before, only those that change are looked at."""

    days: tuple[str, ...] = ()
    """The fields that are watched."""
    far = FAR
    """Years from this one within which no day is asked about; more where a day is usually the end
    of a long term."""

    def ask_about_days(self) -> None:
        """Called once, at the end of `clean()`."""
        changed = [name for name in self.days if name in self.changed_data]
        today, given = timezone.localdate(), self.cleaned_data
        doubts = {name: doubt_about_day(given.get(name), today, self.far) for name in changed}
        self.ask({name: doubt for name, doubt in doubts.items() if doubt})
