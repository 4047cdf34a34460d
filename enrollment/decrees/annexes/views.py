"""Pages of the annexes as PDF: HTTP in and out."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods

from enrollment.decrees import rights
from enrollment.decrees.annexes import actions
from enrollment.decrees.annexes.forms import AnnexPdfForm
from enrollment.decrees.annexes.models import VERBS, AnnexPdf, Version
from enrollment.decrees.models import Decree
from villages.access import fetch
from villages.accounts.factor.proof import asks_code
from villages.refusals import Refusal

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
"""The content type of a Word file."""
DOWNLOADS = {Version.FULL: "annex_pdf_full", Version.MASKED: "annex_pdf_masked"}
WORDS = {Version.FULL: "annex_word_full", Version.MASKED: "annex_word_masked"}


@require_http_methods(["GET", "POST"])
def annex_pdfs(request, pk):
    """The PDFs of a decree, and a form to have another one made (htmx asks for the former)."""
    rows = Decree.objects.select_related("programme")
    decree = rights.fetch(request, rows, may="decree.view", pk=pk)
    form = AnnexPdfForm(request.POST or None)
    if request.method == "POST":
        rights.permit_print(request.office, decree)
    if form.is_bound and form.is_valid():
        try:
            annex = actions.prepare(decree, by=request.office, **form.cleaned_data)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            if annex.done:
                messages.success(request, f"PDF siap diunduh: {annex}.")
        return redirect("annex_pdfs", pk=pk)
    annexes = list(AnnexPdf.objects.visible_to(request.office).of(decree))
    for annex in annexes:
        annex.download = DOWNLOADS[annex.version]
    may_print = decree.is_published or decree.waits_for_people
    context = {
        "decree": decree,
        "form": form,
        "annexes": annexes,
        "busy": any(annex.busy for annex in annexes),
        "may_make": may_print and rights.may_print(request.office, decree),
        "words": _words(decree, request.office) if may_print else [],
    }
    template = "annexes/made.html" if request.htmx else "annexes/pdfs.html"
    return render(request, template, context)


def _words(decree, office):
    """The versions that there are as Word files: their name and address."""
    versions = list(Version) if decree.is_published else [Version.FULL]
    return [(one.label, WORDS[one]) for one in versions if rights.may(office, VERBS[one], decree)]


@asks_code
@require_GET
def annex_pdf_full(request, pk):
    return _download(request, pk, Version.FULL, may="annex.full")


@require_GET
def annex_pdf_masked(request, pk):
    return _download(request, pk, Version.MASKED, may="annex.masked")


@asks_code
@require_GET
def annex_word_full(request, pk):
    return _word(request, pk, Version.FULL, may="annex.full")


@require_GET
def annex_word_masked(request, pk):
    return _word(request, pk, Version.MASKED, may="annex.masked")


def _word(request, pk, version, *, may):
    rows = Decree.objects.select_related("programme", "signatory")
    decree = rights.fetch(request, rows, may=may, pk=pk)
    try:
        made = actions.word_file(decree, version=version, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("annex_pdfs", pk=pk)
    number = slugify(decree.number.replace("/", "-")) or "tanpa-nomor"
    answer = HttpResponse(made, content_type=DOCX)
    name = f"{slugify(Version(version).label)}-{number}.docx"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _download(request, pk, version, *, may):
    rows = AnnexPdf.objects.select_related("decree").filter(version=version)
    annex = fetch(request, rows, may="decree.view", pk=pk)
    rights.permit(request.office, may, annex.decree)
    try:
        actions.hand_out(annex, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("annex_pdfs", pk=annex.decree_id)
    return FileResponse(
        annex.file.open("rb"),
        as_attachment=True,
        filename=annex.filename,
        content_type="application/pdf",
    )
