"""Decrees of the demo: issued ones, whose people are protected, and incomplete drafts."""

from datetime import date

from enrollment.decrees import actions, issuing, printing
from enrollment.decrees.models import DecreeAnnex
from enrollment.decrees.preparing import first_words
from villages import scope
from villages.models import Office, Role


def issue(programme, number):
    """A decree on all approved people, dated two weeks before the programme's first month, with its
    annexes: an admin with too many unfinished jobs may begin no other."""
    first = programme.first_month
    day = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 15)
    with scope.enter(_admin(programme)):
        draft = _draft(programme, number=number, date=day)
        job = actions.issue(draft, by=_admin(programme))
    issuing.advance(job.pk)
    with scope.enter(_admin(programme)):
        annexes = list(
            DecreeAnnex.objects.filter(decree=job.decree_id).values_list("pk", flat=True)
        )
    for pk in annexes:
        printing.advance(pk)


def draft(programme):
    """A draft that has neither number nor date yet."""
    with scope.enter(_admin(programme)):
        return _draft(programme, number="", date=None)


def _draft(programme, **words):
    return actions.draft(
        by=_admin(programme), programme=programme, **first_words(programme), **words
    )


def _admin(programme):
    return Office.objects.select_related("user", "area").get(
        role=Role.REGENCY_ADMIN, area=programme.regency_id
    )
