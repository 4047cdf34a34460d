"""What those look after who decide about no list: the district, BPJS and the auditor."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef
from django.utils import timezone

from enrollment.coverage.rules import month_after
from enrollment.decrees.models import Decree
from enrollment.duplicates.models import DuplicateCase
from enrollment.proposals import overview
from enrollment.proposals.models import Proposal
from enrollment.reports.dinas import standing
from enrollment.reports.proposers import MOST
from enrollment.workers.models import Disclosure
from enrollment.workers.rechecks.models import Recheck

NAMES = 6
DECREES = 6
LOOKED_BACK = 30  # days


def district(office, regency, today):
    """Which of the district's villages have not handed in, programme by programme; those for
    everybody first."""
    context = standing(office, regency)
    villages = overview.villages_of(office)
    context["programmes"] = sorted(context["programmes"], key=lambda one: one.optional)[:MOST]
    for programme in context["programmes"]:
        came = Proposal.objects.handed_in().filter(
            programme=programme, agency=None, area=OuterRef("pk")
        )
        late = villages.filter(~Exists(came)).order_by("name")
        programme.missing = programme.villages - programme.came
        programme.late = list(late[:NAMES]) if programme.missing else []
        programme.more = programme.missing - len(programme.late)
    return context


def bpjs(office, regency, today):
    """Issued decrees whose months are not over: their people are to be registered."""
    running, ended = [], []
    for decree in _issued(office)[: 2 * DECREES]:
        decree.last_day = _last_day(decree)
        (running if decree.last_day >= today else ended).append(decree)
    return {"decrees": running, "ended": ended}


def _last_day(decree):
    programme = decree.programme
    return month_after(programme.first_month, programme.months) - timedelta(days=1)


def auditor(office, regency, today):
    """What has been decreed, who looked at whose data, what the last check found."""
    since = today - timedelta(days=LOOKED_BACK)
    seen = Disclosure.objects.visible_to(office).filter(at__gte=_start_of(since))
    kinds = dict(seen.order_by().values_list("kind").annotate(times=Count("pk")))
    rechecks = Recheck.objects.visible_to(office).select_related("area")
    return {
        **standing(office, regency),
        "decrees": _issued(office)[:DECREES],
        "since": since,
        "disclosures": [(kind, kind.label, kinds.get(kind, 0)) for kind in Disclosure.Kind],
        "recheck": rechecks.order_by("-created_at").first(),
        "duplicates": DuplicateCase.objects.visible_to(office).open().count(),
    }


def _start_of(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def _issued(office):
    decrees = Decree.objects.visible_to(office).filter(state=Decree.State.ISSUED)
    return decrees.select_related("programme").order_by("-date", "-issued_at")
