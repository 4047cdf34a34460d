"""The page on which a regency chooses the words of the question."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from enrollment.illness import actions
from enrollment.illness.rules import QUESTION
from villages import access


class QuestionForm(forms.Form):
    text = forms.CharField(
        label="Pertanyaannya", max_length=150, required=False,
        help_text=f"Yang biasa: “{QUESTION}” Kosongkan untuk memakainya lagi.",
    )  # fmt: skip


@require_http_methods(["GET", "HEAD", "POST"])
def illness_question(request):
    access.require(request, "settings.change")
    now = actions.question(request.office.area_id)
    form = QuestionForm(request.POST or None, initial={"text": now})
    if form.is_valid():
        actions.set_question(form.cleaned_data["text"], by=request.office)
        messages.success(request, "Pertanyaan tersimpan.")
        return redirect("settings")
    return render(request, "illness/question.html", {"form": form})
