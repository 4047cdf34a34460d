"""Giving a list to its reader: as a page, all of it to be printed, or as a workbook.

A list is described once, by the `{% table %}` of its page: the workbook has the same columns and
words, so what a page masks is masked in the file. Every file is recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.text import slugify
from lxml import html

from enrollment import paging
from enrollment.formats import angka, tanggal_waktu
from enrollment.workbooks.cells import XLSX
from enrollment.workbooks.listed import text_of, write_list
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure

if TYPE_CHECKING:
    from villages.annotations import Request

TOO_MANY = (
    "Satu berkas memuat paling banyak {} baris, dan daftar ini lebih panjang. Saring dahulu, "
    "misalnya per kecamatan, lalu unduh lagi."
)

NO_ROWS = "Daftar ini kosong, jadi tidak ada yang diunduh."
FILTERS = "//*[@class='list-about']"


@dataclass
class Sheet:
    """Takes the rows of the tables of a page, instead of drawing them."""

    headings: list[str] = field(default_factory=list)
    numbers: list[bool] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)

    def take(self, columns: Sequence[Any], rows: Any) -> None:
        """The first table of a page is its list; what follows is about something else."""
        if self.headings:
            return
        self.headings = [column.heading for column in columns]
        self.numbers = [column.num for column in columns]
        read = cache(text_of)  # most cells of a column are like those of other rows
        self.rows = [[read(cell) for cell in row] for row in rows]


def show(
    request: Request,
    template: str,
    context: dict[str, Any],
    *,
    of_people: bool = False,
    subject: str = "list:people",
    area: str | None = None,
) -> HttpResponse:
    """Answer with the page, or with a workbook if the address asks for one.

    `of_people`: its rows are people, so a file is recorded as a download of so many, of `area` and
    with this `subject` (see `disclosures.record`).
    """
    page = context["page"]
    if page.whole != paging.FILE:
        return render(request, template, context)
    if page.has_other_pages():
        messages.error(request, TOO_MANY.format(angka(paging.MOST_IN_A_FILE)))
        return redirect(_without_file(request))
    sheet = Sheet()
    drawn = render_to_string(template, {**context, "table_for_file": sheet}, request)
    if not sheet.headings:  # without rows a page has no table
        messages.info(request, NO_ROWS)
        return redirect(_without_file(request))
    if of_people and request.office:
        disclosures.record(
            by=request.office, kind=Disclosure.Kind.EXPORT, subject=subject,
            area=area or request.office.area_id, people=len(sheet.rows),
        )  # fmt: skip
    return _workbook(sheet, html.document_fromstring(drawn), by=str(request.user))


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


def _without_file(request: Request) -> str:
    asked = request.GET.copy()
    asked.pop(paging.FILE, None)
    return f"{request.path}?{asked.urlencode()}" if asked else request.path
