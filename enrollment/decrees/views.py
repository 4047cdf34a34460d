"""Pages of the decrees: HTTP in and out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Min, Sum
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import slugify
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from django_htmx.http import HttpResponseClientRefresh

from enrollment import listing
from enrollment.decrees import actions, preparing, rights, selection, states
from enrollment.decrees.by_villages import money
from enrollment.decrees.codes.rules import in_halves
from enrollment.decrees.forms import DecreeForm, FreezeForm, NamedForm, RegistrationForm
from enrollment.decrees.header import code_of
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.rights import REGISTER
from enrollment.formats import angka
from enrollment.jobs import planning
from enrollment.paging import listed
from enrollment.proposals import departures
from enrollment.proposals.lists import GONE, sorts_by_person
from enrollment.proposals.models import Entry, EntryCount
from enrollment.workbooks.cells import XLSX
from enrollment.workers import search
from enrollment.workers.checks.findings import CODES
from enrollment.workers.filters import SearchFilter
from enrollment.workers.listing import show_people
from villages.access import allowed, require
from villages.accounts.factor.proof import asks_code
from villages.naming import name_apart
from villages.refusals import Refusal


@require_GET
def decree_list(request):
    require(request, "decree.view")
    decrees = Decree.objects.visible_to(request.office)
    decrees = decrees.select_related("programme", "amends", "village")
    context = {
        "page": listed(decrees, request.GET),
        "may_make": rights.may_begin(request.office),
        "own": money.own_programmes(request.office),
        "by_villages": decrees.filter(village__isnull=False).exists(),
    }
    return listing.show(request, "decrees/list.html", context)


def decree_new(request):
    """Choose the programme first, then fill in the texts of the decree."""
    if not rights.may_begin(request.office):
        raise PermissionDenied
    waiting = selection.waiting(request.office)
    programmes = list(rights.programmes_of(request.office).filter(pk__in=waiting))
    for programme in programmes:
        programme.waiting = waiting[programme.pk]
    programme = _chosen(request, programmes)
    if programme is None:
        return render(request, "decrees/choose.html", {"programmes": programmes})
    form = DecreeForm(
        request.POST or None,
        programme=programme,
        initial=preparing.first_words(programme, village=rights.village_of(request.office)),
    )
    if request.method == "POST" and form.is_valid():
        try:
            decree = actions.draft(by=request.office, programme=programme, **form.words)
        except Refusal as refusal:
            form.add_error(_field_of(refusal), str(refusal))
        else:
            messages.success(request, _drafted(decree))
            return redirect("decree_detail", pk=decree.pk)
    return render(request, "decrees/form.html", {"form": form, "programme": programme})


def _drafted(decree):
    if decree.people:
        return f"Rancangan dibuat dengan {angka(decree.people)} orang."
    return "Rancangan dibuat. Daftar orangnya sedang disusun."


def _chosen(request, programmes):
    wanted = request.POST.get("program") or request.GET.get("program", "")
    if not wanted and len(programmes) == 1:
        return programmes[0]
    return next((programme for programme in programmes if str(programme.pk) == wanted), None)


def _field_of(refusal):
    return "number" if str(refusal) in actions.NUMBERS_TAKEN else None


@require_http_methods(["GET", "HEAD", "POST"])
def decree_detail(request, pk):
    """The draft, the progress of issuing (htmx requests only that part), or the issued decree; by
    POST some digits are looked for among its people."""
    decree, asked = _fetch(request, pk, may="decree.view"), search.asked(request)
    return asked.elsewhere or _detail(request, decree, RegistrationForm(), asked)


def _detail(request, decree, registering, asked=search.NOTHING):
    work = preparing.work_on(decree)
    may_make = rights.may(request.office, "decree.make", decree)
    if request.htmx:
        if work is None:
            return HttpResponseClientRefresh()
        context = {"decree": decree, "work": work, "may_make": may_make}
        return render(request, "decrees/working.html", context)
    people = decree.entries.visible_to(request.office)
    totals = people.order_by().values("district").annotate(people=Count("pk"), cost=Sum("cost"))
    districts = list(totals.alias(first=Min("position")).order_by("first"))
    whole = request.office.area_id in (decree.regency_id, decree.village_id)
    several = whole and decree.village_id is None
    found = NamedForm(asked.values, districts=[row["district"] for row in districts if several])
    here = reverse("decree_detail", args=[decree.pk])
    page = listed(
        found.filter(people).order_by("position"), asked.values, posted=asked.posted, path=here
    )
    context = {
        "decree": decree,
        "work": work,
        "page": page,
        "filter": found,
        "districts": districts,
        "whole": whole,
        "several": several,
        "here": f"{here}#h-orang",
        "may_make": may_make,
        "draft": preparing.readiness_of(decree) if decree.is_draft and not work else None,
        "refusal": preparing.refusal_of(decree) if may_make and not work else "",
        "rests": preparing.rests(decree) if may_make else "",
        **_where(request, decree),
        **preparing.amendments_of(decree),
        "may_publish": rights.may_print(request.office, decree),
        "may_print": rights.may(request.office, "annex.full", decree),
        **_public(decree),
        "left": _left(decree, request.office),
        "sees_leavings": allowed(request.office, "leaving.view"),
        "sees_files": allowed(request.office, "registration.view"),
        "registering": registering if rights.may(request.office, REGISTER, decree) else None,
        **_annexes(request, decree),
    }
    return show_people(request, "decrees/detail.html", context, subject=f"decree:{decree.pk}")


def _public(decree):
    """By which code anybody looks the decree up, where, and whether its pages bear it."""
    code = code_of(decree)
    return {
        "code": in_halves(code),
        "public": reverse("public_decree", args=[code]) if code else "",
        "is_printed": "code" in decree.header,
    }


def _where(request, decree):
    """For whoever sees drafts: at which step it stands, what happened, and its files; for whoever
    issues it, what is against that."""
    if not rights.may(request.office, "decree.draft", decree):
        return {}
    opened = rights.may(request.office, "annex.full", decree)
    files = list(decree.files.all()) if opened else []
    taken = list(decree.steps.all())
    steps, step = states.way(decree.state, {one.to_state for one in taken})
    return {
        "step": step,
        "steps": steps,
        "moments": preparing.moments(decree, taken),
        "files": files,
        "differs": _differs(decree) if decree.is_returned else "",
        "wrong": actions.wrongly_signed(decree) if decree.is_returned else "",
        "gone": _gone(decree, request.office) if decree.is_frozen else 0,
        "gone_list": urlencode({"status": GONE}),
    }


def _differs(decree):
    """What is known of the newest signed file, if it can be issued only with a reason."""
    newest = decree.files.filter(seal=decree.sha256, kind="signed").first()
    return newest.proved if newest and newest.needs_reason else ""


def _gone(decree, office):
    """How many of those whom a frozen list names have died or moved away."""
    rows = EntryCount.objects.visible_to(office).filter(gone=True, decree_id=decree.pk)
    return rows.aggregate(people=Sum("people", default=0))["people"]


def _left(decree, office):
    """How many of those whom the decree names have left the programme since."""
    rows = EntryCount.objects.visible_to(office).filter(state=Entry.State.LEFT, decree_id=decree.pk)
    return rows.aggregate(people=Sum("people", default=0))["people"]


def decree_change(request, pk):
    decree = _fetch(request, pk, may="decree.make")
    if not decree.is_draft:
        return _refused(request, decree, actions.why_not_a_draft(decree))
    form = DecreeForm(request.POST or None, programme=decree.programme, instance=decree)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change(decree, by=request.office, **form.words)
        except Refusal as refusal:
            form.add_error(_field_of(refusal), str(refusal))
        else:
            messages.success(request, "Rancangan tersimpan.")
            return redirect("decree_detail", pk=pk)
    return render(
        request,
        "decrees/form.html",
        {"form": form, "programme": decree.programme, "decree": decree},
    )


@require_POST
def decree_refresh(request, pk):
    decree = _fetch(request, pk, may="decree.make")
    try:
        people = actions.refresh(decree, by=request.office)
    except Refusal as refusal:
        return _refused(request, decree, refusal)
    if people is None:
        messages.success(request, "Daftar orangnya sedang disusun lagi.")
    else:
        messages.success(request, f"Daftar disalin lagi: {angka(people)} orang.")
    return redirect("decree_detail", pk=pk)


@require_POST
def decree_review(request, pk):
    """Hand a draft to the legal office."""
    decree = _fetch(request, pk, may="decree.make")
    try:
        actions.give_to_review(decree, by=request.office)
    except Refusal as refusal:
        return _refused(request, decree, refusal)
    messages.success(request, "Tercatat: sedang ditelaah Bagian Hukum. Isian masih dapat diubah.")
    return redirect("decree_detail", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
def decree_freeze(request, pk):
    """Choose how the annex is made, and freeze the list."""
    decree = _fetch(request, pk, may="decree.make")
    if not decree.is_draft:
        return _refused(request, decree, actions.why_not_a_draft(decree))
    form = FreezeForm(request.POST or None, decree=decree)
    if request.method == "POST" and form.is_valid():
        try:
            actions.freeze(decree, by=request.office, **form.cleaned_data)
        except Refusal as refusal:
            return _refused(request, decree, refusal)
        return redirect("decree_detail", pk=pk)
    return render(request, "decrees/freeze.html", {"decree": decree, "form": form})


@require_POST
def decree_stop(request, pk):
    """Stop the job that drafts or freezes the list."""
    decree = _fetch(request, pk, may="decree.make")
    work = preparing.work_on(decree)
    try:
        if work is None or not work.may_stop:
            raise Refusal(actions.NOT_BUSY)
        actions.stop(work.job, by=request.office)
    except Refusal as refusal:
        return _refused(request, decree, refusal)
    messages.success(request, "Dihentikan. Rancangannya tetap seperti sebelumnya.")
    return redirect("decree_detail", pk=pk)


@require_POST
def decree_open_again(request, pk):
    """Take a decree in review, or a frozen one, back to a draft."""
    decree = _fetch(request, pk, may="decree.make")
    try:
        actions.open_again(decree, by=request.office, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _refused(request, decree, refusal)
    messages.success(request, "Kembali ke rancangan. Periksa daftarnya, lalu bekukan lagi.")
    return redirect("decree_detail", pk=pk)


@require_POST
@asks_code
def decree_issue(request, pk):
    decree = _fetch(request, pk, may="decree.make")
    try:
        actions.issue(decree, by=request.office, reason=request.POST.get("reason", ""))
    except Refusal as refusal:
        return _refused(request, decree, refusal)
    return redirect("decree_detail", pk=pk)


@require_POST
def decree_discard(request, pk):
    decree = _fetch(request, pk, may="decree.make")
    try:
        actions.discard(decree, by=request.office)
    except Refusal as refusal:
        return _refused(request, decree, refusal)
    messages.success(request, "Rancangan dibuang. Orang-orangnya tetap disetujui.")
    return redirect("decree_list")


@require_http_methods(["GET", "HEAD", "POST"])
def decree_paid(request, pk):
    """Approved people whose months are already paid by others, so they are not in the draft."""
    decree = _fetch(request, pk, may="decree.draft")
    if not decree.is_draft:
        return _refused(request, decree, actions.why_not_a_draft(decree))
    asked = search.asked(request)
    if asked.elsewhere:
        return asked.elsewhere
    covers = selection.paid_already(decree).visible_to(request.office)
    rows = covers.select_related("worker", "area", "source").order_by("area", "pk")
    found = SearchFilter(asked.values, queryset=rows)
    with planning.reading_whole_tables():
        page = listed(
            found.qs, asked.values, sorts=sorts_by_person(), stored="wilayah", posted=asked.posted
        )
        page.object_list = list(page.object_list)
    name_apart([cover.area for cover in page], within=request.office.area)
    context = {"decree": decree, "page": page, "filter": found}
    return show_people(request, "decrees/paid.html", context, subject=f"decree:{decree.pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def decree_left_out(request, pk):
    """Approved people who are not in the draft since something is against them by now."""
    decree = _fetch(request, pk, may="decree.draft")
    if not decree.is_draft:
        return _refused(request, decree, actions.why_not_a_draft(decree))
    asked = search.asked(request)
    if asked.elsewhere:
        return asked.elsewhere
    rows = Entry.objects.visible_to(request.office).filter(pk__in=[*decree.left_out])
    found = SearchFilter(asked.values, queryset=rows.select_related("area").order_by("area", "pk"))
    page = listed(
        found.qs, asked.values, sorts=sorts_by_person(), usual="wilayah", stored="wilayah",
        posted=asked.posted,
    )  # fmt: skip
    departures.add_people(page.object_list)
    name_apart([entry.area for entry in page], within=request.office.area)
    for entry in page:
        entry.against = [CODES[code].label for code in decree.left_out[str(entry.pk)]]
    context = {"decree": decree, "page": page, "filter": found}
    return show_people(request, "decrees/left_out.html", context, subject=f"decree:{decree.pk}")


@require_POST
def decree_register(request, pk):
    """BPJS says on which day it has registered the people of a decree."""
    decree = _fetch(request, pk, may="decree.register")
    form = RegistrationForm(request.POST)
    if form.is_valid():
        day, today = form.cleaned_data["on"], timezone.localdate()
        try:
            actions.register(decree, by=request.office, on=day, today=today)
        except Refusal as refusal:
            form.add_error("on", str(refusal))
        else:
            messages.success(request, f"Tercatat: {angka(decree.people)} orang sudah didaftarkan.")
            return redirect("decree_detail", pk=pk)
    return _detail(request, decree, form)


@require_POST
def registration_undo(request, pk):
    decree = _fetch(request, pk, may="decree.register")
    actions.take_registration_back(decree, by=request.office)
    messages.success(request, "Catatan pendaftaran dibatalkan.")
    return redirect("decree_detail", pk=pk)


@require_GET
def annex_progress(request, pk):
    decree = _fetch(request, pk, may="decree.view")
    may_make = rights.may(request.office, "decree.make", decree)
    return render(
        request,
        "decrees/annexes.html",
        {"decree": decree, "may_make": may_make, **_annexes(request, decree)},
    )


@require_POST
def annex_again(request, pk):
    decree = _fetch(request, pk, may="decree.make")
    actions.print_again(decree, by=request.office)
    return redirect("decree_detail", pk=pk)


@asks_code
@require_GET
def annex_full(request, pk):
    return _download(request, pk, "annex.full", DecreeAnnex.Version.FULL)


@require_GET
def annex_masked(request, pk):
    return _download(request, pk, "annex.masked", DecreeAnnex.Version.MASKED)


def _download(request, pk, verb, version):
    decree = _fetch(request, pk, may=verb)
    try:
        annex = actions.hand_out(decree, version=version, by=request.office)
    except Refusal as refusal:
        return _refused(request, decree, refusal)
    number = slugify(decree.number.replace("/", "-")) or "tanpa-nomor"
    return FileResponse(
        annex.file.open("rb"),
        as_attachment=True,
        filename=f"{slugify(annex.get_version_display())}-{number}.xlsx",
        content_type=XLSX,
    )


def _fetch(request, pk, *, may):
    return rights.fetch(
        request,
        Decree.objects.select_related("programme", "signatory", "amends", "village"),
        may=may,
        pk=pk,
    )


def _annexes(request, decree):
    """The annex files that the office may open, and whether they are finished."""
    annexes = DecreeAnnex.objects.visible_to(request.office).filter(decree=decree)
    if not rights.may(request.office, "annex.full", decree):
        annexes = annexes.exclude(version=DecreeAnnex.Version.FULL)
    annexes = list(annexes)
    for annex in annexes:
        annex.download = preparing.DOWNLOADS[annex.version]
        annex.button = annex.download.button if decree.is_published else "btn-quiet"
    return {
        "annexes": annexes,
        "busy": any(annex.busy for annex in annexes),
        "given_up": any(annex.refused for annex in annexes),
    }


def _refused(request, decree, sentence):
    messages.error(request, str(sentence))
    if not Decree.objects.filter(pk=decree.pk).exists():  # discarded meanwhile
        return redirect("decree_list")
    return redirect("decree_detail", pk=decree.pk)
