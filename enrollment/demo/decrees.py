"""Decrees of the demo: issued ones, whose people are protected, an incomplete draft, one in legal
review, and lists that are ready to be signed, out to be signed, and back."""

from datetime import date

from django.core.files.base import ContentFile
from django.utils import timezone

from enrollment.decrees import actions, freezing, issuing, printing
from enrollment.decrees.annexes import printing as pdf_printing
from enrollment.decrees.annexes.choices import Paper, Signing
from enrollment.decrees.by_villages import actions as by_villages
from enrollment.decrees.models import Decree, DecreeAnnex
from enrollment.decrees.preparing import first_words
from enrollment.decrees.rules import Marking
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing import actions as signing
from enrollment.demo import regencies
from enrollment.demo.signature import signed_pdf
from villages import scope
from villages.models import Office, Role

SIGNER = "Drs. H. BAGYO SANTOSA, M.Si."


def issue(programme, number, meanwhile=None):
    """A decree on all approved people, dated two weeks before the programme's first month, with its
    annexes: an admin with too many unfinished jobs may begin no other. `meanwhile` is called when
    it has been drafted: whoever is approved then is not in it."""
    first = programme.first_month
    day = date(first.year - (first.month == 1), (first.month - 2) % 12 + 1, 15)
    with scope.enter(_admin(programme)):
        draft = _draft(programme, number=number, date=day)
    if meanwhile:
        meanwhile()
    with scope.enter(_admin(programme)):
        job = actions.issue(draft, by=_admin(programme))
    issuing.advance(job.pk)
    print_annexes(job.decree_id, programme)


def print_annexes(decree, programme):
    """Write the files that a decree has ordered."""
    with scope.enter(_admin(programme)):
        annexes = list(DecreeAnnex.objects.filter(decree=decree).values_list("pk", flat=True))
    for pk in annexes:
        printing.advance(pk)


def under_way(programme):
    """A draft that has neither number nor date yet; in some regencies it has come further."""
    with scope.enter(_admin(programme)):
        made = _draft(programme, number="", date=None)
    further = {
        regencies.TRENGGALEK: _send, regencies.BOJONEGORO: _receive, regencies.JEMBER: _freeze,
        regencies.SIJUNJUNG: _review,
    }  # fmt: skip
    further.get(programme.regency_id, lambda draft: None)(made)


def _review(draft):
    by = _admin(draft.programme)
    with scope.enter(by):
        actions.give_to_review(draft, by=by)


def of_villages(programme, offices):
    """Villages decide themselves: the first has issued its decree, the second has it read."""
    with scope.enter(_admin(programme)):
        by_villages.let_decide(programme, villages=True, by=_admin(programme))
    for number, office in enumerate(offices, 11):
        draft = _own_draft(programme, office, number)
        if number == 11:
            _issue_own(draft, office)
        else:
            with scope.enter(office):
                actions.give_to_review(draft, by=office)


def _own_draft(programme, office, number):
    """With the budget of the village and its head."""
    place, year = office.area.name, timezone.localdate().year
    with scope.enter(office):
        by_villages.set_budget(
            programme, ceiling=100 * programme.cost_a_person,
            document=f"Peraturan Nagari {place} Nomor {number} Tahun {year - 1} tentang APB Nagari "
            f"Tahun {year}",
            by=office,
        )  # fmt: skip
        Signatory.objects.create(
            regency_id=programme.regency_id, village=office.area, name=str(office.user).upper(),
            valid_from=office.starts_on,
        )  # fmt: skip
        return actions.draft(
            by=office, programme=programme, **first_words(programme, office.area),
            number=f"{number}/KPTS/WN/{year}", date=timezone.localdate(),
        )  # fmt: skip


def _issue_own(draft, office):
    with scope.enter(office):
        job = actions.issue(draft, by=office)
    issuing.advance(job.pk)
    with scope.enter(office):
        annexes = list(DecreeAnnex.objects.filter(decree=draft).values_list("pk", flat=True))
    for pk in annexes:
        printing.advance(pk)


def _freeze(draft):
    """Its list is frozen; its annex as PDF waits to be sent. Returns the decree and the PDF."""
    by = _admin(draft.programme)
    with scope.enter(by):
        signatory = Signatory.objects.create(
            regency_id=draft.regency_id, name=SIGNER,
            valid_from=date(timezone.localdate().year - 1, 2, 20),
        )  # fmt: skip
        actions.freeze(draft, by=by, marking=Marking.BLANK, signatory=signatory)
        job = draft.freezings.get()
    freezing.advance(job.pk)
    print_annexes(draft.pk, draft.programme)
    with scope.enter(by):
        frozen = Decree.objects.select_related("programme", "signatory").get(pk=draft.pk)
        pdf = signing.prepare(frozen, paper=Paper.F4_ACROSS, signing=Signing.TAG, by=by)
    if not pdf.done:
        pdf_printing.advance(pdf.pk)
    return frozen, pdf


def _send(draft):
    """Its list is out to be signed."""
    frozen, pdf = _freeze(draft)
    by = _admin(draft.programme)
    with scope.enter(by):
        signing.send(frozen, by=by, annex=pdf)
    return frozen, pdf


def _receive(draft):
    """Its annex is back with an electronic signature, and waits to be issued."""
    sent, pdf = _send(draft)
    by = _admin(draft.programme)
    with scope.enter(by):
        pdf.refresh_from_db()
        with pdf.file.open("rb") as written:
            back = signed_pdf(written.read(), SIGNER)
        signing.receive(
            sent, ContentFile(back, "lampiran-bertanda-tangan.pdf"),
            number=f"188/413/KEP/412.013/{timezone.localdate().year}", day=timezone.localdate(),
            signatory=sent.signatory, by=by,
        )  # fmt: skip


def _draft(programme, **words):
    return actions.draft(
        by=_admin(programme), programme=programme, **first_words(programme), **words
    )


def _admin(programme):
    return Office.objects.select_related("user", "area").get(
        role=Role.REGENCY_ADMIN, area=programme.regency_id
    )
