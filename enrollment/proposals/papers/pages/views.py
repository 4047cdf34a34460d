"""The papers of a list: made, printed, scanned, and kept; and what a programme asks of them."""

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from enrollment import listing
from enrollment.formats import angka
from enrollment.paging import listed
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import actions as lists
from enrollment.proposals.models import Proposal
from enrollment.proposals.papers import actions, situations
from enrollment.proposals.papers.forms import MeetingForm, PaperRuleForm, ScanForm
from enrollment.proposals.papers.models import Paper, PaperScan
from enrollment.proposals.papers.pages.printing import fetch_paper
from enrollment.workbooks import scans
from enrollment.workers import disclosures
from enrollment.workers.models import Disclosure
from villages import access
from villages.accounts.factor.proof import asks_code
from villages.refusals import Refusal


@require_GET
def paper_list(request, pk):
    """All papers of a list, and for its proposer what is next."""
    proposal = _proposal(request, pk, may="paper.view")
    return _list(request, proposal, MeetingForm(initial=_last_meeting(proposal)))


def _list(request, proposal, form):
    rows = Paper.objects.visible_to(request.office).filter(proposal=proposal).exclude(sha256="")
    context = {
        "proposal": proposal, "programme": proposal.programme, "form": form,
        "page": listed(rows.with_handover(), request.GET), **_own(request, proposal),
    }  # fmt: skip
    return listing.show(request, "papers/list.html", context)


def _own(request, proposal):
    """What only the village itself needs. Where its time is over, why."""
    if proposal.area_id != request.office.area_id or proposal.agency_id:
        return {}
    may = {
        "may_make": access.allowed(request.office, "paper.make"),
        "may_scan": access.allowed(request.office, "paper.scan"),
    }
    try:
        rows = lists.to_hand_in(proposal, by=request.office)
    except Refusal as refusal:
        return {"closed": str(refusal), **may}
    return {"papers": situations.situation(proposal, rows, by=request.office), **may}


def _last_meeting(proposal):
    """New papers after a change are about the same meeting."""
    paper = actions.latest(proposal)
    if paper is None:
        return {}
    meeting = paper.meeting
    return {
        "on": meeting.on, "at": meeting.at, "place": meeting.place,
        "attendance": meeting.attendance,
    }  # fmt: skip


@require_POST
def paper_make(request, pk):
    proposal = _proposal(request, pk, may="paper.make")
    form = MeetingForm(request.POST)
    if not form.is_valid():
        return _list(request, proposal, form)
    try:
        rows = lists.to_hand_in(proposal, by=request.office)
        paper, new = actions.make(proposal, rows, meeting=form.meeting, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("paper_list", pk=pk)
    told = "dibuat" if new else "sudah ada, dan datanya belum berubah"
    messages.success(request, f"{paper} {told}: {angka(paper.people)} orang.")
    return redirect("paper_detail", pk=paper.pk)


@require_GET
def paper_detail(request, pk):
    """One of the papers: what it covers, its printable pages, its scans."""
    paper = fetch_paper(request, pk)
    proposal = paper.proposal
    newest = actions.latest(proposal)
    is_newest = newest is not None and newest.pk == paper.pk
    kept = list(paper.scans.all())
    version = kept[0].version if kept else 0
    own = _own(request, proposal) if is_newest else {}
    state = own.get("papers")
    handovers = list(paper.handovers.all()[:10])
    may_scan = own.get("may_scan", False)
    unsigned = bool(handovers and not kept)
    context = {
        "paper": paper, "proposal": proposal, "programme": proposal.programme, "newest": newest,
        "is_newest": is_newest, "handovers": handovers,
        "scans": [scan for scan in kept if scan.version == version],
        "older": [scan for scan in kept if scan.version < version],
        "scan_is_next": may_scan and (unsigned or bool(state and state.to_sign)),
        "hand_in_is_next": bool(state and state.people and state.is_signed),
        "late": actions.changed_after_handover(paper),
        **own,
    }  # fmt: skip
    return render(request, "papers/detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def paper_scan(request, pk):
    """Attach the signed papers as files."""
    paper = fetch_paper(request, pk, may="paper.scan")
    has_scan = paper.scans.exists()
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    first = paper.handovers.order_by("at").first()
    form = ScanForm(*sent, has_scan=has_scan, handed_in=first is not None)
    if sent and form.is_valid():
        good, wrong = actions.told_apart(form.cleaned_data["scans"])
        try:
            made = good and actions.attach(paper, good, replace=form.replaces, by=request.office)
        except Refusal as refusal:
            wrong, good = [str(refusal)], []
        if good:
            return _kept(request, paper, made, wrong)
        for sentence in wrong:
            form.add_error("scans", sentence)
    context = {"paper": paper, "form": form, "accept": scans.ACCEPTED, "handover": first}
    return render(request, "papers/scan.html", context)


def _kept(request, paper, made, wrong):
    """Tell how many files were kept, and where some were not, offer to send those once more."""
    told = f"{angka(len(made))} berkas tersimpan." if made else "Berkas ini sudah tersimpan."
    messages.success(request, told)
    for sentence in wrong:
        messages.error(request, f"Belum tersimpan: {sentence}")
    return redirect("paper_scan" if wrong else "paper_detail", pk=paper.pk)


@asks_code
@require_GET
def scan_download(request, pk):
    """A file of the signed papers, as it came. It may show whole NIKs: opening it is recorded."""
    scan = access.fetch(request, PaperScan.objects.select_related("paper"), may="paper.view", pk=pk)
    disclosures.reveal(
        by=request.office, why=Disclosure.Why.PAPER, kind=Disclosure.Kind.EXPORT,
        people=scan.paper.people, area=scan.area_id, subject=f"paper:{scan.paper_id}",
    )  # fmt: skip
    name = f"naskah-{scan.paper.number}-pindaian-{scan.version}-{scan.position}"
    return FileResponse(
        scan.file.open("rb"),
        as_attachment=True,
        filename=f"{name}.{scans.ENDINGS[scan.kind]}",
        content_type=scans.TYPES[scan.kind],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def paper_rule(request, pk):
    """What a programme asks of the papers."""
    programme = access.fetch(request, PremiumSubsidy.objects.all(), may="programme.make", pk=pk)
    rule = actions.rule_of(programme)
    kept = {"asked": rule.asked, "niks": rule.niks, "returned_too": rule.returned_too}
    form = PaperRuleForm(request.POST or None, initial=kept)
    if form.is_valid():
        actions.set_rule(programme, by=request.office, **form.cleaned_data)
        messages.success(request, "Aturan naskah tersimpan.")
        return redirect("programme_detail", pk=pk)
    return render(request, "papers/rule.html", {"programme": programme, "form": form})


def _proposal(request, pk, *, may):
    rows = Proposal.objects.filter(agency=None).select_related("programme", "area")
    if may == "paper.make" and access.allowed(request.office, may):
        rows = rows.own(request.office)
    return access.fetch(request, rows, may=may, pk=pk)
