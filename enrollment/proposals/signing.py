"""Several approvers for one person: whose signature is the last, and who has signed so far."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from typing import Any

from django.db.models import Count, F, Func, IntegerField

from enrollment.among import Among
from enrollment.bands import actions as bands
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.models import Cosignature, Entry, EntryQuerySet
from enrollment.proposals.verbs import COSIGN, State, Verb

_NEEDED = Func(
    F("entry__programme"), function="approvers_needed", output_field=IntegerField()
)  # as bands.needed


def parts(
    programme: PremiumSubsidy, verb: Verb, going: Sequence[Entry]
) -> list[tuple[Verb, list[Entry]]]:
    """The held rows that the verb brings to where it leads, and those of whom it is only one of
    several signatures, each with the verb that is then taken.

    Asked once a decision: money follows from the answer, and a band may change at any moment."""
    rows = list(going)
    wanted = bands.needed(programme.pk) if verb.partly and rows else 1
    if wanted == 1:
        return [(verb, rows)]
    among = Among("entry", [entry.pk for entry in rows])
    counted = Cosignature.objects.filter(among).order_by().values_list("entry")
    signed = dict(counted.annotate(people=Count("pk")))
    last = [entry for entry in rows if signed.get(entry.pk, 0) + 1 >= wanted]
    ended = {entry.pk for entry in last}
    return [(verb, last), (COSIGN, [entry for entry in rows if entry.pk not in ended])]


def finished(programme: PremiumSubsidy, verb: Verb, rows: EntryQuerySet) -> EntryQuerySet:
    """Those of the rows whom one more signature brings to where the verb leads."""
    wanted = bands.needed(programme.pk) if verb.partly else 1
    return rows if wanted == 1 else rows.cosigned_by_at_least(wanted - 1)


def add_progress(entries: Collection[Any]) -> None:
    """Give each row `progress`: "1 dari 2 persetujuan: Siti"; empty for those who are not approved
    in part. One query, if there are any."""
    partly = [entry.pk for entry in entries if entry.state == State.COSIGNED]
    names: dict[int, list[str]] = defaultdict(list)
    wanted: dict[int, int] = {}
    if partly:
        rows = Cosignature.objects.filter(Among("entry", partly)).order_by("at", "pk")
        for entry, name, needed in rows.values_list("entry", "name", _NEEDED):
            names[entry].append(name)
            wanted[entry] = needed
    for entry in entries:
        signed = names.get(entry.pk, [])
        most = max(wanted.get(entry.pk, 0), len(signed))
        so_far = f"{len(signed)} dari {most} persetujuan: {', '.join(signed)}"
        entry.progress = so_far if signed else ""
