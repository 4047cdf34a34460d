"""Pages of renewal: which wave is continued, the list of differences, and what a gap would cost."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from enrollment.among import Among
from enrollment.formats import angka
from enrollment.paging import PRINT, listed
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import departures
from enrollment.proposals.lists import sorts_by_person
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.verbs import PICK
from enrollment.renewals import actions, differences, gaps, notes, renewing
from enrollment.renewals.filters import DifferenceFilter, RecipientFilter
from enrollment.renewals.forms import GapForm, GapPeopleForm, LinkForm, SelfPayForm
from enrollment.renewals.models import Continuation, SelfPayText
from enrollment.renewals.rules import LACKING, LESS_FOR_A_FAMILY, Fate, Loss
from enrollment.workers import search
from enrollment.workers.listing import show_people
from villages import access
from villages.naming import name_apart
from villages.refusals import Refusal


@require_http_methods(["GET", "HEAD", "POST"])
def renewal(request, pk):
    """Who of the last list is not on the new one; for the Dinas also the job that begins lists."""
    programme = _programme(request, pk, may="renewal.people_view")
    link = Continuation.objects.select_related("programme", "previous").filter(pk=pk).first()
    if link is None:
        return _unlinked(request, programme)
    job = renewing.latest(programme)
    if request.htmx:
        if not job or not job.busy:
            return HttpResponseClientRefresh()
        return render(request, "renewals/progress.html", {"job": job})
    asked = search.asked(request)
    return asked.elsewhere or _differences(request, link, job, asked)


def _unlinked(request, programme):
    may_make = access.allowed(request.office, "renewal.make")
    context = {"programme": programme, "may_make": may_make}
    return render(request, "renewals/unlinked.html", context)


def _differences(request, link, job, asked):
    office, programme, allowed = request.office, link.programme, access.allowed
    everybody = differences.of(link, office)
    sifted = DifferenceFilter(asked.values, queryset=everybody, office=office)
    here = reverse("renewal", args=[programme.pk])
    may_make, may_pick = allowed(office, "renewal.make"), allowed(office, PICK.permission)
    last = differences.last_people(link, office)
    counts, until = differences.Counts(everybody), gaps.keeps_until(link.previous)
    checked = differences.are_checked(link, office)
    some_left = bool(last) and bool(counts.people or not checked)
    context = {
        "link": link,
        "programme": programme,
        "here": here,
        "job": job,
        "filter": sifted,
        "page": differences.page_of(sifted.qs, link, asked, office=office),
        "counts": counts,
        "reasons": _tiles(here, "alasan", counts.reasons),
        "losses": _tiles(here, "golongan", counts.losses),
        "last_people": last,
        "checked": checked,
        "may_make": may_make,
        "may_begin": allowed(office, "renewal.begin") and programme.is_open,
        "may_take": may_pick and programme.is_open and some_left,
        "own_list": Proposal.objects.own(office).filter(programme=programme).first()
        if may_pick else None,
        "until": until,
        "is_over": until < timezone.localdate(),
    }  # fmt: skip
    area = sifted.form.cleaned_data.get("wilayah") if sifted.form.is_valid() else None
    subject = f"renewal:{programme.pk}"
    return show_people(request, "renewals/differences.html", context, subject=subject, area=area)


def _tiles(here, name, rows):
    return [(f"{here}?{urlencode({name: key})}", *rest) for key, *rest in rows]


@require_http_methods(["GET", "HEAD", "POST"])
def link(request, pk):
    """Say which wave this one continues."""
    programme = _programme(request, pk, may="renewal.make")
    waves = actions.may_be_continued(programme, request.office)
    form = LinkForm(request.POST if request.method == "POST" else None, waves=waves)
    if form.is_bound and form.is_valid():
        try:
            made = actions.link(programme, form.wave, by=request.office)
        except Refusal as refusal:
            form.add_error("previous", str(refusal))
        else:
            messages.success(request, f"Program ini lanjutan dari {made.previous}.")
            return redirect("renewal", pk=pk)
    context = {"programme": programme, "form": form, "waves": waves}
    return render(request, "renewals/link.html", context)


@require_POST
def unlink(request, pk):
    programme = _programme(request, pk, may="renewal.make")
    try:
        actions.unlink(programme, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("renewal", pk=pk)
    messages.success(request, "Tautan dilepas. Orang yang sudah masuk daftar tetap di daftarnya.")
    return redirect("programme_detail", pk=pk)


@require_POST
def begin(request, pk):
    """Let a job begin the lists."""
    programme = _programme(request, pk, may="renewal.begin")
    try:
        job = renewing.start(programme, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.info(request, f"{angka(job.total)} orang dari daftar lama sedang diperiksa.")
    return redirect("renewal", pk=pk)


@require_POST
def take(request, pk):
    """A proposer takes its own people over."""
    programme = _programme(request, pk, may=PICK.permission)
    try:
        people = renewing.take_over(programme, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("renewal", pk=pk)
    if not people:
        messages.info(request, "Tidak ada lagi yang dapat dimasukkan. Alasannya tertulis di bawah.")
        return redirect("renewal", pk=pk)
    messages.success(request, f"{angka(people)} orang dari daftar lama {PICK.done}.")
    own = Proposal.objects.own(request.office).get(programme=programme)
    return redirect("proposal_detail", pk=own.pk)


@require_safe
def gap(request, pk):
    """What happens if the next decree comes later than the end of this wave's cover."""
    programme = _programme(request, pk, may="renewal.view")
    form = _resuming(GapForm, request.GET, programme)
    until = gaps.keeps_until(programme)
    context = {
        "programme": programme,
        "form": form,
        "ends": programme.last_month,
        "until": until,
        "is_over": until < timezone.localdate(),
        "less": LESS_FOR_A_FAMILY,
        "Fate": Fate,
        "Loss": Loss,
        "lacking": LACKING,
        "successor": getattr(programme, "successor", None),
    }
    if form.is_valid():
        found = gaps.simulate(programme, form.resumes, form.cleaned_data["harga"])
        some = form.cleaned_data["orang"]
        context |= {
            "gap": found,
            "some": some,
            "bridge_of_some": None if some is None else found.bridge_for(some),
        }
    return render(request, "renewals/gap.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def gap_people(request, pk):
    """Those whom a number of the page about a gap counts."""
    programme = _programme(request, pk, may="renewal.view")
    asked = search.asked(request)
    if asked.elsewhere:
        return asked.elsewhere
    form = _resuming(GapPeopleForm, asked.values, programme)
    ids = _counted(form, programme) if form.is_valid() else []
    rows = Entry.objects.visible_to(request.office).filter(Among("pk", ids))
    typed = form.cleaned_data.get("q", "")
    page = listed(
        search.about(rows.select_related("area").order_by("area_id", "pk"), typed), asked.values,
        sorts=sorts_by_person(), usual="wilayah", stored="wilayah", posted=asked.posted,
        total=None if typed else len(ids),
    )  # fmt: skip
    departures.add_people(page.object_list)
    name_apart([entry.area for entry in page], within=request.office.area)
    context = {"programme": programme, "form": form, "page": page}
    return show_people(
        request, "renewals/gap_people.html", context, subject=f"renewal:{programme.pk}"
    )


def _counted(form, programme):
    asked = form.cleaned_data
    loss, fates = asked["golongan"], asked["akibat"] or ()
    return gaps.entries(programme, form.resumes, loss=loss, fates=fates)


def _resuming(form, values, programme):
    months = gaps.resumptions(programme)
    return form(values, months=months, usual=gaps.usual_resumption(programme))


@require_http_methods(["GET", "HEAD", "POST"])
def notes_of(request, pk):
    """What those are told whose subsidy ends, one note a person, to be printed."""
    programme = _programme(request, pk, may="renewal.people_view")
    asked, office = search.asked(request), request.office
    if asked.elsewhere:
        return asked.elsewhere
    rows = notes.recipients(programme, office).select_related("area").order_by("area_id", "pk")
    sifted = RecipientFilter(asked.values, queryset=rows, office=office)
    page = listed(
        sifted.qs, asked.values, whole=(PRINT,), posted=asked.posted,
        sorts=sorts_by_person(), usual="wilayah", stored="wilayah",
    )  # fmt: skip
    departures.add_people(page.object_list)
    name_apart([entry.area for entry in page], within=office.area)
    context = {
        "programme": programme,
        "filter": sifted,
        "page": page,
        "notes": notes.of(programme, page.object_list),
        "may_change": access.allowed(office, "settings.change"),
    }
    return render(request, "renewals/notes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def self_pay_text(request):
    """The regency's own text of these notes."""
    access.require(request, "settings.change")
    regency = request.office.area.regency_code
    data = request.POST if request.method == "POST" else None
    form = SelfPayForm(data, initial={"text": notes.text_of(regency)})
    if form.is_bound and form.is_valid():
        SelfPayText.objects.update_or_create(pk=regency, defaults=form.cleaned_data)
        messages.success(request, "Isi surat tersimpan.")
        return redirect("settings")
    return render(request, "renewals/self_pay.html", {"form": form})


def _programme(request, pk, *, may):
    return access.fetch(request, PremiumSubsidy.objects.all(), may=may, pk=pk)
