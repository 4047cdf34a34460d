"""The home page: what a person has to do now, in the role in which they act."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from enrollment.reports import dinas, overseers, proposers
from enrollment.reports.todos import NOTHING
from villages.models import Role

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


@require_safe
def home(request):
    if request.office is None:
        return render(request, "reports/platform.html")
    template, facts = DESKS[request.office.role]
    context = facts(request.office, request.regency, timezone.localdate())
    context["todos"] = context["todos"] or [NOTHING]
    return render(request, f"reports/{template}.html", context)
