"""Helpers for the addresses of lists and the text of responses."""

from enrollment.proposals import bulk
from enrollment.proposals.models import BulkDecision
from tests.pages.source import on_one_line
from tests.proposals import making
from villages import scope


def text(answer):
    return on_one_line(answer.content.decode())


def of(proposal, tail=""):
    return f"/usulan/{proposal.pk}/{tail}"


def programme_of(proposal, tail=""):
    return f"/usulan/program/{proposal.programme_id}/{tail}"


def acting_on(proposal):
    """Where the people of all lists of its programme are decided about together."""
    return programme_of(proposal, "orang/tindak/")


def picks(proposal, count=None):
    return [str(row.public_id) for row in making.entries(proposal)[:count]]


def begun():
    """The bulk decision that was started last."""
    with scope.whole_country("tests"):
        return BulkDecision.objects.latest("created_at")


def finish():
    """Run the bulk decision that a page has started, as a worker would."""
    bulk.proceed(begun().pk)
