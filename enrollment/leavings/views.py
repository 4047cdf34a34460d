"""Pages of who leaves a programme: HTTP in and out."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enrollment.formats import rupiah
from enrollment.leavings import actions, documents, showing
from enrollment.leavings.filters import LeavingFilter
from enrollment.leavings.forms import LeavingForm
from enrollment.leavings.models import Leaving
from enrollment.paging import listed
from enrollment.proposals import departures
from enrollment.proposals.lists import sorts_by_person
from enrollment.proposals.models import Entry
from enrollment.proposals.verbs import State
from enrollment.workers import search
from enrollment.workers.filters import SearchFilter
from enrollment.workers.listing import show_people
from villages import access
from villages.access import allowed
from villages.accounts.factor.proof import asks_code
from villages.naming import name_apart
from villages.parameters import plain
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def leaving_list(request):
    """Who leaves, the latest first; of one decree if the address names it."""
    access.require(request, "leaving.view")
    asked = search.asked(request)
    if asked.elsewhere:
        return asked.elsewhere
    rows = Leaving.objects.visible_to(request.office).select_related("area", "entry__programme")
    sorts = sorts_by_person("entry__worker_id") | {"alasan": ["reason", "on"], "status": ["state"]}
    found = LeavingFilter(asked.values, queryset=rows, office=request.office)
    page = listed(found.qs, asked.values, sorts=sorts, posted=asked.posted)
    departures.add_people([leaving.entry for leaving in page])
    name_apart([leaving.area for leaving in page], within=request.office.area)
    context = {
        "page": page,
        "filter": found,
        "due": showing.due_people(request.office),
        "may_prepare": allowed(request.office, "leaving.prepare"),
    }
    return show_people(request, "leavings/list.html", context, subject="leaving:list")


@require_http_methods(["GET", "HEAD", "POST"])
def leaving_due(request):
    """People whom a decree names and who have died or moved: each leads to the form."""
    access.require(request, "leaving.prepare")
    asked = search.asked(request)
    if asked.elsewhere:
        return asked.elsewhere
    rows = showing.due(request.office).select_related("area", "programme").order_by("area", "pk")
    found = SearchFilter(asked.values, queryset=rows.prefetch_related("decree_rows__decree"))
    page = listed(
        found.qs, asked.values, sorts=sorts_by_person(), usual="wilayah", stored="wilayah",
        posted=asked.posted,
    )  # fmt: skip
    departures.add_people(page.object_list)
    name_apart([entry.area for entry in page], within=request.office.area)
    for entry in page:
        entry.finding = departures.finding_of(entry, office=request.office)
        entry.why_gone = departures.why_gone(entry)
    context = {"page": page, "filter": found}
    return show_people(request, "leavings/due.html", context, subject="leaving:due")


@require_http_methods(["GET", "HEAD", "POST"])
def leaving_new(request, entry):
    """Keep that an approved person leaves; then the page shows what that means."""
    rows = Entry.objects.select_related("programme", "area").prefetch_related("decree_rows__decree")
    entry = access.fetch(request, rows, may="leaving.prepare", public_id=entry)
    if current := entry.leavings.current().first():
        return redirect("leaving_detail", current.public_id)
    if entry.state != State.APPROVED:
        messages.error(request, actions.NOT_APPROVED)
        return redirect("entry_detail", entry.public_id)
    departures.add_people([entry])
    form = LeavingForm(
        *([request.POST, request.FILES] if request.method == "POST" else []),
        office=request.office, initial=showing.first_guess(entry),
    )  # fmt: skip
    if form.is_valid() and (leaving := form.leaving()):
        try:
            made = actions.prepare(entry, by=request.office, leaving=leaving)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
        else:
            return redirect("leaving_detail", made.public_id)
    return render(request, "leavings/form.html", {"form": form, "entry": entry})


@require_safe
def leaving_detail(request, public_id):
    """What it means, what has happened, and what the office may do."""
    leaving = _leaving(request, public_id, "leaving.view")
    entry, office = leaving.entry, request.office
    departures.add_people([entry])
    name_apart([leaving.area], within=office.area)
    own = actions.is_own(leaving, office)
    context = {
        "leaving": leaving,
        "entry": entry,
        "means": _means(leaving, entry),
        "rests": showing.rests(leaving, office),
        "moments": showing.moments(leaving, request.regency),
        "may_file": leaving.is_prepared and own and allowed(office, "leaving.file"),
        "waits_for_head": leaving.is_prepared and own and not allowed(office, "leaving.file"),
        "may_take_back": leaving.is_open and own and allowed(office, "leaving.prepare"),
        "may_decide": leaving.is_filed and allowed(office, "leaving.decide"),
    }
    return render(request, "leavings/detail.html", context)


def _means(leaving, entry):
    """What it would change: nothing any more once it is decided, or the approval has ended."""
    still = leaving.is_open and entry.state == State.APPROVED
    return showing.consequences(leaving, entry) if still else None


@require_POST
def leaving_file(request, public_id):
    leaving = _leaving(request, public_id, "leaving.file")
    return _do(request, leaving, actions.file, "Terkirim ke Dinas, yang memutuskannya.")


@require_POST
def leaving_approve(request, public_id):
    leaving = _leaving(request, public_id, "leaving.decide")
    try:
        change = actions.approve(leaving, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"Keluar dari program. Bebas: satu tempat dan {rupiah(change.released)}."
        )
    return redirect("leaving_detail", public_id)


@require_POST
def leaving_refuse(request, public_id):
    leaving = _leaving(request, public_id, "leaving.decide")
    said = "Ditolak: orangnya tetap dalam program."
    return _do(request, leaving, actions.refuse, said, reason=_reason(request))


@require_POST
def leaving_take_back(request, public_id):
    leaving = _leaving(request, public_id, "leaving.prepare")
    return _do(request, leaving, actions.take_back, "Ditarik kembali.", reason=_reason(request))


@asks_code
@require_safe
def leaving_document(request, public_id):
    """The document as a download: never shown within the portal's own pages."""
    leaving = _leaving(request, public_id, "leaving.view")
    try:
        content, name, mime = documents.hand_out(leaving, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("leaving_detail", public_id)
    return FileResponse(content, as_attachment=True, filename=name, content_type=mime)


def _reason(request):
    return plain(request.POST.get("reason"))


def _do(request, leaving, action, said, **values):
    try:
        action(leaving, by=request.office, **values)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("leaving_detail", leaving.public_id)


def _leaving(request, public_id, may):
    rows = Leaving.objects.select_related("area", "entry__programme", "decree_row__decree")
    return access.fetch(request, rows, may=may, public_id=public_id)
