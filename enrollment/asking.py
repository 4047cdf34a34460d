"""Asking once more before something unusual is kept: what cannot be is refused by the rules, what
is merely unlikely is asked about.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django import forms

AGAIN = "Simpan sekali lagi bila benar."
"""The end of every question."""


class AsksOnce(forms.Form):
    """A form that is refused with its questions the first time, and carries what it has asked. Sent
    again with the same values, it is kept."""

    sure = forms.CharField(required=False, widget=forms.HiddenInput)

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
