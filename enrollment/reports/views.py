"""The home page: what a person has to do now, in the role in which they act."""

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from enrollment.reports import changes, dinas, overseers, proposers
from enrollment.reports.todos import NOTHING
from villages import scope
from villages.access import require
from villages.models import Role
from villages.parameters import BIGINT_DIGITS, whole

DESKS = {
    Role.VILLAGE_OPERATOR: ("village", proposers.facts),
    Role.VILLAGE_HEAD: ("village", proposers.facts),
    Role.AGENCY: ("village", proposers.facts),
    Role.DISTRICT: ("submitting", overseers.district),
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
            yield office, office.profile.title_of(office), waiting


@require_safe
def changes_list(request):
    """What was changed in one kind of table, newest first; a page begins before an event."""
    require(request, "history.view")
    chosen = request.GET.get("apa", changes.RESETS)
    if chosen not in changes.TITLES:
        raise Http404
    at = whole(request.GET.get("sebelum"), digits=BIGINT_DIGITS) or None
    page = (
        changes.resets(request.office, at)
        if chosen == changes.RESETS
        else changes.page_of(changes.SUBJECTS[chosen], request.office, at)
    )
    choices = [(slug, title, slug == chosen) for slug, title in changes.TITLES.items()]
    return render(
        request,
        "reports/changes.html",
        {"page": page, "choices": choices, "chosen": chosen, "later": at},
    )
