"""The pages of the Dinas: which villages have handed in, and decisions about their people."""

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models.functions import Upper
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enrollment import listing
from enrollment.formats import angka
from enrollment.paging import PAGE, listed
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import bulk, decisions, lists, overview
from enrollment.proposals.decisions import OutOfTurn
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.submissions import SubmissionFilter
from enrollment.proposals.verbs import COSIGN, QUEUE, VERBS, State
from enrollment.proposals.views import (
    asked_of,
    fetch_proposal,
    list_or_search,
    list_page,
    url_of_list,
)
from enrollment.workers import search
from villages import access
from villages.parameters import plain, require_readable
from villages.refusals import Refusal

COSIGNED_NEXT = "Menunggu penyetuju berikutnya; dananya belum dipakai."


@require_safe
def submission_list(request, pk):
    """Which villages have handed in, and which have not."""
    programme = _programme(request, pk, may="submissions.view")
    villages = overview.villages_of(request.office)
    sifted = SubmissionFilter(request.GET, queryset=villages, request=request, programme=programme)
    page = listed(sifted.qs, request.GET, sorts={"wilayah": [Upper("name")]})
    sifted.add_proposals(page)
    agencies = Proposal.objects.visible_to(request.office).filter(programme=programme)
    context = {
        "programme": programme,
        "filter": sifted,
        "page": page,
        "came": overview.handed_in(request.office).filter(programme=programme).count(),
        "villages": villages.count(),
        "may_make": access.allowed(request.office, "programme.make"),
        "agencies": agencies.exclude(agency=None).select_related("agency").with_counts(),
    }
    return listing.show(request, "proposals/submissions.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def programme_people(request, pk):
    """Everybody on the lists of a programme whom the office may see."""
    programme = _programme(request, pk, may="proposal.view")
    return list_or_search(request, programme, _people_of(request, programme))


@require_POST
def programme_act(request, pk):
    programme = _programme(request, pk, may="proposal.view")
    return _act(request, programme, _people_of(request, programme))


@require_POST
def proposal_act(request, pk):
    proposal = fetch_proposal(request, pk, may="proposal.view")
    return _act(request, proposal.programme, proposal.entries.all(), proposal=proposal)


def _act(request, programme, entries, *, proposal=None):
    """Apply one verb to the chosen people; a page after which nothing or not all is done keeps its
    ticks and the reason."""
    verb, office = VERBS.get(request.POST.get("act")), request.office
    if verb not in lists.verbs_for(office, State):
        raise PermissionDenied
    sifted = lists.EntryFilter(request.POST, queryset=entries, office=office)
    how = {
        "reason": plain(request.POST.get(f"reason_{verb.name}") or request.POST.get("reason")),
        "out_of_turn": bool(request.POST.get("out_of_turn")),
    }
    try:
        if request.POST.get("all"):
            if job := _begin(request, verb, programme, proposal, sifted, how):
                return redirect("bulk_detail", pk=job.pk)
            decision = decisions.Decision(0)
        else:
            chosen = entries.filter(public_id__in=lists.ticked(request.POST))
            decision = _decide_shown(request, verb, programme, chosen, how)
    except Refusal as refusal:
        asks = isinstance(refusal, OutOfTurn)
        passed = overview.passed(programme, refusal.passed) if asks else None
        if not passed:
            messages.error(request, str(refusal))
        ticked = lists.ticked(request.POST)
        return list_page(
            request, programme, entries, proposal=proposal, ticked=ticked, passed=passed
        )
    _say(request, verb, decision)
    if decision.left or not (decision.done or decision.queued):
        rows = Entry.objects.filter(pk__in=decision.left_out)
        ticked = set(rows.values_list("public_id", flat=True))
        return list_page(request, programme, entries, proposal=proposal, ticked=ticked)
    return redirect(_back(request, programme, proposal, sifted))


def _decide_shown(request, verb, programme, chosen, how):
    """Decide about those of the ticked who are as the page showed them, and say how many others
    have changed since."""
    seen = lists.seen_at(request.POST)
    changed = chosen.filter(changed_at__gt=seen).count()
    shown = chosen.filter(changed_at__lte=seen)
    decision = decisions.decide(verb.name, programme, shown, by=request.office, **how)
    if changed:
        messages.warning(
            request,
            f"{angka(changed)} orang berubah sesudah halaman Anda tampil, jadi belum {verb.done}: "
            "periksa lagi.",
        )
    return decision


def _begin(request, verb, programme, proposal, sifted, how):
    """Start the job that applies the verb to everybody the page showed; None if nobody. Refusal
    where a filter cannot be read: without it the job would take more people than were meant."""
    require_readable(sifted)
    return bulk.start(
        verb, programme, proposal=proposal, by=request.office,
        chosen=sifted.data, seen=lists.seen_at(request.POST), **how,
    )  # fmt: skip


def _say(request, verb, decision):
    if whole := decision.done - decision.partly:
        messages.success(request, f"{angka(whole)} orang {verb.done}.")
    if decision.partly:
        messages.success(request, f"{angka(decision.partly)} orang {COSIGN.done}. {COSIGNED_NEXT}")
    if decision.queued:
        messages.warning(request, f"{angka(decision.queued)} di antaranya {QUEUE.done}.")
    if decision.left:
        messages.warning(
            request,
            f"{angka(decision.left)} orang tidak ikut {verb.done} karena tidak memenuhi syarat "
            "lagi. Alasannya tertulis di daftar: kembalikan atau tolak.",
        )
    if not decision.done and not decision.left:
        messages.warning(
            request,
            f"Tidak ada yang {verb.done}. Centang orangnya lebih dahulu; yang sudah diproses "
            "orang lain tidak berubah.",
        )


def _back(request, programme, proposal, sifted):
    """The address of the same page of the list, with the same filters and sort."""
    asked = asked_of(request.POST, sifted)
    if search.digits_in(asked.get("q", "")):
        del asked["q"]
    if asked.get("status") == sifted.usual:
        del asked["status"]
    if asked.get(PAGE) == "1":
        del asked[PAGE]
    query = urlencode(asked)
    return f"{url_of_list(programme, proposal)}{'?' if query else ''}{query}"


def _people_of(request, programme):
    return Entry.objects.visible_to(request.office).filter(programme=programme)


def _programme(request, pk, *, may):
    return access.fetch(request, PremiumSubsidy.objects.all(), may=may, pk=pk)
