"""Helpers that take a decree through freezing, sending and signing, as its pages do."""

from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from enrollment.decrees import actions, freezing
from enrollment.decrees.models import Decree
from enrollment.decrees.rules import Marking
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing import actions as signing
from tests import people
from tests.decrees import drafts
from villages import scope

SENT_PDF = b"%PDF-1.7\n" + b"1 0 obj << /Type /Catalog >> endobj\n" * 40 + b"trailer\n%%EOF\n"
"""A PDF as an office sends it: its beginning and its end are all that is looked at."""
SIGNATURE = b"9 0 obj << /Type /Sig /ByteRange [0 1 2 3] >> endobj\nstartxref\n%%EOF\n"
"""What signing adds behind the bytes of the file (an incremental update)."""
NUMBER, DAY = "188.45/999/406.001.3/2026", date(2026, 3, 17)


def pdf(content=SENT_PDF, name="naskah.pdf"):
    return SimpleUploadedFile(name, content, "application/pdf")


def unnumbered(subsidy):
    return drafts.draft(subsidy, number="", date=None)


def begin_to_freeze(decree, by="rini", **values):
    """Returns the job."""
    office = people.office(by)
    with scope.enter(office):
        values = {"marking": Marking.BLANK, "signatory": None} | values
        actions.freeze(decree, by=office, **values)
        return decree.freezings.first()


def freeze(decree, **values):
    """The list is frozen and its annex written, as a worker would."""
    freezing.advance(begin_to_freeze(decree, **values).pk)
    drafts.printed(decree)
    return fresh(decree)


def send(decree, file=None, by="rini"):
    office = people.office(by)
    with scope.enter(office):
        signing.send(decree, by=office, file=file)
    return fresh(decree)


def receive(decree, content=SENT_PDF + SIGNATURE, *, number=NUMBER, day=DAY, signatory=None):
    """The signed file as it is kept."""
    rini = people.office("rini")
    with scope.enter(rini):
        return signing.receive(
            decree, pdf(content, "kembali.pdf"), number=number, day=day, signatory=signatory,
            by=rini,
        )  # fmt: skip


def signed(decree):
    """From a draft to a list that is back and signed, with the joined document that was sent."""
    send(freeze(decree), pdf())
    receive(decree)
    return fresh(decree)


def signatory(**values):
    with scope.whole_country("tests"):
        return Signatory.objects.create(
            regency_id=people.TRENGGALEK,
            **{"name": "Hj. RATNA WULANDARI, S.H.", "valid_from": date(2025, 2, 20)} | values,
        )


def fresh(decree):
    with scope.whole_country("tests"):
        return Decree.objects.select_related("programme", "signatory").get(pk=decree.pk)
