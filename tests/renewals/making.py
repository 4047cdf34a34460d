"""Waves that follow one another, and people of the first one whom a decree names."""

from datetime import date

from enrollment.coverage.rules import month_after
from enrollment.decrees import drafting
from enrollment.renewals import actions, renewing
from enrollment.renewals.models import Renewal, RenewalCheck
from tests import people
from tests.decrees import drafts
from tests.proposals import making
from villages import scope


def last_year(**values):
    """A wave for all of 2026."""
    return making.programme(**{"name": "Tahun lalu", "legal_basis": "1 Tahun 2024", **values})


def next_year(**values):
    """A wave for all of 2027, open for lists."""
    given = {"name": "Tahun ini", "year": 2027, "first_month": date(2027, 1, 1), **values}
    return making.programme(**given)


def decreed(programme):
    """Issue a decree about everybody approved: their cover is known then."""
    draft = drafts.draft(making.fresh(programme))
    with scope.enter(people.office("rini")):
        job = draft.draftings.first()
    if job:  # a long list
        drafting.advance(job.pk)
    return drafts.issue(making.fresh(draft))


def link(new, old, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        return actions.link(making.fresh(new), making.fresh(old), by=office)


def linked(old, **values):
    """The wave of the next year, as the continuation of `old`."""
    new = next_year(**values)
    link(new, old)
    return new


def start(programme, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        return renewing.start(making.fresh(programme), by=office)


def begin(programme, by="rini"):
    """Begin the lists as a worker would; returns the job as it ended."""
    job = start(programme, by)
    renewing.proceed(job.pk)
    return making.fresh(job)


def take(programme, by="kartika"):
    office = people.office(by)
    with scope.enter(office):
        return renewing.take_over(making.fresh(programme), by=office)


def checks(programme):
    """Name → (reason or "" for those on the new list, codes)."""
    with scope.whole_country("tests"):
        rows = RenewalCheck.objects.filter(programme=programme.pk)
        reasons = {check.pk: check.reason for check in rows.different()}
        return {
            check.worker.name: (reasons.get(check.pk, ""), check.codes)
            for check in rows.select_related("worker")
        }


def reasons(programme):
    return {name: reason for name, (reason, _) in checks(programme).items() if reason}


def jobs():
    with scope.whole_country("tests"):
        return list(Renewal.objects.all())


def paid_until(worker, last, months):
    """Cover of so many months, the last of which is `last`, by another programme."""
    after = month_after(last)
    return people.cover(worker, month_after(after, -months), after)
