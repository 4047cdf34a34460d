"""Pages of what goes to BPJS about a decree, and of what it answers: HTTP in and out."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from enrollment.decrees.models import Decree
from enrollment.formats import angka
from enrollment.matching import answering, batches
from enrollment.matching.models import TONES, Answer, AnswerFile, Batch, Line
from enrollment.matching.rules import ANSWERS, Kind, State
from enrollment.paging import listed
from enrollment.programmes.models import Payer
from enrollment.registrations import actions, selection
from enrollment.registrations.forms import (
    AnswersForm,
    DefaultsForm,
    KindForm,
    SettleForm,
    meanings,
)
from enrollment.registrations.models import FileDefaults, Registering
from enrollment.workbooks.cells import XLSX
from enrollment.workers.listing import show_people
from villages.access import allowed, fetch, require
from villages.accounts.factor.proof import asks_code
from villages.refusals import Refusal

VIEW, MAKE = "registration.view", actions.MAKE


@require_http_methods(["GET", "HEAD", "POST"])
def registration(request, pk):
    """What is still to be sent about a decree, its files, and how BPJS has answered."""
    decree = _decree(request, pk)
    if request.method == "POST":
        form = KindForm(request.POST)
        if allowed(request.office, MAKE) and form.is_valid():
            _try(request, lambda: actions.make(
                decree, Kind(form.cleaned_data["kind"]), by=request.office
            ), "Berkas sedang dibuat. Halaman ini boleh ditutup.")  # fmt: skip
        return redirect("registration", pk=pk)
    jobs = list(Registering.objects.filter(decree=decree).select_related("batch__layout")[:50])
    shown = {"decree": decree, "jobs": jobs, "busy": any(job.busy for job in jobs)}
    if request.htmx:
        if not shown["busy"]:
            return HttpResponseClientRefresh()
        return render(request, "registrations/files.html", shown)
    counts = selection.counts(decree) if decree.is_published else {}
    files = allowed(request.office, "leaving.file")
    context = {
        **shown,
        "defaults": FileDefaults.objects.filter(pk=decree.programme_id).first(),
        "payer": Payer.objects.filter(programme=decree.programme_id).first(),
        "waiting": [(kind, people) for kind, people in counts.items() if people],
        "results": _results(decree),
        "refused": actions.refused(decree).count() if files else 0,
        "may_make": decree.is_published and allowed(request.office, MAKE),
    }  # fmt: skip
    return render(request, "registrations/decree.html", context)


def _results(decree):
    """For the tiles: state, its name, people, tone."""
    found = selection.results(decree)
    return [
        (state.value, state.label, found[state], TONES[state]) for state in State if state in found
    ]


@require_http_methods(["GET", "HEAD"])
def registration_people(request, pk):
    """Everybody who was sent about a decree, in one state or in all."""
    decree = _decree(request, pk)
    rows = Line.objects.visible_to(request.office).filter(batch__registering__decree=decree)
    rows, state = _in_state(request, rows)
    page = listed(rows.select_related("area").order_by("-pk"), request.GET)
    for line in page:
        line.name, line.nik = line.payload["name"], line.payload["nik"]
    context = {"decree": decree, "page": page, "state": state}
    return show_people(request, "registrations/people.html", context, subject=f"decree:{pk}")


def _in_state(request, rows):
    """The lines in the state that the address asks for, and its name."""
    value = request.GET.get("status", "")
    if value not in set(State):
        return rows, ""
    return rows.filter(state=value), State(value).label


@require_http_methods(["GET", "HEAD", "POST"])
def registration_defaults(request, pk):
    """What the files of the decree's programme say of everybody alike."""
    decree = _decree(request, pk, may=MAKE)
    kept = FileDefaults.objects.filter(pk=decree.programme_id).first()
    defaults = kept or FileDefaults(programme_id=decree.programme_id, regency_id=decree.regency_id)
    form = DefaultsForm(request.POST or None, instance=defaults)
    if request.method == "POST" and form.is_valid():
        actions.set_defaults(form.instance, by=request.office)
        messages.success(request, "Isian disimpan.")
        return redirect("registration", pk=pk)
    return render(request, "registrations/defaults.html", {"decree": decree, "form": form})


@require_POST
def registration_refused(request, pk):
    """Everybody whom BPJS has refused goes to who decides about leavings."""
    decree = _decree(request, pk)
    require(request, "leaving.file")
    try:
        count = actions.file_refused(decree, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, actions.told(count))
    return redirect("registration", pk=pk)


@require_http_methods(["GET", "HEAD"])
def batch_detail(request, pk):
    """The lines of a file: what was sent, what lacks something, what was answered."""
    batch = _batch(request, pk)
    rows, state = _in_state(request, batch.lines.visible_to(request.office).select_related("area"))
    page = listed(rows.order_by("number"), request.GET)
    for line in page:
        line.name, line.nik = line.payload["name"], line.payload["nik"]
    context = {
        "batch": batch, "decree": batch.registering.decree, "page": page, "state": state,
        "states": _states(batch, state), "files": batch.answer_files.all()[:50],
        "may_make": allowed(request.office, MAKE) and batch.is_sent,
        "may_withdraw": not batch.lines.filter(state__in=ANSWERS).exists(),
    }  # fmt: skip
    subject = f"decree:{batch.registering.decree_id}"
    return show_people(request, "registrations/batch.html", context, subject=subject)


def _states(batch, chosen):
    """For the links above the list: state, label, people, whether it is chosen."""
    counted = dict(batch.lines.order_by().values_list("state").annotate(people=Count("pk")))
    return [
        (state.value, state.label, counted[state], state.label == chosen)
        for state in State if state in counted
    ]  # fmt: skip


@asks_code
@require_GET
def batch_file(request, pk, part):
    batch = _batch(request, pk, may=MAKE)
    try:
        made = actions.give_out(batch, part, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("batch_detail", pk=pk)
    answer = HttpResponse(made, content_type=XLSX)
    name = batches.filename(batch, part)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@require_POST
def batch_withdraw(request, pk):
    batch = _batch(request, pk, may=MAKE)
    _try(request, lambda: actions.withdraw(batch, by=request.office),
         "Kiriman dibatalkan. Orangnya dapat dikirim lagi.")  # fmt: skip
    return redirect("registration", pk=batch.registering.decree_id)


@require_http_methods(["GET", "HEAD", "POST"])
def answers_upload(request, pk):
    """Send what BPJS has answered about a batch."""
    batch = _batch(request, pk, may=answering.PERMISSION)
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
    rows = job.answers.select_related("line", "area")
    rows, shown = _shown(request, rows)
    page = listed(rows.order_by("row"), request.GET)
    for answer in page:
        answer.name = answer.line.payload["name"] if answer.line else answer.name or "–"
    in_doubt = job.answers.exclude(problem="").count()
    context = {
        "job": job, "batch": job.batch, "page": page, "shown": shown, "in_doubt": in_doubt,
        "counts": _outcomes(job), "ready": job.answers.filter(problem="").count(),
        "meanings": meanings(job.answers) if job.may_take else None,
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
        problem = next((text for form in forms.errors for texts in form.values() for text in texts),
                       "Isian tidak lengkap. Muat ulang halamannya.")  # fmt: skip
        messages.error(request, problem)
        return redirect("answers_detail", pk=pk)
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
    if form.is_valid():
        answer = get_object_or_404(Answer, file=job, row=form.cleaned_data["row"])
        _try(request, lambda: answering.settle(
            answer, by=request.office, key=form.cleaned_data["key"]
        ), "Jawaban dicocokkan.")  # fmt: skip
    else:
        messages.error(request, "Isi kunci baris orangnya, misalnya K7QF2A-000012.")
    return redirect("answers_detail", pk=pk)


@require_POST
def answers_take(request, pk):
    job = _answers(request, pk, may=answering.PERMISSION)
    _try(request, lambda: answering.take(job, by=request.office),
         "Jawaban sedang disimpan. Halaman ini boleh ditutup.")  # fmt: skip
    return redirect("answers_detail", pk=pk)


@require_POST
def answers_take_back(request, pk):
    job = _answers(request, pk, may=answering.PERMISSION)
    _try(request, lambda: answering.take_back(job, by=request.office),
         "Jawaban sedang dibatalkan.")  # fmt: skip
    return redirect("answers_detail", pk=pk)


def _try(request, act, done):
    """Act, and tell how it went."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def _decree(request, pk, may=VIEW):
    return fetch(request, Decree.objects.select_related("programme", "amends"), may=may, pk=pk)


def _batch(request, pk, may=VIEW):
    rows = Batch.objects.select_related("layout", "registering__decree__programme")
    return fetch(request, rows, may=may, pk=pk)


def _answers(request, pk, may=VIEW):
    rows = AnswerFile.objects.select_related(
        "batch__layout", "batch__registering__decree__programme"
    )
    return fetch(request, rows, may=may, pk=pk)
