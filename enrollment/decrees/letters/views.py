"""Pages of the letter of a decree: HTTP in and out."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enrollment.decrees import rights
from enrollment.decrees.annexes.views import DOCX
from enrollment.decrees.letters import actions, default
from enrollment.decrees.letters.forms import TemplateForm
from enrollment.decrees.letters.models import LetterTemplate
from enrollment.decrees.letters.words import TAGS
from enrollment.decrees.models import Decree
from villages.access import require
from villages.refusals import Refusal


@require_GET
def decree_letter(request, pk):
    """The letter of a decree as a Word file. It names nobody whom the decree grants anything."""
    rows = Decree.objects.select_related("programme__fund", "signatory")
    decree = rights.fetch(request, rows, may="decree.draft", pk=pk)
    try:
        made = actions.letter(decree, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("decree_detail", pk=pk)
    number = slugify(decree.number.replace("/", "-")) or "tanpa-nomor"
    return word_file(made.file, f"surat-keputusan-{number}")


@require_http_methods(["GET", "HEAD", "POST"])
def letter_template(request):
    """The template in use, how a letter looks with it, and a form for another one."""
    require(request, "settings.change")
    form = TemplateForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            kept = actions.take(form.cleaned_data["file"], by=request.office)
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, f"Templat “{kept}” dipakai mulai sekarang.")
            return redirect("letter_template")
    return render(request, "letters/template.html", {"form": form, **_shown(request)})


def _shown(request):
    regency = request.office.area_id
    made, wrong = None, ""
    try:
        made = actions.preview(regency, by=request.office)
        values = actions.values_to_show(regency)
    except Refusal as refusal:
        wrong, values = str(refusal), {}
    return {
        "own": LetterTemplate.objects.in_use(regency),
        "shown": made,
        "wrong": wrong,
        "decree": actions.newest_decree(regency),
        "tags": [(name, what, _example(values.get(name))) for name, what in TAGS.items()],
    }


def _example(value):
    """What a tag gives now; of a list nothing, since the preview shows it."""
    return value if isinstance(value, str) else ""


@require_GET
def letter_template_file(request):
    """The template in use, to be changed in Word."""
    require(request, "settings.change")
    content = actions.template_of(request.office.area_id)
    return word_file(content, "templat-surat-keputusan")


@require_GET
def letter_template_default(request):
    require(request, "settings.change")
    return word_file(default.template(), "templat-bawaan")


@require_GET
def letter_template_preview(request):
    """The letter of the newest decree, or of an invented one, with the template in use."""
    require(request, "settings.change")
    try:
        made = actions.preview(request.office.area_id, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("letter_template")
    return word_file(made.file, "contoh-surat-keputusan")


@require_POST
def letter_template_back(request):
    require(request, "settings.change")
    try:
        actions.back_to_default(by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Templat bawaan dipakai lagi.")
    return redirect("letter_template")


def word_file(content, name):
    answer = HttpResponse(content, content_type=DOCX)
    answer["Content-Disposition"] = f'attachment; filename="{name}.docx"'
    return answer
