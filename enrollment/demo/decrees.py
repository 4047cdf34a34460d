"""Decrees of the demo: issued ones, whose people are protected, incomplete drafts, one in legal
review and one that waits to be signed."""

from datetime import date

from django.utils import timezone

from enrollment.decrees import actions, freezing, issuing, printing
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.preparing import first_words
from enrollment.decrees.rules import Marking
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing import actions as signing
from enrollment.demo import regencies
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
    _print(job.decree_id, programme)


def _print(decree, programme):
    with scope.enter(_admin(programme)):
        annexes = list(DecreeAnnex.objects.filter(decree=decree).values_list("pk", flat=True))
    for pk in annexes:
        printing.advance(pk)


def under_way(programme):
    """A draft that has neither number nor date yet; in some regencies it has come further."""
    with scope.enter(_admin(programme)):
        made = _draft(programme, number="", date=None)
    further = {regencies.TRENGGALEK: _send, regencies.SIJUNJUNG: _review}
    further.get(programme.regency_id, lambda draft: None)(made)


def _review(draft):
    by = _admin(draft.programme)
    with scope.enter(by):
        actions.give_to_review(draft, by=by)


def _send(draft):
    """Its list is frozen and out to be signed."""
    by = _admin(draft.programme)
    with scope.enter(by):
        signatory = Signatory.objects.create(
            regency_id=draft.regency_id, name="Drs. H. BAGYO SANTOSA, M.Si.",
            valid_from=date(timezone.localdate().year - 1, 2, 20),
        )  # fmt: skip
        actions.freeze(draft, by=by, marking=Marking.SRIKANDI, signatory=signatory)
        job = draft.freezings.get()
    freezing.advance(job.pk)
    _print(draft.pk, draft.programme)
    with scope.enter(by):
        signing.send(Decree.objects.get(pk=draft.pk), by=by)


def _draft(programme, **words):
    return actions.draft(
        by=_admin(programme), programme=programme, **first_words(programme), **words
    )


def _admin(programme):
    return Office.objects.select_related("user", "area").get(
        role=Role.REGENCY_ADMIN, area=programme.regency_id
    )
