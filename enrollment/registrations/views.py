"""Pages of what goes to BPJS about a decree, and of what it answers: HTTP in and out."""

from django.contrib import messages
from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from enrollment.decrees.models import Decree
from enrollment.matching import batches
from enrollment.matching.models import TONES, Batch, Line
from enrollment.matching.rules import ANSWERS, Kind, State
from enrollment.paging import listed
from enrollment.programmes.models import Payer
from enrollment.registrations import actions, selection
from enrollment.registrations.forms import (
    DefaultsForm,
    KindForm,
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
            told(request, lambda: actions.make(
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
    batch = batch_of(request, pk)
    rows, state = _in_state(request, batch.lines.visible_to(request.office).select_related("area"))
    page = listed(rows.order_by("number"), request.GET)
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
    batch = batch_of(request, pk, may=MAKE)
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
    batch = batch_of(request, pk, may=MAKE)
    told(request, lambda: actions.withdraw(batch, by=request.office),
         "Kiriman dibatalkan. Orangnya dapat dikirim lagi.")  # fmt: skip
    return redirect("registration", pk=batch.registering.decree_id)


def told(request, act, done):
    """Act, and tell how it went."""
    try:
        act()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)


def _decree(request, pk, may=VIEW):
    return fetch(request, Decree.objects.select_related("programme", "amends"), may=may, pk=pk)


def batch_of(request, pk, may=VIEW):
    rows = Batch.objects.select_related("layout", "registering__decree__programme")
    return fetch(request, rows, may=may, pk=pk)
