"""One person's page: data, findings and history, with lists, cover and memberships."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from enrollment.fields.person import KEPT
from enrollment.formats import tanggal
from enrollment.proposals import departures, lists, repairs, signing, stages, steps
from enrollment.statements import wording
from enrollment.workers import checking, disclosures, history
from enrollment.workers.checks.masking import MASKS
from enrollment.workers.models import Disclosure, Worker
from enrollment.workers.showing import shown
from villages.access import allowed, fetch

MOST = 24
"""How many lists, covers and memberships the page shows, the latest first."""
ARRANGED = (
    *("nik", "kk", "name", "birth_place", "birth_date", "sex", "address", "rt", "rw", "hamlet"),
    *("occupation", "income", "phone", "mother_name"),
    *("position", "term_start", "term_end"),
    *("workplace", "work", "work_said_by", "work_said_on"),
)
"""The fields with a place of their own on the page; all others are listed below them."""
VERBS = ("change", "unmask", "end", "reopen")


@require_safe
def worker_detail(request, public_id):
    """One person, masked. Every view is recorded."""
    worker = _person(request, "worker.view", public_id)
    disclosures.record(by=request.office, kind=Disclosure.Kind.VIEW, worker=worker)
    return _detail(request, worker, shown)


@require_POST
def worker_unmask(request, public_id):
    """The same page unmasked, only as the answer to this POST: no address shows it again."""
    worker = _person(request, "worker.unmask", public_id)
    show = disclosures.reveal(by=request.office, why=Disclosure.Why.LOOK, people=[worker])
    return _detail(request, worker, show)


def _person(request, may, public_id):
    people = Worker.objects.select_related("area", "agency", "occupation")
    return fetch(request, people, may=may, public_id=public_id)


def _detail(request, worker, show):
    may = {verb: allowed(request.office, f"worker.{verb}") for verb in VERBS}
    return render(
        request,
        "workers/detail.html",
        {
            "worker": worker,
            "may": may,
            "edit_url": _edit_url(worker, request.office),
            "may_see_disclosures": allowed(request.office, "disclosure.view"),
            "revealed": show is not shown,
            "shown": {name: show(name, getattr(worker, name)) for name in MASKS},
            "others": _other_facts(worker, show),
            "work": checking.occupation(worker),
            "statement": wording.of(worker.pk),
            "term": _term(worker),
            "rt_rw": f"{worker.rt}/{worker.rw or '–'}" if worker.rt else "",
            "unit_word": request.regency.unit_word(worker.area),
            "standing": checking.standing(worker),
            "findings": _findings(worker, may["change"]),
            "history": history.page_of(worker, request.GET.get("page"), show),
            "lists": _lists(worker, request.office, request.regency.village_word),
            "covers": _covers(worker),
            "memberships": worker.memberships.all()[:MOST],
        },
    )


def _term(worker):
    """When a position is held: ", sejak 1 Januari 2024 sampai 31 Desember 2029"."""
    since = f" sejak {tanggal(worker.term_start)}" if worker.term_start else ""
    until = f" sampai {tanggal(worker.term_end)}" if worker.term_end else ""
    return f",{since}{until}" if since or until else ""


def _edit_url(worker, office):
    """Where the data is corrected: with the reason beside it, if the person was sent back."""
    returned = repairs.returned_of(worker, office)
    if returned:
        return reverse("entry_repair", args=[returned.public_id])
    return reverse("worker_edit", args=[worker.public_id])


def _other_facts(worker, show):
    fields = [field for field in KEPT if field.name not in ARRANGED]
    return [(field.label, show(field.column, getattr(worker, field.column))) for field in fields]


def _lists(worker, office, village_word):
    rows = worker.entries.select_related("programme").prefetch_related(stages.NAMED_BY)
    entries = list(rows.order_by("-changed_at")[:MOST])
    departures.add_people(entries)
    steps.add_who_withdrew(entries, village_word)
    signing.add_progress(entries)
    for entry in entries:
        entry.standing = lists.standing(entry, departures.finding_of(entry, office=office))
        approved = entry.state == entry.State.APPROVED
        entry.may_leave = approved and allowed(office, "leaving.prepare")
    return entries


def _covers(worker):
    covers = list(worker.covers.select_related("source").order_by("-months")[:MOST])
    for cover in covers:
        cover.standing = cover.standing_on(timezone.localdate(), worker.ended_on)
    return covers


def _findings(worker, may_change):
    """The person's findings, each with a link to the field in which it is corrected."""
    edit = reverse("worker_edit", args=[worker.public_id])
    url = f"{edit}#id_{{}}" if may_change and not worker.ended_on else ""
    return [
        finding.as_dict() | {"url": url.format(finding.field)}
        for finding in checking.as_findings(worker.findings)
    ]
