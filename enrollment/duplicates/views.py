"""The page on which the Dinas decides about people entered by two villages."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from enrollment import paging
from enrollment.duplicates import actions
from enrollment.duplicates.models import DuplicateCase
from enrollment.workers import disclosures, listing
from enrollment.workers.models import Disclosure, Worker
from enrollment.workers.showing import shown
from villages.access import allowed, fetch, require
from villages.audit import author
from villages.parameters import plain
from villages.refusals import Refusal

CASES_A_PAGE = 10


@require_safe
def duplicate_list(request):
    """Open cases with both entries side by side; decided and withdrawn ones on request.

    Who decides sees the values in full, which is recorded for each person; others see them masked.
    """
    require(request, "duplicate.view")
    if request.GET.get("ditarik") == "1":
        return _withdrawn(request)
    cases = DuplicateCase.objects.visible_to(request.office)
    decided = request.GET.get("sudah") == "1"
    listed = cases.exclude(decision="").order_by("-decided_at") if decided else cases.open()
    listed = listed.select_related("claimed_by", "claimed_agency", "decided_by__user", "was_in")
    page = paging.listed(listed, request.GET, a_page=CASES_A_PAGE, whole=())
    # Loaded by themselves, not joined: a person who has moved to another regency is no longer
    # visible here, but the case still is.
    people = Worker.objects.select_related("area").in_bulk([case.worker_id for case in page])
    may = {"decide": allowed(request.office, "duplicate.decide")}
    show = _revealed(request, people.values()) if may["decide"] and not decided else shown
    for case in page:
        case.person = people.get(case.worker_id)
        if case.person:
            case.rows = actions.side_by_side(case, case.person, show)
            case.here = (
                "Tercatat sekarang" if case.decision else f"Terdaftar di {case.person.area.name}"
            )
            case.there = f"Menurut {case.claimed_by.name}"
    return render(request, "duplicates/list.html", {"page": page, "decided": decided, "may": may})


def _withdrawn(request):
    cases = actions.withdrawn(request.office)
    page = paging.listed(cases, request.GET)
    people = Worker.objects.in_bulk([case.worker_id for case in page])
    for case in page:
        case.person, case.by = people.get(case.worker_id), author(case)
    return listing.show(request, "duplicates/withdrawn.html", {"page": page}, of_people=True)


def _revealed(request, people):
    return disclosures.reveal(by=request.office, why=Disclosure.Why.DUPLICATE, people=people)


@require_POST
def duplicate_decide(request, public_id):
    case = fetch(request, DuplicateCase.objects, may="duplicate.decide", public_id=public_id)
    decision = request.POST.get("decision", "")
    if decision not in DuplicateCase.Decision.values:
        messages.error(request, "Pilih salah satu: tetap, atau pindah.")
        return redirect("duplicate_list")
    try:
        reason = plain(request.POST.get("reason"))
        actions.decide(by=request.office, case=case, decision=decision, reason=reason)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Keputusan tersimpan.")
    return redirect("duplicate_list")
