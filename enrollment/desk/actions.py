"""Deciding about one person as they were shown, and taking it back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from enrollment.desk import meanwhile
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals import decisions, verbs
from enrollment.proposals.candidates import Asked
from enrollment.proposals.decisions import Decision
from enrollment.proposals.models import Entry, EntryQuerySet
from enrollment.proposals.verbs import Verb
from villages.models import Office, Regency
from villages.permissions import held_by
from villages.refusals import Refusal


@dataclass(frozen=True, slots=True)
class Seen:
    """The version of a person that a page showed: when their row was changed last, and when their
    data were; None where only the row was shown."""

    row: datetime
    person: datetime | None


class Changed(Refusal):
    """Somebody was faster: the row or the person is not what was shown."""


def decide(
    verb: Verb,
    programme: PremiumSubsidy,
    entry: Entry,
    *,
    seen: Seen,
    by: Office,
    regency: Regency,
    reason: str = "",
    asked: Asked | None = None,
) -> Decision:
    """Apply the verb to this one row, if it and its person are as they were `seen`; `asked` as in
    `candidates.examined`. Returns the Decision, which has left out somebody with a finding. Refusal
    as `decisions.decide`; Changed, with who did what and when, if somebody was faster."""
    rows: EntryQuerySet = Entry.objects.filter(pk=entry.pk)
    unchanged = rows.as_shown(seen.row, seen.person)
    done = decisions.decide(verb.name, programme, unchanged, by=by, reason=reason, asked=asked)
    if not done.done and not done.left:
        raise Changed(meanwhile.in_words(entry, seen.row, seen.person, regency=regency))
    return done


def take_back(entry: Entry, *, programme: PremiumSubsidy, by: Office, regency: Regency) -> Verb:
    """Take back the office's own last decision about this row. Returns the verb that did it, with
    the state to which it led. Refusal if somebody has gone on from there."""
    for verb in verbs.undoing(entry.state, held_by(by.role)):
        undone = verbs.VERBS[verb.undoes].origins(held_by(by.role))
        rows: EntryQuerySet = Entry.objects.filter(pk=entry.pk)
        decided = rows.last_decided_by(by, origins=undone)
        done = decisions.decide(verb.name, programme, decided, by=by)
        if done.left:
            raise Refusal(
                "Tidak dapat dibatalkan: orang ini tidak memenuhi syarat lagi. Lihat catatannya."
            )
        if done.done:
            return verb
    raise Changed(f"Tidak dapat dibatalkan. {meanwhile.last_step_in_words(entry, regency)}")
