"""Pages about people: the list, entering, changing, ending and reopening."""

from uuid import UUID

from django.contrib import messages
from django.db.models.functions import ExtractYear, Upper
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST

from enrollment.paging import listed
from enrollment.workers import (
    actions,
    checking,
    disclosures,
    history,
    places,
    search,
)
from enrollment.workers.filters import WorkerFilter
from enrollment.workers.forms import EndForm, ReopenForm, WorkerForm, from_nik
from enrollment.workers.listing import show_people
from enrollment.workers.models import WORK, Disclosure, Occupation, Worker
from villages import naming
from villages.access import allowed, fetch, require
from villages.refusals import Refusal

SORTS = {
    "nama": [Upper("name")],
    "wilayah": [Upper("area__name"), "area_id", Upper("name")],
    "alamat": ["hamlet", "rt", "rw", Upper("name")],
    "lahir": [ExtractYear("birth_date"), Upper("name")],  # of a masked date no more is told
    "pekerjaan": [WORK],
}
AGAIN, ASK_NIK = "lagi", "dari_nik"
"""Buttons of the form: save and go on with the next person; ask the NIK for birth date and sex."""
NO_NIK_YET = "NIK belum diisi dengan benar, jadi belum ada yang dapat diusulkan darinya."
AFTER = "sesudah"
"""In the address of the form: the person entered before."""


@require_http_methods(["GET", "HEAD", "POST"])
def worker_list(request):
    require(request, "worker.view")
    if request.method == "POST":
        return _search(request)
    return search.redirect_without_nik(request) or _list(request, request.GET)


def _search(request):
    typed = request.POST.get("q", "")
    if not search.is_nik(typed):
        return search.searched(request, typed) or _list(request, request.POST)
    try:
        found = search.person_by_nik(request.office, typed)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("worker_list")
    return redirect("worker_detail", found.public_id) if found else _list(request, request.POST)


def _list(request, data):
    office = request.office
    # Not select_related: PostgreSQL would join the whole regency before taking the page from it.
    people = Worker.objects.visible_to(office).prefetch_related("area", "occupation")
    word = request.regency.village_word
    filtered = WorkerFilter(data, queryset=people, office=office, village_word=word)
    page = listed(
        filtered.qs, request.GET, sorts=SORTS, usual="" if places.is_wide(office) else "nama",
        stored="wilayah, lalu nama", total=filtered.total(), sifted=True,
        posted=data.dict() if data is request.POST else None,
    )  # fmt: skip
    naming.name_apart([worker.area for worker in page], within=office.area)
    for worker in page:
        worker.standing = checking.standing(worker)
        worker.work = checking.occupation(worker)
    context = {
        "filter": filtered,
        "page": page,
        "searched_nik": search.is_nik(data.get("q", "")),
        "may_enter": allowed(office, "worker.enter"),
    }
    area = filtered.form.cleaned_data.get("wilayah") if filtered.form.is_valid() else None
    return show_people(request, "workers/list.html", context, area=area)


def _person(request, may, public_id):
    people = Worker.objects.select_related("area", "agency", "occupation")
    return fetch(request, people, may=may, public_id=public_id)


def _posted(request):
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
def worker_new(request):
    """Enter a person; `?sesudah=` is the one entered before, whose place is kept."""
    require(request, "worker.enter")
    word, office, before = request.regency.village_word, request.office, _before(request)
    if ASK_NIK in request.POST:
        typed = _proposed(request)
        form = WorkerForm(office=office, village_word=word, before=before, typed=typed)
        return _form_page(request, form)
    form = WorkerForm(_posted(request), office=office, village_word=word, before=before)
    if form.is_valid() and _warnings_seen(form):
        worker = _saved(request, form, _enter)
        if worker and AGAIN in request.POST:
            return redirect(f"{reverse('worker_new')}?{AFTER}={worker.public_id}")
        if worker:
            return redirect("worker_detail", worker.public_id)
    return _form_page(request, form)


def _before(request):
    try:
        public_id = UUID(request.GET.get(AFTER, ""))
    except ValueError:
        return None
    people = Worker.objects.visible_to(request.office).select_related("occupation")
    return people.filter(public_id=public_id).first()


def _proposed(request):
    """What was typed, with birth date and sex of the NIK where nothing was; nothing is saved."""
    typed = {name: value for name, value in request.POST.items() if value.strip()}
    found = from_nik(typed.get("nik", ""))
    if not found:
        messages.error(request, NO_NIK_YET)
    return found | typed


@require_POST
def worker_from_nik(request):
    """Birth date and sex in a NIK, for the script that proposes them while a form is filled in."""
    require(request, "worker.enter")
    return JsonResponse(from_nik(request.POST.get("nik", "")))


@require_http_methods(["GET", "HEAD", "POST"])
def worker_edit(request, public_id):
    worker = _person(request, "worker.change", public_id)
    there = reverse("worker_detail", args=[worker.public_id])
    return edit(request, worker, template="workers/form.html", then=lambda _: redirect(there))


def edit(request, worker, *, template, then, **context):
    """The form of a registered person. `then`: what follows once it is saved, a function of the
    request; a later room has a `template` of its own around the form, with a `context`."""
    if worker.ended_on:
        messages.error(request, actions.ENDED)
        return redirect("worker_detail", worker.public_id)
    form = WorkerForm(_posted(request), office=request.office, worker=worker)
    if form.is_valid() and _warnings_seen(form) and _saved(request, form, _change):
        return then(request)
    # What was just typed is shown again without a record, but not what is stored beside it.
    if request.method != "POST" or form.comparison:
        disclosures.reveal(by=request.office, why=Disclosure.Why.CHANGE, people=[worker])
    return _form_page(request, form, template, worker=worker, **context)


def _warnings_seen(form):
    """Whether every warning has been shown; if not, the form is shown with them once more."""
    if not form.unseen_warnings():
        return True
    form.mark_seen()
    form.only_warned = True
    return False


def _enter(by, form):
    return actions.enter(
        by=by,
        area=form.area,
        checked=form.checked,
        consent=form.cleaned_data["consent"],
        apart_from=form.apart_from,
        ill=form.too_ill,
    )


def _change(by, form):
    return actions.change(
        by=by,
        worker=form.worker,
        checked=form.checked,
        consent=form.cleaned_data["consent"],
        version=form.cleaned_data["version"],
        apart_from=form.apart_from,
        ill=form.too_ill,
    )


def _saved(request, form, action):
    """The saved person, or None after adding the reason to the form."""
    try:
        worker = action(request.office, form)
    except actions.AlreadyRegistered as refusal:
        url = reverse("worker_detail", args=[refusal.worker.public_id])
        link = format_html('{} <a href="{}">Buka {}</a>', refusal, url, refusal.worker.name)
        form.add_error("nik", link)
    except actions.RegisteredElsewhere as refusal:
        form.add_error("nik", str(refusal))
    except actions.ChangedMeanwhile as refusal:
        form.compare_with(refusal.worker)
        form.changed = history.latest(refusal.worker)
    except Refusal as refusal:
        form.add_error(None, str(refusal))
    else:
        _confirm(request, form)
        return worker


def _confirm(request, form):
    messages.success(request, f"{form.checked.name} tersimpan.")
    if form.gaps:
        missing = ", ".join(gap.label for gap in form.gaps)
        messages.warning(request, f"Belum dapat diusulkan: {missing}. Lengkapi bila sudah ada.")


def _form_page(request, form, template="workers/form.html", **context):
    names = Occupation.objects.values_list("name", flat=True)
    return render(request, template, {"form": form, "occupations": names, **context})


@require_http_methods(["GET", "HEAD", "POST"])
def worker_end(request, public_id):
    worker = _person(request, "worker.end", public_id)
    form = EndForm(_posted(request))
    if form.is_valid():
        try:
            actions.end(by=request.office, worker=worker, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{worker.name} tidak aktif lagi; riwayatnya tetap.")
            return redirect("worker_detail", worker.public_id)
    return render(request, "workers/end.html", {"worker": worker, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def worker_reopen(request, public_id):
    worker = _person(request, "worker.reopen", public_id)
    form = ReopenForm(_posted(request))
    if form.is_valid():
        try:
            actions.reopen(by=request.office, worker=worker, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{worker.name} aktif kembali.")
            return redirect("worker_detail", worker.public_id)
    return render(request, "workers/reopen.html", {"worker": worker, "form": form})
