"""Giving a list to its reader: as a page, all of it to be printed, or as a workbook.

A list is described once, by the `{% table %}` of its page: the workbook has the same columns and
words, so what a page masks is masked in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from lxml import html

from enrollment import paging
from enrollment.formats import angka, tanggal_waktu
from enrollment.workbooks.cells import XLSX
from enrollment.workbooks.listed import text_of, write_list

TOO_LONG = (
    "Satu berkas memuat paling banyak {} baris, dan daftar ini lebih panjang. Saring dahulu, "
    "misalnya per kecamatan, lalu unduh lagi."
)
NO_ROWS = "Daftar ini kosong, jadi tidak ada yang diunduh."
FILTERS = "//*[@class='list-about']"


@dataclass
class Sheet:
    """Takes the rows of the list of a page, instead of drawing them."""

    page: Any
    headings: list[str] = field(default_factory=list)
    numbers: list[bool] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def take(self, items: Any, columns: Sequence[Any], rows: Any) -> None:
        """Other tables of the page are about something else."""
        if items is not self.page:
            return
        self.headings = [column.heading for column in columns]
        self.numbers = [column.num for column in columns]
        read = cache(text_of)  # most cells of a column are like those of other rows
        self.rows = [[read(cell) for cell in row] for row in rows]


def show(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    given: Callable[[int], object] = lambda rows: None,
) -> HttpResponse:
    """Answer with the page, or with a workbook if one is asked for.

    `given` is called with the number of rows of a workbook before it is handed out.
    """
    page = context["page"]
    if page.too_long:
        return _without_file(request, template, context, messages.ERROR, _too_long())
    if page.whole != paging.FILE:
        return render(request, template, context)
    sheet = Sheet(page)
    drawn = render_to_string(template, {**context, "table_for_file": sheet}, request)
    if not sheet.headings:  # without rows a page has no table
        return _without_file(request, template, context, messages.INFO, NO_ROWS)
    given(len(sheet.rows))
    return _workbook(sheet, html.document_fromstring(drawn), by=str(request.user))


def _too_long() -> str:
    return TOO_LONG.format(angka(paging.MOST_IN_A_FILE))


def _without_file(
    request: HttpRequest, template: str, context: dict[str, Any], level: int, sentence: str
) -> HttpResponse:
    """The page, with why there is no file. What was asked by POST is answered at once: the address
    does not say what it was."""
    messages.add_message(request, level, sentence)
    if request.method == "POST":
        return render(request, template, context)
    asked = request.GET.copy()
    asked.pop(paging.FILE, None)
    return redirect(f"{request.path}?{asked.urlencode()}" if asked else request.path)


def _workbook(sheet: Sheet, page: Any, *, by: str) -> HttpResponse:
    """The rows as a file, below what their page says about them."""
    title = _first(page, "//h1")
    described = _first(page, "//*[@class='page-head']//p"), _first(page, FILTERS)
    written = f"Diunduh {tanggal_waktu(timezone.now())} oleh {by}."
    file = BytesIO()
    write_list(
        file, title=title, about=[*filter(None, described), written], headings=sheet.headings,
        numbers=sheet.numbers, rows=sheet.rows,
    )  # fmt: skip
    answer = HttpResponse(file.getvalue(), content_type=XLSX)
    name = f"{slugify(title)[:60] or 'daftar'}-{timezone.localdate():%Y-%m-%d}.xlsx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _first(page: Any, path: str) -> str:
    found = page.xpath(path)
    return text_of(html.tostring(found[0], encoding="unicode", with_tail=False)) if found else ""
