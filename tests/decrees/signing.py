"""Helpers that take a decree through freezing, sending and signing, as its pages do."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import BytesIO

import pikepdf
from django.core.files.uploadedfile import SimpleUploadedFile

from enrollment.decrees import actions, freezing
from enrollment.decrees.annexes import actions as annexes
from enrollment.decrees.models import Decree
from enrollment.decrees.rules import Marking
from enrollment.decrees.signatories.models import Signatory
from enrollment.decrees.signing import actions as actions_of_signing
from enrollment.demo import signature
from tests import people
from tests.decrees import drafts
from villages import scope

NUMBER, DAY = "188.45/999/406.001.3/2026", date(2026, 3, 17)


SIGNER = "Drs. H. BAGYO SANTOSA, M.Si."


def signed_pdf(content, name=SIGNER, field="TandaTangan"):
    """The file with a signature added behind its bytes; the key is made in this process.

    In a thread of its own: in one that drives a browser an event loop is running already.
    """
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(signature.signed_pdf, content, name, field).result()


def rewritten(content, change=None):
    """The file as another program saves it: other bytes with the same pages, unless `change`
    changes some of them."""
    out = BytesIO()
    with pikepdf.open(BytesIO(content)) as document:
        if change:
            change(document)
        document.save(out, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    return out.getvalue()


def letter(*lines):
    """A PDF with a page for each line."""
    out = BytesIO()
    with pikepdf.new() as document:
        font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1,
                                  BaseFont=pikepdf.Name.Helvetica)  # fmt: skip
        for line in lines:
            page = document.add_blank_page(page_size=(300, 200))
            page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font))
            words = f"BT /F1 12 Tf 20 100 Td ({line}) Tj ET".encode()
            page.Contents = document.make_stream(words)
        document.save(out)
    return out.getvalue()


def pdf(content=None, name="naskah.pdf"):
    content = letter("KEPUTUSAN", "LAMPIRAN") if content is None else content
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


def freeze(decree, by="rini", **values):
    """The list is frozen and its annex written, as a worker would."""
    freezing.advance(begin_to_freeze(decree, by, **values).pk)
    drafts.printed(decree)
    return fresh(decree)


def send(decree, file=None, by="rini", *, paper="f4-across", signing="ink"):
    office = people.office(by)
    with scope.enter(office):
        annex = actions_of_signing.prepare(decree, paper=paper, signing=signing, by=office)
        actions_of_signing.send(decree, by=office, annex=annex, file=file)
    return fresh(decree)


def send_now(decree):
    """As `send`, with the PDF written at once also where every list counts as large."""
    office = people.office("rini")
    look = {"paper": "a4-upright", "signing": "ink"}
    with scope.enter(office):
        annex = annexes.prepare(decree, version="full", wait=True, by=office, **look)
        actions_of_signing.send(decree, by=office, annex=annex)
    return fresh(decree)


def sent_pdf(decree):
    """The bytes of the annex that went out."""
    with scope.whole_country("tests"):
        return decree.files.get(kind="sent", filename__startswith="lampiran").file.read()


def receive(
    decree, content=None, *, number=NUMBER, day=DAY, signatory=None, name="kembali.pdf", by="rini"
):
    """The signed file as it is kept; without `content` what was sent, signed."""
    office = people.office(by)
    content = signed_pdf(sent_pdf(decree)) if content is None else content
    with scope.enter(office):
        return actions_of_signing.receive(
            decree, pdf(content, name), number=number, day=day, signatory=signatory, by=office
        )


def signed(decree):
    """From a draft to a list that is back and signed."""
    send(freeze(decree))
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
