"""What those look after who decide about no list: the district, BPJS and the auditor."""

from datetime import timedelta

from django.db.models import Count, Exists, OuterRef

from enrollment.coverage.rules import month_after
from enrollment.decrees.models import Decree
from enrollment.imports.models import DuplicateCase
from enrollment.proposals import overview
from enrollment.proposals.models import Proposal
from enrollment.reports.dinas import standing
from enrollment.reports.proposers import MOST
from enrollment.workers.models import Disclosure, Recheck

NAMES = 6
DECREES = 6
LOOKED_BACK = 30  # days


def district(office, today):
    """Which of the district's villages have not handed in, programme by programme."""
    context = standing(office)
    villages = overview.villages_of(office)
    context["programmes"] = context["programmes"][:MOST]
    for programme in context["programmes"]:
        came = Proposal.objects.handed_in().filter(
            programme=programme, agency=None, area=OuterRef("pk")
        )
        late = villages.filter(~Exists(came)).order_by("name")
        programme.missing = programme.villages - programme.came
        programme.late = list(late[:NAMES]) if programme.missing else []
        programme.more = programme.missing - len(programme.late)
    return context


def bpjs(office, today):
    """Issued decrees whose months are not over: their people are to be registered."""
    issued = _issued(office).filter(programme__first_month__gt=month_after(today, -12))
    running = [decree for decree in issued[: 2 * DECREES] if _last_day(decree) >= today]
    for decree in running:
        decree.last_day = _last_day(decree)
    return {"decrees": running[:DECREES]}


def _last_day(decree):
    programme = decree.programme
    return month_after(programme.first_month, programme.months) - timedelta(days=1)


def auditor(office, today):
    """What has been decreed, who looked at whose data, what the last check found."""
    since = today - timedelta(days=LOOKED_BACK)
    seen = Disclosure.objects.visible_to(office).filter(at__date__gte=since)
    kinds = dict(seen.order_by().values_list("kind").annotate(times=Count("pk")))
    rechecks = Recheck.objects.visible_to(office).select_related("area")
    return {
        **standing(office),
        "decrees": _issued(office)[:DECREES],
        "since": since,
        "disclosures": [(kind, kind.label, kinds.get(kind, 0)) for kind in Disclosure.Kind],
        "recheck": rechecks.order_by("-created_at").first(),
        "duplicates": DuplicateCase.objects.visible_to(office).open().count(),
    }


def _issued(office):
    decrees = Decree.objects.visible_to(office).filter(state=Decree.State.ISSUED)
    return decrees.select_related("programme").order_by("-date", "-issued_at")
