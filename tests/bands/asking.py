"""Bands of Trenggalek, and lists of which several have to approve."""

from enrollment.bands.models import ApprovalBand
from enrollment.proposals.models import Cosignature
from tests import people
from tests.proposals import making
from villages import scope


def bands(*pairs, regency=people.TRENGGALEK):
    """Make these (rupiah from which, approvers) the regency's bands, and no others."""
    with scope.whole_country("tests"):
        ApprovalBand.objects.filter(regency=regency).delete()
        for amount, approvers in pairs:
            ApprovalBand.objects.create(regency_id=regency, amount_from=amount, approvers=approvers)


def verified(count=2, approvers=2, **values):
    """A list of verified people, each of whom needs so many approvers."""
    bands((0, approvers))
    return making.verified(making.programme(**values), count)


def signers(proposal):
    """For each person, in their order, who has approved them in part, by name."""
    with scope.whole_country("tests"):
        rows = Cosignature.objects.filter(entry__proposal=proposal).order_by("entry", "at", "pk")
        found = {entry.pk: [] for entry in making.entries(proposal)}
        for entry, name in rows.values_list("entry", "user__username"):
            found[entry].append(name)
    return list(found.values())
