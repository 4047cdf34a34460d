"""The printable papers: the statement, the minutes, and the list to sign."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from enrollment.paging import PAGE, Listed, listed
from enrollment.proposals.papers.models import Paper
from enrollment.proposals.papers.rules import (
    day_in_letters,
    days_in_words,
    number_in_letters,
    present,
    rupiah_in_letters,
    short,
)
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure
from enrollment.workers.showing import shown
from villages import access
from villages.accounts.factor.proof import asks_code

MOST_ROWS = 10_000
"""People in one document; a list that is longer is printed in several."""
LINES = 12
"""Lines for the attendance where nobody is typed, and at least."""
SIZES = {"a4": ("A4", "A4"), "f4": ("F4", "215mm 330mm")}
"""Value in an address → its name, and how CSS calls it."""
SIZE = "kertas"


def fetch_paper(request, pk, *, may="paper.view"):
    rows = Paper.objects.select_related("proposal__programme", "proposal__area")
    return access.fetch(request, rows.exclude(sha256=""), may=may, pk=pk)


@require_GET
def statement(request, pk):
    """The head's statement of responsibility (SPTJM)."""
    return _sheet(request, "papers/statement.html", fetch_paper(request, pk))


@require_GET
def minutes(request, pk):
    """The minutes of the village meeting, with what was typed and lines for the rest."""
    paper = fetch_paper(request, pk)
    typed = present(paper.attendance)
    day = paper.meeting_on
    return _sheet(
        request, "papers/minutes.html", paper,
        begun=day_in_letters(day) if day else "",
        present=typed, lines=range(len(typed) + 1, max(LINES, len(typed) + 3) + 1),
    )  # fmt: skip


@require_GET
def people(request, pk):
    """The list to sign. Where it writes NIKs in full, each time it is opened is recorded, and who
    may not unmask sees them masked."""
    paper = fetch_paper(request, pk)
    if paper.is_whole and access.allowed(request.office, "worker.unmask"):
        return _people_in_full(request, paper)
    return _people(request, paper, shown)


@asks_code
def _people_in_full(request, paper):
    show = disclosures.reveal(
        by=request.office, why=Disclosure.Why.PAPER, kind=Disclosure.Kind.EXPORT,
        people=paper.people, area=paper.area_id, subject=f"paper:{paper.pk}",
    )  # fmt: skip
    return _people(request, paper, show)


def _people(request, paper, show):
    page = listed(
        paper.rows.order_by("position"), request.GET, total=paper.people, a_page=MOST_ROWS, whole=()
    )
    for row in page:
        row.nik = show("nik", row.nik)
        row.born = show("birth_date", row.birth_date)
        row.said = days_in_words(row.statement)
    return _sheet(
        request, "papers/people.html", paper, page=page, is_last=not page.has_next(),
        **_others(request, page),
    )  # fmt: skip


def _others(request, page: Listed):
    """The addresses of the documents before and after this one, for a list in several."""
    size = {SIZE: request.GET[SIZE]} if request.GET.get(SIZE) in SIZES else {}
    before = page.has_previous() and page.address(**size, **{PAGE: page.previous_page_number()})
    after = page.has_next() and page.address(**size, **{PAGE: page.next_page_number()})
    return {"before": before, "after": after}


@require_GET
def stylesheet(request, pk, size):
    """The size of the sheets, and what stands at the foot of each: CSS cannot take it from the
    page, and the content security policy allows no style in it."""
    paper = fetch_paper(request, pk)
    foot = f"Naskah Nomor {paper.number}  ·  kode {short(paper.sha256)}"
    css = (
        f"@page {{ size: {SIZES.get(size, SIZES['a4'])[1]}; "
        f'@bottom-left {{ content: "{foot}"; }} }}\n'
    )
    return HttpResponse(css, content_type="text/css; charset=utf-8")


def _sheet(request, template, paper, **context):
    size = request.GET.get(SIZE, "a4")
    size = size if size in SIZES else "a4"
    return render(
        request,
        template,
        {
            "paper": paper,
            "about": paper.about,
            "people_in_letters": number_in_letters(paper.people),
            "total_in_letters": rupiah_in_letters(paper.total),
            "size": size,
            "sizes": [(key, name, key == size) for key, (name, _) in SIZES.items()],
            **context,
        },
    )
