"""The page on which the Dinas decides about people entered by two villages, and the one on which
who claimed them reads the answer."""

from urllib.parse import urlencode

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from enrollment import paging
from enrollment.duplicates import actions
from enrollment.duplicates.filters import CaseFilter
from enrollment.duplicates.models import DuplicateCase
from enrollment.formats import angka
from enrollment.proposals.lists import ticked
from enrollment.proposals.verbs import HOLDS_PLACE
from enrollment.workers import disclosures, search
from enrollment.workers.listing import show_people
from enrollment.workers.models import Disclosure, Worker
from enrollment.workers.showing import shown
from villages.access import allowed, fetch, require
from villages.audit import author
from villages.naming import name_apart
from villages.parameters import plain
from villages.refusals import Refusal

CASES_A_PAGE = 10
SHOWN_WITH = ("claimed_by", "claimed_agency", "decided_by__user", "was_in")


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_list(request):
    """Open cases with both entries side by side; decided and withdrawn ones on request.

    Who decides sees the values in full, which is recorded for each person; others see them masked,
    as everybody does on paper and in files, where the cases are a table.
    """
    require(request, "duplicate.view")
    asked = search.asked(request)
    if asked.elsewhere:
        return asked.elsewhere
    if asked.values.get("ditarik") == "1":
        return _withdrawn(request, asked)
    if asked.values.get("sudah") == "1":
        return _decided(request, asked)
    return _open(request, asked)


def _open(request, asked, typed=None):
    """`typed`: case → the reason that was typed for a decision which was refused."""
    cases = DuplicateCase.objects.visible_to(request.office).open().select_related(*SHOWN_WITH)
    found = CaseFilter(asked.values, queryset=cases)
    page = _page(found, asked, a_page=CASES_A_PAGE)
    context = {"page": page, "filter": found, "here": reverse("duplicate_list")}
    people = _people_of(page, request.office)
    may = {"decide": allowed(request.office, "duplicate.decide")}
    if page.whole or page.too_long:
        return show_people(request, "duplicates/list.html", context | {"may": may})
    show = _revealed(request, people.values()) if may["decide"] else shown
    listed = actions.listed(people)
    for case in page:
        case.typed = (typed or {}).get(case.public_id, "")
        case.listed = listed.get(case.worker_id, []) if _moves(case) else []
        _compare(case, show, here="Terdaftar di {}")
    return render(request, "duplicates/list.html", context | {"may": may})


def _page(found, asked, **options):
    path = reverse("duplicate_list")
    return paging.listed(found.qs, asked.values, posted=asked.posted, path=path, **options)


def _decided(request, asked):
    cases = DuplicateCase.objects.visible_to(request.office).exclude(decision="")
    untold = asked.values.get("persetujuan") == "1"
    listed = cases.untold() if untold else cases
    listed = listed.order_by("-decided_at").select_related(*SHOWN_WITH)
    found = CaseFilter(asked.values, queryset=listed)
    page = _page(found, asked, a_page=CASES_A_PAGE)
    _people_of(page, request.office)
    for case in () if page.whole else page:
        _compare(case, shown, here="Tercatat sekarang")
        case.ended, case.freed = len(case.lists), _freed(case)
    may = {
        "decide": allowed(request.office, "duplicate.decide"),
        "know": untold and page.object_list and allowed(request.office, "proposal.approve"),
    }
    here = f"{reverse('duplicate_list')}?sudah=1{'&persetujuan=1' if untold else ''}"
    context = {
        "page": page, "decided": True, "untold": untold, "may": may, "filter": found, "here": here,
    }  # fmt: skip
    return show_people(request, "duplicates/list.html", context)


def _people_of(page, office):
    """The people of a page by their ids; sets the `person` of each case. Loaded by themselves, not
    joined: a person who has moved to another regency is no longer visible here, but the case is."""
    people = Worker.objects.select_related("area").in_bulk([case.worker_id for case in page])
    for case in page:
        case.person = people.get(case.worker_id)
    areas = [person.area for person in people.values()]
    areas += [area for case in page for area in (case.claimed_by, case.was_in) if area]
    name_apart(areas, within=office.area)
    return people


def _compare(case, show, *, here):
    if case.person:
        case.rows = actions.side_by_side(case, case.person, show)
        case.here = here.format(case.person.area.full_name)
        case.there = f"Menurut {case.claimed_by.full_name}"


def _moves(case):
    """Whether deciding for the claiming village takes the person out of another one."""
    return case.person and case.person.area_id != case.claimed_by_id


def _withdrawn(request, asked):
    found = CaseFilter(asked.values, queryset=actions.withdrawn(request.office))
    page = _page(found, asked)
    people = Worker.objects.in_bulk([case.worker_id for case in page])
    for case in page:
        case.person, case.by = people.get(case.worker_id), author(case)
    name_apart([case.claimed_by for case in page], within=request.office.area)
    here = f"{reverse('duplicate_list')}?ditarik=1"
    context = {"page": page, "filter": found, "here": here}
    return show_people(request, "duplicates/withdrawn.html", context)


def _revealed(request, people):
    return disclosures.reveal(by=request.office, why=Disclosure.Why.DUPLICATE, people=people)


@require_POST
def duplicate_decide(request, public_id):
    case = fetch(request, DuplicateCase.objects, may="duplicate.decide", public_id=public_id)
    decision, reason = request.POST.get("decision", ""), plain(request.POST.get("reason"))
    try:
        if decision not in DuplicateCase.Decision.values:
            raise Refusal("Pilih salah satu: tetap, pindah, atau bukan orang yang sama.")
        decided = actions.decide(by=request.office, case=case, decision=decision, reason=reason)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return _open(request, _kept(request), typed={case.public_id: reason})
    messages.success(request, _what_became(decided))
    if decided.kept_by:
        messages.warning(
            request,
            f"Namanya tetap ada di Keputusan {decided.kept_by}, yang tidak dapat diubah lagi; "
            "persetujuannya di sana tetap. Tangani saat iurannya dibayar.",
        )
    return redirect(_back(_kept(request)))


def _kept(request):
    """The search and the page at which the form of a decision stood."""
    values = {name: request.POST[name] for name in ("q", paging.PAGE) if request.POST.get(name)}
    if not search.digits_in(values.get("q", "")):
        return search.Asked(values)
    values["q"] = search.digits_in(values["q"])[: search.SHOWN_DIGITS]
    return search.Asked(values, posted=values)


def _back(asked):
    """The address of the list as it was asked for; without digits, which may not stand there."""
    values = {} if asked.posted else dict(asked.values)
    if values.get(paging.PAGE) == "1":
        del values[paging.PAGE]
    return f"{reverse('duplicate_list')}{'?' if values else ''}{urlencode(values)}"


def _what_became(case):
    said = ["Keputusan tersimpan."]
    if case.has_moved:
        said.append("Alamat dan KK menurut tempat yang baru; KK ditandai perlu diperbarui.")
    if case.unchanged:
        said.append(f"Tetap seperti tercatat sebelumnya: {', '.join(case.unchanged)}.")
    if case.lists:
        said.append(f"Keluar dari {angka(len(case.lists))} daftar usulan{_freed(case)}.")
    if case.decision == DuplicateCase.Decision.OTHER:
        said.append("Yang mengajukan diminta mencocokkan NIK-nya dengan KTP.")
    return " ".join(said)


def _freed(case):
    """What leaving the lists has freed: a draft of a list holds neither a place nor money."""
    freed = []
    if HOLDS_PLACE & {state for state, *_ in case.lists.values()}:
        freed.append("tempat dan dananya bebas")
    if case.struck:
        freed.append(f"{angka(case.struck)} baris rancangan keputusan dihapus")
    return f": {', '.join(freed)}" if freed else ""


@require_POST
def duplicate_undo(request, public_id):
    """Take a decision back, as long as nothing was built on it."""
    case = fetch(request, DuplicateCase.objects, may="duplicate.decide", public_id=public_id)
    try:
        actions.undo(by=request.office, case=case)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect(f"{reverse('duplicate_list')}?sudah=1")
    messages.success(
        request,
        "Keputusan dibatalkan: data ganda ini menunggu keputusan lagi. Yang sudah pindah kembali, "
        "juga ke daftar usulannya; di sana ia diverifikasi lagi.",
    )
    return redirect("duplicate_list")


@require_POST
def duplicate_told(request):
    """An approver knows which approvals were ended by a decision."""
    require(request, "proposal.approve")
    actions.note_told(ticked(request.POST), by=request.office)
    messages.success(request, "Tercatat: Anda sudah tahu.")
    return redirect("home")


@require_http_methods(["GET", "HEAD", "POST"])
def duplicate_answers(request):
    """What the Dinas decided about people whom this village or agency has claimed."""
    require(request, "duplicate.answers")
    if request.method == "POST":
        actions.note_answers_read(ticked(request.POST))
        messages.success(request, "Jawaban yang sudah dibaca tidak tampil lagi.")
        return redirect("home")
    answers, total = actions.answers()
    return render(
        request,
        "duplicates/answers.html",
        {"answers": answers, "total": total, "more": total - len(answers)},
    )
