"""Addresses of lists, and what the answers say."""

from tests.pages.source import on_one_line
from tests.proposals import making


def text(answer):
    return on_one_line(answer.content.decode())


def of(proposal, tail=""):
    return f"/usulan/{proposal.pk}/{tail}"


def programme_of(proposal, tail=""):
    return f"/usulan/program/{proposal.programme_id}/{tail}"


def picks(proposal, count=None):
    return [str(row.public_id) for row in making.entries(proposal)[:count]]
