"""The home page: what a person has to do now, in the role in which they act."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from enrollment import listing
from enrollment.paging import listed
from enrollment.reports import changes, dinas, overseers, proposers
from enrollment.reports.todos import NOTHING
from villages import scope
from villages.access import require
from villages.models import Role

DESKS = {
    Role.VILLAGE_OPERATOR: ("village", proposers.facts),
    Role.VILLAGE_HEAD: ("village", proposers.facts),
    Role.AGENCY: ("village", proposers.facts),
    Role.DISTRICT: ("district", overseers.district),
    Role.DPMD: ("dpmd", overseers.dpmd),
    Role.VERIFIER: ("verifier", dinas.verifier),
    Role.APPROVER: ("approver", dinas.approver),
    Role.REGENCY_ADMIN: ("submitting", dinas.admin),
    Role.BPJS: ("bpjs", overseers.bpjs),
    Role.AUDITOR: ("auditor", overseers.auditor),
}
"""Role → template, and the function that returns its context."""

MOST_OFFICES = 4
"""Other offices of a person whose things to do are counted; hardly anybody has more."""


@require_safe
def home(request):
    if request.office is None:
        return render(request, "reports/platform.html")
    template, facts = DESKS[request.office.role]
    context = facts(request.office, request.regency, timezone.localdate())
    context["todos"] = context["todos"] or [NOTHING]
    context["elsewhere"] = list(_waiting_elsewhere(request))
    return render(request, f"reports/{template}.html", context)


def _waiting_elsewhere(request):
    """(office, its title, number of things to do) for the other offices of the person, so that
    nobody has to act in each to see it."""
    others = [office for office in request.offices if office.pk != request.office.pk]
    for office in others[:MOST_OFFICES]:
        _, facts = DESKS[office.role]
        with scope.enter(office):
            todos = facts(office, office.profile, timezone.localdate())["todos"]
        if waiting := sum(todo.tone == "attention" for todo in todos):
            yield office, office.profile.placed_title_of(office), waiting


@require_safe
def changes_list(request):
    """What was changed in one kind of table, newest first."""
    require(request, "history.view")
    chosen = request.GET.get("apa", changes.RESETS)
    if chosen not in changes.TITLES:
        raise Http404
    choices = [(slug, title, slug == chosen) for slug, title in changes.TITLES.items()]
    context = {
        "page": _changes(request, chosen), "choices": choices, "about": changes.TITLES[chosen],
    }  # fmt: skip
    return listing.show(request, "reports/changes.html", context)


def _changes(request, chosen):
    """The page of what was changed; its events are made into rows after it is cut out."""
    if chosen == changes.RESETS:
        page = listed(changes.resets(request.office), request.GET)
        page.object_list = changes.rows_of_resets(page.object_list)
        return page
    subject = changes.SUBJECTS[chosen]
    page = listed(changes.events_of(subject, request.office), request.GET, sifted=True)
    page.object_list = changes.rows_of(subject, request.office, page.object_list)
    return page
