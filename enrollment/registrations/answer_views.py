"""Pages of what BPJS answers: sent, looked at, saved, taken back: HTTP in and out."""

from django.contrib import messages
from django.db.models import Count
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from enrollment.formats import angka
from enrollment.matching import answering
from enrollment.matching.models import TONES, Answer, AnswerFile
from enrollment.matching.rules import State
from enrollment.paging import listed
from enrollment.registrations.forms import AnswersForm, SettleForm, meanings
from enrollment.registrations.views import VIEW, batch_of, told
from enrollment.workers.listing import show_people
from villages.access import allowed, fetch
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def answers_upload(request, pk):
    """Send what BPJS has answered about a batch."""
    batch = batch_of(request, pk, may=answering.PERMISSION)
    form = AnswersForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if form.is_bound and form.is_valid():
        try:
            job = answering.receive(batch, by=request.office, file=form.cleaned_data["file"])
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            return redirect("answers_detail", pk=job.pk)
    return render(request, "registrations/upload.html", {"batch": batch, "form": form})


@require_http_methods(["GET", "HEAD"])
def answers_detail(request, pk):
    """What a file of answers says, before and after it is taken."""
    job = _answers(request, pk)
    if request.htmx:
        if not job.busy:
            return HttpResponseClientRefresh()
        return render(request, "registrations/reading.html", {"job": job})
    return _page(request, job)


def _page(request, job, **forms):
    """The page of a file; `forms`: those that were refused, with what was typed."""
    rows, shown = _shown(request, job.answers.select_related("line", "area"))
    page = listed(rows.order_by("row"), request.GET)
    for answer in page:
        answer.name = answer.line.name if answer.line else answer.name or "–"
    in_doubt = job.answers.exclude(problem="").count()
    context = {
        "job": job, "batch": job.batch, "page": page, "shown": shown, "in_doubt": in_doubt,
        "counts": _outcomes(job), "ready": job.answers.filter(problem="").count(),
        "meanings": forms.get("meanings") or (meanings(job.answers) if job.may_take else None),
        "settle": forms.get("settle") or SettleForm(),
        "may_answer": allowed(request.office, answering.PERMISSION),
    }  # fmt: skip
    return show_people(
        request, "registrations/answers.html", context,
        subject=f"decree:{job.batch.registering.decree_id}",
    )  # fmt: skip


def _shown(request, rows):
    """The answers that the address asks for: doubtful ones, or those of a state; and their name."""
    value = request.GET.get("lihat", "")
    if value == "ragu":
        return rows.exclude(problem=""), "Perlu dilihat"
    if value in set(State):
        return rows.filter(problem="", state=value), State(value).label
    return rows, ""


def _outcomes(job):
    """For the tiles: label, people, tone."""
    rows = job.answers.filter(problem="").order_by().values_list("state")
    counted = dict(rows.annotate(people=Count("pk")))
    return [
        (f"?lihat={state.value}", state.label, counted[state], TONES[state])
        for state in State if state in counted
    ]  # fmt: skip


@require_POST
def answers_explain(request, pk):
    """Say what words mean; it is remembered for the regency."""
    job = _answers(request, pk, may=answering.PERMISSION)
    forms = meanings(job.answers, request.POST)
    if not forms.is_valid():
        return _page(request, job, meanings=forms)
    said = {
        values["words"]: (values["state"], values["reason"])
        for form in forms if (values := form.cleaned_data).get("state")
    }  # fmt: skip
    try:
        count = answering.explain(job, said, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{angka(count)} jawaban sekarang dimengerti.")
    return redirect("answers_detail", pk=pk)


@require_POST
def answers_settle(request, pk):
    """Say which line a doubtful answer is about."""
    job = _answers(request, pk, may=answering.PERMISSION)
    form = SettleForm(request.POST)
    if not form.is_valid():
        return _page(request, job, settle=form)
    try:
        answer = job.answers.get(row=form.cleaned_data["row"])
        answering.settle(answer, by=request.office, key=form.cleaned_data["key"])
    except Answer.DoesNotExist:
        form.add_error("row", "Tidak ada baris dengan nomor itu di berkas ini.")
    except Refusal as refusal:
        form.add_error("key", str(refusal))
    else:
        messages.success(request, "Jawaban dicocokkan.")
        return redirect("answers_detail", pk=pk)
    return _page(request, job, settle=form)


@require_POST
def answers_take(request, pk):
    job = _answers(request, pk, may=answering.PERMISSION)
    told(request, lambda: answering.take(job, by=request.office),
         "Jawaban sedang disimpan. Halaman ini boleh ditutup.")  # fmt: skip
    return redirect("answers_detail", pk=pk)


@require_POST
def answers_take_back(request, pk):
    job = _answers(request, pk, may=answering.PERMISSION)
    told(request, lambda: answering.take_back(job, by=request.office),
         "Jawaban sedang dibatalkan.")  # fmt: skip
    return redirect("answers_detail", pk=pk)


def _answers(request, pk, may=VIEW):
    rows = AnswerFile.objects.select_related(
        "batch__layout", "batch__registering__decree__programme"
    )
    return fetch(request, rows, may=may, pk=pk)
