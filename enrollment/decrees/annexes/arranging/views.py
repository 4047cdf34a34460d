"""The page on which a regency arranges its annexes, with a preview of the first page."""

from base64 import b64encode
from tempfile import TemporaryFile

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from enrollment.decrees.annexes import sample
from enrollment.decrees.annexes.actions import NOT_SET, look_of
from enrollment.decrees.annexes.arranging import actions
from enrollment.decrees.annexes.arranging.forms import ArrangementForm
from enrollment.decrees.annexes.setting import NotSet, first_page, write_pdf
from villages.access import require
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def annex_arrangement(request):
    require(request, "settings.change")
    regency = request.office.area_id
    try:
        form = _form(request, request.POST or None)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("profile_edit")
    if request.method == "POST" and form.is_valid():
        actions.keep(form.instance, by=request.office, **form.look)
        messages.success(request, "Susunan lampiran tersimpan untuk daftar berikutnya.")
        return redirect("annex_arrangement")
    return _page(request, form, actions.arrangement_of(regency))


def _form(request, data):
    regency = request.office.area_id
    return ArrangementForm(
        data, instance=actions.arrangement_of(regency), look=look_of(regency),
        header=sample.header(regency),
    )  # fmt: skip


def _page(request, form, kept):
    """The picture comes with the first change, or when it is asked for: it weighs more than the
    page."""
    context = {"form": form, "own": not kept._state.adding}
    return render(request, "arranging/arrangement.html", context)


@require_POST
def annex_arrangement_shown(request):
    """How an invented annex looks with what is typed: its first page for htmx, else all of it."""
    require(request, "settings.change")
    try:
        form = _form(request, request.POST)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("profile_edit")
    if not form.is_valid():
        if request.htmx:
            wrong = [error for errors in form.errors.values() for error in errors]
            return render(request, "arranging/shown.html", {"wrong": wrong})
        return _page(request, form, actions.arrangement_of(request.office.area_id))
    if request.htmx:
        return render(request, "arranging/shown.html", _preview(form.layout()))
    layout = form.layout()
    try:
        with TemporaryFile() as out:
            write_pdf(out, layout, sample.rows())
            out.seek(0)
            made = out.read()
    except NotSet:
        messages.error(request, NOT_SET)
        return redirect("annex_arrangement")
    answer = HttpResponse(made, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="contoh-lampiran.pdf"'
    return answer


def _preview(layout):
    try:
        picture = first_page(layout, sample.rows())
    except NotSet:
        return {"wrong": [NOT_SET]}
    return {"picture": b64encode(picture).decode()}


@require_POST
def annex_arrangement_back(request):
    require(request, "settings.change")
    try:
        actions.back(request.office.area_id, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Susunan bawaan dipakai lagi untuk daftar berikutnya.")
    return redirect("annex_arrangement")
