"""A decreed programme of Trenggalek in 2026, and people who leave it."""

from datetime import date

from django.utils import timezone

from enrollment.coverage.models import Cover
from enrollment.leavings import actions
from enrollment.leavings.models import Leaving
from enrollment.proposals.models import Entry
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from villages import scope

MAY = date(2026, 5, 15)
MONTH = 16_800


def today_is(monkeypatch, day):
    """The clock of the portal; that of the database goes on."""
    monkeypatch.setattr(timezone, "localdate", lambda *_: day)


def decreed(count=3, **values):
    """A list whose people an issued decree names, from January to December 2026."""
    subsidy = making.programme(**values)
    proposal = making.approved(subsidy, count)
    drafts.issue(drafts.draft(subsidy))
    return proposal


def prepared(entry, *, by="kartika", reason="moved", on=date(2026, 5, 3), words="Ikut suami"):
    office = people.office(by)
    with scope.enter(office):
        made = Leaving(reason=reason, on=on, words=words)
        return actions.prepare(entry, by=office, leaving=made)


def filed(entry, *, by="kartika", **values):
    leaving = prepared(entry, by=by, **values)
    do(by, actions.file, leaving)
    return making.fresh(leaving)


def left(entry, **values):
    leaving = filed(entry, **values)
    do("amir", actions.approve, leaving)
    return making.fresh(leaving)


def do(name, action, leaving, **values):
    """Let somebody take a step with a leaving, read anew as a page does."""
    office = people.office(name)
    with scope.enter(office):
        seen = Leaving.objects.select_related("entry__programme").get(pk=leaving.pk)
        return action(seen, by=office, **values)


def months_of(entry):
    """The paid months of an entry's person: (first, after), or None."""
    with scope.whole_country("tests"):
        cover = Cover.objects.filter(worker=entry.worker_id).first()
    return cover and (cover.months.lower, cover.months.upper)


def used(programme, area=people.SENDEN):
    with scope.whole_country("tests"):
        return programme.quotas.get(area=area).used


def committed(programme):
    return making.fresh(programme).committed


def cost_of_everybody(programme):
    with scope.whole_country("tests"):
        return sum(Entry.objects.filter(programme=programme).values_list("cost", flat=True))
