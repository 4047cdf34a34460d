"""A village's or an agency's own list: draw it up, see what is missing, hand it in."""

from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Sum
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from enrollment.among import Among
from enrollment.bands import actions as bands
from enrollment.formats import angka
from enrollment.paging import FILE, PAGE, PRINT, RESORT, SIFT, SORT, listed
from enrollment.programmes import budget, months
from enrollment.programmes.models import PremiumSubsidy, Quota
from enrollment.proposals import (
    actions,
    bulk,
    candidates,
    costs,
    lists,
    overview,
    repairs,
    replacing,
    seating,
    stages,
)  # fmt: skip
from enrollment.proposals.models import Entry, Proposal
from enrollment.proposals.papers import situations as papers
from enrollment.proposals.papers.actions import MissingPaper
from enrollment.proposals.pick import PickFilter, candidates_for
from enrollment.proposals.verbs import (
    ENDED,
    HOLDS_MONEY,
    PICK,
    QUEUE,
    REPLACE,
    SUBMIT,
    SUBMIT_TO_BE_CHECKED,
    State,
    waiting_for,
)
from enrollment.schedules import actions as schedules
from enrollment.workers import places, search
from enrollment.workers.checking import occupation
from enrollment.workers.listing import show_people
from enrollment.workers.models import Worker
from enrollment.workers.views import SORTS
from villages import access
from villages.naming import name_apart
from villages.parameters import require_readable
from villages.permissions import held_by
from villages.refusals import Refusal

UNREPAIRED = "juga_belum_diperbaiki"
"""The box that hands in returned people, too, whom nobody has marked as repaired."""


@require_safe
def proposal_list(request):
    """The programmes, and how far the lists for each have come."""
    access.require(request, "proposal.view")
    programmes = PremiumSubsidy.objects.visible_to(request.office).select_related("fund")
    page = listed(programmes, request.GET, whole=())
    overview.add_lists(page, request.office)
    return render(
        request,
        "proposals/list.html",
        {
            "page": page,
            "may_propose": access.allowed(request.office, PICK.permission),
            "sees_submissions": access.allowed(request.office, "submissions.view"),
        },
    )


@require_POST
def proposal_start(request, programme):
    programme = access.fetch(
        request, PremiumSubsidy.objects.all(), may=PICK.permission, pk=programme
    )
    try:
        proposal = actions.start(programme, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("programme_detail", pk=programme.pk)
    return redirect("proposal_detail", pk=proposal.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_detail(request, pk):
    """The people of one list; the verbs on offer depend on the office."""
    proposal = fetch_proposal(request, pk, may="proposal.view")
    return list_or_search(request, proposal.programme, proposal.entries.all(), proposal=proposal)


def list_or_search(request, programme, entries, *, proposal=None):
    """The list as its address says. What may not stand in an address is posted: digits to search
    for, and the ticks of other pages."""
    if request.method != "POST":
        return search.redirect_without_nik(request) or list_page(
            request, programme, entries, proposal=proposal
        )
    if SIFT in request.POST:
        return _sift(request, programme, entries, proposal)
    if "seen" not in request.POST:
        typed = request.POST.get("q", "")
        if search.is_nik(typed):
            return _find(request, entries, typed)
        if redirected := search.searched(request, typed):
            return redirected
    return list_page(
        request, programme, entries, proposal=proposal, ticked=lists.ticked(request.POST)
    )


def _sift(request, programme, entries, proposal):
    """The list with the filters that stand in its form with ticks, which it keeps."""
    asked, ticked = lists.typed_filters(request.POST), lists.ticked(request.POST)
    typed = asked.get("q", "")
    if search.is_nik(typed):
        return _find(request, entries, typed)
    if not search.digits_in(typed) and not ticked:
        return search.redirect_with(request, asked)
    if search.digits_in(typed):
        search.searched(request, typed)
    return list_page(request, programme, entries, proposal=proposal, ticked=ticked, data=asked)


def _find(request, entries, nik):
    """The page of the person with this NIK on the list."""
    try:
        person = search.person_by_nik(request.office, nik)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return search.redirect_with(request, {})
    entry = entries.filter(worker=person).order_by("-pk").first() if person else None
    if entry:
        return redirect("entry_detail", public_id=entry.public_id)
    messages.error(request, "Tidak ada orang dengan NIK itu di daftar ini.")
    return search.redirect_with(request, {})


def list_page(
    request, programme, entries, *, proposal=None, ticked=frozenset(), passed=None, data=None
):
    """Render people of a list or of a whole programme, with the people of these ids ticked.
    `passed` (`overview.passed`): ask first, since somebody would be passed over. `data`: the
    filters and the sort, where they are not those of the request; whoever had chosen everybody
    chooses again among those whom other filters find."""
    office, is_new = request.office, data is not None
    data = data if is_new else request.POST or request.GET
    if proposal:
        name_apart([proposal.area], within=office.area)
    sifted = lists.EntryFilter(data, queryset=entries, office=office, whole=proposal is None)
    kept = proposal.counts.all() if proposal else programme.counts.visible_to(office)
    counts = kept.by_stage()
    own = proposal is not None and _is_own(proposal, office)
    url = url_of_list(programme, proposal)
    asked = asked_of(data, sifted)
    is_ranked = sifted.data["status"] == Entry.State.WAITING
    page = lists.page_of(
        sifted.qs, programme, asked, office=office, village_word=request.regency.village_word,
        total=sifted.total(kept), path=url,
        posted=asked if search.digits_in(asked.get("q", "")) else None,
        usual="nama" if _is_of_a_village(proposal) and not is_ranked else "", in_turn=is_ranked,
    )  # fmt: skip
    elsewhere = lists.ticked_elsewhere(entries, page, ticked, office, sifted.states)
    offered = sifted.states & counts.keys()
    verbs = lists.offer(page, office, offered, ticked_elsewhere=bool(elsewhere))
    verbs = lists.with_reasons(verbs, request.POST)
    for entry in page:
        entry.ticked = entry.public_id in ticked
    waits = waiting_for(held_by(office.role)) & sifted.states & counts.keys()
    time = schedules.situation(programme, office) if verbs or own else None
    takes_money = any(verb.to in HOLDS_MONEY for verb in verbs)
    approvers = bands.needed(programme.pk) if takes_money else 1
    context = {
        "programme": programme,
        "proposal": proposal,
        "list_url": url,
        "act_url": _act_url(proposal, programme),
        "filter": sifted,
        "page": page,
        "states": stages.tiles(counts, checks=lists.checks(office, proposal)),
        "kinds": overview.kinds(entries) if proposal else [],
        "verbs": verbs,
        "desk_url": _desk_url(proposal, programme, sifted) if waits else "",
        "costs": takes_money,
        "approvers": approvers,
        "many_approvers": approvers > 1,
        "bulk": bulk.latest(programme, proposal, by=office),
        "elsewhere": elsewhere,
        "chosen": ticked,
        "passed": passed,
        "everybody": "all" in request.POST and not is_new,
        "applied": [(name, sifted.data.get(name, "")) for name in sifted.filters],
        "may_tick": bool(verbs or elsewhere),
        "ticked": sum(entry.ticked for entry in page) + len(elsewhere),
        "time": time,
        "own": _own_part(proposal, office, counts, time) if own else None,
        "handed_in": papers.handed_in(proposal, office) if proposal else [],
        **_columns(sifted, proposal),
        **_costs(programme),
    }
    subject = f"proposal:{proposal.pk}" if proposal else "proposal:everybody"
    area = sifted.form.cleaned_data.get("wilayah") if sifted.form.is_valid() else None
    return show_people(
        request, "proposals/people.html", context, subject=subject,
        area=proposal.area_id if proposal else area,
    )  # fmt: skip


def _costs(programme):
    """What whoever is approved today costs, from which month on if that is not the wave's, and for
    how many of them there is money."""
    return {"paid_from": months.first_payable(programme), "fits": budget.fitting(programme)}


def _is_of_a_village(proposal):
    return proposal is not None and not proposal.agency_id


def _columns(sifted, proposal):
    """A column that would say the same in each row is left out. Rejected people are of two kinds:
    those whom the Dinas rejected, and those whom the proposer took back."""
    several_states = len(sifted.states) != 1 or State.REJECTED in sifted.states
    return {
        "several_villages": "wilayah" in sifted.filters and not _is_of_a_village(proposal),
        "several_states": several_states,
        "notes_heading": "Status" if several_states else "Catatan",
        "notes_sort": "status" if several_states else "",
    }


def asked_of(data, sifted):
    """What a form or an address asks of the list: its filters as they were given, page and sort."""
    asked = {name: data[name] for name in (PAGE, SORT, RESORT, PRINT, FILE) if data.get(name)}
    return {name: sifted.data[name] for name in sifted.base_filters if data.get(name)} | asked


def url_of_list(programme, proposal):
    """The address of a list, or of all lists of a programme."""
    if proposal:
        return reverse("proposal_detail", args=[proposal.pk])
    return reverse("programme_people", args=[programme.pk])


def _act_url(proposal, programme):
    """Where a decision about people is sent: to their list, or to the whole programme."""
    if proposal:
        return reverse("proposal_act", args=[proposal.pk])
    return reverse("programme_act", args=[programme.pk])


def _desk_url(proposal, programme, sifted):
    """Where the people of the list are looked at one after another, with its filters; "" while
    these may not stand in an address. The desk is a later room."""
    if search.digits_in(sifted.chosen.get("q", "")):
        return ""
    name, row = ("proposal_desk", proposal) if proposal else ("programme_desk", programme)
    asked = urlencode(sifted.chosen)
    return reverse(name, args=[row.pk]) + (f"?{asked}" if asked else "")


def _is_own(proposal, office):
    return (proposal.area_id, proposal.agency_id) == (office.area_id, office.agency_id) and (
        access.allowed(office, PICK.permission)
    )


def _own_part(proposal, office, counts, time):
    """What only the proposer needs: who is ready, how many of them find a place and what these
    cost, how many places are left."""
    programme = proposal.programme
    now = candidates.pending(proposal, counts)
    rows = proposal.entries.pending()
    if time.closed:  # only those that were returned are handed in
        rows = rows.returned()
        now = now._replace(people=rows.count())
    able, ready = rows.none(), 0
    if now.people:
        able = candidates.able_of(programme, rows, now.people)
        ready = able.count()
    about = now.people > candidates.MOST_EXAMINED
    waiting = [] if about else seating.foreseen(programme, able)
    queued = seating.about(programme, able) if about else len(waiting)
    seated = ready - queued
    paper = papers.asked(proposal, rows, by=office)
    # Whoever waits goes nowhere yet; where all wait, to whom they would go is said of them.
    coming = able.exclude(pk__in=waiting) if seated else able
    going = _going(proposal, coming, seated or ready, now)
    apart = {*ENDED, State.WAITING}
    people = sum(number for stage, number in counts.items() if stage not in apart) - len(waiting)
    kept = proposal.entries.exclude(state__in=apart).exclude(pk__in=waiting)
    may_submit = access.allowed(office, SUBMIT.permission)
    quota = Quota.objects.filter(programme=programme, area=office.area_id).first()
    return {
        "open": programme.state == PremiumSubsidy.State.OPEN,
        "may_hand_in": may_submit and not time.rests and bool(ready or now.unrepaired),
        "paper": paper,
        "submit": SUBMIT_TO_BE_CHECKED if going.is_checked else SUBMIT,
        "going": going,
        "pick": PICK,
        "ready": ready,
        "seated": seated,
        "queued": queued,
        "question": _question(ready, queued, going, about=about),
        "about": about,
        "unrepaired": now.unrepaired,
        "gone": now.gone,
        "first_unrepaired": repairs.following(proposal) if now.unrepaired else None,
        "incomplete": now.people - ready,
        "people": people,
        "cost": seated * months.prices_today(programme).cost(),
        "cost_of_all": _cost_of_all(programme, kept),
        "quota": quota,
    }


def _going(proposal, rows, ready, now):
    """To whom those go who are ready; where nobody is, those who were returned."""
    if ready or not now.unrepaired:
        return actions.going_of(proposal, rows, ready)
    return actions.going_of(proposal, proposal.entries.unrepaired(), now.unrepaired)


def _question(ready, queued, going, *, about):
    if not ready:
        return f"Ajukan lagi yang dikembalikan{going}?"
    most = "sekitar " if about else ""
    waits = f" {capfirst(most)}{angka(queued)} di antaranya masuk daftar tunggu." if queued else ""
    return f"Ajukan {most}{angka(ready)} orang{going}?{waits}"


@require_http_methods(["GET", "HEAD", "POST"])
def proposal_pick(request, pk):
    """Choose people for the list: ticked ones, or all who may be proposed."""
    proposal = fetch_proposal(request, pk, may=PICK.permission)
    people, data = candidates_for(proposal, request.office), request.POST or request.GET
    sifted = PickFilter(data, queryset=people, office=request.office)
    if request.method != "POST":
        redirected = search.redirect_without_nik(request)
    elif data.keys() & {PAGE, RESORT}:
        redirected = None  # another page or order, with the ticks of this one
    elif "q" in data and not data.keys() & {"ticks", "pick", "everybody"}:
        redirected = search.searched(request, data["q"])
    else:
        return _pick(request, proposal, sifted)
    return redirected or _candidates(request, proposal, sifted)


def _candidates(request, proposal, sifted):
    data, office = request.POST or request.GET, request.office
    asked = asked_of(data, sifted)
    page = listed(
        sifted.qs, asked, sorts=SORTS, usual="" if places.is_wide(office) else "nama",
        stored="wilayah, lalu nama", path=reverse("proposal_pick", args=[proposal.pk]),
        posted=asked if search.digits_in(asked.get("q", "")) else None,
    )  # fmt: skip
    name_apart([worker.area for worker in page], within=office.area)
    ticked = lists.ticked(data)
    people = [candidates.Person.of(worker) for worker in page]
    verdicts, elsewhere = {}, {}
    if people:
        programme = proposal.programme
        asks = candidates.Asked(programme)
        verdicts = candidates.judged(programme, people, asks)
        elsewhere = candidates.known_elsewhere(programme, list(verdicts), asks.first_month)
    for worker in page:
        verdict = verdicts[worker.pk]
        worker.kind = verdict.kind.value
        notices = [*verdict.notices, *elsewhere.get(worker.pk, [])]
        worker.standing = candidates.standing(verdict.against, notices)
        worker.findings_here = [*verdict.against, *notices]
        worker.work = occupation(worker)
        worker.ticked = worker.public_id in ticked
    elsewhere = ticked - {worker.public_id for worker in page}
    context = {"proposal": proposal, "filter": sifted, "page": page, "elsewhere": elsewhere}
    context["ticked"] = len(elsewhere) + sum(worker.ticked for worker in page)
    people = page.paginator.count
    context["about"] = people > candidates.MOST_EXAMINED
    context["ready"] = candidates.ready(proposal.programme, sifted.qs.order_by(), people)
    return show_people(request, "proposals/pick.html", context, area=proposal.area_id)


def _pick(request, proposal, sifted):
    """Put on the list whom the form names, and say how many of them a list out of the office's
    sight has already."""
    everybody = "everybody" in request.POST
    try:
        ids = _chosen(request, proposal, sifted)
        added = actions.pick(proposal, Worker.objects.filter(Among("pk", ids)), by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("proposal_detail", pk=proposal.pk)
    if added:
        messages.success(request, f"{angka(added)} orang {PICK.done}.")
    if others := len(ids) - added:
        messages.warning(
            request,
            f"{angka(others)} orang tidak dimasukkan: sudah ada di daftar lain untuk program ini.",
        )
    elif everybody and not added:
        messages.warning(request, "Tidak ada yang memenuhi syarat, jadi belum ada yang masuk.")
    elif not added:
        messages.warning(request, "Belum ada yang ditambahkan. Centang orangnya lebih dahulu.")
    return redirect("proposal_detail" if added else "proposal_pick", pk=proposal.pk)


def _chosen(request, proposal, sifted):
    """The ids of the people whom the form names: those ticked, or everybody who may be proposed."""
    if "everybody" not in request.POST:
        ticked = sifted.queryset.filter(public_id__in=lists.ticked(request.POST))
        return list(ticked.values_list("pk", flat=True))
    require_readable(sifted)
    return candidates.eligible(proposal.programme, sifted.qs)


@require_POST
def proposal_submit(request, pk):
    """Hand the list in."""
    proposal = fetch_proposal(request, pk, may=SUBMIT.permission)
    try:
        done = actions.submit(proposal, by=request.office, unrepaired=UNREPAIRED in request.POST)
    except MissingPaper as refusal:
        messages.error(request, str(refusal))
        return redirect("paper_list", pk=pk)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"{angka(done.submitted)} orang diajukan{done.going}.")
        if done.waiting:
            messages.warning(request, f"Kuota penuh: {angka(done.waiting)} orang {QUEUE.done}.")
        if done.left:
            messages.warning(
                request,
                f"{angka(done.left)} orang belum dapat diajukan. Lihat alasannya di daftar.",
            )
    return redirect("proposal_detail", pk=pk)


@require_POST
def proposal_replace(request, pk):
    """Take the free places for those whose turn on the waiting list has come."""
    proposal = fetch_proposal(request, pk, may=REPLACE.permission)
    try:
        taken = replacing.take_them(proposal, by=request.office)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request, f"{angka(len(taken))} orang {REPLACE.done}: {replacing.in_words(taken)}."
        )
    return redirect("proposal_detail", pk=pk)


@require_safe
def entry_detail(request, public_id):
    """One person on a list: their findings, and every step with who, when and why."""
    rows = Entry.objects.select_related("area", "programme")
    entry = access.fetch(request, rows, may="proposal.view", public_id=public_id)
    page = lists.page_of(
        rows.filter(pk=entry.pk), entry.programme, {}, office=request.office,
        village_word=request.regency.village_word,
    )  # fmt: skip
    # Not joined: a village sees its people on an agency's list, but not that list.
    seen = Proposal.objects.visible_to(request.office).select_related("area", "agency")
    proposal = seen.filter(pk=entry.proposal_id).first()
    may_repair = page[0].present and repairs.may_repair(entry, request.office)
    return render(
        request,
        "proposals/entry.html",
        {
            "entry": page[0],
            "may_repair": may_repair,
            "may_open_person": page[0].present and access.allowed(request.office, "worker.view"),
            "programme": entry.programme,
            "proposal": proposal,
            "act_url": _act_url(proposal, entry.programme),
            "moments": overview.moments(entry, request.regency),
            "verbs": lists.offer(page, request.office, {page[0].stage}),
            "may_cost": 0 if entry.state in ENDED else months.prices_today(entry.programme).cost(),
            **_leaving(entry, request.office),
        },
    )


def _leaving(entry, office):
    """What a later room knows of whether the person leaves, for those who may see it."""
    seen = access.allowed(office, "leaving.view")
    may = entry.state == State.APPROVED and access.allowed(office, "leaving.prepare")
    return {"leaving": entry.leavings.current().first() if seen else None, "may_leave": may}


def _cost_of_all(programme, kept):
    """What those cost who are approved, and the others if they were approved today."""
    committed = kept.aggregate(rupiah=Sum("cost", default=0))["rupiah"]
    return committed + costs.of_everybody(programme, kept.exclude(state__in=HOLDS_MONEY))


def fetch_proposal(request, pk, *, may):
    """The list with its programme and area; proposers change only their own list."""
    rows = Proposal.objects.select_related("programme__continuation", "area", "agency")
    if may in (PICK.permission, SUBMIT.permission, REPLACE.permission) and access.allowed(
        request.office, may
    ):
        rows = rows.own(request.office)
    return access.fetch(request, rows, may=may, pk=pk)
