"""Uploading and downloading a table of the settings: form, preview, confirmation, workbook.

One mechanism for every table: a room makes a `Table` and adds its `urls()` to its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from villages.access import require_or_platform
from villages.refusals import Refusal
from villages.tables import LARGEST_FILE, TOO_LARGE
from villages.transfers import ScopedResource, Waiting

NOT_TAKEN = (
    "Tidak ada yang disimpan: data berubah sejak pratinjau. Di bawah ini pratinjau yang sekarang."
)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_SHOWN = 200
"""Rows of a preview, or wrong rows, that one page shows."""
PASTED = 50_000
"""Characters: some thousand rows of quotas."""


class UploadForm(forms.Form):
    """A file, or the rows copied from a spreadsheet."""

    file = forms.FileField(
        label="Berkas (Excel, LibreOffice atau CSV)",
        required=False,
        allow_empty_file=True,  # `read_table` says what to do
    )
    pasted = forms.CharField(
        label="Atau tempel dari Excel",
        help_text="Salin tabelnya beserta judul kolom, lalu tempel di sini.",
        required=False,
        strip=False,
        max_length=PASTED,
        widget=forms.Textarea(attrs={"rows": 4, "wrap": "off"}),
        error_messages={"max_length": "Terlalu panjang untuk ditempel. Unggah berkasnya."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise ValidationError(TOO_LARGE)
        return file

    def clean(self):
        given = super().clean()
        if self.errors:
            return given
        if given.get("file") is None and not (given.get("pasted") or "").strip():
            self.add_error("file", "Pilih berkas, atau tempel tabelnya di bawah.")
        elif given.get("file") is not None and (given.get("pasted") or "").strip():
            self.add_error("pasted", "Pilih satu: berkas, atau yang ditempel.")
        return given

    def content(self):
        file = self.cleaned_data["file"]
        return file.read() if file is not None else self.cleaned_data["pasted"].encode()


def as_it_is(view: Any) -> Any:
    return view


@dataclass(frozen=True)
class Table:
    """A table that goes out as a workbook and comes in again.

    `rows(request)` gives what a download holds, `verb` who may do both, `back` and `back_title` the
    list that it belongs to. `guard` decorates what changes it.
    """

    name: str
    title: str
    resource: type[ScopedResource]
    rows: Callable[[Any], models.QuerySet[Any]]
    back: str
    back_title: str
    verb: str = "settings.change"
    guard: Callable[[Any], Any] = as_it_is

    def urls(self, prefix: str) -> list[URLPattern]:
        name, guard = self.name, self.guard
        ask = require_http_methods(["GET", "HEAD", "POST"])
        return [
            path(f"{prefix}unggah/", ask(guard(self.upload)), name=f"{name}_upload"),
            path(f"{prefix}simpan/", require_POST(guard(self.confirm)), name=f"{name}_confirm"),
            path(f"{prefix}unduh/", require_safe(self.download), name=f"{name}_download"),
        ]

    def upload(self, request: Any) -> HttpResponseBase:
        """Take a file, and show what it would change. Nothing is saved yet."""
        require_or_platform(request, self.verb)
        form = UploadForm(request.POST or None, request.FILES or None)
        if not form.is_valid():
            return self._shown(request, {"form": form})
        waiting = Waiting()
        waiting.save(form.content())
        try:
            return self._previewed(request, waiting, form)
        except Refusal as refusal:
            waiting.remove()
            form.add_error("file", str(refusal))
            return self._shown(request, {"form": form})

    def _previewed(self, request, waiting, form):
        result = self._tried(request, waiting)
        if not result["may_confirm"]:
            waiting.remove()
        return self._shown(request, {"form": form, "waiting": waiting.name, "result": result})

    def _tried(self, request, waiting):
        resource = self._resource(request)
        result = resource.try_out(waiting.read())
        rows = [
            {"line": line, "is_new": row.is_new(), "cells": row.diff}
            for line, row in enumerate(result.rows, start=2)
            if row.is_valid() and not row.is_skip()
        ]
        wrong = list(_wrong(result))
        return {
            "totals": result.totals,
            "rows": rows[:MOST_SHOWN],
            "more": max(len(rows) - MOST_SHOWN, 0),
            "wrong": wrong[:MOST_SHOWN],
            "more_wrong": max(len(wrong) - MOST_SHOWN, 0),
            "leaps": sum(any(cell.leaps for cell in row["cells"]) for row in rows),
            "doubts": resource.doubts,
            "mark": resource.mark(result),
            "may_confirm": not wrong and bool(rows),
        }

    def _shown(self, request, page):
        resource = self._resource(request)
        words = {"table": self, "columns": resource.columns}
        words |= {way: f"{self.name}_{way}" for way in ("upload", "confirm", "download")}
        return render(request, "settings/upload.html", page | words)

    def confirm(self, request: Any) -> HttpResponseBase:
        """Save what the preview has shown. If that is not what would happen now, show it again."""
        require_or_platform(request, self.verb)
        waiting = Waiting(name=request.POST.get("waiting", "-"))
        try:
            seen = request.POST.get("seen", "")
            result = self._resource(request).take(waiting.read(), seen=seen)
            if next(_wrong(result), None):
                messages.error(request, NOT_TAKEN)
                return self._previewed(request, waiting, UploadForm())
        except Refusal as refusal:
            messages.error(request, str(refusal))
            return redirect(f"{self.name}_upload")
        waiting.remove()
        counts = result.totals
        messages.success(
            request,
            f"Tersimpan: {counts['new']} baru, {counts['update']} diubah, "
            f"{counts['skip']} tidak berubah.",
        )
        return redirect(self.back)

    def download(self, request: Any) -> HttpResponseBase:
        require_or_platform(request, self.verb)
        content = self._resource(request).written(self.rows(request))
        name = f"attachment; filename={self.name}.xlsx"
        return HttpResponse(content, WORKBOOK, headers={"Content-Disposition": name})

    def _resource(self, request):
        return self.resource(office=request.office)


@dataclass(frozen=True)
class Wrong:
    """What is wrong in a line of the uploaded table; in none of them: with the table itself."""

    line: int | None
    sentences: list[str]


def _wrong(result):
    for error in result.base_errors:
        yield Wrong(None, [str(error.error)])
    for line, errors in result.row_errors():
        yield Wrong(line + 1, [str(error.error) for error in errors])
    for row in result.invalid_rows:
        yield Wrong(row.number + 1, list(_sentences(row)))


def _sentences(row):
    for errors in row.field_specific_errors.values():
        yield from map(str, errors)
    yield from map(str, row.non_field_specific_errors)
