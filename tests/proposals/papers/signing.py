"""Helpers: papers made and signed as the village does, by the real actions."""

from io import BytesIO

from django.core.files import File

from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import actions as lists
from enrollment.proposals.models import Proposal
from enrollment.proposals.papers import actions
from enrollment.proposals.papers.rules import Asked, Meeting, Nik
from tests import people
from villages import scope

PDF = b"%PDF-1.7\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 17 + b"\0\0\0\0IEND\xaeB`\x82"
JPEG = (
    b"\xff\xd8\xff\xe0\0\x10JFIF\0" + b"\1" * 9 + b"\xff\xda\0\x08\1\1\0\0?\0"
    + b"\x11" * 2000 + b"\xff\xd9"
)  # fmt: skip
HEIC = (
    b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0\0\0\x0cmeta" + b"\0" * 4
    + b"\0\0\7\xd8mdat" + b"\1" * 2000
)  # fmt: skip


def ask(programme, asked=Asked.REQUIRED, niks=Nik.MASKED, *, returned_too=False):
    rini = people.office("rini")
    with scope.enter(rini):
        actions.set_rule(programme, asked=asked, niks=niks, returned_too=returned_too, by=rini)


def make(proposal, *, by="kartika", meeting=Meeting()):  # noqa: B008 frozen
    """The papers of a list and whether they are new."""
    office = people.office(by)
    with scope.enter(office):
        proposal = Proposal.objects.select_related("programme", "area").get(pk=proposal.pk)
        rows = lists.to_hand_in(proposal, by=office)
        return actions.make(proposal, rows, meeting=meeting, by=office)


def file(content=PDF, name="pindaian.pdf"):
    made = File(BytesIO(content), name=name)
    made.size = len(content)
    return made


def scan(paper, *files, replace=False, by="kartika"):
    office = people.office(by)
    with scope.enter(office):
        return actions.attach(paper, files or [file()], replace=replace, by=office)


def hand_in(proposal, *, by="kartika", **values):
    office = people.office(by)
    with scope.enter(office):
        proposal = Proposal.objects.select_related("programme").get(pk=proposal.pk)
        return lists.submit(proposal, by=office, **values)


def rows(paper):
    with scope.whole_country("tests"):
        return list(paper.rows.order_by("position"))


def handovers(proposal):
    with scope.whole_country("tests"):
        return [
            (handover.paper_id, handover.scan_version)
            for paper in proposal.papers.all()
            for handover in paper.handovers.all()
        ]


def fresh_programme(programme):
    with scope.whole_country("tests"):
        return PremiumSubsidy.objects.get(pk=programme.pk)
